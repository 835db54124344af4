using Descent.Algorithms;
using Descent.StepSizes;

namespace Descent.Guarantees;

// Convex objectives: G1–G3, G10, G11, G24.
public static partial class Theory
{
    // D²/(2ηT) + ηG²/2 for every η: GD/√T at the prescribed one.
    static double Subgradient(Situation s, Prescription p) => (s.D * s.D / (2 * p.Eta * s.T)) + (p.Eta * s.G * s.G / 2);

    static double WeightedAverage(Situation s, Prescription p)
    {
        Course course = Course.Of(p.StepSize, s.Steps);
        return ((s.D * s.D) + (2 * s.Variance * course.Squares)) / (2 * course.Sum);
    }

    // Known constants balance the two terms; without them W's horizon step 1/√T still gives the rate.
    static double WeightedStep(Situation s) =>
        Math.Min(1 / s.H, s.D / (s.Sigma * Math.Sqrt(2 * s.T)) is var best && double.IsNaN(best) ? TheoryStep.Horizon(s.Steps).Eta : best);

    // Rows that were not seen are not bounded by those that were: such a constant can only be vouched for.
    static Assumption OfTrueLoss(string text, Func<Situation, Quantity> of) => new(text,
        s => !s.Constants.OfRows || of(s).Evidence == Evidence.Assumed
        ? Verdict.Of(of(s))
        : Verdict.Unknown($"it is about rows that were not seen; of those at hand {of(s).Sentence}"), text.Contains('G') ? "G" : "D");

    static Verdict AnyConstant(Situation s, IStepSize step) => Course.Of(step, s.Steps).IsConstant
        ? Verdict.Holds("a constant step size")
        : Verdict.Violated("the bound is for a constant step size");

    static Verdict ConstantToInverseH(Situation s, IStepSize step) =>
        AnyConstant(s, step) is { Standing: Standing.Violated } no ? no : AllToInverseH(s, step);

    static Verdict AllToInverseH(Situation s, IStepSize step)
    {
        double most = Course.Of(step, s.Steps).Largest;
        return most <= (1 + 1e-12) / s.H
            ? Verdict.Holds(FormattableString.Invariant($"step sizes up to {most:G4} ≤ 1/H"))
            : Verdict.Violated(FormattableString.Invariant($"a step size of {most:G4} is above 1/H = {1 / s.H:G4}"));
    }

    static Guarantee[] Convex =>
    [
        new("G1", "(Sub)gradient descent, convex and Lipschitz", "gd", "C 2.4", GuaranteeMeasure.AverageGap)
        {
            StepFormula = "D/(G√T)", BoundFormula = "GD/√T; for any η: D²/(2ηT) + ηG²/2",
            Assumptions = [Assumption.Convex, Assumption.Lipschitz, Assumption.Near],
            Prescribe = s => new Prescription(TheoryStep.Subgradient(s.D, s.G, s.Steps)),
            BoundUnder = Subgradient, Admits = AnyConstant, GradientsPerStep = Full, Average = AverageKind.Uniform, IsDeterministic = true,
        },
        new("G2", "SGD, convex, bounded second moment", "sgd", "C 3.2", GuaranteeMeasure.AverageGap)
        {
            StepFormula = "D/(G√T)", BoundFormula = "GD/√T; for any η: D²/(2ηT) + ηG²/2",
            Assumptions = [Assumption.Convex, Assumption.SecondMoment, Assumption.Near, Assumption.Fresh],
            Prescribe = s => new Prescription(TheoryStep.Subgradient(s.D, s.G, s.Steps)),
            BoundUnder = Subgradient, Admits = AnyConstant, Average = AverageKind.Uniform,
            Remark = "Where G is not global (squared loss), project on a convex set that holds w*.",
        },
        new("G3", "SGD in one pass over n iid examples", "sgd", "C 3.1", GuaranteeMeasure.AverageGap)
        {
            OfUnseenRows = true,
            StepFormula = "D/(G√n), T = n/B", BoundFormula = "GD/√T; for any η: D²/(2ηT) + ηG²/2",
            Assumptions = [Assumption.Convex,
                OfTrueLoss("E‖∇ℓ‖² ≤ G² at every iterate, E over all rows there could be", s => s.Constants.Lipschitz),
                OfTrueLoss("‖w₁ − w*‖ ≤ D, w* of the true loss", s => s.Constants.Distance),
                new("one pass over the examples",
                    s => (s.Steps - 1) * s.Batch < s.N
                        ? Verdict.Holds("each example is used at most once")
                        : Verdict.Violated(FormattableString.Invariant($"{s.Steps * s.Batch:G6} draws from {s.N:G6} examples")))],
            Prescribe = s => new Prescription(TheoryStep.Subgradient(s.D, s.G, s.Steps)),
            BoundUnder = Subgradient, Admits = AnyConstant, Average = AverageKind.Uniform,
            MeasureInWords = "gap of the averaged iterate in the true loss, that of rows never seen",
            Remark = "w* is here the minimiser of the true loss; E is also over the examples.",
        },
        new("G10", "Gradient descent, convex and smooth", "gd", "C 13.3; last iterate: errata", GuaranteeMeasure.LastGap)
        {
            StepFormula = "1/H", BoundFormula = "D²/(2ηT) for any η ≤ 1/H",
            Assumptions = [Assumption.Convex, Assumption.Smooth, Assumption.Near],
            Prescribe = s => new Prescription(TheoryStep.GradientDescent(s.H)),
            BoundUnder = (s, p) => s.D * s.D / (2 * p.Eta * s.T), Admits = ConstantToInverseH, GradientsPerStep = Full,
            IsDeterministic = true,
            Remark = "The notes have η = 1/(2H) and the averaged iterate, at most 2HD²/T.",
        },
        new("G11", "Accelerated gradient by linear coupling, convex and smooth", "linear-coupling",
            "C 15.2 (sharper than the printed 9/2: α_t ≥ (t+1)/2)", GuaranteeMeasure.LastGap)
        {
            StepFormula = "1/H", BoundFormula = "2D²/(η(T+1)²) for any η ≤ 1/H",
            Assumptions = [Assumption.Convex, Assumption.Smooth, Assumption.Near],
            Prescribe = s => new Prescription(TheoryStep.GradientDescent(s.H)),
            BoundUnder = (s, p) => 2 * s.D * s.D / (p.Eta * (s.T + 1) * (s.T + 1)), Admits = ConstantToInverseH, GradientsPerStep = Full,
            IsDeterministic = true,
        },
        new("G24", "SGD, convex and smooth, average weighted by the step sizes", "sgd", "W 2.5 (the average runs over x₁ … x_T)",
            GuaranteeMeasure.AverageGap)
        {
            StepFormula = "min(1/H, D/(σ√(2T))); where D or σ is unknown min(1/H, 1/√T)",
            BoundFormula = "(D² + 2σ²Ση²)/(2Ση) for any η_t ≤ 1/H",
            Assumptions = [Assumption.Convex, Assumption.Smooth, Assumption.Near, Assumption.BoundedVariance, Assumption.Fresh],
            Prescribe = s => Prescription.Constant(WeightedStep(s)),
            BoundUnder = WeightedAverage, Admits = AllToInverseH, Average = AverageKind.StepSizeWeighted,
        },
    ];
}
