using Descent.Reports;
using Descent.Reports.Charts;

namespace Descent.Fitting.Export;

/// <summary>
/// The pictures by which a statistician judges a fit: discrimination and calibration for two classes, residuals and leverage for numbers.
/// </summary>
static class DiagnosticSection
{
    public static void Add(HtmlReport page, RiskFit fit)
    {
        if (fit.Data.IsBinary)
        {
            Chart[] charts = [.. Roc(fit) is { } ? new[] { RocChart(fit) } : [], .. IsLogistic(fit) ? [ClassCharts.Calibration(fit)]
                : Array.Empty<Chart>(), ClassCharts.Margins(fit)];
            page.Heading("Separation of the classes").Charts(charts);
        }
        else if (fit.Data.Family == ModelFamilies.Linear) Linear(page, ResidualTable.Of(fit), fit.Influence is { Absent: null });
        else if (!fit.Data.Family.HasClasses && fit.Data.Family.IsSumOverRows)
        {
            page.Heading("Residuals").Charts(ResidualCharts.AgainstFitted(ResidualTable.Of(fit)));
        }
    }

    /// <summary>The ROC curve on the rows of the fit; null without two classes.</summary>
    public static RocCurve? Roc(RiskFit fit) => fit.Data.IsBinary ? RocCurve.Of(fit.Margins, fit.TrainLabels, Weights(fit, fit.TrainRows))
        : null;

    /// <summary>The ROC curve on held-out rows; null without them.</summary>
    public static RocCurve? HeldOutRoc(RiskFit fit) => fit.Data.IsBinary && fit.HeldOutMargins.Length > 0
        ? RocCurve.Of(fit.HeldOutMargins, [.. fit.HeldOutRows.Select(i => fit.Data.Labels[i])], Weights(fit, fit.HeldOutRows))
        : null;

    static bool IsLogistic(RiskFit fit) => fit.Data.Family == ModelFamilies.Logistic;

    static double[]? Weights(RiskFit fit, int[] rows) => fit.Data.Weights is { } w ? [.. rows.Select(i => w[i])] : null;

    static Chart RocChart(RiskFit fit)
    {
        RocCurve roc = Roc(fit)!;
        List<Series> series =
            [new Series("chance", [0, 1], [0, 1], Mark.Dashed), Curve($"rows of the fit: AUC {Text.Number(roc.Auc, "0.0000")}", roc)];
        if (HeldOutRoc(fit) is { } unseen) series.Add(Curve($"held out: AUC {Text.Number(unseen.Auc, "0.0000")}", unseen));
        return new Chart
        {
            Title = "ROC curve",
            Width = 390,
            XLabel = $"false positive rate ({fit.Data.Classes![0]} taken for {fit.Data.Classes[1]})",
            YLabel = "true positive rate",
            Series = series,
        };
    }

    // A picture needs no more corners than it has pixels; the ends and every step that is drawn are kept.
    static Series Curve(string name, RocCurve roc)
    {
        int stride = Math.Max(1, roc.TruePositives.Length / 1000), last = roc.TruePositives.Length - 1;
        int[] kept = [.. Enumerable.Range(0, last + 1).Where(i => i % stride == 0 || i == last)];
        return new Series(name, [.. kept.Select(i => roc.FalsePositives[i])], [.. kept.Select(i => roc.TruePositives[i])]);
    }

    // Where the influence of rows has a section of its own, leverages are told there.
    static void Linear(HtmlReport page, ResidualTable table, bool toldApart)
    {
        page.Heading(toldApart ? "Residuals" : "Residuals and leverage");
        Chart[] charts = [ResidualCharts.AgainstFitted(table), .. ResidualCharts.NormalQuantiles(table) is { } qq ? new[] { qq }
            : [], .. !toldApart && ResidualCharts.AgainstLeverage(table) is { } lev ? new[] { lev } : []];
        page.Charts(charts);
        if (table.NoLeverage is { } why) page.Paragraph("No leverages: " + why);
        if (toldApart || table.Leverages is null || table.Standardised is null) return;
        page.Paragraph($"The leverages add up to the number of coefficients, {table.Parameters}; their mean is "
            + $"{Text.Number((double)table.Parameters / table.Rows.Length, "G4")}. The rows of largest Cook's distance:");
        int[] top =
            [.. Enumerable.Range(0, table.Rows.Length).Where(i => double.IsFinite(table.Cook(i))).OrderByDescending(table.Cook).Take(5)];
        page.Table(["row (of those used, from 1)", "fitted", "residual", "standardised", "leverage", "Cook's distance"],
            top.Select(i => (IReadOnlyList<string>)
            [Text.Count(table.Rows[i] + 1), Text.Figure(table.Fitted[i]), Text.Figure(table.Residuals[i]),
                Text.Number(table.Standardised[i], "0.000"), Text.Number(table.Leverages[i], "0.0000"),
                Text.Number(table.Cook(i), "0.0000")]));
    }
}
