using Descent.Models.Certificates;
using Descent.Runs;

namespace Descent.Fitting.Fits;

// What the end of a method is worth is decided by the certificate, not by the method.
sealed partial class RiskFitter
{
    // A gap above this part of F is no optimum in any digit; next to an F that fell to nothing it is measured by what F was.
    const double Loose = 1e-2, Nothing = 1e-9;

    /// <summary>A run that ended by itself has converged only where a proved gap says so, or an accuracy that was asked for.</summary>
    RunResult<double> Resolved(RunResult<double> run)
    {
        if (run.Outcome.Kind != OutcomeKind.Converged || infinite is not null || spec.Budget.GradientTolerance > 0
            || spec.Budget.Tolerance > 0) return run;
        Certificate c = run.Certificate!;
        if (stationaryAt > 0 && c.GradientNorm <= stationaryAt) return run;
        double largest = run.Trace.Max(p => double.IsFinite(p.Value) ? Math.Abs(p.Value) : 0);
        if (c.Gap <= Loose * Math.Abs(c.Value) || c.Gap <= Nothing * largest) return run;
        string sentence = run.Outcome.Sentence;
        if (sentence.StartsWith("Converged", StringComparison.Ordinal)) sentence = "Stopped" + sentence["Converged".Length..];
        string gap = double.IsFinite(c.Gap)
            ? $"the certified gap is {Text.AtMost(c.Gap, 3)}, that is {Text.AtMost(c.RelativeGap, 3)} of F"
            : stationaryAt > 0 ? $"the gradient norm is {Text.Number(c.GradientNorm, "G3")}, not yet {Text.Number(stationaryAt, "G3")}"
            : "nothing is proved of how far the optimum is";
        return run with
        {
            Outcome = new Outcome(
            OutcomeKind.Stalled, $"{sentence.TrimEnd('.')}. The method can resolve no more, but {gap}.")
        };
    }
}
