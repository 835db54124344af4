using Descent.Models.Inference;
using Descent.Reports;
using Descent.Reports.Charts;

namespace Descent.Fitting.Export;

/// <summary>
/// The coefficients of a report: a picture, a table (features × classes where there are classes), and in words what has no number.
/// </summary>
static class CoefficientSection
{
    const int MostRows = 40, MostDrawn = 30;

    public static void Add(HtmlReport page, RiskFit fit)
    {
        IReadOnlyList<Coefficient> shown = CoefficientRanking.Largest(fit, MostRows);
        bool some = shown.Count < fit.Coefficients.Count, classes = fit.Data.Family.HasOutputs;
        page.Heading(some && !classes ? $"The {MostRows} largest of {Text.Count(fit.Coefficients.Count)} coefficients" : "Coefficients");
        if (some && !classes) page.Paragraph($"Largest by {CoefficientRanking.Words(fit)}.");
        if (classes) Classes(page, fit);
        else
        {
            if (Drawn(shown, fit) is { } chart) page.Charts(chart);
            page.Table(Head(fit), shown.Select(c => Row(c, fit)));
        }
        if (Infinite(fit) is { } words) page.Paragraph(words);
        if (fit.Covariance is { } covariance) page.Paragraph($"Standard errors: {covariance}.");
        if (fit.IsProfiled) page.Paragraph("Intervals are of the profile likelihood; one that is open has no end on that side.");
        if (fit.Factors is { } factors) page.Paragraph(factors);
        if (fit.NoInference is { } why) page.Paragraph("No standard errors: " + why);
    }

    static string[] Head(RiskFit fit) => [.. fit.NoInference is not null ? (string[])["name", "estimate"]
        : ["name", "estimate", "std. error", fit.StatisticName, "p"], .. HasIntervals(fit) ? ["2.5 %", "97.5 %"] : (string[])[]];

    static bool HasIntervals(RiskFit fit) => fit.NoInference is null || fit.IsProfiled;

    static IReadOnlyList<string> Row(Coefficient c, RiskFit fit) => [.. fit.NoInference is not null
        ? (string[])[c.Name, FitPrinter.Estimate(c)]
        : [
            c.Name, FitPrinter.Estimate(c), Text.Figure(c.StandardError), double.IsNaN(c.Statistic) ? "–"
                : Text.Number(c.Statistic, "0.000"), Text.PValue(c.PValue),
        ], .. HasIntervals(fit) ? [FitPrinter.End(c.Low), FitPrinter.End(c.High)] : (string[])[]];

    static Chart? Drawn(IReadOnlyList<Coefficient> shown, RiskFit fit)
    {
        HashSet<Coefficient> slopes = [.. fit.Coefficients.Where((_, i) => fit.LineColumns[i] >= 0)];
        List<Coefficient> drawn = [.. shown.Where(c => slopes.Contains(c)
            && c is { Limit: null, IsLeftOut: false }).Take(MostDrawn)];
        if (drawn.Count == 0) return null;
        bool bare = fit.NoInference is not null;
        double[] at = [.. drawn.Select(c => c.Estimate)], rows = [.. Enumerable.Range(0, drawn.Count).Select(i => (double)-i)];
        Series points = bare
            ? new Series("estimate", at, rows, Mark.Dots)
            : new Series("estimate and 95 % interval", at, rows, Mark.Range)
            {
                Low = [.. drawn.Select((c, i) => double.IsNaN(c.Low) ? at[i] : c.Low)],
                High = [.. drawn.Select((c, i) => double.IsNaN(c.High) ? at[i] : c.High)],
            };
        return new Chart
        {
            Title = bare ? "Coefficients, without the intercept" : "Coefficients with 95 % intervals, without the intercept",
            XLabel = "estimate, per unit of the column",
            Rows = [.. drawn.Select(c => c.Name)],
            Width = 480,
            Height = 90 + (20 * drawn.Count),
            Series = [new Series("", [0, 0], [0.6, -drawn.Count + 0.4], Mark.Dashed), points],
        };
    }

    // A row a feature, a column a class; the reference class has no coefficients of its own. Contrasts between separated classes follow as
    // a table.
    static void Classes(HtmlReport page, RiskFit fit)
    {
        int d = fit.Data.Columns, shift = !fit.Spec.Model.Intercept ? 0 : 1, block = d + shift;
        int[] columns = CoefficientRanking.Columns(fit, MostRows);
        if (columns.Length < d)
            page.Paragraph($"The {MostRows} largest of {Text.Count(d)} columns, by the largest {CoefficientRanking.Words(fit)} over "
                + $"the classes.");
        if (fit.Coefficients.Take(fit.Outputs * block).Any(c => !double.IsNaN(c.StandardError)))
            page.Paragraph("In each cell the estimate and, in brackets, its standard error.");
        if (fit.HasReference)
            page.Paragraph($"{fit.Data.Classes![0]} is the reference: its coefficients are 0, and the others are log odds against it.");
        IReadOnlyList<string> Line(string name, int place) =>
            [name, .. Enumerable.Range(0, fit.Outputs).Select(c => Cell(fit.Coefficients[(c * block) + place]))];
        List<IReadOnlyList<string>> rows = [.. columns.Select(j => Line(fit.Data.Features[j].Name, shift + j))];
        if (shift > 0) rows.Insert(0, Line("(Intercept)", 0));
        page.Table(["feature", .. fit.Data.Classes!.Skip(fit.HasReference ? 1 : 0)], rows);
        Coefficient[] contrasts = [.. fit.Coefficients.Skip(fit.Outputs * block)];
        if (contrasts.Length > 0) page.Table(Head(fit), contrasts.Select(c => Row(c, fit)));
    }

    static string Cell(Coefficient c) =>
        FitPrinter.Estimate(c) + (double.IsNaN(c.StandardError) ? "" : $" ({Text.Figure(c.StandardError)})");

    static string? Infinite(RiskFit fit)
    {
        Coefficient[] all = [.. fit.Coefficients.Where(c => c.Limit is not null)];
        if (all.Length == 0) return null;
        string Part(string words, Func<double, bool> of) => all.Where(c => of(c.Limit!.Value)).Select(c => c.Name)
            .ToArray() is { Length: > 0 } names ? $" {words}: {Text.Names(names)}." : "";
        return "Some estimates are not finite: the likelihood keeps growing as these coefficients do."
            + Part("Without bound upwards", v => v > 0) + Part("Without bound downwards", v => v < 0)
            + Part("Without bound, in directions of either sign", double.IsNaN)
                + " What the saved model has for them is a point on the way, no estimate.";
    }
}
