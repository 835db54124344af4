using Descent.StepSizes;

namespace Descent.Guarantees;

// Strong growth (interpolation): G30. One step w − g/(ρH) loses at least ‖∇F‖²/(2ρH) in mean, since E‖g‖² ≤ ρ‖∇F‖².
public static partial class Theory
{
    static Verdict ConstantToInverseGrowth(Situation s, IStepSize step) => AnyConstant(s, step) is { Standing: Standing.Violated } no ? no
        : Course.Of(step, s.Steps).Largest <= (1 + 1e-12) / (Rho(s) * s.H)
            ? Verdict.Holds("η ≤ 1/(ρH)")
            : Verdict.Violated("η is above 1/(ρH)");

    // The mean of B independent gradients has E‖g‖² ≤ (1 + (ρ − 1)/B)‖∇F‖².
    static double Rho(Situation s) => 1 + ((s.Rho - 1) / s.Batch);

    static Guarantee[] Growth =>
    [
        new("G30", "SGD under strong growth (interpolation), smooth", "sgd", "C 11, W remark 2.2; Vaswani, Bach and Schmidt 2019",
            GuaranteeMeasure.SquaredGradient)
        {
            StepFormula = "1/(ρH), ρ of a batch 1 + (ρ − 1)/B", BoundFormula = "2Δ/(ηT) for any η ≤ 1/(ρH): 2ρHΔ/T at the prescribed one",
            Assumptions = [Assumption.StrongGrowth, Assumption.Smooth, Assumption.BoundedBelow, Assumption.Fresh],
            Prescribe = s => Prescription.Constant(1 / (Rho(s) * s.H)),
            BoundUnder = (s, p) => 2 * s.Delta / (p.Eta * s.T), Admits = ConstantToInverseGrowth,
        },
        new("SG-PL", "SGD under strong growth (interpolation), PL", "sgd", "Vaswani, Bach and Schmidt 2019; catalogue G30",
            GuaranteeMeasure.LastGap)
        {
            StepFormula = "1/(ρH), as G30", BoundFormula = "(1 − μη)^T Δ for any η ≤ 1/(ρH)",
            Assumptions = [Assumption.StrongGrowth, Assumption.Smooth, Assumption.PolyakLojasiewicz, Assumption.BoundedBelow,
                Assumption.Fresh],
            Prescribe = s => Prescription.Constant(1 / (Rho(s) * s.H)),
            BoundUnder = (s, p) => Decay(s.MuPl * p.Eta, s.T) * s.Delta, Admits = ConstantToInverseGrowth,
        },
    ];
}
