using System.Globalization;
using Descent.Diagnosis;
using Descent.Reports;
using Descent.Reports.Charts;
using Descent.Runs;

namespace Descent.Fitting.Export;

/// <summary>The HTML report of a fit: first the model and how well it fits, then how it was found, then how to find it again.</summary>
static class FitReport
{
    /// <summary>The page.</summary>
    /// <param name="fit">The fit.</param>
    /// <param name="date">When it was made; null leaves it out.</param>
    public static string Build(Fitted fit, DateTimeOffset? date = null) => fit switch
    {
        RiskFit risk => Build(risk, date),
        PathFit path => Build(path.Fit, date, path),
        NetworkFit network => NetworkReport.Build(network, date),
        _ => throw new InvalidOperationException("There is no other fit."),
    };

    static string Build(RiskFit fit, DateTimeOffset? date, PathFit? path = null)
    {
        HtmlReport page = new($"{Text.Capital(fit.Data.Model)} fit of {fit.Data.Target} by {fit.Plan.Method}");
        (string head, bool? good) = ReportVerdict.Of(fit);
        page.Lead(fit.Data.Lines[0] + FitPrinter.OffsetWords(fit.Data)).Verdict(head, fit.Run.Outcome.Sentence, good);
        foreach (string r in fit.Remarks) page.Verdict("Remark", r);
        foreach (Finding f in fit.Findings) page.Verdict("Doctor: " + f.Name, $"{f.Evidence} {f.Remedy}", false);
        Tiles(page, fit, path);
        page.Paragraph(CertificateOf(fit));
        if (path is not null) PathSection.Add(page, path);
        // Where a run diverged its last numbers are no estimates.
        bool usable = fit.Run.Outcome.Kind != OutcomeKind.Diverged && fit.Parameters.All(double.IsFinite);
        if (usable)
        {
            CoefficientSection.Add(page, fit);
            TermSection.Add(page, fit);
            page.Heading("How well it fits").Settings(FitMeasures.Of(fit));
            Confusion(page, fit);
            DiagnosticSection.Add(page, fit);
            InfluenceSection.Add(page, fit);
        }
        HeldOut(page, fit);
        Progress(page, fit);
        Repeat(page, fit);
        return page.Stamped(date).Build();
    }

    // Work and time are those of the whole path where there is one: its last fit has next to nothing to do.
    static void Tiles(HtmlReport page, RiskFit fit, PathFit? path)
    {
        Certificate c = fit.Certificate;
        bool none = c.Kind == CertificateKind.None;
        page.Tiles(
            ("objective F", Text.Number(c.Value, "G10")),
            ("certified gap", none ? "none" : Text.AtMost(c.Gap, 3)),
            ("relative gap", none ? "none" : fit.Infimum == 0 ? "– (inf F = 0)" : Text.AtMost(c.RelativeGap, 3)),
            ("gradient norm", Text.Number(c.GradientNorm, "G3")),
            fit.Quality.Accuracy is { } a ? ("accuracy", Text.Number(a, "0.0000"))
                : fit.Quality.R2 is { } r2 ? ("R²", Text.Number(r2, "0.0000")) : ("mean loss", Text.Number(fit.Quality.MeanLoss)),
            path is null ? ("single gradients", Text.Count(fit.Run.Gradients)) : ("λ", Text.Number(path.Points[path.Chosen].Lambda)),
            ("time", Text.Seconds(path?.Seconds.Steps ?? fit.Run.Seconds)));
    }

    static string CertificateOf(RiskFit fit) => fit.Certificate.Kind == CertificateKind.None
        ? fit.Certificate.Sentence
        : $"Certificate: F(w) − {FitPrinter.Least(fit)} ≤ {Text.AtMost(fit.Certificate.Gap)}, by "
            + $"{fit.Certificate.Sentence}.";

    static void Confusion(HtmlReport page, RiskFit fit)
    {
        if (fit.Quality.Confusion is not { } confusion || confusion.Length > 30) return;
        page.Table(["true \\ predicted", .. fit.Data.Classes!],
            confusion.Select((row, k) => (IReadOnlyList<string>)[fit.Data.Classes![k], .. row.Select(n => Text.Count(n))]));
    }

    static void HeldOut(HtmlReport page, RiskFit fit)
    {
        if (fit.HeldOutLoss.Count < 2) return;
        double[] at = [.. fit.HeldOutLoss.Select(p => p.Point.Epochs)];
        List<Chart> charts =
        [
            new Chart
            {
                Title = "Held-out mean loss",
                XLabel = "epochs",
                YLabel = "mean loss",
                Series =
                [
                    new Series("held out", at, [.. fit.HeldOutLoss.Select(p => p.Loss)]),
                    new Series("F on the training rows", at, [.. fit.HeldOutLoss.Select(p => p.Point.Value)], Mark.Dashed),
                ],
            },
        ];
        if (fit.HeldOutAccuracy.Count > 1) charts.Add(AccuracyCharts.Of([("held out", fit.HeldOutAccuracy)]));
        page.Heading("Held-out rows along the run").Charts([.. charts]);
    }

    static void Progress(HtmlReport page, RiskFit fit)
    {
        page.Heading("Progress of the optimiser").Charts(TraceCharts.Objective(fit.Run.Trace, fit.Certificate.LowerBound));
        if (double.IsFinite(fit.Certificate.LowerBound)) page.Charts(TraceCharts.Gap(fit.Run.Trace, fit.Certificate.LowerBound));
        page.Charts(TraceCharts.Steps(fit.Run.Trace));
        if (TheoryChart.Of(fit) is not { } chart) return;
        page.Heading(fit.Plan.Theory is null ? "Seeds" : "Under the theorem").Charts(chart);
        if (fit.Plan.Theory is { } theory)
        {
            page.Paragraph(TheoryText.Promise(theory) + ".").Paragraph(TheoryText.Judgement(fit) + ".").Table(["assumption", "here", "why"],
                theory.Checks.Select(c =>
                    (IReadOnlyList<string>)[c.Assumption.Text, TheoryText.Word(c.Verdict.Standing), c.Verdict.Reason]));
        }
        foreach (string check in TheoryText.Checks(fit)) page.Paragraph(check + ".");
    }

    static void Repeat(HtmlReport page, RiskFit fit) => page.Heading("To repeat this run").Code(fit.Spec.Caller.Text).Settings(
        [
            ("method", fit.Plan.Method), ("recursion", fit.Plan.Recursion),
            .. fit.Plan.Values.Select(v => ("setting", v)),
            ("λ (L2)", Text.Exact(fit.L2)), ("λ₁ (L1)", Text.Exact(fit.Spec.Model.L1)),
                ("seed", fit.Spec.Seed.ToString(CultureInfo.InvariantCulture)),
            ("scaling", fit.ScalingNote), ("smoothness H", fit.Plan.Constants.Smoothness.Sentence),
                ("strong convexity μ", fit.Plan.Constants.StrongConvexity.Sentence),
            .. fit.Data.Lines.Select(l => ("data", l)),
        ]);
}
