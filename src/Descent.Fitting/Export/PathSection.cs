using Descent.Reports;
using Descent.Reports.Charts;

namespace Descent.Fitting.Export;

/// <summary>A path in a report: coefficients and losses against λ, and the table of all λ.</summary>
static class PathSection
{
    const int MostDrawn = 24;

    public static void Add(HtmlReport page, PathFit fit)
    {
        page.Heading("The path").Paragraph(fit.Ended.Sentence).Paragraph(PathPrinter.Choice(fit) + ".");
        List<Chart> charts = [Coefficients(fit)];
        if (fit.Least >= 0) charts.Add(Losses(fit));
        page.Charts([.. charts]);
        if (fit.Fit.Outputs * fit.Data.Columns > MostDrawn)
            page.Paragraph($"Drawn are the {MostDrawn} coefficients that enter first.");
        page.Table(PathPrinter.Columns(fit), Enumerable.Range(0, fit.Points.Count).Select(k => PathPrinter.Cells(fit, k)));
    }

    // In the order in which they leave zero; a line that is zero all along would only fill the legend.
    static Chart Coefficients(PathFit fit)
    {
        double[] at = [.. fit.Points.Select(p => p.Lambda)];
        int d = fit.Data.Columns, coefficients = fit.Fit.Outputs * d;
        int[] drawn = [.. Enumerable.Range(0, coefficients).Where(j => fit.Points.Any(p => p.Parameters[j] != 0))
            .OrderBy(j => Enumerable.Range(0, at.Length).First(k => fit.Points[k].Parameters[j] != 0)).Take(MostDrawn)];
        Func<int, double> spread = Spread(fit);
        Series Line(int j) => new(NameOf(fit, j), at, [.. fit.Points.Select(p => p.Parameters[j] * spread(j % d))]);
        Series[] lines = [.. drawn.Select(Line)];
        double most = lines.Length == 0 ? 1 : lines.Max(l => l.Y.Max()), least = lines.Length == 0 ? 0 : lines.Min(l => l.Y.Min());
        return new Chart
        {
            Title = "Coefficients times the standard deviations of their columns",
            XLabel = "λ",
            YLabel = "coefficient × standard deviation",
            LogX = true,
            Width = 560,
            Height = 360,
            Series = [.. lines, Upright(fit, Math.Min(0, least), Math.Max(0, most))],
        };
    }

    static Chart Losses(PathFit fit)
    {
        double[] at = [.. fit.Points.Select(p => p.Lambda)], loss = [.. fit.Points.Select(p => p.Unseen.Loss)];
        double[] error = [.. fit.Points.Select(p => double.IsNaN(p.Unseen.Error) ? 0 : p.Unseen.Error)];
        double[] low = [.. loss.Zip(error, (l, e) => l - e)], high = [.. loss.Zip(error, (l, e) => l + e)];
        string of = fit.Folds > 0 ? $"mean over {fit.Folds} folds" : "held-out rows";
        return new Chart
        {
            Title = $"Held-out loss, {of}, ± one standard error",
            XLabel = "λ",
            YLabel = "mean loss",
            LogX = true,
            Width = 560,
            Height = 360,
            Series =
            [
                new Series(of, at, loss, Mark.Range) { Low = low, High = high },
                new Series("least", [at[fit.Least]], [loss[fit.Least]], Mark.Dots) { Colour = 3 },
                new Series("largest λ within one standard error", [at[fit.WithinOneError]], [loss[fit.WithinOneError]], Mark.Dots)
                {
                    Colour = 1,
                },
                Upright(fit, low.Min(), high.Max()),
            ],
        };
    }

    static Series Upright(PathFit fit, double from, double to)
    {
        double at = fit.Points[fit.Chosen].Lambda;
        return new Series("chosen λ", [at, at], [from, to], Mark.Dashed);
    }

    static Func<int, double> Spread(PathFit fit)
    {
        double[] spread = ColumnSpread.Of(fit.Data, fit.Fit.TrainRows);
        return j => spread[j];
    }

    /// <summary>The name of a coefficient, its class in front where there are several outputs.</summary>
    public static string NameOf(PathFit fit, int parameter)
    {
        int d = fit.Data.Columns;
        string column = fit.Data.Features[parameter % d].Name;
        return fit.Data.Family.HasOutputs ? $"{fit.Data.Classes![parameter / d]}: {column}" : column;
    }
}
