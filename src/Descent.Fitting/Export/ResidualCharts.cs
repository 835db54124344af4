using Descent.Reports.Charts;

namespace Descent.Fitting.Export;

/// <summary>Pictures of residuals: against fitted values, against normal quantiles, against leverage.</summary>
static class ResidualCharts
{
    const int Most = 3000;

    public static Chart AgainstFitted(ResidualTable table)
    {
        int[] some = Some(table.Rows.Length);
        double[] x = [.. some.Select(i => table.Fitted[i])];
        return new Chart
        {
            Title = table.Kind + " against fitted values" + Part(some, table),
            Width = 390,
            XLabel = "fitted",
            YLabel = table.Kind == "Residuals" ? "residual" : "Pearson residual",
            Series = [new Series("", [x.Min(), x.Max()], [0, 0], Mark.Dashed),
                new Series("", x, [.. some.Select(i => table.Residuals[i])], Mark.Dots)],
        };
    }

    /// <summary>
    /// Sorted standardised residuals against normal scores, with the line through the quartiles; null where σ̂ is not known.
    /// </summary>
    public static Chart? NormalQuantiles(ResidualTable table)
    {
        if (table.Standardised is not { } all) return null;
        double[] sorted = [.. all.Where(double.IsFinite).Order()];
        if (sorted.Length < 3) return null;
        double[] scores = NormalScores.Of(sorted.Length);
        (double a, double b) = NormalScores.QuartileLine(sorted);
        int[] some = Ends(sorted.Length);
        return new Chart
        {
            Title = "Normal Q–Q plot of the residuals",
            Width = 390,
            XLabel = "normal quantile",
            YLabel = "standardised residual",
            Series =
            [
                new Series("", [scores[0], scores[^1]], [a + (b * scores[0]), a + (b * scores[^1])], Mark.Dashed),
                new Series("", [.. some.Select(i => scores[i])], [.. some.Select(i => sorted[i])], Mark.Dots),
            ],
        };
    }

    /// <summary>Standardised residuals against leverage; null where either is not known.</summary>
    public static Chart? AgainstLeverage(ResidualTable table)
    {
        if (table.Leverages is not { } h || table.Standardised is not { } t) return null;
        int[] some = [.. Some(t.Length).Where(i => double.IsFinite(t[i]))];
        if (some.Length == 0) return null;
        return new Chart
        {
            Title = "Residuals against leverage" + Part(some, table),
            Width = 390,
            XLabel = "leverage",
            YLabel = "standardised residual",
            Series = [new Series("", [0, some.Max(i => h[i])], [0, 0], Mark.Dashed),
                new Series("", [.. some.Select(i => h[i])], [.. some.Select(i => t[i])], Mark.Dots)],
        };
    }

    static int[] Some(int n)
    {
        int stride = Math.Max(1, (n + Most - 1) / Most);
        return [.. Enumerable.Range(0, n).Where(i => i % stride == 0)];
    }

    // Of sorted values the ends are what one looks at.
    static int[] Ends(int n)
    {
        int stride = Math.Max(1, n / Most);
        return [.. Enumerable.Range(0, n).Where(i => i % stride == 0 || i < 50 || i >= n - 50)];
    }

    static string Part(int[] some, ResidualTable table) => some.Length == table.Rows.Length ? ""
        : $" ({Text.Count(some.Length)} of {Text.Count(table.Rows.Length)})";
}
