using Descent.StepSizes;

namespace Descent.Guarantees;

// Second-order methods and almost convex objectives: G22, G23, G28.
public static partial class Theory
{
    static Guarantee[] Curved =>
    [
        new("G22", "Cubic-regularised Newton", "cubic-newton", "C 25.8 (re-derived: the model decreases by at least J‖δ‖³/12)", GuaranteeMeasure.SecondOrder)
        {
            StepFormula = "global minimiser of the cubic model", BoundFormula = "for some t ≤ T: ‖∇F(w_{t+1})‖ ≤ J^⅓(12Δ/T)^⅔ and λ_min ≥ −(3/2)J^⅔(12Δ/T)^⅓",
            Assumptions = [Assumption.HessianLipschitz, Assumption.BoundedBelow],
            Prescribe = s => Prescription.Constant(1) with { Numbers = new Dictionary<string, double> { ["J"] = s.J } },
            BoundUnder = (s, _) => Math.Cbrt(s.J) * Math.Pow(12 * s.Delta / s.T, 2.0 / 3), GradientsPerStep = Full, IsDeterministic = true,
        },
        new("G23", "Step along negative curvature", "negative-curvature", "C 25.7", GuaranteeMeasure.Decrease)
        {
            StepFormula = "δ = −(2λ/J)·sign⟨v, g⟩·v", BoundFormula = "F decreases by at least 2λ³/(3J²)",
            Assumptions = [Assumption.HessianLipschitz],
            Prescribe = s => Prescription.Constant(2 * s.Descent / s.J) with { Numbers = new Dictionary<string, double> { ["J"] = s.J } },
            BoundUnder = (s, _) => 2 * s.Descent * s.Descent * s.Descent / (3 * s.J * s.J), GradientsPerStep = Full, IsDeterministic = true,
        },
        new("G28", "Accelerated descent, almost convex", "almost-convex", "C 22 (re-derived: the 8 is lost in print)", GuaranteeMeasure.SquaredGradient)
        {
            StepFormula = "inner problems by M9 to ε² = γΔ/T", BoundFormula = "10γΔ/T over w₂ … w_{T+1}, at most ⌈√κ ln(4κT)⌉ gradients an inner problem, κ = 2 + H/γ",
            Assumptions = [Assumption.AlmostConvex, Assumption.Smooth, Assumption.BoundedBelow],
            Prescribe = s => Prescription.Constant(1) with { Numbers = new Dictionary<string, double> { ["gamma"] = s.Gamma } },
            BoundUnder = (s, _) => 10 * s.Gamma * s.Delta / s.T,
            GradientsPerStep = s => Full(s) * InnerSteps(s), IsDeterministic = true,
        },
    ];

    static double InnerSteps(Situation s)
    {
        double kappa = 2 + (s.H / s.Gamma);
        return Math.Ceiling(Math.Sqrt(kappa) * Math.Log(4 * kappa * s.T));
    }
}
