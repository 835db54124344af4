using Descent.Guarantees;
using Descent.Rules;
using Descent.Runs;

namespace Descent.Fitting.Export;

/// <summary>
/// What is said of a theorem: before the run what it promises, or why nothing; after the run what was met; and the checks that the run made
/// by itself.
/// </summary>
static class TheoryText
{
    // What is more than rounding.
    const double Beyond = 1 + 1e-6;

    static string Name(Guarantee g) => $"{g.Id} ({g.Source.Split(" (")[0].Split(';')[0]})";

    /// <summary>What the theorem says at its horizon.</summary>
    public static string Promise(TheoryChoice t)
    {
        Guarantee g = t.Guarantee;
        string head = Name(g);
        if (t.Promises)
            return $"{head}: {g.MeasureInWords} ≤ {Bound(t, t.BoundAt(t.Situation.Steps))} after {Text.Count(t.Situation.Steps)} "
                + $"steps{Given(t)}";
        if (t.PromisesFromRun) return $"{head}: {g.MeasureInWords} ≤ {g.BoundFormula}; the sum is the run's own{Given(t)}";
        return $"{head} {(t.ForeignSteps ? "is asked about these step sizes" : "gives the steps")}; it promises nothing here: "
            + $"{string.Join("; ", t.Open.Select(Why))}{(g.OfUnseenRows ? "; `Theorem = G24` speaks of the training loss instead" : "")}";
    }

    /// <summary>The assumptions, each with its verdict.</summary>
    public static IEnumerable<string> Assumptions(TheoryChoice t) =>
        t.Checks.Select(c => $"{c.Assumption.Text}: {Word(c.Verdict.Standing)}, {c.Verdict.Reason}");

    public static string Word(Standing s) => s switch
    {
        Standing.Holds => "holds",
        Standing.Violated => "violated",
        Standing.Assumed => "assumed",
        _ => "open",
    };

    /// <summary>What was met at the end, beside what was promised.</summary>
    public static string Judgement(RiskFit fit)
    {
        TheoryChoice t = fit.Plan.Theory!;
        Guarantee g = t.Guarantee;
        if (g.Measure == GuaranteeMeasure.Decrease)
            return $"{g.Id} bounds single steps along negative curvature; "
                + $"{(t.Promises ? "each decreases F as it says" : "none is promised here")}";
        TheoryMeasure measure = TheoryMeasure.Of(fit);
        var (mean, error, least) = measure.AtEnd();
        string who = fit.Others.Count > 0 ? $"mean of {fit.Others.Count + 1} seeds" : "this run", met = Text.Number(mean, "G4");
        if (Refuted(fit) is { } refuted) return $"{g.Id} promises nothing: {refuted}; {who}: {met}";
        if (t.PromisesFromRun && FromRun(measure) is { } own)
            return $"{g.Id} promises {g.MeasureInWords} ≤ {Text.AtMost(own)} after {Text.Count(measure.Steps)} steps, by the "
                + $"run's own gradients; {who}: {met}{Beside(t, own, mean, error, least, fit)}{Given(t)}";
        if (!t.Promises)
        {
            string open = string.Join(", ", t.Open.Select(o => $"{o.Assumption.Text}: {Word(o.Verdict.Standing)}"));
            return $"{g.Id} promises nothing here ({open}); {g.MeasureInWords}, {who}: {met}"
                + (g.OfUnseenRows ? " on the training rows" : "");
        }
        double bound = t.BoundAt(measure.Steps);
        return $"{g.Id} promises {g.MeasureInWords} ≤ {Bound(t, bound)} after {Text.Count(measure.Steps)} steps; {who}: "
            + $"{met}{(g.OfUnseenRows ? " on the training rows" : Beside(t, bound, mean, error, least, fit))}{Given(t)}";
    }

    /// <summary>Bounds and checks that the run made with its own values; null when there are none.</summary>
    public static IEnumerable<string> Checks(RiskFit fit)
    {
        if (fit.Watch is { Looks: > 0 } watch && fit.Plan.Constants.Kinks is null)
        {
            double h = fit.Plan.Constants.Smoothness.Value;
            yield return watch.Least > h * Beyond
                ? $"H = {Text.Number(h, "G4")} is refuted: {watch.Where} needs H ≥ {Text.AtLeast(watch.Least)}; what rests on H "
                    + $"is withdrawn"
                : $"H = {Text.Number(h, "G4")} stood the descent lemma and ‖∇F‖² ≤ 2H(F − F*) at {Text.Plural(watch.Looks, "look")}: "
                    + $"they need H ≥ {Text.AtLeast(watch.Least)}";
        }
        if (Regret(fit) is { } regret)
        {
            string scope = fit.Plan.Draws ? fit.Others.Count > 0 ? $", mean of {fit.Others.Count + 1} seeds on the right"
                : ", in mean over seeds of both sides" : "";
            yield return $"by the run's own gradients, the mean gap of w₁ … w_T weighted by η_t ≤ {Text.AtMost(regret)}, (D² + "
                + $"Ση²‖g‖²)/(2Ση){scope}";
        }
    }

    /// <summary>
    /// The regret bound by the run's own gradients, as a mean over the seeds; null where F, D or the steps do not allow it.
    /// </summary>
    public static double? Regret(RiskFit fit)
    {
        Plan plan = fit.Plan;
        if (!plan.PlainSteps || plan.Constants.Convexity.Standing != Standing.Holds
            || plan.Constants.Distance.Evidence is not (Evidence.UpperBound or Evidence.Exact)) return null;
        double[] all = [.. new[] { fit.Run }.Concat(fit.Repeats).Where(r => r.Trace[^1].Sums is { Steps: > 0 })
            .Select(r => RegretBound.Of(plan.Constants.Distance.Value, r.Trace[^1].Sums!.Value))];
        return all.Length == 0 ? null : all.Average();
    }

    static double? FromRun(TheoryMeasure m) => m.Runs.All(r => r.Trace[^1].Sums is { Steps: > 0 })
        ? m.Runs.Average(r => m.Theory.Guarantee.BoundFromRun!(m.Theory.Situation, m.Theory.Prescription, r.Trace[^1].Sums!.Value))
        : null;

    /// <summary>Why the run itself has refuted what the promise rests on; null when it has not.</summary>
    public static string? Refuted(RiskFit fit) => fit.Watch is { } w && fit.Plan.Theory is { } t
        && t.Checks.Any(c => c.Assumption.Symbol == "H") && w.Least > fit.Plan.Constants.Smoothness.Value * Beyond
        ? $"the run refutes H = {Text.Number(fit.Plan.Constants.Smoothness.Value, "G4")} ({w.Where} needs H ≥ {Text.AtLeast(w.Least)})"
        : null;

    static string Beside(TheoryChoice t, double bound, double mean, double error, double least, RiskFit fit)
    {
        bound = Math.Max(bound, t.Resolution);
        if (mean <= bound) return mean > 0 ? $", {Text.Number(bound / mean, "G3")} times smaller" : "";
        if (least <= bound) return ", above it by no more than F* is known";
        if (!fit.Plan.Draws) return ", above it: an assumption must be false, or this is a fault of the program";
        if (fit.Others.Count == 0) return ", above it: the bound is on the mean over seeds, which `Repeat` measures";
        return least - (3 * error) <= bound ? ", above it by less than three standard errors of the mean"
            : ", above it by more than chance explains: an assumption must be false, or this is a fault of the program";
    }

    static string Bound(TheoryChoice t, double bound) => bound >= t.Resolution
        ? Text.AtMost(bound)
        : $"{Text.AtMost(t.Resolution, 2)} (in exact arithmetic {Text.AtMost(bound)}, below what double precision resolves)";

    static string Given(TheoryChoice t) => t.Vouched.ToArray() is { Length: > 0 } vouched
        ? $", given what is assumed: {string.Join(", ", vouched)}" : "";

    static string Why((Assumption Assumption,
        Verdict Verdict) open) => $"{open.Assumption.Text} is {Word(open.Verdict.Standing)}, "
        + $"{open.Verdict.Reason}{Remedy(open.Assumption, open.Verdict)}";

    // What would settle it.
    static string Remedy(Assumption a, Verdict v) => (a.Symbol, v.Standing) switch
    {
        ("D", _) => "; a penalty on every parameter (`L2` with `Intercept = false` or `PenaliseIntercept = true`) would prove one, or "
            + "vouch for it with `Assume = D=…`",
        ("Δ", _) => "; a certificate at the pilot's end would prove one, or vouch for it with `Assume = Delta=…`",
        ("σ²", _) => "; a loss with bounded slopes would prove one, or vouch for it with `Assume = sigma2=…`",
        ("G", _) => "; a projected method (adaptive-ball, adagrad-box, projected-sgd) or a loss with bounded slopes would prove one, "
            + "or vouch for it with `Assume = G=…`",
        ("G_ℓ", _) => "; a loss with bounded slopes and small steps would prove one, or vouch for it with `Assume = Gl=…`",
        ("H", Standing.Unknown) => "; vouch for it with `Assume = H=…`",
        ("μ", _) => "; a penalty on every parameter (`L2` with `Intercept = false` or `PenaliseIntercept = true`) gives one",
        ("J", Standing.Unknown) => "; vouch for it with `Assume = J=…`",
        _ => "",
    };
}
