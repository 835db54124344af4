using System.Globalization;
using System.Text.Json;

namespace Descent.Cli.Tests.References;

/// <summary>Proportional odds against MASS's polr of R 4.2.2 to six digits: coefficients, thresholds, errors, likelihood, probabilities
/// (data/r/ordinal.R), and what goes with it.</summary>
public sealed class OrdinalTests : IDisposable
{
    static readonly string Data = Path.Combine(Cli.Root, "tests", "Descent.Cli.Tests", "data", "r");

    static readonly ILookup<string, (string Quantity, string Name, string Value)> Known = File.ReadLines(Path.Combine(Data, "ordinal.csv"))
        .Skip(1).Select(l => l.Split(',', 4)).ToLookup(l => l[0], l => (l[1], l[2], l[3]));

    readonly string folder = Directory.CreateTempSubdirectory("descent-ordinal").FullName;

    public static TheoryData<string> Fits => [.. Known.Select(k => k.Key)];

    static string[] Command(string fit)
    {
        string[] words = [.. Known[fit].Single(q => q.Quantity == "command").Value.Split(' ').Select(w => w.Replace(';', ','))];
        return ["fit", Path.Combine(Data, words[0]), .. words[1..]];
    }

    static double Number(string s) => double.Parse(s, CultureInfo.InvariantCulture);

    static void Near(double wanted, double seen, string what) =>
        Assert.True(Math.Abs(seen - wanted) <= 1e-6 * Math.Max(Math.Abs(wanted), 1e-3), FormattableString.Invariant(
            $"{what}: R has {wanted:R}, found {seen:R}"));

    [Theory]
    [MemberData(nameof(Fits))]
    public void Estimates_errors_and_probabilities_are_those_of_polr(string fit)
    {
        string model = Path.Combine(folder, "m.json"), data = Command(fit)[1];
        JsonElement found = Cli.Json([.. Command(fit), "--out", model]);
        Dictionary<string, JsonElement> lines =
            found.GetProperty("coefficients").EnumerateArray().ToDictionary(c => c.GetProperty("name").GetString()!);
        string[][] predicted = [.. Cli.Run("predict", model, data).Out.Split('\n', StringSplitOptions.RemoveEmptyEntries)
            .Select(l => l.Split(','))];
        Assert.Equal(lines.Keys.Order(StringComparer.Ordinal), Known[fit].Where(q => q.Quantity == "estimate").Select(q => q.Name)
            .Order(StringComparer.Ordinal));
        foreach (var (quantity, name, value) in Known[fit].Where(q => q.Quantity != "command"))
        {
            double seen = quantity switch
            {
                "estimate" => lines[name].GetProperty("estimate").GetDouble(),
                "error" => lines[name].GetProperty("standardError").GetDouble(),
                "loglik" => found.GetProperty("fit").GetProperty("logLikelihood").GetDouble(),
                "deviance" or "aic" or "nullDeviance" => found.GetProperty("fit").GetProperty(quantity).GetDouble(),
                _ => Number(predicted[int.Parse(quantity[3..], CultureInfo.InvariantCulture)][Array.IndexOf(predicted[0], "p_" + name)]),
            };
            Near(Number(value), seen, $"{fit}, {quantity} {name}");
        }
        Assert.InRange(found.GetProperty("certificate").GetProperty("relativeGap").GetDouble(), 0, 1e-9);
        Assert.Equal("StrongConvexity", found.GetProperty("certificate").GetProperty("kind").GetString());
    }

    // What scaling the columns inside, and other methods, do to the point, the numbers do not see.
    [Theory]
    [InlineData("--method lbfgs --epochs 5000")]
    [InlineData("--standardize")]
    [InlineData("--method bfgs --epochs 5000")]
    public void Other_ways_lead_to_the_same_optimum(string how)
    {
        Dictionary<string, JsonElement> lines = Cli.Json([.. Command("smog"), .. how.Split(' ')]).GetProperty("coefficients")
            .EnumerateArray().ToDictionary(c => c.GetProperty("name").GetString()!);
        foreach (var (_, name, value) in Known["smog"].Where(q => q.Quantity == "estimate"))
            Assert.Equal(Number(value), lines[name].GetProperty("estimate").GetDouble(), 2e-4 * Math.Abs(Number(value)));
    }

    // Two classes in order are logistic regression; its threshold is minus the intercept.
    [Fact]
    public void Of_two_classes_it_is_logistic_regression()
    {
        string cars = Path.Combine(Data, "..", "mtcars.csv");
        JsonElement ordinal = Cli.Json("fit", cars, "--target", "am", "--features", "hp,qsec", "--model", "ordinal"),
            logistic = Cli.Json("fit", cars, "--target", "am", "--features", "hp,qsec", "--model", "logistic");
        double[] a = Cli.Estimates(ordinal), b = Cli.Estimates(logistic), ea = Cli.Errors(ordinal), eb = Cli.Errors(logistic);
        Near(-b[0], a[2], "threshold");
        Near(b[1], a[0], "hp");
        Near(b[2], a[1], "qsec");
        Near(eb[0], ea[2], "error of the threshold");
        Near(eb[2], ea[1], "error of qsec");
    }

    [Fact]
    public void A_saved_model_predicts_evaluates_and_is_shown()
    {
        string model = Path.Combine(folder, "h.json");
        var (code, output, error) = Cli.Run([.. Command("housing"), "--out", model]);
        Assert.True(code == 0, error);
        Assert.Contains("proportional odds over 3 classes in order (Low < Medium < High)", output, StringComparison.Ordinal);
        Assert.Contains("Low|Medium", output, StringComparison.Ordinal);
        string data = Path.Combine(Data, "housing.csv");
        SavedModel saved = SavedModel.Load(model);
        Assert.Equal(["Low", "Medium", "High"], saved.Classes);
        string[] first = Cli.Run("predict", model, data).Out.Split('\n')[1].Split(',');
        double[] row = new double[saved.Features.Count];
        row[saved.Features.ToList().IndexOf("infl=Medium")] = 1;
        double[] p = saved.PredictProbabilities(row);
        Assert.Equal(1, p.Sum(), 1e-14);
        Assert.Equal(saved.Classes[(int)saved.Predict(row)], saved.PredictClass(row));
        Assert.Equal(saved.Classes[Array.IndexOf(p, p.Max())], saved.PredictClass(row));
        Assert.Equal("Low", first[0]);
        Assert.Contains("Mean loss", Cli.Run("evaluate", model, data).Out, StringComparison.Ordinal);
        Assert.Contains("Medium|High", Cli.Run("inspect", model).Out, StringComparison.Ordinal);
    }

    // Profiles, tests of terms and held-out rows go by the same likelihood. R: confint of polr differs in the fifth digit, by its spline;
    // drop1(polr(…), test = "Chisq") has the likelihood ratios.
    [Fact]
    public void Terms_are_tested_and_profiled()
    {
        JsonElement fit = Cli.Json([.. Command("housing"), "--anova", "--profile-intervals"]);
        Dictionary<string, double> ratios = fit.GetProperty("terms").EnumerateArray()
            .ToDictionary(t => t.GetProperty("name").GetString()!, t => t.GetProperty("ratio").GetDouble());
        Near(108.2392047678, ratios["infl"], "infl");
        Near(55.9100770769, ratios["type"], "type");
        Near(14.306206065, ratios["cont"], "cont");
        Dictionary<string, JsonElement> lines =
            fit.GetProperty("coefficients").EnumerateArray().ToDictionary(c => c.GetProperty("name").GetString()!);
        foreach (var (name, low, high) in new[] { ("infl=High", 1.0409711171, 1.53958311836),
            ("type=Terrace", -1.3893881743, -0.79534034891), ("cont=High", 0.1733590554, 0.54792915347) })
        {
            Assert.Equal(low, lines[name].GetProperty("low").GetDouble(), 2e-5 * (high - low));
            Assert.Equal(high, lines[name].GetProperty("high").GetDouble(), 2e-5 * (high - low));
        }
        Assert.InRange(-0.496135138197, lines["Low|Medium"].GetProperty("low").GetDouble(),
            lines["Low|Medium"].GetProperty("high").GetDouble());
    }

    [Theory]
    [InlineData("\"weights\": [\n    [\n      ", "\"weights\": [\n    [\n      1", "differ between thresholds")]
    public void A_damaged_model_is_one_sentence(string old, string changed, string said)
    {
        string model = Path.Combine(folder, "d.json");
        Assert.Equal(0, Cli.Run([.. Command("smog"), "--out", model]).Code);
        string text = File.ReadAllText(model);
        Assert.Contains(old, text, StringComparison.Ordinal);
        File.WriteAllText(model, text.Replace(old, changed, StringComparison.Ordinal));
        var (code, _, error) = Cli.Run("predict", model, Path.Combine(Data, "smog.csv"));
        Assert.Equal(2, code);
        Assert.Contains(said, error, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("housing.csv --target sat --model ordinal", "--levels Low,Medium,High|whose order is not known")]
    [InlineData("housing.csv --target sat --model ordinal --levels Low,High", "the target has the level 'Medium'")]
    [InlineData("housing.csv --target sat --model ordinal --levels Low,Medium,High,Huge", "no row has the level 'Huge'")]
    [InlineData("housing.csv --target sat --model ordinal --levels Low,Medium,Low,High", "--levels names 'Low' twice")]
    [InlineData("housing.csv --target sat --model softmax --levels Low,Medium,High",
        "--levels is the order of the classes of --model ordinal")]
    [InlineData("smog.csv --target wide --model ordinal --no-intercept", "thresholds in the place of an intercept")]
    [InlineData("smog.csv --target wide --model ordinal --l1 0.1", "without an L1 penalty")]
    [InlineData("smog.csv --target wide --model ordinal --method svrg", "do not keep the thresholds")]
    [InlineData("smog.csv --target wide --model ordinal --robust hc0",
        "--robust means nothing to --model ordinal, which has a margin a threshold")]
    [InlineData("smog.csv --target wide --model ordinal --path 5", "is fitted without an L1 penalty")]
    public void What_cannot_be_done_is_refused(string words, string said)
    {
        string[] w = words.Split(' ');
        var (code, _, error) = Cli.Run(["fit", Path.Combine(Data, w[0]), .. w[1..]]);
        Assert.Equal(1, code);
        Assert.Contains(said.Split('|'), s => error.Contains(s, StringComparison.Ordinal));
    }

    public void Dispose() => Directory.Delete(folder, true);
}
