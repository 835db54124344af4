using Descent.Algorithms;
using Descent.StepSizes;

namespace Descent.Guarantees;

// Finite sums: G19, and the linear rates of SAGA and SDCA.
public static partial class Theory
{
    // c of √N(8cHΔ + 2D²/c)/T at its best, within η = c/√N ≤ 1/(8H).
    static double SvrgScale(Situation s) => Math.Min(s.D / (2 * Math.Sqrt(s.HSample * s.Delta)), Math.Sqrt(s.N) / (8 * s.HSample));

    static double SagaStep(Situation s) => 1 / (2 * ((s.Mu * s.N) + s.HSample));

    static Guarantee[] Sums =>
    [
        new("G19", "SVRG, every ℓ convex and smooth", "svrg", "C 23.2; the half: errata", GuaranteeMeasure.AverageGap)
        {
            StepFormula = "η = c/√n ≤ 1/(8H), T a multiple of n", BoundFormula = "½√n(8cHΔ + 2D²/c)/T",
            Assumptions = [Assumption.FiniteSum, Assumption.BoundedBelow],
            Prescribe = s => new Prescription(TheoryStep.Svrg(double.IsNaN(s.Scale) ? SvrgScale(s) : s.Scale, (int)s.N, s.HSample)),
            BoundUnder = (s, p) => p.Eta * Math.Sqrt(s.N) is var c ? Math.Sqrt(s.N) * ((8 * c * s.HSample * s.Delta) + (2 * s.D * s.D / c)) / (2 * s.T) : 0,
            GradientsPerStep = s => 3 * s.Batch, Average = AverageKind.Uniform,
        },
        new("SAGA", "SAGA, every ℓ convex and smooth, F strongly convex", "saga", "Defazio, Bach and Lacoste-Julien 2014, corollary 1", GuaranteeMeasure.SquaredDistance)
        {
            StepFormula = "1/(2(μn + H))", BoundFormula = "(1 − μ/(2(μn + H)))^T (D² + nΔ/(μn + H))",
            Assumptions = [Assumption.FiniteSum, Assumption.StronglyConvex],
            Prescribe = s => Prescription.Constant(SagaStep(s)),
            BoundUnder = (s, p) => Math.Exp(s.T * double.LogP1(-Math.Min(1, s.Mu * SagaStep(s)))) * ((s.D * s.D) + (2 * s.N * SagaStep(s) * s.Delta)),
        },
        new("SDCA", "Stochastic dual coordinate ascent, every ℓ smooth", "sdca", "Shalev-Shwartz and Zhang 2013, theorem 5", GuaranteeMeasure.LastGap)
        {
            StepFormula = "own", BoundFormula = "(n + κ)e^{−T/(n + κ)}·Δ, κ = max(H_ℓ − λ)/λ",
            Assumptions = [Assumption.FiniteSum, new("every parameter penalised by λ > 0", s => s.Constants.Penalty > 0 ? Verdict.Holds(FormattableString.Invariant($"λ = {s.Constants.Penalty:G4}")) : Verdict.Violated("some parameter carries no L2 penalty"))],
            Prescribe = _ => Prescription.Constant(1),
            BoundUnder = (s, _) => s.Constants.Penalty > 0 && s.N + ((s.HSample - s.Constants.Penalty) / s.Constants.Penalty) is var both ? both * Math.Exp(-s.T / both) * s.Delta : double.NaN,
            Remark = "From w = 0 the first dual gap is F(0) less the smallest possible losses, which Δ stands for here.",
        },
    ];
}
