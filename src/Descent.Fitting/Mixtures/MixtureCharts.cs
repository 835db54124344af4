using Descent.Mixtures.Search;
using Descent.Reports.Charts;

namespace Descent.Fitting.Mixtures;

/// <summary>The charts of a mixture.</summary>
static class MixtureCharts
{
    /// <summary>Rows that are drawn at most.</summary>
    public const int MostDots = 2_000;

    /// <summary>The colour of rows that are not told apart.</summary>
    public const int Grey = 5;

    const int MostLines = 12, Points = 300;

    /// <summary>AIC, BIC and ICL against k.</summary>
    public static Chart Criteria(IReadOnlyList<MixtureCandidate> candidates)
    {
        MixtureCandidate[] with = [.. candidates.Where(c => c.Fit.Theta is not null)];
        double[] k = [.. with.Select(c => (double)c.Components)];
        return new Chart
        {
            Title = "Criteria: the least chooses",
            XLabel = "components k",
            YLabel = "criterion",
            Series =
            [
                new("BIC", k, [.. with.Select(c => c.Bic)], Mark.Path),
                new("ICL", k, [.. with.Select(c => c.Icl)], Mark.Path),
                new("AIC", k, [.. with.Select(c => c.Aic)], Mark.Path),
            ],
        };
    }

    /// <summary>Log-likelihood along the start that was taken, and how far every start is below the best end.</summary>
    public static Chart[] Traces(MixtureCandidate best)
    {
        IReadOnlyList<double> taken = best.Fit.Best!.Trace;
        MixtureStart[] starts = [.. best.Starts.Where(s => s.Degeneracy is null && s != best.Fit.Best).Take(MostLines - 1)];
        return
        [
            new Chart
            {
                Title = "Log-likelihood of the start that was taken",
                XLabel = "step",
                YLabel = "ℓ",
                Series = [new Series("ℓ", Steps(taken), taken)],
            },
            new Chart
            {
                Title = "Distance to the highest end, by start",
                XLabel = "step",
                YLabel = "ℓ best − ℓ",
                LogY = true,
                Series = [.. starts.Select(s => Gap(s, best.LogLikelihood, "other starts", Grey)).OfType<Series>()
                    .Select((s, i) => i == 0 ? s : s with { Name = "" }),
                    .. Gap(best.Fit.Best, best.LogLikelihood, "the one taken", 0) is { } own ? new[] { own } : []],
            },
        ];
    }

    /// <summary>One column: histogram of area 1, the mixture's density, the components.</summary>
    public static Chart Density(FittedMixture m)
    {
        double[] x = [.. m.Data.Held.Order()];
        (double[] at, double[] height) = Histogram(x);
        double[] grid = [.. Enumerable.Range(0, Points + 1).Select(i => at[0] + ((at[^1] - at[0]) * i / Points))];
        double[][] joint = [.. grid.Select(v => Joint(m, v))];
        return new Chart
        {
            Title = "Density over the histogram",
            XLabel = m.Data.Columns[0],
            YLabel = "density",
            Height = 380,
            Series =
            [
                new Series("rows", at, height) { Colour = Grey },
                new Series("mixture", grid, [.. joint.Select(d => d.Sum())]) { Colour = 0 },
                .. m.Components == 1 ? [] : Enumerable.Range(0, m.Components).Select(j =>
                    new Series($"{j + 1}", grid, [.. joint.Select(d => d[j])], Mark.Dashed) { Colour = Colour(j + 1) }),
            ],
        };
    }

    /// <summary>Rows in a plane, with the ellipses of the components where they have any.</summary>
    public static Chart Scatter(FittedMixture m, MixtureAllocation rows, MixturePlane plane)
    {
        int d = m.Data.Columns.Count, n = m.Data.Count, drawn = Math.Min(n, MostDots);
        List<(double X, double Y)>[] groups = [.. Enumerable.Range(0, m.Components + 1).Select(_ => new List<(double X, double Y)>())];
        for (int s = 0; s < drawn; s++)
        {
            int i = (int)((long)s * n / drawn);
            groups[rows.Probabilities[i] < MixtureAllocation.Sure ? m.Components : rows.Components[i]]
                .Add(plane.At(m.Data.Row(i)));
        }
        return new Chart
        {
            Title = "Rows and components",
            XLabel = plane.Labels[0],
            YLabel = plane.Labels[1],
            Height = 380,
            Series =
            [
                .. groups.Select((g, j) => new Series(j < m.Components ? $"{j + 1}" : "below 0.9", [.. g.Select(p => p.X)],
                    [.. g.Select(p => p.Y)], Mark.Dots) { Colour = j < m.Components ? Colour(j) : Grey })
                    .Where((s, j) => s.X.Count > 0),
                .. m.Spec.Family.HasScatter ? Ellipses(m, plane) : [],
            ],
        };
    }

    /// <summary>How sure the allocation is: rows sorted by the responsibility of their most probable component.</summary>
    /// <param name="rows">The allocation.</param>
    /// <param name="part">What a component is called.</param>
    public static Chart Certainty(MixtureAllocation rows, string part)
    {
        double[] sorted = [.. rows.Probabilities.Order()];
        int drawn = Math.Min(sorted.Length, MostDots);
        int[] at = [.. Enumerable.Range(0, drawn).Select(s => (int)((long)s * sorted.Length / drawn))];
        return new Chart
        {
            Title = "Responsibility of the most probable " + part,
            XLabel = "share of the rows",
            YLabel = "responsibility",
            Height = 380,
            Series =
            [
                new Series("", [.. at.Select(i => (i + 0.5) / sorted.Length)], [.. at.Select(i => sorted[i])]),
                new Series("", [0, 1], [MixtureAllocation.Sure, MixtureAllocation.Sure], Mark.Dashed),
            ],
        };
    }

    static IEnumerable<Series> Ellipses(FittedMixture m, MixturePlane plane)
    {
        double[][][] blocks = [.. m.Spec.Family.Blocks(m.Data.Columns.Count, m.Components).Select(b => m.Model.Parameters[b.Name])];
        for (int j = 0; j < m.Components; j++)
            foreach (double distance in (double[])[1, 2])
            {
                (double[] x, double[] y) = plane.Ellipse(blocks[0][j], blocks[1][j], distance);
                yield return new Series("", x, y, distance > 1 ? Mark.Dashed : Mark.Line) { Colour = Colour(j) };
            }
    }

    // π_j p(x | j) for each component.
    static double[] Joint(FittedMixture m, double x)
    {
        double[] shares = new double[m.Components];
        double log = m.Model.Allocate([x], shares);
        return [.. shares.Select(s => s * Math.Exp(log))];
    }

    // The outline of bars of area 1, √n of them within 8 … 40.
    static (double[] At, double[] Height) Histogram(double[] sorted)
    {
        int bins = Math.Clamp((int)Math.Ceiling(Math.Sqrt(sorted.Length)), 8, 40);
        double low = sorted[0], width = (sorted[^1] - low) / bins;
        double[] counts = new double[bins];
        foreach (double v in sorted) counts[Math.Min(bins - 1, (int)((v - low) / width))]++;
        List<double> at = [low], height = [0];
        for (int b = 0; b < bins; b++)
        {
            double h = counts[b] / (sorted.Length * width);
            at.AddRange([low + (b * width), low + ((b + 1) * width)]);
            height.AddRange([h, h]);
        }
        at.Add(sorted[^1]);
        height.Add(0);
        return ([.. at], [.. height]);
    }

    static Series? Gap(MixtureStart start, double best, string name, int colour)
    {
        (double Step, double Gap)[] at = [.. start.Trace.Select((v, i) => ((double)i, best - v)).Where(p => p.Item2 > 0)];
        return at.Length == 0 ? null : new Series(name, [.. at.Select(p => p.Step)], [.. at.Select(p => p.Gap)]) { Colour = colour };
    }

    static double[] Steps(IReadOnlyList<double> trace) => [.. Enumerable.Range(0, trace.Count).Select(i => (double)i)];

    /// <summary>The palette without grey, which is for rows that are not told apart.</summary>
    public static int Colour(int j) => j < Grey ? j : j + 1;
}
