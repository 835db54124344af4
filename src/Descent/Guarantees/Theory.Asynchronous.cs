using Descent.StepSizes;

namespace Descent.Guarantees;

// Stale gradients and noisy fixed points: G14, G27.
public static partial class Theory
{
    static double Drift(Situation s) =>
        s.H * s.GSample * s.GSample * ((s.Staleness * Math.Sqrt(s.Constants.Dimension)) + (s.Constants.Dimension / 2.0));

    static Guarantee[] Asynchronous =>
    [
        new("G14", "Hogwild!, one random coordinate a step, staleness τ", "", "C 19.1 (re-derived: E‖ĝ‖ ≤ √d·G, E‖ĝ‖² ≤ dG²)",
            GuaranteeMeasure.SquaredGradient)
        {
            StepFormula = "√(Δ/(THG²(τ√d + d/2)))", BoundFormula = "Δ/(ηT) + ηHG²(τ√d + d/2) for any η; d = 1 for whole-vector steps",
            Assumptions = [Assumption.Smooth, Assumption.BoundedBelow, Assumption.SampleBounded, Assumption.Fresh],
            Prescribe = s => Prescription.Constant(Math.Sqrt(s.Delta / (s.T * Drift(s)))),
            BoundUnder = (s, p) => (s.Delta / (p.Eta * s.T)) + (p.Eta * Drift(s)),
            GradientsPerStep = _ => 1,
        },
        new("G27", "Stochastic approximation of a fixed point", "", "W 4.1 (re-derived: steps start at 1 with t₀ = 1/(1−α))",
            GuaranteeMeasure.SquaredDistance)
        {
            StepFormula = "1/((1−α)(t + t₀)), t₀ = 1/(1−α), t from 0", BoundFormula = "(α²D² + σ²T)/(α + (1−α)T)², an equality for G = αx",
            Assumptions = [new("E G(x; w) an α-contraction, α < 1",
                s => double.IsNaN(s.Contraction)
                    ? Verdict.Unknown("no α was given")
                    : s.Contraction is >= 0 and < 1
                        ? Verdict.Holds(FormattableString.Invariant($"α = {s.Contraction:G4}"))
                        : Verdict.Violated(FormattableString.Invariant($"α = {s.Contraction:G4}"))), Assumption.BoundedVariance],
            Prescribe = s => new Prescription(new InverseTime(1, 1 - s.Contraction)),
            BoundUnder = (s, _) =>
            {
                double a = s.Contraction, below = a + ((1 - a) * s.T);
                return ((a * a * s.D * s.D) + (s.Variance * s.T)) / (below * below);
            },
            GradientsPerStep = _ => 1,
        },
    ];
}
