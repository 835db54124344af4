using Descent.Reports.Charts;

namespace Descent.Fitting.Mixtures;

/// <summary>What a report draws of the rows, by what the family is, with the sentence under it.</summary>
static class MixturePictures
{
    const int Points = 100, MostColumns = 4, MostRows = 500, MostLoadings = 40, MostJoined = 120;

    public static (List<Chart> Charts, string Sentence) Of(FittedMixture m) => m.Spec.Family switch
    {
        { HasHoles: true } => Filled(m),
        { Allocates: false } => Scores(m),
        { HasTarget: true } => Regressions(m),
        { HasSequences: true } => Sequence(m),
        _ => Rows(m),
    };

    static (List<Chart>, string) Rows(FittedMixture m)
    {
        if (m.Data.Columns.Count == 1)
            return Sure(m, [MixtureCharts.Density(m)],
                "The rows as a histogram of area 1, the density of the mixture, and the components with their weights.");
        MixturePlane plane = MixturePlane.Of(m.Data);
        return Sure(m, [MixtureCharts.Scatter(m, MixtureAllocation.Of(m), plane)], plane.Sentence
            + (m.Spec.Family.HasScatter ? " Ellipses lie at Mahalanobis distance 1 and, dashed, 2 from the means." : "") + Drawn(m));
    }

    // Targets against the column with the lines of the components, or against what the component of a row predicts.
    static (List<Chart>, string) Regressions(FittedMixture m)
    {
        int d = m.Data.Columns.Count;
        MixtureAllocation rows = MixtureAllocation.Of(m);
        bool line = d == 1;
        double[] x = [.. Enumerable.Range(0, m.Data.Count).Select(i =>
            line ? m.Data.Values[i] : m.Model.Predictions(m.Data.Row(i))[1 + rows.Components[i]])];
        double[] y = [.. m.Data.Targets.Select((v, i) => m.Data.Trials.Length > 0 ? v / m.Data.Trials[i] : v)];
        double[] grid = [.. Enumerable.Range(0, Points + 1).Select(i => x.Min() + ((x.Max() - x.Min()) * i / Points))];
        Chart chart = new()
        {
            Title = line ? "Rows and the components' regressions" : "Target against the prediction of the row's component",
            XLabel = line ? m.Data.Columns[0] : "prediction",
            YLabel = m.Data.Trials.Length > 0 ? $"{m.Data.Target}/{m.Data.TrialsColumn}" : m.Data.Target!,
            Height = 380,
            Series = [.. Groups(m, rows, x, y), .. line ? Lines(m, grid) : [new Series("", grid, grid,
                Mark.Dashed) { Colour = MixtureCharts.Grey }]],
        };
        return Sure(m, [chart], "Rows coloured by their most probable component" + (line ? ", with the mean of each." : ".") + Drawn(m));
    }

    static IEnumerable<Series> Lines(FittedMixture m, double[] grid)
    {
        double[][] at = [.. grid.Select(v => m.Model.Predictions([v]))];
        return Enumerable.Range(0, m.Components).Select(j =>
            new Series("", grid, [.. at.Select(p => p[1 + j])]) { Colour = MixtureCharts.Colour(j) });
    }

    // The rows in their order, coloured by the most probable state of each.
    static (List<Chart>, string) Sequence(FittedMixture m)
    {
        int d = m.Data.Columns.Count, n = Math.Min(m.Data.Count, MostRows);
        MixtureAllocation rows = MixtureAllocation.Of(m);
        double[] time = [.. Enumerable.Range(0, n).Select(i => (double)(i + 1))];
        List<Chart> charts = [];
        for (int c = 0; c < Math.Min(d, MostColumns); c++)
        {
            double[] y = [.. Enumerable.Range(0, n).Select(i => m.Data.Row(i)[c])];
            charts.Add(new Chart
            {
                Title = $"{m.Data.Columns[c]} by state",
                XLabel = "row",
                YLabel = m.Data.Columns[c],
                Height = 380,
                // Many rows joined by lines are a curtain before their dots.
                Series = [.. n > MostJoined ? [] : new[] { new Series("", time, y) { Colour = MixtureCharts.Grey } },
                    .. Groups(m, rows, time, y)],
            });
        }
        return Sure(m, charts, "Rows in their order, coloured by the most probable state of each given all of its sequence."
            + (n < m.Data.Count ? $" The first {Text.Count(n)} rows are drawn." : "")
            + (d > MostColumns ? $" The first {MostColumns} columns are drawn." : ""));
    }

    static (List<Chart>, string) Scores(FittedMixture m)
    {
        int q = m.Components, n = Math.Min(m.Data.Count, MixtureCharts.MostDots), d = m.Data.Columns.Count;
        double[] Of(int j) => [.. Enumerable.Range(0, n).Select(i => m.Allocation[(i * q) + j])];
        Chart scores = new()
        {
            Title = q > 1 ? "Scores of the first two factors" : "Scores of the factor",
            XLabel = q > 1 ? "factor 1" : "row",
            YLabel = q > 1 ? "factor 2" : "factor 1",
            Height = 380,
            Series = [new Series("", q > 1 ? Of(0) : [.. Enumerable.Range(1, n).Select(i => (double)i)], Of(Math.Min(1, q - 1)),
                Mark.Dots)],
        };
        int shown = Math.Min(d, MostLoadings);
        return ([scores, Loadings(m, shown)], "Scores are E[z | row]. The factors are turned until ΛᵀΨ⁻¹Λ is diagonal, the largest first. "
            + "A loading is drawn in standard deviations of its column: its correlation with the factor."
            + (shown < d ? $" The first {shown} columns are drawn." : "")
            + (q > MostColumns ? $" The first {MostColumns} factors are drawn." : "") + Drawn(m));
    }

    // The two columns with most holes: rows in which both were seen, and those in which one or both are expected.
    static (List<Chart>, string) Filled(FittedMixture m)
    {
        int d = m.Data.Columns.Count, n = Math.Min(m.Data.Count, MixtureCharts.MostDots);
        int[] by = [.. Enumerable.Range(0, d).OrderByDescending(c => Enumerable.Range(0, n).Count(i => double.IsNaN(m.Data.Row(i)[c])))];
        int a = by[0], b = by[Math.Min(1, d - 1)];
        double[][] rows = [.. Enumerable.Range(0, n).Select(i => m.Model.Scores(m.Data.Row(i)))];
        bool[] whole = [.. Enumerable.Range(0, n).Select(i => !double.IsNaN(m.Data.Row(i)[a]) && !double.IsNaN(m.Data.Row(i)[b]))];
        Series Of(string name, bool seen, int colour) => new(name, At(i => d > 1 ? rows[i][a] : i + 1, seen), At(i => rows[i][b], seen),
            Mark.Dots)
        {
            Colour = colour
        };
        double[] At(Func<int, double> value, bool seen) => [.. Enumerable.Range(0, n).Where(i => whole[i] == seen).Select(value)];
        Chart chart = new()
        {
            Title = "Rows as seen, and with what is expected in their holes",
            XLabel = d > 1 ? m.Data.Columns[a] : "row",
            YLabel = m.Data.Columns[b],
            Height = 380,
            Series = [Of("seen", true, 0), .. whole.Contains(false) ? [Of("filled in", false, 1)] : Array.Empty<Series>()],
        };
        return ([chart], "What is expected lies on the plane of the regression on what is seen: it has less spread than what is missing. "
            + "The columns with most holes are drawn." + Drawn(m));
    }

    // Rows are columns of the data: λ/√(Σλ² + ψ), so that a column in large units does not flatten the others.
    static Chart Loadings(FittedMixture m, int shown)
    {
        IReadOnlyList<double[]> loadings = m.Model.Parameters["loadings"];
        double[] unique = m.Model.Parameters["variances"][0], rows = [.. Enumerable.Range(0, shown).Select(c => (double)-c)];
        double[] deviation = [.. rows.Select((_, c) => Math.Sqrt(loadings.Sum(l => l[c] * l[c]) + unique[unique.Length > 1 ? c : 0]))];
        return new Chart
        {
            Title = "Loadings of the columns",
            XLabel = "correlation with the factor",
            Rows = [.. m.Data.Columns.Take(shown)],
            Height = Math.Max(380, 90 + (20 * shown)),
            Series =
            [
                new Series("", [0, 0], [0.6, -shown + 0.4], Mark.Dashed),
                .. loadings.Take(MostColumns).Select((l, j) => new Series($"factor {j + 1}",
                    [.. deviation.Select((s, c) => l[c] / s)], rows, Mark.Dots) { Colour = MixtureCharts.Colour(j) }),
            ],
        };
    }

    static (List<Chart>, string) Sure(FittedMixture m, List<Chart> charts, string said)
    {
        if (m.Components == 1) return (charts, said);
        charts.Add(MixtureCharts.Certainty(MixtureAllocation.Of(m), m.Spec.Family.Part));
        return (charts, said + " The dashed line is at 0.9: rows below are not told apart.");
    }

    static IEnumerable<Series> Groups(FittedMixture m, MixtureAllocation rows, double[] x, double[] y)
    {
        int n = Math.Min(x.Length, MixtureCharts.MostDots);
        int[] at = [.. Enumerable.Range(0, n).Select(s => (int)((long)s * x.Length / n))];
        for (int j = 0; j <= m.Components; j++)
        {
            int[] mine = [.. at.Where(i => (rows.Probabilities[i] < MixtureAllocation.Sure ? m.Components : rows.Components[i]) == j)];
            if (mine.Length > 0)
                yield return new Series(j < m.Components ? $"{j + 1}" : "below 0.9", [.. mine.Select(i => x[i])], [.. mine.Select(i =>
                    y[i])],
                    Mark.Dots)
                { Colour = j < m.Components ? MixtureCharts.Colour(j) : MixtureCharts.Grey };
        }
    }

    static string Drawn(FittedMixture m) => m.Data.Count > MixtureCharts.MostDots && !m.Spec.Family.HasSequences
        ? $" {Text.Count(MixtureCharts.MostDots)} rows, evenly chosen, are drawn." : "";
}
