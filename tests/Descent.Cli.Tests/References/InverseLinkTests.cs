using System.Globalization;
using System.Text.Json;

namespace Descent.Cli.Tests.References;

/// <summary>Gamma regression with inverse link beyond its coefficients (FamilyFitTests): other methods, penalties, new rows that have no
/// mean. Numbers of R 4.2.2 by the commands that stand beside them.</summary>
public sealed class InverseLinkTests : IDisposable
{
    static readonly string Data = Path.Combine(Cli.Root, "tests", "Descent.Cli.Tests", "data", "r");

    readonly string folder = Directory.CreateTempSubdirectory("descent-inverse").FullName;

    static string[] Air(params string[] more) =>
        ["fit", Path.Combine(Data, "air.csv"), "--model", "gamma-inverse", "--target", "ozone", "--features", "solar,wind,temp", .. more];

    string Saved()
    {
        string model = Path.Combine(folder, "m.json");
        Assert.Equal(0, Cli.Run(Air("--out", model)).Code);
        return model;
    }

    string File(string name, string text)
    {
        string path = Path.Combine(folder, name);
        System.IO.File.WriteAllText(path, text);
        return path;
    }

    // coef(glm(ozone ~ solar + wind + temp, Gamma, air))
    [Theory]
    [InlineData("lbfgs")]
    [InlineData("bfgs")]
    [InlineData("coordinate-descent")]
    public void Other_methods_stay_inside_and_end_at_the_same_point(string method)
    {
        JsonElement fit = Cli.Json(Air("--method", method, "--epochs", "200000", "--gap", "1e-9"));
        double[] w = Cli.Estimates(fit);
        double[] wanted = [0.106100549768, -6.82529261423e-05, 0.00144225502286, -0.00096268674566];
        for (int j = 0; j < 4; j++) Assert.Equal(wanted[j], w[j], 2e-3 * Math.Abs(wanted[j]));
        Assert.InRange(fit.GetProperty("certificate").GetProperty("relativeGap").GetDouble(), 0, 1e-9);
    }

    // The dual of the barrier is −1 − log(y − u): of penalised fits it proves the gap.
    [Theory]
    [InlineData("--l1", "0.001", "Duality")]
    [InlineData("--l2", "0.01", null)]
    public void Penalised_fits_have_certificates(string penalty, string value, string? kind)
    {
        JsonElement c = Cli.Json(Air(penalty, value)).GetProperty("certificate");
        Assert.InRange(c.GetProperty("relativeGap").GetDouble(), 0, 1e-10);
        if (kind is not null) Assert.Equal(kind, c.GetProperty("kind").GetString());
    }

    [Theory]
    [InlineData("sgd")]
    [InlineData("saga")]
    [InlineData("svrg")]
    [InlineData("adam")]
    public void Methods_that_sample_rows_are_refused(string method)
    {
        var (code, _, error) = Cli.Run(Air("--method", method));
        Assert.Equal(1, code);
        Assert.Contains("Steps on samples do not keep the margins of the gamma-inverse loss above 0", error, StringComparison.Ordinal);
    }

    // m <- glm(ozone ~ solar + wind + temp, Gamma, air, control = list(epsilon = 1e-15, maxit = 100))
    // p <- predict(m, air[c(1, 9, 111), ], se.fit = TRUE); 1 / (p$fit + outer(p$se.fit, c(1, 0, -1) * qt(0.975, 107)))
    [Fact]
    public void Predictions_and_intervals_are_those_of_R()
    {
        string[] lines = Cli.Run("predict", Saved(), Path.Combine(Data, "air.csv"), "--interval", "0.95").Out.Split('\n');
        Assert.Equal("prediction,low,high", lines[0]);
        foreach (var (row, mean, low, high) in Known)
        {
            double[] seen = [.. lines[row].Split(',').Select(c => double.Parse(c, CultureInfo.InvariantCulture))];
            Assert.Equal(mean, seen[0], 1e-6 * mean);
            Assert.Equal(low, seen[1], 1e-6 * low);
            Assert.Equal(high, seen[2], 1e-6 * high);
        }
    }

    static readonly (int Row, double Mean, double Low, double High)[] Known = [(1, 25.441946318334, 21.907418948929, 30.336399388164),
        (9, 27.748008647998, 23.327551449494, 34.235461608454), (111, 23.807607129393, 21.168657452710, 27.198220618615)];

    [Fact]
    public void A_row_without_a_mean_is_said_and_is_no_number()
    {
        string model = Saved(), hot = File("hot.csv", "ozone,solar,wind,temp\n40,150,10,70\n40,150,10,200\n");
        var (code, output, error) = Cli.Run("predict", model, hot);
        Assert.Equal(0, code);
        Assert.Equal("NaN", output.Split('\n')[2]);
        Assert.Contains("1 row has a linear predictor of at most 0, at which a gamma-inverse model has no mean; the first is row 2", error,
            StringComparison.Ordinal);
        (code, _, error) = Cli.Run("evaluate", model, hot);
        Assert.Equal(2, code);
        Assert.Contains("is infinite: 1 row has a linear predictor of at most 0", error, StringComparison.Ordinal);
        // An interval that reaches beyond the edge is open above.
        string edge = File("edge.csv", "solar,wind,temp\n150,10,112\n");
        string[] last = Cli.Run("predict", model, edge, "--interval", "0.99").Out.Split('\n')[1].Split(',');
        Assert.True(double.Parse(last[0], CultureInfo.InvariantCulture) > 0);
        Assert.Equal(double.PositiveInfinity, double.Parse(last[2].Replace("∞", "Infinity", StringComparison.Ordinal),
            CultureInfo.InvariantCulture));
    }

    [Theory]
    [InlineData("clotting.csv --model gamma --link probit --target time --features log", "--link 'probit' is no link of --model gamma")]
    [InlineData("clotting.csv --model poisson --link inverse --target time --features log",
        "--link 'inverse' is no link of --model poisson")]
    [InlineData("clotting.csv --link log --target time --features log", "--link 'log' is no link of --model logistic")]
    public void Links_that_a_law_has_not_are_refused(string words, string said)
    {
        string[] w = words.Split(' ');
        var (code, _, error) = Cli.Run(["fit", Path.Combine(Data, w[0]), .. w[1..]]);
        Assert.Equal(1, code);
        Assert.Contains(said, error, StringComparison.Ordinal);
    }

    // A link is another name for a family.
    [Theory]
    [InlineData("births.csv --target low --features age,lwt --model probit", "births.csv --target low --features age,lwt --link probit")]
    [InlineData("menarche.csv --target reached --trials total --features age --model binomial-cloglog",
        "menarche.csv --target reached --trials total --features age --model binomial --link cloglog")]
    public void Links_name_families(string plain, string linked)
    {
        string[] a = plain.Split(' '), b = linked.Split(' ');
        Assert.Equal(Cli.Estimates(Cli.Json(["fit", Path.Combine(Data, a[0]), .. a[1..]])),
            Cli.Estimates(Cli.Json(["fit", Path.Combine(Data, b[0]), .. b[1..]])));
    }

    public void Dispose() => Directory.Delete(folder, true);
}
