using System.Diagnostics;
using Descent.Mixtures.StudentT;
using Descent.Reports.Charts;
using MathNet.Numerics.Distributions;

namespace Descent.Cli.Gallery;

/// <summary>
/// M38: Student-t with unknown degrees of freedom by EM, ECM, ECME, with parameter expansion, and by SQUAREM, from the median, the variance
/// and ν = 5. Q splits into (μ, σ²) and ν, so that ECM with one E-step a cycle is EM itself.
/// </summary>
static class StudentTClimbs
{
    const double Settled = 1e-10, Near = 1e-6;
    const int Most = 5_000, Timings = 9;

    // Cycles that raised the likelihood by 1e-10 or more: the four iterations written out in R 4.2.2 (digamma, uniroot with tol = 1e-14).
    static readonly (string Title, double[] Numbers, string[] Independent)[] Samples =
    [
        ("galaxies, n = 82", GalaxyVelocities.All, ["63", "54", "38", "24", "–"]),
        ("quantiles of t with ν = 12, n = 200", Quantiles(200, 12), ["884", "884", "25", "24", "–"]),
    ];

    public static ExampleResult Run()
    {
        List<IReadOnlyList<string>> rows = [];
        List<Chart> charts = [];
        foreach ((string title, double[] numbers, string[] independent) in Samples)
        {
            StudentTModel model = new(numbers, 1);
            double[] start = [.. Start(numbers)];
            Climb[] climbs =
            [
                Climb.Of("EM = ECM", model, start, model.EcmSteps()), Climb.Of("PX-EM", model, start, model.EcmSteps(expanded: true)),
                Climb.Of("ECME", model, start, model.EcmeSteps()), Climb.Of("PX-ECME", model, start, model.EcmeSteps(expanded: true)),
                Climb.Squared("SQUAREM", model, start),
            ];
            (double Log, long Passes)[][] paths = [.. climbs.Select(c => Path(c))];
            double top = paths.Max(p => p.Max(s => s.Log));
            for (int i = 0; i < climbs.Length; i++)
                rows.Add([$"{title}, {climbs[i].Name}: steps | passes, ms", "–", independent[i],
                    $"{paths[i].Length - 2} | {Reaching(paths[i], top).Passes}, {Milliseconds(climbs[i], top)}"]);
            charts.Add(Picture(title, climbs, paths, top));
        }
        return new ExampleResult(rows, charts, "Steps: until one gains less than 10⁻¹⁰. Passes over the numbers, and ms: until 10⁻⁶ below "
            + "the top. The hidden scales say little of ν once tails are light, so EM's step for it all but stands still; ECME asks "
            + "the likelihood itself, at a pass more a cycle, and needs far fewer. SQUAREM stretches EM's own steps and comes near "
            + "that without a new formula. Times are of this machine, this time.");
    }

    // Up to the first step that gains less than the tolerance, that step included.
    static (double Log, long Passes)[] Path(Climb climb)
    {
        List<(double Log, long Passes)> path = [];
        foreach ((double Log, long Passes) at in climb.Start().Take(Most))
        {
            path.Add(at);
            if (path.Count > 1 && Math.Abs(at.Log - path[^2].Log) < Settled) break;
        }
        return [.. path];
    }

    static (double Log, long Passes) Reaching(IEnumerable<(double Log, long Passes)> path, double top) =>
        path.First(s => s.Log >= top - Near);

    static string Milliseconds(Climb climb, double top)
    {
        double[] times = new double[Timings];
        for (int k = 0; k < Timings; k++)
        {
            Stopwatch watch = Stopwatch.StartNew();
            Reaching(climb.Start(), top);
            times[k] = watch.Elapsed.TotalMilliseconds;
        }
        return Text.Number(times.Order().ElementAt(Timings / 2), "0.00");
    }

    static Chart Picture(string title, Climb[] climbs, (double Log, long Passes)[][] paths, double top) => new()
    {
        Title = $"Below the top: {title}",
        XLabel = "passes over the numbers",
        YLabel = "ℓ̂ − ℓ",
        LogX = true,
        LogY = true,
        Series =
        [
            .. climbs.Select((c, i) => new Series(c.Name, [.. paths[i].Select(s => (double)s.Passes)],
                [.. paths[i].Select(s => Math.Max(top - s.Log, Settled))], Mark.Path)),
        ],
    };

    // Median, variance with divisor n − 1, ν = 5.
    static double[] Start(double[] x)
    {
        double[] sorted = [.. x.Order()];
        double median = (sorted[(x.Length - 1) / 2] + sorted[x.Length / 2]) / 2, mean = x.Average();
        return [median, x.Sum(v => (v - mean) * (v - mean)) / (x.Length - 1), 5];
    }

    static double[] Quantiles(int n, double degrees) =>
        [.. Enumerable.Range(0, n).Select(i => StudentT.InvCDF(0, 1, degrees, (i + 0.5) / n))];
}
