using System.Text.Json;
using System.Text.RegularExpressions;

namespace Descent.Cli.Tests.Commands;

/// <summary>Rows from which nothing was estimated have no degrees of freedom, and AIC belongs to a maximum of the likelihood.</summary>
public class ApartTests
{
    const string Rows = "x,z,y,c,n\n1,0,2.1,0,1\n2,0,3.9,1,3\n3,0,6.2,0,2\n4,0,7.8,1,5\n"
        + "5,0,10.1,0,4\n6,0,11.7,1,9\n7,0,14.3,1,6\n8,0,15.9,0,11\n";

    static readonly string[] ofTheFit = ["degreesOfFreedom", "sigma", "aic", "dispersion", "dispersionP"];

    static string Data(out string model)
    {
        string folder = Directory.CreateTempSubdirectory("descent").FullName, path = Path.Combine(folder, "rows.csv");
        File.WriteAllText(path, Rows);
        model = Path.Combine(folder, "model.json");
        return path;
    }

    static JsonElement Run(params string[] words)
    {
        var (code, text, error) = Cli.Run(words);
        Assert.True(code is 0 or 4, error);
        return JsonDocument.Parse(text).RootElement;
    }

    // 'z' is zero throughout and left out: counted as a parameter it would move each of these numbers.
    [Theory]
    [InlineData("linear", "y", "sigma")]
    [InlineData("logistic", "c", "aic")]
    [InlineData("poisson", "n", "aic")]
    [InlineData("gamma", "y", "dispersion")]
    public void Rows_that_are_evaluated_lose_no_parameters(string family, string target, string known)
    {
        string data = Data(out string model);
        JsonElement fit = Run("fit", data, "--model", family, "--target", target, "--features", "x,z", "--out", model, "--json");
        Assert.True(fit.GetProperty("fit").TryGetProperty(known, out _));
        JsonElement seen = Run("evaluate", model, data, "--json").GetProperty("fit");
        Assert.Equal(fit.GetProperty("fit").GetProperty("meanLoss").GetDouble(), seen.GetProperty("meanLoss").GetDouble(), 1e-12);
        foreach (string name in ofTheFit) Assert.False(seen.TryGetProperty(name, out _), name);
        // The spread of a normal or gamma law would be taken from these very rows.
        Assert.Equal(family is "logistic" or "poisson", seen.TryGetProperty("logLikelihood", out _));
        Assert.DoesNotContain(" df", Cli.Run("evaluate", model, data).Out, StringComparison.Ordinal);
    }

    // What has no probability under the family is no label.
    [Theory]
    [InlineData("poisson", "n", "-1", "found -1, expected a count ≥ 0")]
    [InlineData("gamma", "y", "0", "found 0, expected a number above 0")]
    public void Labels_that_are_none_are_refused(string family, string target, string wrong, string expected)
    {
        string data = Data(out string model), other = data + ".csv";
        Run("fit", data, "--model", family, "--target", target, "--features", "x", "--out", model, "--json");
        File.WriteAllText(other, $"x,{target}\n1,2\n,3\n2,{wrong}\n");
        var (code, _, error) = Cli.Run("evaluate", model, other, "--missing", "skip");
        Assert.Equal(2, code);
        Assert.Contains($"data row 3, column '{target}': {expected}", error, StringComparison.Ordinal);
        // Predictions need no label.
        Assert.Equal(0, Cli.Run("predict", model, other, "--missing", "skip").Code);
    }

    // Errors that there are none of are not too small.
    [Fact]
    public void Without_standard_errors_nothing_is_said_of_them()
    {
        string data = Data(out _);
        File.WriteAllText(data, Rows.Replace(",11", ",90", StringComparison.Ordinal));
        string[] asked = ["fit", data, "--model", "poisson", "--target", "n", "--features", "x"];
        Assert.Contains("These standard errors are too small", Cli.Run(asked).Out, StringComparison.Ordinal);
        string none = Cli.Run([.. asked, "--weight-col", "x", "--weights-are", "importance"]).Out;
        Assert.DoesNotContain("These standard errors", none, StringComparison.Ordinal);
        Assert.DoesNotContain("the standard errors take it", none, StringComparison.Ordinal);
        // R's AIC of a quasi-Poisson fit is NA.
        Assert.DoesNotContain("AIC", Cli.Run([.. asked, "--dispersion", "estimated"]).Out, StringComparison.Ordinal);
    }

    [Fact]
    public void Rows_that_are_held_out_lose_no_parameters()
    {
        JsonElement fit = Run("fit", Data(out _), "--target", "y", "--features", "x", "--valid", "0.4", "--json");
        Assert.True(fit.GetProperty("fit").TryGetProperty("sigma", out _));
        foreach (string name in ofTheFit) Assert.False(fit.GetProperty("validation").TryGetProperty(name, out _), name);
    }

    [Theory]
    [InlineData("", true)]
    [InlineData("--l2 0.1", false)]
    [InlineData("--l1 0.01", false)]
    [InlineData("--class-weight balanced", false)]
    [InlineData("--method gd --steps 1", false)]
    public void Text_JSON_and_page_agree_on_whether_there_is_an_AIC(string words, bool expected)
    {
        string data = Data(out string page);
        string[] asked = ["fit", data, "--model", "logistic", "--target", "c", "--features", "x",
            .. words.Split(' ', StringSplitOptions.RemoveEmptyEntries)];
        Assert.Equal(expected, Run([.. asked, "--json"]).GetProperty("fit").TryGetProperty("aic", out _));
        string text = Cli.Run([.. asked, "--report", page]).Out;
        Assert.Equal(expected, text.Contains("AIC", StringComparison.Ordinal));
        Assert.Equal(!expected, System.Text.RegularExpressions.Regex.IsMatch(File.ReadAllText(page), "AIC</dt>\\s*<dd[^>]*>none"));
    }

    // What the doctor says of the gap is what the certificate says.
    [Fact]
    public void The_doctor_s_gap_is_the_certificate_s()
    {
        string data = Data(out string model), run = Path.Combine(Path.GetDirectoryName(model)!, "run");
        double gap = Run("fit", data, "--target", "y", "--features", "x", "--run", run, "--json").GetProperty("certificate")
            .GetProperty("relativeGap").GetDouble();
        string said = Cli.Run("doctor", run).Out;
        // Three digits, the last one upwards.
        double printed = double.Parse(Regex.Match(said, "the certified gap is (.*) of F").Groups[1].Value,
            System.Globalization.CultureInfo.InvariantCulture);
        Assert.InRange(printed, gap, 1.01 * gap);
        Cli.Run("fit", data, "--target", "y", "--features", "x", "--method", "gd", "--steps", "1", "--run", run);
        Assert.StartsWith("gd, 1 step: Budget spent\n", Cli.Run("doctor", run).Out, StringComparison.Ordinal);
    }
}
