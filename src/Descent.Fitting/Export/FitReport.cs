using System.Globalization;
using Descent.Diagnosis;
using Descent.Models.Inference;
using Descent.Reports;
using Descent.Reports.Charts;
using Descent.Runs;

namespace Descent.Fitting.Export;

/// <summary>The HTML report of a fit.</summary>
static class FitReport
{
    public static string Build(FitResult fit)
    {
        Certificate c = fit.Certificate;
        HtmlReport page = new($"{fit.Data.Model} fit of {fit.Data.Target} by {fit.Plan.Method}");
        bool good = fit.Run.Outcome.Kind is OutcomeKind.Converged or OutcomeKind.BudgetSpent;
        page.Lead(fit.Data.Lines[0])
            .Verdict(fit.Run.Outcome.Kind switch
            {
                OutcomeKind.Converged => fit.Infimum is null ? "Converged" : "The infimum is not attained",
                OutcomeKind.BudgetSpent => "Budget spent",
                OutcomeKind.AccuracyMissed => "The asked accuracy was not reached",
                OutcomeKind.Diverged => "Diverged",
                OutcomeKind.Interrupted => "Interrupted",
                _ => "Stalled",
            }, fit.Run.Outcome.Sentence, fit.Run.Outcome.Kind == OutcomeKind.BudgetSpent || fit.Infimum is not null ? null : good);
        foreach (string r in fit.Remarks) page.Verdict("Remark", r);
        foreach (Finding f in fit.Findings) page.Verdict("Doctor: " + f.Name, $"{f.Evidence} {f.Remedy}", false);
        page.Tiles(
            ("objective F", Text.Number(c.Value, "G10")),
            ("certified gap", c.Kind == CertificateKind.None ? "none" : Text.Number(c.Gap, "G3")),
            ("relative gap", c.Kind == CertificateKind.None ? "none" : Text.Number(c.RelativeGap, "G3")),
            ("gradient norm", Text.Number(c.GradientNorm, "G3")),
            fit.Quality.Accuracy is { } a ? ("accuracy", Text.Number(a, "0.0000")) : fit.Quality.R2 is { } r2 ? ("R²", Text.Number(r2, "0.0000")) : ("mean loss", Text.Number(fit.Quality.MeanLoss)),
            ("single gradients", Text.Count(fit.Run.Gradients)),
            ("time", Text.Seconds(fit.Run.Seconds)));
        page.Paragraph(c.Kind == CertificateKind.None ? c.Sentence : $"Certificate: F(w) − F* ≤ {Text.Number(c.Gap, "G4")}, by {c.Sentence}.");
        Progress(page, fit);
        Parameters(page, fit);
        Predictions(page, fit);
        Repeat(page, fit);
        return page.Build();
    }

    static void Progress(HtmlReport page, FitResult fit)
    {
        page.Heading("Progress").Charts(TraceCharts.Objective(fit.Run.Trace, fit.Certificate.LowerBound));
        if (double.IsFinite(fit.Certificate.LowerBound)) page.Charts(TraceCharts.Gap(fit.Run.Trace, fit.Certificate.LowerBound));
        page.Charts(TraceCharts.Steps(fit.Run.Trace));
        if (TheoryChart.Of(fit) is { } chart)
        {
            page.Heading(fit.Plan.Theory is null ? "Seeds" : "Under the theorem").Charts(chart);
            if (fit.Plan.Theory is { } theory)
                page.Paragraph(TheoryText.Promise(theory) + ".").Paragraph(TheoryText.Judgement(fit) + ".").Table(["assumption", "here", "why"], theory.Checks.Select(c => (IReadOnlyList<string>)[c.Assumption.Text, TheoryText.Word(c.Verdict.Standing), c.Verdict.Reason]));
            foreach (string check in TheoryText.Checks(fit)) page.Paragraph(check + ".");
        }
        if (fit.HeldOutLoss.Count > 1)
        {
            page.Heading("Held-out rows").Charts(new Chart
            {
                Title = "Held-out mean loss",
                XLabel = "epochs",
                YLabel = "mean loss",
                Width = 620,
                Series = [new Series("held out", [.. fit.HeldOutLoss.Select(p => p.Point.Epochs)], [.. fit.HeldOutLoss.Select(p => p.Loss)]), new Series("F on the training rows", [.. fit.HeldOutLoss.Select(p => p.Point.Epochs)], [.. fit.HeldOutLoss.Select(p => p.Point.Value)], Mark.Dashed)],
            });
        }
    }

    static void Parameters(HtmlReport page, FitResult fit)
    {
        bool bare = fit.NoInference is not null;
        List<Coefficient> shown = [.. (fit.Coefficients.Count > 40 ? fit.Coefficients.OrderByDescending(c => Math.Abs(c.Estimate)).Take(40) : fit.Coefficients)];
        List<Coefficient> drawn = [.. shown.Where(c => !c.Name.EndsWith("(Intercept)", StringComparison.Ordinal) && c is { Limit: null, IsLeftOut: false }).Take(30)];
        page.Heading(fit.Coefficients.Count > 40 ? $"The 40 largest of {fit.Coefficients.Count} coefficients" : "Coefficients");
        if (drawn.Count > 0)
        {
            double[] at = [.. drawn.Select(c => c.Estimate)], rows = [.. Enumerable.Range(0, drawn.Count).Select(i => (double)-i)];
            Series points = bare
                ? new Series("estimate", at, rows, Mark.Dots)
                : new Series("estimate and 95 % interval", at, rows, Mark.Range) { Low = [.. drawn.Select((c, i) => double.IsNaN(c.Low) ? at[i] : c.Low)], High = [.. drawn.Select((c, i) => double.IsNaN(c.High) ? at[i] : c.High)] };
            page.Charts(new Chart
            {
                Title = bare ? "Coefficients" : "Coefficients with 95 % intervals (intercepts left out)",
                XLabel = "estimate, per unit of the column",
                Rows = [.. drawn.Select(c => c.Name)],
                Width = 620,
                Height = 90 + (20 * drawn.Count),
                Series = [new Series("", [0, 0], [0.6, -drawn.Count + 0.4], Mark.Dashed), points],
            });
        }
        string[] head = bare ? ["name", "estimate"] : ["name", "estimate", "std. error", fit.StatisticName, "p", "2.5 %", "97.5 %"];
        page.Table(head, shown.Select(c => bare
            ? (IReadOnlyList<string>)[c.Name, FitPrinter.Estimate(c)]
            : [c.Name, FitPrinter.Estimate(c), Text.Figure(c.StandardError), double.IsNaN(c.Statistic) ? "–" : Text.Number(c.Statistic, "0.000"), Text.PValue(c.PValue), Text.Figure(c.Low), Text.Figure(c.High)]));
        if (fit.NoInference is { } why) page.Paragraph("No standard errors: " + why);
    }

    static void Predictions(HtmlReport page, FitResult fit)
    {
        page.Heading("Predictions").Paragraph(FitPrinter.Measures(fit.Data.Model, fit.Quality));
        if (fit.Validation is { } v) page.Paragraph($"Held-out rows ({v.Count}): " + FitPrinter.Measures(fit.Data.Model, v));
        if (fit.Data.Model == "logistic") page.Charts(Calibration(fit), Margins(fit));
        else if (fit.Quality.Confusion is null) page.Charts(Residuals(fit));
        if (fit.Quality.Confusion is { } confusion && confusion.Length <= 30)
        {
            page.Table(["true \\ predicted", .. fit.Data.Classes!], confusion.Select((row, k) => (IReadOnlyList<string>)[fit.Data.Classes![k], .. row.Select(n => Text.Count(n))]));
        }
    }

    // Rows in up to ten bins of equal size by predicted probability: mean prediction against observed share, with a binomial range.
    static Chart Calibration(FitResult fit)
    {
        double[] p = [.. fit.Margins.Select(z => 1 / (1 + Math.Exp(-z)))];
        int[] order = [.. Enumerable.Range(0, p.Length)];
        Array.Sort([.. p], order);
        int bins = Math.Clamp(p.Length / 15, 2, 10);
        List<double> x = [], y = [], low = [], high = [];
        for (int b = 0; b < bins; b++)
        {
            int from = p.Length * b / bins, to = p.Length * (b + 1) / bins;
            double predicted = 0, observed = 0;
            for (int k = from; k < to; k++)
            {
                predicted += p[order[k]];
                observed += fit.TrainLabels[order[k]];
            }
            int m = to - from;
            double share = observed / m, se = Math.Sqrt(Math.Max(share * (1 - share), 0.25 / m) / m);
            x.Add(predicted / m);
            y.Add(share);
            low.Add(Math.Max(0, share - (1.96 * se)));
            high.Add(Math.Min(1, share + (1.96 * se)));
        }
        return new Chart
        {
            Title = "Calibration",
            XLabel = "mean predicted probability",
            YLabel = "observed share",
            Series = [new Series("ideal", [0, 1], [0, 1], Mark.Dashed), new Series("rows in bins", x, y, Mark.Range) { Low = low, High = high }],
        };
    }

    static Chart Margins(FitResult fit)
    {
        int n = fit.Margins.Length, stride = Math.Max(1, n / 3000);
        Draws draws = new(1, 5);
        List<double>[] x = [[], []], y = [[], []];
        for (int i = 0; i < n; i += stride)
        {
            int k = (int)fit.TrainLabels[i];
            x[k].Add(fit.Margins[i]);
            y[k].Add(k + (0.5 * (draws.NextDouble() - 0.5)));
        }
        return new Chart
        {
            Title = "Margins by class (scattered upwards)",
            XLabel = "x·w + b",
            YLabel = "class",
            Series = [new Series(fit.Data.Classes![0], x[0], y[0], Mark.Dots), new Series(fit.Data.Classes[1], x[1], y[1], Mark.Dots)],
        };
    }

    static Chart Residuals(FitResult fit)
    {
        int n = fit.Margins.Length, stride = Math.Max(1, n / 3000);
        List<double> x = [], y = [];
        for (int i = 0; i < n; i += stride)
        {
            double fitted = fit.Data.Model == "poisson" ? Math.Exp(fit.Margins[i]) : fit.Margins[i];
            x.Add(fitted);
            // Poisson residuals are divided by their standard deviation √μ (Pearson).
            y.Add(fit.Data.Model == "poisson" ? (fit.TrainLabels[i] - fitted) / Math.Sqrt(fitted) : fit.TrainLabels[i] - fitted);
        }
        return new Chart
        {
            Title = fit.Data.Model == "poisson" ? "Pearson residuals" : "Residuals",
            XLabel = "fitted",
            YLabel = "residual",
            Width = 620,
            Series = [new Series("", [x.Min(), x.Max()], [0, 0], Mark.Dashed), new Series("", x, y, Mark.Dots)],
        };
    }

    static void Repeat(HtmlReport page, FitResult fit)
    {
        page.Heading("To repeat this run").Code(fit.Request.CommandLine);
        List<IReadOnlyList<string>> rows =
        [
            ["method", fit.Plan.Method], ["recursion", fit.Plan.Recursion],
            .. fit.Plan.Values.Select(v => (IReadOnlyList<string>)["value", v]),
            ["λ (L2)", Text.Exact(fit.L2)], ["λ₁ (L1)", Text.Exact(fit.Request.L1)], ["seed", fit.Request.Seed.ToString(CultureInfo.InvariantCulture)],
            ["scaling", fit.ScalingNote], ["smoothness H", fit.Plan.Constants.Smoothness.Sentence], ["strong convexity μ", fit.Plan.Constants.StrongConvexity.Sentence],
            .. fit.Data.Lines.Select(l => (IReadOnlyList<string>)["data", l]),
        ];
        page.Table(["what", "value"], rows);
    }
}
