using System.Text;
using Descent.Diagnosis;
using Descent.Models.Inference;
using Descent.Runs;

namespace Descent.Fitting.Export;

/// <summary>The printed result of a fit.</summary>
static class FitPrinter
{
    const int MostRows = 60;

    /// <summary>Data, model, method: what is said before the first step.</summary>
    public static string Head(Fitter fitter) => fitter switch
    {
        RiskFitter risk => Plan(risk.Spec, risk.Data, risk.Plan, risk.L2, risk.ScalingNote),
        PathFitter path => PathPrinter.Head(path),
        NetworkFitter network => NetworkPrinter.Head(network),
        _ => throw new InvalidOperationException("There is no other fitter."),
    };

    static string Plan(FitSpec spec, LoadedData data, Plan plan, double l2, string scaling)
    {
        StringBuilder t = new();
        Row(t, "Data", data.Lines[0]);
        foreach (string line in data.Lines.Skip(1)) Row(t, "", line);
        Row(t, "Model", data.Family.Describe(
            new ModelWords(data.Target, data.Classes, spec.Model.Intercept, spec.Model.L2.Value > 0
            || spec.Model.L1 > 0, spec.Model.OwnOf(data.Family))) + OffsetWords(data));
        if (data.TrialSource is { } trials) Row(t, "", trials.ToString());
        if (spec.Data.WeightColumn is { } weight) Row(t, "Weights", $"{weight}, {WeightWords(spec.Model.WeightsAre)}");
        Row(t, "Objective", Objective(spec.Model, data, l2));
        if (scaling != "none") Row(t, "Scaling", scaling);
        Row(t, "Method", plan.Method + (plan.Why is null ? "" : $" (auto: {plan.Why})"));
        Row(t, "", plan.Recursion);
        Row(t, "", string.Join("; ", plan.Values));
        if (plan.Theory is { } theory)
        {
            Row(t, "Theory", TheoryText.Promise(theory));
            foreach (string a in TheoryText.Assumptions(theory)) Row(t, "", a);
        }
        Row(t, "Constants", $"{plan.Constants.Smoothness.Sentence}; of one example "
            + $"{Text.Number(plan.Constants.SampleSmoothness.Value)}; "
            + (plan.Constants.StrongConvexity.Value > 0
                ? plan.Constants.StrongConvexity.Sentence
                : "μ not certain (some direction carries no penalty)"));
        return t.ToString();
    }

    static string WeightWords(WeightMeaning meaning) => meaning switch
    {
        WeightMeaning.Frequency => "how often each row is repeated",
        WeightMeaning.Importance => "of importance: no likelihood",
        _ => "of variance: that of a row is the dispersion over its weight",
    };

    /// <summary>What is added to the margin, in words that follow the model's; empty for nothing.</summary>
    public static string OffsetWords(LoadedData data) => data.Offsets is null ? "" : $"; added to the margin: {data.Offset}";

    /// <summary>What a command prints after a fit: the summary, and where things were saved.</summary>
    public static string Result(Fitted fit) => fit switch
    {
        RiskFit or PathFit => Summary(fit) + Travelled(fit) + Saved(fit),
        NetworkFit network => NetworkPrinter.Summary(network) + Travelled(fit) + NetworkPrinter.Saved(network),
        _ => throw new InvalidOperationException("There is no other fit."),
    };

    /// <summary>Coefficients, measures, certificate, outcome.</summary>
    public static string Summary(Fitted fit) => fit switch
    {
        RiskFit risk => Summary(risk),
        PathFit path => PathPrinter.Summary(path),
        NetworkFit network => NetworkPrinter.Summary(network),
        _ => throw new InvalidOperationException("There is no other fit."),
    };

    /// <summary>The fit in one line.</summary>
    public static string Line(Fitted fit) => fit is PathFit path ? PathPrinter.Line(path) : fit is RiskFit
        ? $"F = {Text.Number(fit.Certificate.Value, "G10")}; gap ≤ {Text.AtMost(fit.Certificate.Gap)}; {fit.Outcome.Sentence}"
        : $"{Measures(fit.Quality)}; {fit.Outcome.Sentence}";

    static string Travelled(Fitted fit)
    {
        StringBuilder t = new();
        if (fit.Traffic is not { Ranks.Count: > 1 } traffic) return "";
        if (TrafficSection.Read(traffic) is { } read) Row(t, "Read", read);
        Row(t, "Travelled", TrafficSection.Words(traffic));
        return t.ToString();
    }

    static string Saved(Fitted fit)
    {
        StringBuilder t = new();
        Row(t, "Saved", fit.Spec.Output.Model is { } path ? $"model to {path}" : "no model (`Save = MODEL` saves it)");
        if (fit.Spec.Output.Report is { } report) Row(t, "", $"report to {report}");
        if (fit.Spec.Output.Run is { } folder) Row(t, "", $"run to {folder}/ (model.json, trace.csv, report.html)");
        return t.ToString();
    }

    static string Summary(RiskFit fit)
    {
        StringBuilder t = new();
        t.Append('\n').Append(Coefficients(fit)).Append('\n');
        if (TermSection.Text(fit) is { Length: > 0 } terms) t.Append(terms).Append('\n');
        if (InfluenceSection.Text(fit) is { Length: > 0 } influence) t.Append(influence).Append('\n');
        FitQuality q = fit.Quality;
        Row(t, "Objective", $"F = {Text.Number(fit.Certificate.Value, "G10")} (penalised mean loss)");
        if (Likelihood(q) is { Length: > 0 } likelihood) Row(t, "Likelihood", likelihood);
        if (q.Dispersion is { } phi)
            Row(t, "Dispersion", $"Pearson's χ²/df = {Text.Number(phi, "G6")} on {q.Degrees} "
                + $"df{Used(fit)}");
        Row(t, "Fit", Measures(q));
        if (fit.Validation is { } v)
            Row(t, "Held out", $"{Text.Plural(v.Count, "row")}: mean loss {Text.Number(v.MeanLoss, "G8")}{Interval(v)}, {Measures(v)}");
        Certificate c = fit.Certificate;
        Row(t, "Gradient", double.IsFinite(c.GradientNorm)
            ? $"‖∇F(w)‖ = {Text.Number(c.GradientNorm, "G4")}" : "‖∇F(w)‖ is beyond what double precision holds");
        Row(t, "Certificate", c.Kind == CertificateKind.None
            ? c.Sentence
            : $"F(w) − {Least(fit)} ≤ "
                + $"{Text.AtMost(c.Gap)}{(fit.Infimum == 0 ? "" : $", that is {Text.AtMost(c.RelativeGap)} of F")}"
                + $", {Text.Number(c.Allowance, "G2")} of it for rounding; by {c.Sentence}");
        Row(t, "Outcome", fit.Run.Outcome.Sentence);
        foreach (string r in fit.Remarks) Row(t, "", r);
        foreach (Finding f in fit.Findings) Row(t, "Doctor", f.Sentence);
        if (fit.Plan.Theory is not null) Row(t, "Theory", TheoryText.Judgement(fit));
        foreach (string check in TheoryText.Checks(fit)) Row(t, "Checks", check);
        if (fit.Others.Count > 0) Row(t, "Seeds", Seeds(fit));
        double epochs = (double)fit.Run.Gradients / fit.TrainLabels.Length;
        Row(t, "Work", $"{Text.Seconds(fit.Run.Seconds)}, {Text.Plural(fit.Run.Steps, "step")}, {Text.Count(fit.Run.Gradients)} single "
            + $"gradients ({Text.Number(epochs, "G4")} epochs){Whole(fit)}");
        return t.ToString();
    }

    // What a person waits for is the process: its parts in one line, those below a hundredth of it left out.
    public static string Whole(Fitted fit)
    {
        double all = fit.Spent.Sum(p => p.Seconds);
        IEnumerable<string> parts = fit.Spent.Where(p => p.Seconds >= 0.01 * all).Select(p => $"{p.Part} {Text.Seconds(p.Seconds)}");
        return fit.Spent.Count == 0 ? "" : $"; the process so far {Text.Seconds(all)}: {string.Join(", ", parts)}";
    }

    static string Likelihood(FitQuality q)
    {
        List<string> parts = [];
        string partial = q.NullLogLikelihood is null ? "" : "partial ";
        if (q.LogLikelihood is { } l) parts.Add($"{partial}log-likelihood {Text.Number(l, "G10")}");
        if (q.NullLogLikelihood is { } none && q.LogLikelihood is { } full)
            parts.Add($"without coefficients {Text.Number(none, "G10")}, likelihood ratio {Text.Number(2 * (full - none), "G6")}");
        if (!q.IsLeastSquares && q.Deviance is { } d)
            parts.Add($"deviance {Text.Number(d, "G10")}, null deviance {Text.Number(q.NullDeviance!.Value, "G10")}");
        if (!q.IsLeastSquares && q.Aic is { } aic) parts.Add($"AIC {Text.Number(aic, "G8")}");
        if (q.IsPerfect) parts.Add("essentially perfect fit: the likelihood has no bound");
        return string.Join(", ", parts);
    }

    /// <summary>The 95 % interval of the mean loss on new rows, by the central limit theorem.</summary>
    public static string Interval(FitQuality q) => q.MeanLossError is { } e
        ? $" (95 % interval {Text.Number(q.MeanLoss - (1.96 * e), "G4")} … {Text.Number(q.MeanLoss + (1.96 * e), "G4")})" : "";

    static string Seeds(RiskFit fit)
    {
        double[] values = [fit.Certificate.Value, .. fit.Repeats.Select(r => r.Certificate!.Value)],
            gaps = [fit.Certificate.RelativeGap, .. fit.Repeats.Select(r => r.Certificate!.RelativeGap)];
        double mean = values.Average(), deviation = Math.Sqrt(values.Sum(v => (v - mean) * (v - mean)) / (values.Length - 1));
        return $"{values.Length} seeds from {fit.Spec.Seed}: F = {Text.Number(mean, "G10")} ± {Text.Number(deviation, "G3")} (standard "
            + $"deviation), certified gaps {Text.AtMost(gaps.Min(), 3)} … {Text.AtMost(gaps.Max(), 3)} of F; the model is the "
            + $"first seed's";
    }

    public static string Measures(FitQuality q)
    {
        List<string> parts = [];
        if (q.Accuracy is { } a)
            parts.Add($"accuracy {Text.Number(a, "0.000000")} ({Text.Count(q.Errors!.Value)} of {Text.Count(q.Count)} wrong)");
        if (q.R2 is { } r) parts.Add($"R² {Text.Number(r, "G10")}");
        if (q.Sigma is { } s) parts.Add($"residual standard error {Text.Number(s, "G8")} on {Text.Count(q.Degrees)} df");
        if (q.Rmse is { } e) parts.Add($"RMSE {Text.Number(e, "G8")}");
        if (q.MeanAbsoluteError is { } m) parts.Add($"mean absolute error {Text.Number(m, "G8")}");
        if (parts.Count == 0)
            parts.Add(double.IsFinite(q.MeanLoss) ? $"mean loss {Text.Number(q.MeanLoss, "G8")}"
                : "none: the predictions are beyond what double precision holds");
        return string.Join(", ", parts);
    }

    /// <summary>What the gap is measured from.</summary>
    public static string Least(RiskFit fit) => fit.Certificate.Kind == CertificateKind.LocalMinimum ? "F(local minimum)"
        : fit.Infimum is null ? "F*" : "inf F";

    static string Used(RiskFit fit) => fit.NoInference is not null ? ""
        : fit.Covariance is not null ? "; the standard errors do not rest on it"
        : fit.Spec.Model.EstimatesDispersion || fit.Data.Family.EstimatesDispersion ? ", used for the standard "
            + "errors" : "; the standard errors take it as 1";

    static string Coefficients(RiskFit fit)
    {
        bool bare = fit.NoInference is not null;
        IReadOnlyList<Coefficient> shown = CoefficientRanking.Largest(fit, MostRows);
        string interval = fit.IsProfiled ? "95 % profile interval" : "95 % interval";
        string[] head = !bare ? ["", "estimate", "std. error", fit.StatisticName + " value", "p", interval, ""]
            : fit.IsProfiled ? ["", "estimate", interval] : ["", "estimate"];
        List<IReadOnlyList<string>> rows = [];
        foreach (Coefficient c in shown)
        {
            string estimate = Estimate(c);
            rows.Add(bare
                ? fit.IsProfiled ? [c.Name, estimate, Between(c)] : [c.Name, estimate]
                : [c.Name, estimate, Text.Figure(c.StandardError), double.IsNaN(c.Statistic) ? "–"
                    : Text.Number(c.Statistic, "0.000"), Text.PValue(c.PValue), Between(c), Stars(c.PValue)]);
        }
        StringBuilder t = new(TextTable.Render(head, rows));
        if (fit.Coefficients.Count > MostRows)
            t.Append($"… {Text.Count(fit.Coefficients.Count - MostRows)} smaller ones, by {CoefficientRanking.Words(fit)}, "
                + "not shown (`ToJson` or `Save` has all)\n");
        if (fit.Factors is { } factors) t.Append(factors).Append('\n');
        if (fit.Covariance is { } covariance) t.Append("Standard errors: ").Append(Shown.Line(covariance)).Append('\n');
        if (bare) t.Append("No standard errors: ").Append(fit.NoInference).Append('\n');
        return t.ToString();
    }

    /// <summary>An estimate in words where it has no number.</summary>
    public static string Estimate(Coefficient c) => c switch
    {
        { IsLeftOut: true } => "left out",
        { Limit: { } limit } => double.IsNaN(limit) ? "±∞" : limit > 0 ? "+∞" : "−∞",
        _ => Text.Figure(c.Estimate),
    };

    static string Between(Coefficient c) => double.IsNaN(c.Low) && double.IsNaN(c.High) ? "–" : $"{End(c.Low)} … {End(c.High)}";

    /// <summary>An end of an interval; an open one is infinite.</summary>
    public static string End(double x) => double.IsPositiveInfinity(x) ? "+∞" : double.IsNegativeInfinity(x) ? "−∞" : Text.Figure(x);

    static string Stars(double p) => p < 0.001 ? "***" : p < 0.01 ? "**" : p < 0.05 ? "*" : "";

    static string Objective(ModelSpec m, LoadedData d, double l2)
    {
        string loss = d.Family.Loss;
        if (l2 == 0 && m.L1 == 0) return "F(w) = " + loss + "; no penalty";
        List<string> parts = [];
        if (l2 > 0)
            parts.Add(!d.Family.HasLinearMargins ? $"(λ/2)(‖w‖² + ‖V‖²), λ = {Text.Number(l2)}"
                : $"(λ/2)‖w‖², λ = {Text.Number(l2)} (scikit-learn: C = 1/(λn) = {Text.Number(1 / (l2 * d.Count))}, alpha = λ for "
                + $"SGD, λn = {Text.Number(l2 * d.Count)} for ridge)");
        if (m.L1 > 0) parts.Add($"λ₁‖w‖₁, λ₁ = {Text.Number(m.L1)} (scikit-learn's Lasso: alpha = λ₁)");
        return $"F(w) = {loss} + {string.Join(" + ", parts)}; intercept "
            + $"{(!m.Intercept ? "absent" : m.PenaliseIntercept ? "penalised" : "not penalised")}";
    }

    /// <summary>A line of the result: a name, and what is said of it.</summary>
    public static void Row(StringBuilder t, string name, string text) => t.Append(name.PadRight(13)).Append(Shown.Line(text)).Append('\n');
}
