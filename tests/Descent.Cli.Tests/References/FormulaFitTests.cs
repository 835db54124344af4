using System.Globalization;
using System.Text.Json;
using System.Text.RegularExpressions;

namespace Descent.Cli.Tests.References;

/// <summary>
/// Formulas against R 4.2.2 (lm, glm, splines): coefficients, standard errors and predictions for rows that a fit has not seen, to six
/// digits. data/formulas/fits.R made the data and the numbers, and says what each fit is in both languages.
/// </summary>
public sealed class FormulaFitTests : IDisposable
{
    static readonly string Folder = Path.Combine(Cli.Root, "tests", "Descent.Cli.Tests", "data", "formulas");

    static readonly ILookup<string, (string Quantity, string Name, string Value)> Known = File.ReadLines(Path.Combine(Folder, "fits.csv"))
        .Skip(1).Select(l => Regex.Match(l, "^([^,]+),([^,]+),(?:\"([^\"]*)\"|([^,]*)),(.*)$"))
        .ToLookup(m => m.Groups[1].Value, m => (m.Groups[2].Value, m.Groups[3].Value + m.Groups[4].Value, m.Groups[5].Value));

    readonly string folder = Directory.CreateTempSubdirectory("descent-formulas").FullName;

    public static TheoryData<string> Fits => [.. Known.Select(k => k.Key)];

    public void Dispose() => Directory.Delete(folder, true);

    [Theory]
    [MemberData(nameof(Fits))]
    public void Numbers_are_those_of_R(string fit)
    {
        string Word(string quantity) => Known[fit].Single(q => q.Quantity == quantity).Value;
        string file = Path.Combine(Folder, Word("data") + ".csv"), model = Path.Combine(folder, "model.json");
        JsonElement found = Cli.Json(["fit", file, "--formula", Word("formula"), "--out", model,
            .. Word("options").Split(' ', StringSplitOptions.RemoveEmptyEntries)]);
        Dictionary<string, JsonElement> lines =
            found.GetProperty("coefficients").EnumerateArray().ToDictionary(c => c.GetProperty("name").GetString()!);
        Assert.Equal(Known[fit].Where(q => q.Quantity == "estimate").Select(q => q.Name), lines.Keys);
        foreach (var (quantity, name, value) in Known[fit].Where(q => q.Quantity is "estimate" or "error"))
            Near(value, lines[name].GetProperty(quantity == "error" ? "standardError" : "estimate").GetDouble(),
                $"{fit}, {quantity} {name}");
        string[] predictions = [.. Known[fit].Where(q => q.Quantity == "prediction").Select(q => q.Value)];
        if (predictions.Length == 0) return;
        var (code, text, error) = Cli.Run("predict", model, file.Replace(".csv", "-new.csv", StringComparison.Ordinal));
        Assert.True(code == 0, error);
        string[] rows = text.Split('\n', StringSplitOptions.RemoveEmptyEntries);
        Assert.Equal(predictions.Length, rows.Length - 1);
        for (int i = 0; i < predictions.Length; i++)
            Near(predictions[i], double.Parse(rows[i + 1].Split(',')[^1], CultureInfo.InvariantCulture), $"{fit}, prediction {i + 1}");
    }

    [Fact]
    public void There_are_at_least_twenty_fits_and_each_family_of_terms_has_one()
    {
        Assert.True(Known.Count >= 20, $"only {Known.Count} fits");
        string all = string.Concat(Known.SelectMany(k => k).Where(q => q.Quantity == "formula").Select(q => q.Value + "\n"));
        foreach (string part in (string[])["log(", "bs(", "ns(", "poly(", "cut(", "scale(", "ordered=", "ref=", "offset(", "I(", "- 1", "*",
            "/", "^3", ". -", "cut:colour", "raw=TRUE"]) Assert.Contains(part, all, StringComparison.Ordinal);
    }

    static void Near(string value, double seen, string what)
    {
        double wanted = double.Parse(value, CultureInfo.InvariantCulture);
        Assert.True(Math.Abs(seen - wanted) <= 1e-6 * Math.Max(Math.Abs(wanted), 1e-3),
            FormattableString.Invariant($"{what}: R has {wanted:R}, found {seen:R}"));
    }
}
