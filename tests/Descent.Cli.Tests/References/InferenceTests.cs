using System.Text.Json;

namespace Descent.Cli.Tests.References;

/// <summary>Estimates, errors and likelihoods against R 4.2.2's lm and glm
/// (<c>summary(lm(y ~ x, d, weights = w))</c> and the like, beside each).</summary>
public class InferenceTests
{
    static string Data(string name) => Path.Combine(Cli.Root, "tests", "Descent.Cli.Tests", "data", name);

    static void Is(JsonElement fit, string name, double estimate, double error)
    {
        JsonElement c = fit.GetProperty("coefficients").EnumerateArray().Single(c => c.GetProperty("name").GetString() == name);
        Assert.Equal(estimate, c.GetProperty("estimate").GetDouble(), 1e-9 * (1 + Math.Abs(estimate)));
        Assert.Equal(error, c.GetProperty("standardError").GetDouble(), 1e-8 * error);
    }

    static double Of(JsonElement fit, string measure) => fit.GetProperty("fit").GetProperty(measure).GetDouble();

    // lm(y ~ x, d, weights = w): the three rows of weight 0 are no observations, σ 0.634576898904 on 7 df, logLik −5.95733372845.
    [Theory]
    [InlineData("wz.csv")]
    [InlineData("wz0.csv")]
    public void Rows_of_weight_zero_do_not_count(string file)
    {
        JsonElement fit = Cli.Json("fit", Data(file), "-t", "y", "--weight-col", "w");
        Is(fit, "(Intercept)", 0.944666505719, 0.169976350645);
        Is(fit, "x", 2.391801426571, 0.169632254243);
        Assert.Equal(2.14036052222e-06, fit.GetProperty("coefficients")[1].GetProperty("p").GetDouble(), 1e-13);
        Assert.Equal(0.634576898904, Of(fit, "sigma"), 1e-11);
        Assert.Equal(-5.95733372845, Of(fit, "logLikelihood"), 1e-9);
    }

    // lm(y ~ x + x2, d): x2 is NA, σ 1.03393384036 on 28 df.
    [Fact]
    public void A_multiple_of_a_column_is_left_out_and_degrees_follow_the_rank()
    {
        JsonElement fit = Cli.Json("fit", Data("col.csv"), "-t", "y");
        Is(fit, "(Intercept)", 0.91441422444, 0.189017252433);
        Is(fit, "x", 2.01188001939, 0.166349635054);
        Assert.Equal(1.03393384036, Of(fit, "sigma"), 1e-10);
        Assert.True(fit.GetProperty("coefficients")[2].GetProperty("leftOut").GetBoolean());
        Assert.Contains("'x2' is a linear combination of 'x'", fit.GetProperty("remarks")[0].GetString(), StringComparison.Ordinal);
    }

    // lm(y ~ x + k), lm(y ~ c + x), glm(y ~ x, binomial, control = list(epsilon = 1e-14)), lm(y ~ x1 + x2 + x3):
    // the constant and zero columns are NA.
    [Theory]
    [InlineData("cc.csv", "-t y", "x", 0.8, 0.424264068712, "'k' is a constant column")]
    [InlineData("const.csv", "-t y", "x", 2.007346607341, 0.005975413712688, "'c' is a constant column")]
    [InlineData("constlog.csv", "-t y --model logistic", "x", 0.174791308697, 0.05132994852183, "'c' is a constant column")]
    [InlineData("gap.svm", "--model linear", "x3", -0.5038598571821, 0.125981048239, null)]
    public void Zero_and_constant_columns_leave_certificate_and_errors(string file, string options, string name, double estimate,
        double error, string? words)
    {
        foreach (string method in new[] { "newton", "lbfgs" })
        {
            JsonElement fit =
                Cli.Json(["fit", Data(file), .. options.Split(' '), "--method", method, "--gap", method == "newton" ? "1e-13" : "1e-6"]);
            if (method == "newton") Is(fit, name, estimate, error);
            Assert.Equal("Converged", fit.GetProperty("outcome").GetString());
            Assert.InRange(fit.GetProperty("certificate").GetProperty("relativeGap").GetDouble(), 0, 1e-6);
            // Of sparse data the columns that occur are fitted, and the data's line says how many; the others are no remark.
            if (words is not null) Assert.Contains(words, fit.GetProperty("remarks")[0].GetString(), StringComparison.Ordinal);
            else Assert.Contains("2 of 3 columns occur", fit.GetProperty("data")[0].GetString(), StringComparison.Ordinal);
        }
    }

    // lm(y ~ a): 1.92 (0.103923048454), logLik 1.54808269314.
    [Fact]
    public void A_regression_near_a_perfect_fit_ends_in_three_steps()
    {
        JsonElement fit = Cli.Json("fit", Data("lin4.csv"), "-t", "y");
        Is(fit, "a", 1.92, 0.103923048454);
        Assert.Equal("Converged", fit.GetProperty("outcome").GetString());
        Assert.InRange(fit.GetProperty("steps").GetInt32(), 1, 3);
        Assert.Equal(1.54808269314, Of(fit, "logLikelihood"), 1e-9);
    }

    // y = 14 + 10x in every row, and y = x/10 with rounding left in the residuals: R warns of an "essentially perfect fit".
    [Theory]
    [InlineData(10, 14)]
    [InlineData(0.1, 0)]
    [InlineData(0.1, 1e6)]
    public void An_exact_fit_is_said_and_its_json_holds_numbers(double slope, double intercept)
    {
        string path = Path.GetTempFileName();
        File.WriteAllLines(path,
            ["x,y", .. Enumerable.Range(1, 9).Select(i => FormattableString.Invariant($"{i},{intercept + (slope * i):R}"))]);
        var (code, text, _) = Cli.Run("fit", path, "-t", "y", "--json");
        Assert.Equal(0, code);
        Assert.DoesNotContain("\"NaN\"", text, StringComparison.Ordinal);
        Assert.DoesNotContain("Infinity\"", text, StringComparison.Ordinal);
        Assert.Contains("essentially perfect fit", text, StringComparison.Ordinal);
        Assert.Contains("\"outcome\": \"Converged\"", text, StringComparison.Ordinal);
        File.Delete(path);
    }

    // Ridge with λ = 0.1 on standardised columns; both files hold the same numbers, the second without a place for zeros.
    [Fact]
    public void Offsets_of_a_hundred_million_cancel_neither_in_dense_nor_in_sparse_columns()
    {
        foreach (string[] file in (string[][])[[Data("offset1e8.csv"), "-t", "y"], [Data("offset1e8.svm")]])
        {
            double[] w = Cli.Estimates(Cli.Json(["fit", .. file, "--standardize", "--l2", "0.1"]));
            Assert.Equal(0.39888361, w[1], 1e-8);
            Assert.Equal(0.89511387, w[2], 1e-8);
        }
    }

    // glm(y ~ x, quasipoisson): t values on n − p degrees of freedom.
    [Fact]
    public void Overdispersion_is_said_and_can_be_estimated()
    {
        string path = Path.GetTempFileName();
        int[] y = [0, 9, 1, 14, 2, 0, 22, 5, 0, 31, 3, 17, 0, 44, 8, 1, 60, 12, 0, 75];
        File.WriteAllLines(path, ["x,y", .. y.Select((v, i) => $"{i},{v}")]);
        JsonElement poisson = Cli.Json("fit", path, "-t", "y", "--model", "poisson"),
            quasi = Cli.Json("fit", path, "-t", "y", "--model", "poisson", "--dispersion", "estimated");
        Assert.Equal(Phi, Of(poisson, "dispersion"), 1e-7);
        Assert.Contains("--dispersion estimated", poisson.GetProperty("remarks")[0].GetString(), StringComparison.Ordinal);
        Is(poisson, "x", Slope, PoissonError);
        Is(quasi, "x", Slope, QuasiError);
        Assert.Equal(QuasiP, quasi.GetProperty("coefficients")[1].GetProperty("p").GetDouble(), 1e-9);
        Assert.Empty(quasi.GetProperty("remarks").EnumerateArray());
        File.Delete(path);
    }

    // R: y <- c(0,9,1,14,2,0,22,5,0,31,3,17,0,44,8,1,60,12,0,75); x <- 0:19;
    // summary(glm(y ~ x, quasipoisson, control = list(epsilon = 1e-15))).
    const double Slope = 0.1217858997419, PoissonError = 0.01140589311609, QuasiError = 0.04796936344084, QuasiP = 0.02057454118441,
        Phi = 17.68761659429;

    [Fact]
    public void Targets_that_are_no_counts_have_no_poisson_likelihood()
    {
        string path = Path.GetTempFileName();
        File.WriteAllLines(path, ["x,y", .. Enumerable.Range(0, 12).Select(i => FormattableString.Invariant($"{i},{1.5 + (0.25 * i)}"))]);
        JsonElement fit = Cli.Json("fit", path, "-t", "y", "--model", "poisson");
        Assert.False(fit.GetProperty("fit").TryGetProperty("logLikelihood", out _));
        Assert.Contains("no whole number",
            fit.GetProperty("remarks")[0].GetString()!.Replace("are no whole numbers", "is no whole number", StringComparison.Ordinal),
            StringComparison.Ordinal);
        Assert.Equal(1, Cli.Run("fit", path, "-t", "y", "--model", "linear", "--dispersion", "estimated").Code);
        File.Delete(path);
    }

    // n = p: the fit goes through every point (R: "ALL 4 residuals are 0: no residual degrees of freedom!"), so that no likelihood exists.
    [Fact]
    public void As_many_parameters_as_rows_are_a_perfect_fit()
    {
        string path = Path.Combine(Path.GetTempPath(), $"descent-saturated-{Guid.NewGuid():N}.csv");
        File.WriteAllText(path, "g,y\na,1.7\nb,2.9\nc,54.401\nd,-3.3\n");
        var (code, output, _) = Cli.Run("fit", path, "-t", "y", "--categorical", "g");
        Assert.Equal(0, code);
        Assert.Contains("essentially perfect fit", output, StringComparison.Ordinal);
        Assert.DoesNotContain("log-likelihood", output, StringComparison.Ordinal);
        File.Delete(path);
    }

    // Predictions beyond double precision are no fit, perfect or not.
    [Theory]
    [InlineData("linear")]
    [InlineData("huber")]
    [InlineData("absolute")]
    public void A_run_that_left_double_precision_shows_no_fit(string model)
    {
        var (code, output, _) = Cli.Run("fit", Data("feat1e160.csv"), "-t", "y", "--method", "sgd", "--epochs", "20", "--model", model);
        if (code != 3) Assert.DoesNotContain("F = Infinity", output, StringComparison.Ordinal);
        Assert.DoesNotContain("perfect", output, StringComparison.Ordinal);
        Assert.DoesNotContain("Infinity on", output, StringComparison.Ordinal);
        Assert.DoesNotContain("RMSE Infinity", output, StringComparison.Ordinal);
        if (model == "linear") Assert.Contains("beyond what double precision holds", output, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("species=foo", "sepal_length", "no row has this level")]
    [InlineData("petal_width=3", "sepal_length", "column of numbers")]
    [InlineData("species=setosa", "species", "'species'")]
    [InlineData("colour=red", "sepal_length", "there is no column 'colour'")]
    public void A_reference_that_cannot_be_one_is_refused(string reference, string target, string words)
    {
        var (code, _, error) = Cli.Run("fit", Cli.Sample("iris.csv"), "-t", target, "--reference", reference);
        Assert.Equal(1, code);
        Assert.Contains(words, error, StringComparison.Ordinal);
    }

    // By command as in programs: regressions of a few rows end in a step or two and a look, whatever their R².
    [Theory]
    [InlineData(5, 1)]
    [InlineData(20, 3)]
    public void Random_regressions_converge_by_command(int n, int d)
    {
        string path = Path.GetTempFileName();
        for (ulong seed = 1; seed <= 40; seed++)
        {
            Draws draws = new(seed, 5);
            double noise = Math.Pow(10, -4 * draws.NextDouble());
            File.WriteAllLines(path,
                [string.Join(',', [.. Enumerable.Range(1, d).Select(j => $"x{j}"), "y"]), .. Enumerable.Range(0, n).Select(_ =>
            {
                double[] x = [.. Enumerable.Range(0, d).Select(_ => draws.NextNormal())];
                return string.Join(',',
                    [.. x.Select(v => v.ToString("R", System.Globalization.CultureInfo.InvariantCulture)),
                        (x.Sum() + (noise * draws.NextNormal())).ToString("R", System.Globalization.CultureInfo.InvariantCulture)]);
            })]);
            JsonElement fit = Cli.Json("fit", path, "-t", "y");
            Assert.Equal("Converged", fit.GetProperty("outcome").GetString());
            Assert.InRange(fit.GetProperty("steps").GetInt32(), 1, 3);
        }
        File.Delete(path);
    }

    // lm(y ~ 1): mean 2.5, error √(5/3)/2; with the only column constant there is no other.
    [Fact]
    public void When_no_column_says_anything_the_intercept_is_fitted_alone()
    {
        string path = Path.GetTempFileName();
        File.WriteAllLines(path, ["k,y", "5,1", "5,2", "5,4", "5,3"]);
        foreach (string method in new[] { "auto", "lbfgs" })
            Is(Cli.Json("fit", path, "-t", "y", "--method", method), "(Intercept)", 2.5, Math.Sqrt(5.0 / 3) / 2);
        File.Delete(path);
    }
}
