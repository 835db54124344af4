using Descent.Algorithms;
using Descent.StepSizes;

namespace Descent.Guarantees;

// Finite sums: G19, and the linear rates of SAGA and SDCA.
public static partial class Theory
{
    // c of √m(8cHΔ + 2D²/c)/T at its best, within η = c/√m ≤ 1/(8H).
    static double SvrgScale(Situation s) => Math.Min(s.D / (2 * Math.Sqrt(s.HSample * s.Delta)), Math.Sqrt(Period(s)) / (8 * s.HSample));

    static double Period(Situation s) => Math.Max(1, Math.Ceiling(s.N / s.Batch));

    // 1/p, p the chance that a step renews a given example's place in the table: n for one example a step.
    static double Renewal(Situation s) => -1 / (Math.Exp(s.Batch * ElementaryFunctions.LogOnePlus(-1 / s.N)) - 1);

    static double SagaStep(Situation s) => 1 / (2 * ((s.Mu * Renewal(s)) + (2 * s.HSample)));

    // With V = ‖w − w*‖² + c·(mean of ‖tableᵢ − ∇ℓᵢ(w*)‖²), c = 2ηm/(μm + 4H), every step gives E V ← (1 − ημ)V:
    // E‖g‖² ≤ 4H·gap + 2·(that mean), which falls by p and grows by at most 2pH·gap. The table begins with zeros.
    static double Saga(Situation s)
    {
        double m = Renewal(s), eta = SagaStep(s), c = 2 * eta * m / ((s.Mu * m) + (4 * s.HSample));
        return Decay(s.Mu * eta, s.T) * ((s.D * s.D) + (c * s.OptimumNoise));
    }

    // E gap ≤ (n + κ) E(dual increase of one more step) ≤ (n + κ)(1 − 1/(n + κ))^T (D* − D(0)).
    static double Sdca(Situation s)
    {
        if (!(s.Constants.Penalty > 0)) return double.NaN;
        double both = s.N + ((s.HSample - s.Constants.Penalty) / s.Constants.Penalty);
        return both * Decay(1 / both, s.T) * s.DualGap;
    }

    static Assumption AllPenalised => new("every parameter penalised by λ > 0", s => s.Constants.Penalty > 0
        ? Verdict.Holds(FormattableString.Invariant($"λ = {s.Constants.Penalty:G4}"))
        : Verdict.Violated("some parameter carries no L2 penalty"));

    static Guarantee[] Sums =>
    [
        new("G19", "SVRG, every ℓ convex and smooth", "svrg", "C 23.2; the half: errata", GuaranteeMeasure.AverageGap)
        {
            StepFormula = "η = c/√m ≤ 1/(8H), m = ⌈n/B⌉ the steps between anchors", BoundFormula = "½√m(8cHΔ + 2D²/c)/T",
            Assumptions = [Assumption.FiniteSum, Assumption.BoundedBelow, Assumption.Near, Assumption.Replacement],
            Prescribe = s => new Prescription(TheoryStep.Svrg(double.IsNaN(s.Scale) ? SvrgScale(s) : s.Scale, (int)Period(s), s.HSample)),
            BoundUnder = (s, p) => (4 * p.Eta * Period(s) * s.HSample * s.Delta / s.T) + (s.D * s.D / (p.Eta * s.T)),
            GradientsPerStep = s => 3 * s.Batch, Average = AverageKind.Uniform,
        },
        new("SAGA", "SAGA from a table of zeros, every ℓ convex and smooth, F strongly convex", "saga",
            "after Defazio, Bach and Lacoste-Julien 2014; re-derived", GuaranteeMeasure.SquaredDistance)
        {
            StepFormula = "1/(2(μm + 2H)), m = 1/(1 − (1 − 1/n)^B); m = n for one example a step",
            BoundFormula = "(1 − ημ)^T (D² + 2ηmσ*²/(μm + 4H))",
            Assumptions = [Assumption.FiniteSum, Assumption.StronglyConvex, Assumption.Near, Assumption.OptimumNoise,
                Assumption.Replacement],
            Prescribe = s => Prescription.Constant(SagaStep(s)),
            BoundUnder = (s, _) => Saga(s),
            Remark = "The published corollary asks for a table filled at w₁ and for penalties within the table; "
                + "here it begins with zeros and penalties are exact.",
        },
        new("SDCA", "Stochastic dual coordinate ascent, every ℓ smooth", "sdca", "Shalev-Shwartz and Zhang 2013, theorem 5",
            GuaranteeMeasure.LastGap)
        {
            StepFormula = "own", BoundFormula = "(n + κ)(1 − 1/(n + κ))^T·Δ_D, κ = (H_ℓ − λ)/λ, Δ_D = F* − dual at 0",
            Assumptions = [Assumption.FiniteSum, AllPenalised, Assumption.DualGap, Assumption.Replacement],
            Prescribe = _ => Prescription.Constant(1),
            BoundUnder = (s, _) => Sdca(s),
            Remark = "From w = 0 the dual is the mean of the smallest possible losses.",
        },
    ];
}
