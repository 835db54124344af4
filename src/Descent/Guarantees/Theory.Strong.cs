using Descent.Algorithms;
using Descent.StepSizes;

namespace Descent.Guarantees;

// Strong convexity and the Polyak–Łojasiewicz inequality: G16–G18, G25, G26, G29, and M9's rate.
public static partial class Theory
{
    // min over η ≤ 1/H of (1−μη)^T Δ + Hσ²η/(2μ), up to a logarithm's rounding.
    static double Horizon(Situation s) => double.IsNaN(s.Delta * s.Variance)
        ? TheoryStep.Horizon(s.MuPl, s.H, s.Steps).Eta
        : Math.Min(1 / s.H, Math.Log(Math.Max(Math.E, 2 * s.MuPl * s.MuPl * s.Delta * s.T / (s.H * s.Variance))) / (s.MuPl * s.T));

    // (1 − r)^T.
    static double Decay(double r, double t) => Math.Exp(t * ElementaryFunctions.LogOnePlus(-Math.Min(1, r)));

    static double Decaying(Situation s, Prescription p)
    {
        double k = s.H / s.MuPl;
        if (p.StepSize is StronglyConvex)
            return (((k - 1) * s.Delta) + (s.H * s.Variance / (2 * s.MuPl * s.MuPl) * ((1 / k) + Math.Log(1 + ((s.T - 1) / k)))))
                / (s.T + k - 1);
        double two = 2 * k;
        return (((two - 1) * (two - 2) * s.Delta) + (2 * s.T * s.H * s.Variance / (s.MuPl * s.MuPl))) / ((s.T + two - 1) * (s.T + two - 2));
    }

    static Guarantee[] Strong =>
    [
        new("G16", "Gradient descent, strongly convex or PL", "gd", "C 21.6; exponent 2T for strong convexity: Taylor et al. 2018",
            GuaranteeMeasure.LastGap)
        {
            StepFormula = "1/H", BoundFormula = "(1 − μ/H)^T Δ",
            Assumptions = [Assumption.Smooth, Assumption.PolyakLojasiewicz, Assumption.BoundedBelow],
            Prescribe = s => new Prescription(TheoryStep.GradientDescent(s.H)),
            BoundUnder = (s, p) => Decay(s.MuPl * p.Eta, s.T) * s.Delta, Admits = ConstantToInverseH, GradientsPerStep = Full,
            IsDeterministic = true,
        },
        new("G17", "Certificate of a strongly convex objective", "", "C 21.5, 21.8", GuaranteeMeasure.LastGap)
        {
            StepFormula = "–", BoundFormula = "‖∇F(w)‖²/(2μ); and ‖w − w*‖ ≤ ‖∇F(w)‖/μ",
            Assumptions = [Assumption.StronglyConvex],
            Prescribe = _ => Prescription.Constant(0),
            BoundUnder = (s, _) => s.GradientNorm * s.GradientNorm / (2 * s.Mu), GradientsPerStep = Full, IsDeterministic = true,
            Remark = "On all of space, with the full gradient.",
        },
        new("G18", "Projected SGD, strongly convex, no smoothness", "projected-sgd", "C 22.1 (the printed bound lacks 1/T)",
            GuaranteeMeasure.AverageGap)
        {
            StepFormula = "1/(μt), t from 1; D₂ the certified D when left out", BoundFormula = "G²(1 + ln T)/(2μT)",
            Assumptions = [Assumption.StronglyConvex, Assumption.WithinRadius, Assumption.SecondMoment, Assumption.Fresh],
            Prescribe = s =>
                new Prescription(TheoryStep.Projected(s.Mu)) { Numbers = new Dictionary<string, double> { ["radius"] = s.Radius } },
            BoundUnder = (s, _) => s.G * s.G * (1 + Math.Log(s.T)) / (2 * s.Mu * s.T), Average = AverageKind.Uniform,
        },
        new("G25", "SGD, PL, constant step", "sgd", "W 2.6", GuaranteeMeasure.LastGap)
        {
            StepFormula = "any η ≤ 1/H; for a horizon min(1/H, ln(2μ²ΔT/(Hσ²))/(μT)), or without Δ and σ min(1/H, 2ln T/(μT))",
            BoundFormula = "(1 − μη)^T Δ + Hσ²η/(2μ)",
            Assumptions = [Assumption.Smooth, Assumption.PolyakLojasiewicz, Assumption.BoundedBelow, Assumption.BoundedVariance,
                Assumption.Fresh],
            Prescribe = s => Prescription.Constant(Horizon(s)),
            BoundUnder = (s, p) => (Decay(s.MuPl * p.Eta, s.T) * s.Delta) + (s.H * s.Variance * p.Eta / (2 * s.MuPl)),
            Admits = ConstantToInverseH,
        },
        new("G26", "SGD, PL, decaying steps", "sgd", "W 2.7 (re-derived; as printed it forgets Δ, and η ≤ 1/H)", GuaranteeMeasure.LastGap)
        {
            StepFormula = "2/(μ(t + 2κ)), t from 0; or 1/(μ(t + κ))",
            BoundFormula = "((2κ−1)(2κ−2)Δ + 2THσ²/μ²)/((T+2κ−1)(T+2κ−2)); or ((κ−1)Δ + (Hσ²/(2μ²))(1/κ + ln(1 + (T−1)/κ)))/(T+κ−1)",
            Assumptions = [Assumption.Smooth, Assumption.PolyakLojasiewicz, Assumption.BoundedBelow, Assumption.BoundedVariance,
                Assumption.Fresh],
            Prescribe = s => new Prescription(new InverseTime(1 / s.H, s.MuPl / (2 * s.H))),
            BoundUnder = Decaying,
        },
        new("G29", "Ridge as a regulariser of gradient descent", "gd", "C 21 (the printed chain drops a term; with ‖w*‖ it holds)",
            GuaranteeMeasure.LastGap)
        {
            PrescribesPenalty = true,
            StepFormula = "λ = (2H/T)ln(T/2), η = 1/(H + λ), w₁ = 0, T > 2", BoundFormula = "(HD²/T)(1 + ln(T/2)) on F without the penalty",
            Assumptions = [Assumption.Convex, Assumption.Smooth, Assumption.Near],
            Prescribe = s => TheoryStep.Ridge(s.H, Math.Max(3, s.Steps)) is var (lambda, eta)
                ? new Prescription(eta) { Ridge = lambda }
                : Prescription.Constant(1 / s.H),
            BoundUnder = (s, _) => s.T > 2 ? s.H * s.D * s.D / s.T * (1 + Math.Log(s.T / 2)) : double.PositiveInfinity,
            GradientsPerStep = Full, IsDeterministic = true,
        },
        new("M9", "Accelerated gradient, strongly convex", "accelerated", "C 22 (left as homework there); Nesterov 2004",
            GuaranteeMeasure.LastGap)
        {
            StepFormula = "1/H, β = (√κ−1)/(√κ+1)", BoundFormula = "(1 − 1/√κ)^T (Δ + μD²/2)",
            Assumptions = [Assumption.Smooth, Assumption.StronglyConvex, Assumption.BoundedBelow, Assumption.Near],
            Prescribe = s => new Prescription(TheoryStep.GradientDescent(s.H)),
            BoundUnder = (s, _) => Decay(1 / Math.Sqrt(s.Kappa), s.T) * (s.Delta + (s.Mu * s.D * s.D / 2)), GradientsPerStep = Full,
            IsDeterministic = true,
        },
    ];
}
