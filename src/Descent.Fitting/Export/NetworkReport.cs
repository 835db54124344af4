using Descent.Diagnosis;
using Descent.Reports;
using Descent.Reports.Charts;
using Descent.Runs;

namespace Descent.Fitting.Export;

/// <summary>The HTML report of a network: how well it predicts, how its training went, how to repeat it.</summary>
static class NetworkReport
{
    /// <summary>The page.</summary>
    /// <param name="fit">The fit.</param>
    /// <param name="date">When it was made; null leaves it out.</param>
    public static string Build(NetworkFit fit, DateTimeOffset? date = null)
    {
        HtmlReport page = new($"Network fit of {fit.Data.Target} by {fit.Method}");
        (string head, bool? good) = ReportVerdict.Of(fit.Run.Outcome.Kind);
        page.Lead(fit.Data.Lines[0]).Verdict(head, fit.Run.Outcome.Sentence, good);
        foreach (Finding f in fit.Findings) page.Verdict("Doctor: " + f.Name, $"{f.Evidence} {f.Remedy}", false);
        page.Tiles([.. Tiles(fit)]).Paragraph(fit.Describe + ".")
            .Paragraph("No gap is certified: the objective is not convex. Stationarity: " + fit.StationarityWords.TrimEnd('.') + ".");
        Confusion(page, fit);
        Progress(page, fit);
        page.Heading("To repeat this run").Code(fit.Spec.Caller.Text)
            .Settings([("method", fit.Method), ("recursion", fit.Recursion), .. fit.Values.Select(v => ("setting", v)),
                .. fit.Data.Lines.Select(l => ("data", l))]);
        return page.Stamped(date).Build();
    }

    static IEnumerable<(string, string)> Tiles(NetworkFit fit)
    {
        yield return ("training loss", Text.Number(fit.Quality.MeanLoss));
        if (fit.Validation is { } v) yield return ("held-out loss", Text.Number(v.MeanLoss));
        if (fit.Quality.Accuracy is { } a) yield return ("training accuracy", Text.Number(a, "0.0000"));
        if (fit.Validation?.Accuracy is { } held) yield return ("held-out accuracy", Text.Number(held, "0.0000"));
        if (fit.Quality.R2 is { } r2) yield return ("R², training rows", Text.Number(r2, "0.0000"));
        if (fit.Validation?.R2 is { } unseen) yield return ("R², held-out rows", Text.Number(unseen, "0.0000"));
        yield return ("parameters", Text.Count(fit.Network.Layout.Length));
        yield return ("time", Text.Seconds(fit.Run.Seconds));
    }

    static void Confusion(HtmlReport page, NetworkFit fit)
    {
        if ((fit.Validation ?? fit.Quality).Confusion is not { } confusion || confusion.Length > 40) return;
        page.Heading(fit.Validation is null ? "Confusion on the training rows" : "Confusion on the held-out rows")
            .Table(["true \\ predicted", .. fit.Data.Classes!],
                confusion.Select((row, k) => (IReadOnlyList<string>)[fit.Data.Classes![k], .. row.Select(n => Text.Count(n))]));
    }

    static void Progress(HtmlReport page, NetworkFit fit)
    {
        List<Chart> charts = [];
        List<(string, IReadOnlyList<(double, double)>)> accuracy = [];
        if (fit.BatchAccuracy.Count > 1) accuracy.Add(($"training rows, {BatchAccuracy.Rows} at most a point", fit.BatchAccuracy));
        if (fit.HeldOutAccuracy.Count > 1) accuracy.Add(("held-out rows", fit.HeldOutAccuracy));
        if (accuracy.Count > 0) charts.Add(AccuracyCharts.Of(accuracy));
        TracePoint[] points = [.. fit.Run.Trace.Where(p => double.IsFinite(p.Value))];
        List<Series> losses = [new Series(fit.History.ExactValues ? "all training rows"
            : "the last batch", [.. points.Select(p => p.Epochs)], [.. points.Select(p => p.Value)])];
        if (fit.HeldOutLoss.Count > 1)
            losses.Add(
                new Series("held-out rows", [.. fit.HeldOutLoss.Select(p => p.Point.Epochs)], [.. fit.HeldOutLoss.Select(p => p.Loss)]));
        charts.Add(new Chart
        {
            Title = fit.L2 > 0 ? "Loss; on training rows with the penalty"
            : "Loss",
            XLabel = "epochs",
            YLabel = "mean loss",
            LogY = true,
            Series = losses
        });
        if (fit.Curvature.Count > 1) charts.Add(Curvature(fit));
        page.Heading("Progress of the training").Charts([.. charts]);
    }

    static Chart Curvature(NetworkFit fit)
    {
        double[] x = [.. fit.Curvature.Select(c => c.Epochs)];
        TracePoint[] stepping = [.. fit.Run.Trace.Where(p => p.StepSize > 0)];
        List<Series> series = [new Series("largest curvature", x, [.. fit.Curvature.Select(c => c.Curvature)], Mark.Path)];
        if (stepping.Length > 1)
            series.Add(new Series("2/η", [.. stepping.Select(p => p.Epochs)], [.. stepping.Select(p => 2 / p.StepSize)], Mark.Dashed));
        return new Chart
        {
            Title = "Curvature along the path",
            XLabel = "epochs",
            YLabel = "largest |eigenvalue| of the Hessian",
            LogY = true,
            Series = series
        };
    }
}
