using System.Globalization;

namespace Descent.Models.Tests.Certificates;

/// <summary>
/// Certificates of random, hard problems against optima of some 30 digits. DESCENT_CERTIFICATES=1000000 asks for that many in all
/// (eng/certificates), 1000 for a part of one round (eng/mutate); a plain run makes above 20,000.
/// </summary>
public class CampaignTests
{
    static readonly double Asked = Environment.GetEnvironmentVariable("DESCENT_CERTIFICATES") is { Length: > 0 } text
        ? double.Parse(text, CultureInfo.InvariantCulture) / (8 * 4 * HardProblems.Features.Length * 35) : 1;

    static readonly bool IsPlain = Environment.GetEnvironmentVariable("DESCENT_CERTIFICATES") is not { Length: > 0 };

    static readonly ulong Seed = Environment.GetEnvironmentVariable("DESCENT_CERTIFICATES_SEED") is { Length: > 0 } text
        ? ulong.Parse(text, CultureInfo.InvariantCulture)
        : 1;

    // Losses without a shape of their own have no bound far from the optimum, and none where estimates run away: more are missing.
    [Theory]
    [InlineData(false, 0.02, 1e-12, 0.95, 1e-9)]
    [InlineData(true, 0.02, 1e-12, 0.75, 1e-6)]
    public void No_certificate_is_too_small(bool curves, double most, double middle, double share, double worst)
    {
        // Optima of the newer losses take their time: a plain run asks for every fourth of one round.
        double asked = curves && IsPlain ? 0.25 : Asked;
        int rounds = (int)Math.Ceiling(asked);
        List<(string Model, string Penalty, string Feature, ulong Seed)> cases = [];
        for (int round = 0; round < rounds; round++)
            foreach (string model in curves ? Problems.Curves : Problems.Models)
                foreach (string penalty in HardProblems.Penalties)
                    foreach (string feature in HardProblems.Features)
                        cases.Add((model, penalty, feature, (Seed * 1000003) + (ulong)((cases.Count * 7) + round)));
        if (asked < 1) cases = [.. cases.Where((_, i) => i % (int)Math.Ceiling(1 / asked) == 0)];
        Campaign[] done = new Campaign[cases.Count];
        System.Threading.Tasks.Parallel.For(0, cases.Count,
            i => done[i] = Campaign.Of(HardProblems.Make(cases[i].Model, cases[i].Penalty, cases[i].Feature, cases[i].Seed),
                cases[i].Seed));
        string[] faults = [.. done.SelectMany(c => c.Faults)];
        (double Gap, double Excess, string Where)[] ends = [.. done.SelectMany(c => c.AtOptimum).OrderBy(e => e.Excess)];
        double median = ends.Select(e => e.Gap).Order().ElementAt(ends.Length / 2);
        int count = done.Sum(c => c.Count), missing = done.Sum(c => c.Missing);
        if (Environment.GetEnvironmentVariable("DESCENT_CERTIFICATES_LOG") is { Length: > 0 } log)
            Report(curves ? log + ".curves" : log, cases, done, ends, count, missing);
        Assert.True(faults.Length == 0, $"{faults.Length} faults in {count} certificates:\n{string.Join('\n', faults.Take(20))}");
        Assert.True(count >= Math.Min(asked, rounds) * (curves ? 7_000 : 10_000), $"{count} certificates");
        Assert.True(missing <= most * count, $"{missing} of {count} without a certificate");
        Assert.True(median <= middle, $"median relative gap at the optimum {median}");
        (_, double excess, string where) = ends[(int)(share * ends.Length)];
        Assert.True(excess <= worst,
            $"{1 - share:P0} of the certificates at an optimum are {excess} of F and more above the true gap: {where}");
    }

    static void Report(string path, List<(string Model, string Penalty, string Feature, ulong Seed)> cases, Campaign[] done,
        (double Gap, double Excess, string Where)[] ends, int count, int missing)
    {
        List<string> lines = [$"{count} certificates, {missing} missing, {done.Sum(c => c.Faults.Count)} faults; "
            + "above the true gap at the optimum, relative to F:"];
        var all = cases.Zip(done).ToArray();
        foreach (var group in all.GroupBy(c => c.First.Model).Concat(all.GroupBy(c => c.First.Feature))
            .Concat(all.GroupBy(c => c.First.Penalty)))
        {
            double[] gaps = [.. group.SelectMany(c => c.Second.AtOptimum.Select(e => e.Excess)).Order()];
            lines.Add(FormattableString.Invariant($"{group.Key,-14} median {gaps[gaps.Length / 2]:G3}, ")
                + FormattableString.Invariant($"95 % {gaps[gaps.Length * 95 / 100]:G3}, worst {gaps[^1]:G3}, ")
                + FormattableString.Invariant(
                    $"missing {group.Sum(c => c.Second.Missing)}, faults {group.Sum(c => c.Second.Faults.Count)}"));
        }
        lines.AddRange(done.SelectMany(c => c.Faults));
        lines.AddRange(ends.Reverse().Take(50).Select(e => FormattableString.Invariant($"{e.Excess:G3} {e.Where}")));
        File.WriteAllLines(path, lines);
    }
}
