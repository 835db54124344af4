using Descent.Algorithms;
using Descent.StepSizes;

namespace Descent.Guarantees;

// Steps that follow the gradients: G8, G9, G12, G13.
public static partial class Theory
{
    // c balances Δ/c against (H c/2)·ln; ε is where the last term of K stops to matter.
    static Prescription Scaled(Situation s) => new(new Constant(double.IsNaN(s.Scale) ? Math.Sqrt(2 * s.Delta / s.H) : s.Scale))
    {
        Numbers = new Dictionary<string, double> { ["eps"] = double.IsNaN(s.Epsilon) ? s.GSample : s.Epsilon },
    };

    static double OverEpsilon(Prescription p) => p.Eta / p.Number("eps", 0);

    static Prescription Projected(Situation s) =>
        new(TheoryStep.Adaptive(s.Radius)) { Numbers = new Dictionary<string, double> { ["radius"] = s.Radius } };

    static Guarantee[] Adaptive =>
    [
        new("G8", "AdaGrad-norm, smooth", "adagrad-norm", "C 10.3 (re-derived by Minkowski's inequality)", GuaranteeMeasure.Gradient)
        {
            StepFormula = "c, ε > 0; c = √(2Δ/H), ε = G_ℓ when left out",
            BoundFormula = "(K + √(Kε))/√T + √(Kσ)/T^¼, K = Δ/c + (Hc/2)ln(1 + T(G² + σ²)/ε²) + G·G_ℓ/ε",
            Assumptions = [Assumption.Smooth, Assumption.BoundedBelow, Assumption.Lipschitz, Assumption.SampleBounded,
                Assumption.BoundedVariance, Assumption.Fresh],
            Prescribe = Scaled, LargestStep = OverEpsilon,
            BoundUnder = (s, p) =>
            {
                double e = p.Number("eps", 0), c = p.Eta,
                    k = (s.Delta / c) + (s.H * c / 2 * Math.Log(1 + (s.T * ((s.G * s.G) + s.Variance) / (e * e)))) + (s.G * s.GSample / e);
                return ((k + Math.Sqrt(k * e)) / Math.Sqrt(s.T)) + (Math.Sqrt(k * s.Sigma) / Math.Pow(s.T, 0.25));
            },
            Remark = "σ² may be the mean of the variances met.",
        },
        new("G9", "Corrected EMA-norm, smooth", "ema-norm-corrected", "C 12.1 (the notes drop c², and c in the second form)",
            GuaranteeMeasure.SquaredGradient)
        {
            StepFormula = "c, η₀ = c/ε",
            BoundFormula = "(Q/(cT))·max(ε, G_ℓ√(T/(1−β))), Q = Δ + (Hc²/2)(1 + ln T) + (c/ε)G·G_ℓ; without ‖g‖ ≤ G_ℓ: EΣη_{t−1}‖∇F‖² ≤ Q",
            Assumptions = [Assumption.Smooth, Assumption.BoundedBelow, Assumption.Lipschitz, Assumption.SampleBounded, Assumption.Fresh],
            Prescribe = s => Scaled(s) is var p
                ? p with { Numbers = new Dictionary<string, double>(p.Numbers) { ["beta2"] = s.Decay } }
                : p, LargestStep = OverEpsilon,
            BoundUnder = (s, p) =>
            {
                double e = p.Number("eps", 0), c = p.Eta, q = s.Delta + (s.H * c * c / 2 * (1 + Math.Log(s.T))) + (c / e * s.G * s.GSample);
                return q / (c * s.T) * Math.Max(e, s.GSample * Math.Sqrt(s.T / (1 - p.Number("beta2", s.Decay))));
            },
        },
        new("G12", "Adaptive steps with projection onto a ball, convex", "adaptive-ball", "C 16.2 (the projection is needed)",
            GuaranteeMeasure.AverageGap)
        {
            StepFormula = "c = √2·D₂", BoundFormula = "2√2·D₂·E√(Σ‖g‖²)/T ≤ 2√2·D₂G/√T",
            Assumptions = [Assumption.Convex, Assumption.WithinRadius, Assumption.SecondMoment, Assumption.Fresh],
            Prescribe = Projected,
            BoundUnder = (s, _) => 2 * Math.Sqrt(2) * s.Radius * s.G / Math.Sqrt(s.T),
            BoundFromRun = (s, _, r) => 2 * Math.Sqrt(2) * s.Radius * Math.Sqrt(r.SquaredGradients) / r.Steps,
            Average = AverageKind.Uniform,
        },
        new("G13", "AdaGrad with projection onto a box, convex", "adagrad-box", "C 16.3 (two slips of the proof cancel)",
            GuaranteeMeasure.AverageGap)
        {
            StepFormula = "c = √2·D∞", BoundFormula = "2√2·D∞·E Σᵢ√(Σ g[i]²)/T ≤ 2√2·D∞G√(d/T)",
            Assumptions = [Assumption.Convex, Assumption.WithinRadius, Assumption.SecondMoment, Assumption.Fresh],
            Prescribe = Projected,
            BoundUnder = (s, _) => 2 * Math.Sqrt(2) * s.Radius * s.G * Math.Sqrt(s.Constants.Dimension / s.T),
            BoundFromRun = (s, _, r) => 2 * Math.Sqrt(2) * s.Radius * r.CoordinateRoots / r.Steps, Average = AverageKind.Uniform,
        },
    ];
}
