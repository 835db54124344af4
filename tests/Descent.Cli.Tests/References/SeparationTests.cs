using System.Text.Json;

namespace Descent.Cli.Tests.References;

/// <summary>
/// Likelihoods without a maximum. Expected numbers are R 4.2.2's glm on the rows
/// and levels that stay (commands beside each), which is what the infinite estimates leave.
/// </summary>
public class SeparationTests
{
    static string Data(string name) => Path.Combine(Cli.Root, "tests", "Descent.Cli.Tests", "data", name);

    static JsonElement Named(JsonElement fit, string name) =>
        fit.GetProperty("coefficients").EnumerateArray().Single(c => c.GetProperty("name").GetString() == name);

    static string[] Infinite(JsonElement fit) =>
        [.. fit.GetProperty("coefficients").EnumerateArray().Where(c => c.TryGetProperty("limit", out _))
            .Select(c => c.GetProperty("name").GetString() + c.GetProperty("limit").GetString()![0])];

    static void Finite(JsonElement fit, string name, double estimate, double error)
    {
        Assert.Equal(estimate, Named(fit, name).GetProperty("estimate").GetDouble(), 1e-7 * (1 + Math.Abs(estimate)));
        Assert.Equal(error, Named(fit, name).GetProperty("standardError").GetDouble(), 1e-6 * error);
    }

    static void Infimum(JsonElement fit, double infimum)
    {
        Assert.Equal(infimum, fit.GetProperty("infimum").GetDouble(), 1e-11);
        Assert.Equal(infimum, fit.GetProperty("objective").GetDouble(), 1e-11);
        Assert.InRange(fit.GetProperty("certificate").GetProperty("relativeGap").GetDouble(), 0, 1e-12);
        Assert.InRange(fit.GetProperty("certificate").GetProperty("lowerBound").GetDouble(), 0, infimum + 1e-11);
        Assert.Equal(0, fit.GetProperty("exitCode").GetInt32());
        Assert.Contains("is not attained", fit.GetProperty("sentence").GetString(), StringComparison.Ordinal);
    }

    // R: glm(y ~ 1, poisson, subset(d, g != "b")): log(15/6), and an error of 1/√15 for 15 counts.
    [Theory]
    [InlineData("auto")]
    [InlineData("lbfgs")]
    public void A_level_of_zero_counts_runs_away_and_leaves_the_rest(string method)
    {
        JsonElement fit = Cli.Json("fit", Data("ps.csv"), "-t", "y", "--model", "poisson", "--method", method);
        Assert.Equal(["g=b-"], Infinite(fit));
        Finite(fit, "(Intercept)", 0.9162907318742, 1 / Math.Sqrt(15));
        Infimum(fit, 0.104636585157);
    }

    // R: glm(y ~ g + x, poisson, subset(d, g != "c"), control = list(epsilon = 1e-15)); Pearson's χ²/df 1.55716245.
    [Fact]
    public void Other_levels_and_columns_keep_estimates_and_errors()
    {
        JsonElement fit = Cli.Json("fit", Data("poiszero.csv"), "-t", "y", "--model", "poisson");
        Assert.Equal(["g=c-"], Infinite(fit));
        Finite(fit, "(Intercept)", 0.88276666368789, 0.21035974862149);
        Finite(fit, "g=b", 0.02078867262761, 0.20968335794391);
        Finite(fit, "x", -0.02478246948353, 0.05212449259867);
        Infimum(fit, 0.26801748868);
        Assert.Equal(1.55716245, fit.GetProperty("fit").GetProperty("dispersion").GetDouble(), 1e-7);
    }

    // R: glm(I(Species == "virginica") ~ ., binomial, subset(iris, Species != "setosa"), control = list(epsilon = 1e-14)); −logLik/150.
    [Theory]
    [InlineData("auto")]
    [InlineData("lbfgs")]
    public void Iris_species_have_an_infimum_and_differences_that_are_finite(string method)
    {
        JsonElement fit = Cli.Json("fit", Cli.Sample("iris.csv"), "-t", "species", "--method", method);
        Infimum(fit, 0.0396618226379);
        Assert.Equal(10, Infinite(fit).Length);
        Finite(fit, "virginica − versicolor: (Intercept)", -42.63780381302, 25.70766083166);
        Finite(fit, "virginica − versicolor: sepal_length", -2.46522019519, 2.39430101850);
        Finite(fit, "virginica − versicolor: petal_width", 18.28613688785, 9.74261213944);
        Assert.Contains("class setosa is separated from versicolor, virginica", fit.GetProperty("remarks")[0].GetString(),
            StringComparison.Ordinal);
    }

    // R: nnet::multinom(y ~ g + x): b −0.50928 (0.50617), x −0.05965 (0.26171), c:
    // x −0.06717 (0.41817); its value/90 is 0.8672839 with the runaway pair at ±15.
    [Fact]
    public void One_class_of_three_runs_away_along_two_parameters()
    {
        JsonElement fit = Cli.Json("fit", Data("sm.csv"), "-t", "y");
        Assert.Equal(["c: (Intercept)-", "c: g+"], Infinite(fit));
        Assert.Equal(-0.50928, Named(fit, "b: g").GetProperty("estimate").GetDouble(), 2e-5);
        Assert.Equal(0.50617, Named(fit, "b: g").GetProperty("standardError").GetDouble(), 1e-5);
        Assert.Equal(0.41817, Named(fit, "c: x").GetProperty("standardError").GetDouble(), 1e-5);
        Assert.InRange(fit.GetProperty("infimum").GetDouble(), 0.86728, 0.867283912492);
        Assert.InRange(fit.GetProperty("certificate").GetProperty("relativeGap").GetDouble(), 0, 1e-12);
    }

    // Two rows with one x and both answers: inf F = 2 ln 2/21, whatever the others.
    [Fact]
    public void Quasi_separation_by_one_column_leaves_a_coin()
    {
        JsonElement fit = Cli.Json("fit", Data("quasi.csv"), "-t", "y", "--model", "logistic");
        Infimum(fit, 2 * Math.Log(2) / 21);
        Assert.Equal(["(Intercept)-", "x+"], Infinite(fit));
    }

    [Theory]
    [InlineData("--model logistic")]
    [InlineData("--model logistic --method lbfgs")]
    [InlineData("--model logistic --gap 1e-6")]
    public void Complete_separation_has_the_infimum_0(string options)
    {
        JsonElement fit = Cli.Json(["fit", Data("separated20.csv"), "-t", "y", .. options.Split(' ')]);
        Assert.Equal(0, fit.GetProperty("infimum").GetDouble());
        Assert.Equal(0, fit.GetProperty("exitCode").GetInt32());
        Assert.InRange(fit.GetProperty("objective").GetDouble(), 0, 1e-10);
        Assert.Contains("separated", fit.GetProperty("noStandardErrors").GetString(), StringComparison.Ordinal);
        // The bound is at or below 0, never above an F that can be had.
        Assert.True(fit.GetProperty("certificate").GetProperty("lowerBound").GetDouble() <= 0);
        var (_, text, _) = Cli.Run(["fit", Data("separated20.csv"), "-t", "y", .. options.Split(' ')]);
        Assert.DoesNotContain("Converged", text, StringComparison.Ordinal);
    }

    // Rows of weight 0 do not overlap anything; a penalty makes everything finite.
    [Fact]
    public void Weights_of_zero_and_penalties_decide_too()
    {
        string path = Path.GetTempFileName();
        File.WriteAllLines(path, ["x,y,w", .. Enumerable.Range(0, 20).Select(i => $"{i},{(i < 10 ? 0 : 1)},1"), "3,1,0", "15,0,0"]);
        JsonElement weighed = Cli.Json("fit", path, "-t", "y", "--model", "logistic", "--weight-col", "w"),
            all = Cli.Json("fit", path, "-t", "y", "--model", "logistic", "--exclude", "w"),
            penalised = Cli.Json("fit", path, "-t", "y", "--model", "logistic", "--weight-col", "w", "--l2", "0.01");
        Assert.Equal(2, Infinite(weighed).Length);
        Assert.Empty(Infinite(all));
        Assert.Empty(Infinite(penalised));
        Assert.False(penalised.TryGetProperty("infimum", out _));
        File.Delete(path);
    }

    // The same as LIBSVM text, where columns are not written out with their zeros, and with a column that runs from 10⁸ on.
    [Fact]
    public void Sparse_rows_and_offsets_change_nothing()
    {
        string path = Path.GetTempFileName();
        string[] rows = File.ReadAllLines(Data("poiszero.csv"));
        File.WriteAllLines(path,
            rows.Skip(1).Select(r => r.Split(','))
                .Select(c =>
                    $"{c[2]} {(c[0] == "b" ? "1:1 " : "")}{(c[0] == "c" ? "2:1 " : "")}"
                        + $"3:{100_000_000 + int.Parse(c[1], System.Globalization.CultureInfo.InvariantCulture)}"));
        JsonElement fit = Cli.Json("fit", path, "--format", "libsvm", "--model", "poisson");
        Assert.Equal(["x2-"], Infinite(fit));
        Finite(fit, "x1", 0.02078867262761, 0.20968335794391);
        Finite(fit, "x3", -0.02478246948353, 0.05212449259867);
        Infimum(fit, 0.26801748868);
        File.Delete(path);
    }

    [Fact]
    public void A_stochastic_run_keeps_its_point_and_is_measured_against_the_infimum()
    {
        JsonElement fit = Cli.Json("fit", Cli.Sample("iris.csv"), "-t", "species", "--method", "sgd", "--epochs", "20", "--gap", "1e-6");
        Assert.Equal(4, fit.GetProperty("exitCode").GetInt32());
        Assert.Equal(0.0396618226379, fit.GetProperty("certificate").GetProperty("lowerBound").GetDouble(), 1e-11);
    }
}
