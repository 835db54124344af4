using Descent.StepSizes;

namespace Descent.Guarantees;

// Second-order methods and almost convex objectives: G22, G23, G28.
public static partial class Theory
{
    static Guarantee[] Curved =>
    [
        new("G22", "Cubic-regularised Newton", "cubic-newton", "C 25.8 (re-derived: the model decreases by at least J‖δ‖³/12)",
            GuaranteeMeasure.SecondOrder)
        {
            StepFormula = "global minimiser of the cubic model",
            BoundFormula = "for some t ≤ T: ‖∇F(w_{t+1})‖ ≤ J^⅓(12Δ/T)^⅔ and λ_min ≥ −(3/2)J^⅔(12Δ/T)^⅓",
            Assumptions = [Assumption.HessianLipschitz, Assumption.BoundedBelow],
            Prescribe = s => Prescription.Constant(1) with { Numbers = new Dictionary<string, double> { ["J"] = PositiveJ(s) } },
            BoundUnder = (s, p) => Math.Cbrt(p.Number("J", s.J)) * Math.Pow(12 * s.Delta / s.T, 2.0 / 3), GradientsPerStep = Full,
            IsDeterministic = true,
        },
        new("G23", "Step along negative curvature", "negative-curvature", "C 25.7", GuaranteeMeasure.Decrease)
        {
            StepFormula = "δ = −(2λ/J)·sign⟨v, g⟩·v", BoundFormula = "F decreases by at least 2λ³/(3J²)",
            Assumptions = [Assumption.HessianLipschitz, new("∇²F has an eigenvalue ≤ −λ < 0 where the step is taken", Negative)],
            Prescribe = s =>
                Prescription.Constant(2 * s.Descent / s.J) with { Numbers = new Dictionary<string, double> { ["J"] = PositiveJ(s) } },
            BoundUnder = (s, _) => 2 * s.Descent * s.Descent * s.Descent / (3 * s.J * s.J), GradientsPerStep = Full, IsDeterministic = true,
        },
        new("G28", "Accelerated descent, almost convex", "almost-convex", "C 22 (re-derived: the 8 is lost in print)",
            GuaranteeMeasure.SquaredGradient)
        {
            StepFormula = "inner problems by M9 to ε² = γΔ/T",
            BoundFormula = "10γΔ/T over w₂ … w_{T+1}, at most ⌈√κ ln(4κT)⌉ gradients an inner problem, κ = 2 + H/γ",
            Assumptions = [Assumption.AlmostConvex, Assumption.Smooth, Assumption.BoundedBelow],
            Prescribe = s =>
                Prescription.Constant(1)
                    with { Numbers = new Dictionary<string, double>
                        { ["gamma"] = PositiveGamma(s), ["tolerance"] = Math.Sqrt(PositiveGamma(s) * s.Delta / s.T) } },
            BoundUnder = (s, p) => (8 * p.Number("gamma", s.Gamma) * s.Delta / s.T)
                + (2 * Math.Pow(p.Number("tolerance", Math.Sqrt(s.Gamma * s.Delta / s.T)), 2)),
            GradientsPerStep = s => Full(s) * InnerSteps(s), IsDeterministic = true, CountsAfterSteps = true,
        },
    ];

    // Any larger constant serves; a quadratic F has J = 0, where the cubic model would have no cube.
    static double PositiveJ(Situation s) => s.J == 0 ? 1e-9 * s.H : s.J;

    // −γI ⪯ ∇²F holds for every γ > 0 where F is convex; H/100 balances the bound against the inner steps.
    static double PositiveGamma(Situation s) => s.Gamma == 0 ? s.H / 100 : s.Gamma;

    static Verdict Negative(Situation s) => s.Descent > 0 ? Verdict.Holds(FormattableString.Invariant($"λ = {s.Descent:G4}"))
        : s.Constants.Convexity.Standing == Standing.Holds
        ? Verdict.Violated("F is convex: no eigenvalue of ∇²F is negative, and no such step is taken")
        : Verdict.Unknown("λ is met at each step");

    static double InnerSteps(Situation s)
    {
        double kappa = 2 + (s.H / PositiveGamma(s));
        return Math.Ceiling(Math.Sqrt(kappa) * Math.Log(4 * kappa * s.T));
    }
}
