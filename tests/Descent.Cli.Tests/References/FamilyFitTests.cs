using System.Globalization;
using System.Text.Json;

namespace Descent.Cli.Tests.References;

/// <summary>
/// Families, links, offsets and weights against R 4.2.2 (glm, MASS, survival): coefficients, standard errors, deviances, likelihoods and
/// degrees of freedom to six digits. data/r/fits.R made the data and the numbers, and says what each fit is in both languages.
/// </summary>
public class FamilyFitTests
{
    static readonly string Folder = Path.Combine(Cli.Root, "tests", "Descent.Cli.Tests", "data", "r");

    static readonly ILookup<string, (string Quantity, string Name, string Value)> Known = File.ReadLines(Path.Combine(Folder, "fits.csv"))
        .Skip(1).Select(l => l.Split(',', 3)).Select(l => (Fit: l[0], Quantity: l[1], Last: l[2].Split(',', 2)))
        .ToLookup(l => l.Fit, l => (l.Quantity, l.Last[0], l.Last[1]));

    public static TheoryData<string> Fits => [.. Known.Select(k => k.Key)];

    [Theory]
    [MemberData(nameof(Fits))]
    public void Numbers_are_those_of_R(string fit)
    {
        string[] words = Known[fit].Single(q => q.Quantity == "command").Value.Split(' ');
        Holds(fit, Cli.Json(["fit", Path.Combine(Folder, words[0]), .. words[1..]]));
    }

    [Theory]
    [InlineData("menarche-failures", "cbind(reached, not) ~ age", "--model probit")]
    [InlineData("lung-efron", "time ~ age + sex + ecog", "--model cox --event dead")]
    public void Counts_and_times_are_targets_of_formulas(string fit, string formula, string options)
    {
        string file = Known[fit].Single(q => q.Quantity == "command").Value.Split(' ')[0];
        Holds(fit, Cli.Json(["fit", Path.Combine(Folder, file), "--formula", formula, .. options.Split(' ')]));
    }

    static void Holds(string fit, JsonElement found)
    {
        Dictionary<string, JsonElement> lines =
            found.GetProperty("coefficients").EnumerateArray().ToDictionary(c => c.GetProperty("name").GetString()!);
        int estimates = Known[fit].Count(q => q.Quantity == "estimate");
        Dictionary<string, JsonElement> terms = !found.TryGetProperty("terms", out JsonElement all) ? []
            : all.EnumerateArray().ToDictionary(t => t.GetProperty("name").GetString()!);
        Assert.Equal(estimates, terms.Count > 0 ? 0 : lines.Count);
        foreach (var (quantity, name, value) in Known[fit].Where(q => q.Quantity != "command"))
        {
            double wanted = double.Parse(value, CultureInfo.InvariantCulture), seen = quantity switch
            {
                "estimate" => lines[name].GetProperty("estimate").GetDouble(),
                "error" => lines[name].GetProperty("standardError").GetDouble(),
                "wald" or "waldP" or "ratio" or "ratioP" or "vif" => terms[name].GetProperty(quantity).GetDouble(),
                "condition" => found.GetProperty("conditionNumber").GetDouble(),
                _ => found.GetProperty("fit").GetProperty(Property(quantity)).GetDouble(),
            };
            Assert.True(Math.Abs(seen - wanted) <= 1e-6 * Math.Max(Math.Abs(wanted), 1e-3), FormattableString.Invariant(
                $"{fit}, {quantity} {name}: R has {wanted:R}, found {seen:R}"));
        }
    }

    static string Property(string quantity) => quantity switch
    {
        "null" => "nullDeviance",
        "loglik" => "logLikelihood",
        "nullloglik" => "nullLogLikelihood",
        "degrees" => "degreesOfFreedom",
        _ => quantity,
    };
}
