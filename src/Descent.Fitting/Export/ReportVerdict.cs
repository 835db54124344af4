using Descent.Runs;

namespace Descent.Fitting.Export;

/// <summary>How a run ended, in a few words, and whether it is good: only what is certified is green.</summary>
static class ReportVerdict
{
    /// <summary>Above this part of F a certified gap does not bear out that a run has converged.</summary>
    public const double Small = 1e-3;

    public static (string Head, bool? Good) Of(RiskFit fit)
    {
        if (fit.Run.Outcome.Kind != OutcomeKind.Converged) return Of(fit.Run.Outcome.Kind);
        if (fit.Infimum is not null) return ("The infimum is not attained", null);
        Certificate c = fit.Certificate;
        if (c.Kind == CertificateKind.None) return ("Ended by its own rule; no gap is certified", null);
        if (c.Kind == CertificateKind.LocalMinimum) return ("Converged to a local minimum", null);
        if (c.RelativeGap <= Small) return ("Converged", true);
        return c.RelativeGap <= fit.Spec.Budget.Gap
            ? ($"The asked gap is reached; {Text.AtMost(c.RelativeGap, 3)} of F is not proved", null)
            : ("Ended by its own rule; the certificate does not bear it out", null);
    }

    /// <summary>For runs without a certificate.</summary>
    public static (string Head, bool? Good) Of(OutcomeKind kind) => kind switch
    {
        OutcomeKind.Converged => ("Ended by its own rule; no gap is certified", null),
        OutcomeKind.BudgetSpent => ("Budget spent", null),
        OutcomeKind.AccuracyMissed => ("The asked accuracy was not reached", false),
        OutcomeKind.Diverged => ("Diverged", false),
        OutcomeKind.Interrupted => ("Interrupted", false),
        _ => ("Stalled", false),
    };
}
