using System.Globalization;
using System.Text.RegularExpressions;

namespace Descent.Cli.Tests.Commands;

public sealed class CompareTests
{
    static readonly string[] Fit = ["compare", Cli.Sample("iris.csv"), "--target", "species=setosa", "--features", "sepal_length",
        "--model", "logistic", "--l2", "0.01", "--quiet"];

    static string[] Row(string text, string method) =>
        Regex.Split(text.Split('\n').Single(l => l.StartsWith(method + " ", StringComparison.Ordinal)).Trim(), @"\s{2,}");

    [Fact]
    public void Methods_are_measured_against_one_proved_optimum()
    {
        var (code, text, error) = Cli.Run([.. Fit, "--methods", "gd,svrg,fista,newton", "--repeat", "2", "--epochs", "100"]);
        Assert.True(code == 0, error);
        // The bound and the smallest value met enclose what the fit alone certifies.
        Match f = Regex.Match(text, @"F\* ≥ ([\d.]+) proved, F = ([\d.]+) met");
        double lower = double.Parse(f.Groups[1].Value, CultureInfo.InvariantCulture),
            best = double.Parse(f.Groups[2].Value, CultureInfo.InvariantCulture);
        Assert.InRange(best - lower, -1e-9, 1e-6);
        // Deterministic methods run once, sampling ones with every seed;
        // Newton needs the fewest epochs; on an uncentred column gradient descent is far from it.
        Assert.Equal("1", Row(text, "gd")[1]);
        Assert.Equal("2", Row(text, "svrg")[1]);
        Assert.Equal("–", Row(text, "gd")[5]);
        Assert.True(
            double.Parse(Row(text, "newton")[5], CultureInfo.InvariantCulture)
            < double.Parse(Row(text, "fista")[5], CultureInfo.InvariantCulture));
    }

    [Fact]
    public void The_same_numbers_come_as_JSON()
    {
        System.Text.Json.JsonElement c = Cli.Json([.. Fit, "--methods", "gd,newton", "--epochs", "50"]);
        Assert.Equal(["gd", "newton"], c.GetProperty("methods").EnumerateArray().Select(m => m.GetProperty("method").GetString()));
        Assert.Equal(System.Text.Json.JsonValueKind.Null,
            c.GetProperty("methods")[0].GetProperty("reached")[2].GetProperty("epochs").ValueKind);
        Assert.InRange(c.GetProperty("methods")[1].GetProperty("reached")[2].GetProperty("epochs").GetDouble(), 2, 8);
        Assert.True(c.GetProperty("lowerBound").GetDouble() <= c.GetProperty("best").GetDouble());
    }

    [Fact]
    public void The_report_draws_every_method()
    {
        string folder = Directory.CreateTempSubdirectory("descent").FullName, path = Path.Combine(folder, "compare.html");
        try
        {
            Assert.Equal(0, Cli.Run([.. Fit, "--methods", "gd,fista,lbfgs", "--report", path]).Code);
            string html = File.ReadAllText(path);
            Assert.Equal(3, Regex.Count(html, "<svg "));
            foreach (string m in new[] { "gd", "fista", "lbfgs" }) Assert.Matches($">{m}</text>", html);
            Assert.Contains("<dt>gd</dt><dd>w ← w − η g", System.Net.WebUtility.HtmlDecode(html), StringComparison.Ordinal);
        }
        finally
        {
            Directory.Delete(folder, true);
        }
    }

    [Fact]
    public void A_method_that_diverges_says_so_beside_those_that_do_not()
    {
        var (code, text, error) = Cli.Run("compare", Cli.Sample("iris.csv"), "--target", "sepal_length", "--features", "petal_length",
            "--model", "linear", "--methods", "gd,newton", "--lr", "10", "--quiet");
        Assert.True(code == 0, error);
        Assert.Contains("diverged", Row(text, "gd"));
        Assert.DoesNotContain("diverged", Row(text, "newton"));
    }

    [Theory]
    [InlineData("gd,fastest", "'fastest', which is not known")]
    [InlineData(",", "names no method")]
    [InlineData("gd --repeat 0", "--repeat is 0")]
    [InlineData("gd --method sgd", "compare takes --methods")]
    [InlineData("gd,newton --beta1 0.5", "has a number called beta1")]
    [InlineData("newton,lbfgs --lr 0.1", "--lr means nothing to any of newton, lbfgs")]
    [InlineData("gd --batch 8", "--batch means nothing to any of gd")]
    [InlineData("gd --order replacement", "--order means nothing to any of gd")]
    [InlineData("gd --out m.json", "--out means nothing")]
    public void What_cannot_be_compared_is_refused(string more, string expected)
    {
        var (code, text, error) = Cli.Run([.. Fit, "--methods", .. more.Split(' ')]);
        Assert.Equal(1, code);
        Assert.Empty(text);
        Assert.Contains(expected, error, StringComparison.Ordinal);
    }

    [Fact]
    public void Networks_have_no_certified_optimum_to_compare_against()
    {
        var (code, _, error) = Cli.Run("compare", Cli.Sample("iris.csv"), "--target", "species", "--model", "mlp", "--methods", "sgd,adam");
        Assert.Equal(1, code);
        Assert.Contains("convex", error, StringComparison.Ordinal);
    }
}
