using Descent.StepSizes;

namespace Descent.Guarantees;

// Smooth objectives that need not be convex: G4–G7, G15, G20, G21.
public static partial class Theory
{
    // 2Δ/(ηT) + Hησ², the mean of E‖∇F‖² for every η ≤ 1/H.
    static double DescentLemma(Situation s, Prescription p) => (2 * s.Delta / (p.Eta * s.T)) + (s.H * p.Eta * s.Variance);

    // L_{t+1} ≤ L_t − η_t‖∇F‖² + Hη_t²G²/2, divided by Tη_T; for c/√t the sum of squares is at most c²(1 + ln T).
    static double SquareRoots(Situation s, Prescription p)
    {
        if (p.StepSize is Power { P: 0.5 })
            return (s.Delta / (p.Eta * Math.Sqrt(s.T))) + (s.H * s.G * s.G * p.Eta * (1 + Math.Log(s.T)) / (2 * Math.Sqrt(s.T)));
        Course course = Course.Of(p.StepSize, s.Steps);
        return (s.Delta / (s.T * course.Last)) + (s.H * s.G * s.G * course.Squares / (2 * s.T * course.Last));
    }

    static Verdict Decreasing(Situation s, IStepSize step) => Course.Of(step, s.Steps).Decreases
        ? Verdict.Holds("step sizes that never grow")
        : Verdict.Violated("the step sizes grow somewhere, or depend on the gradients");

    static Prescription Momentum((double Alpha, Constant Eta) pair) =>
        new(pair.Eta) { Numbers = new Dictionary<string, double> { ["momentum"] = 1 - pair.Alpha } };

    static double Alpha(Prescription p) => 1 - p.Number("momentum", 0);

    static Guarantee[] Smooth =>
    [
        new("G4", "Gradient descent, smooth", "gd", "C 5.8", GuaranteeMeasure.SquaredGradient)
        {
            StepFormula = "1/H", BoundFormula = "2Δ/(ηT) for any η ≤ 1/H",
            Assumptions = [Assumption.Smooth, Assumption.BoundedBelow],
            Prescribe = s => new Prescription(TheoryStep.GradientDescent(s.H)),
            BoundUnder = (s, p) => 2 * s.Delta / (p.Eta * s.T), Admits = ConstantToInverseH, GradientsPerStep = Full,
            IsDeterministic = true,
        },
        new("G5", "SGD, smooth, bounded variance", "sgd", "C 6.1", GuaranteeMeasure.SquaredGradient)
        {
            StepFormula = "min(1/H, √Δ/(σ√(HT)))",
            BoundFormula = "2Δ/(ηT) + Hησ² for any η ≤ 1/H; at the prescribed one ≤ 2ΔH/T + 3σ√(ΔH/T)",
            Assumptions = [Assumption.Smooth, Assumption.BoundedBelow, Assumption.BoundedVariance, Assumption.Fresh],
            Prescribe = s => new Prescription(TheoryStep.Sgd(s.H, s.Delta, s.Sigma, s.Steps)),
            BoundUnder = DescentLemma, Admits = ConstantToInverseH,
        },
        new("G6", "SGD, smooth, decaying steps", "sgd", "C 6.2 (on the squared norm; (1 + ln T)/2)", GuaranteeMeasure.SquaredGradient)
        {
            StepFormula = "c/√t, c = √(2Δ/(HG²(1 + ln T)))",
            BoundFormula = "Δ/(c√T) + HG²c(1 + ln T)/(2√T) for any c > 0; for any decreasing η_t: Δ/(Tη_T) + HG²Ση_t²/(2Tη_T)",
            Assumptions = [Assumption.Smooth, Assumption.BoundedBelow, Assumption.SecondMoment, Assumption.Fresh],
            Prescribe = s =>
                new Prescription(TheoryStep.SquareRoot(
                    double.IsNaN(s.Scale) ? Math.Sqrt(2 * s.Delta / (s.H * s.G * s.G * (1 + Math.Log(s.T)))) : s.Scale)),
            BoundUnder = SquareRoots, Admits = Decreasing,
        },
        new("G7", "Mini-batch SGD, smooth", "sgd", "C 7.2", GuaranteeMeasure.SquaredGradient)
        {
            StepFormula = "min(1/H, √(ΔB)/(σ√(HT)))",
            BoundFormula = "2Δ/(ηT) + Hησ²/B for any η ≤ 1/H; at the prescribed one ≤ 2ΔH/T + 3σ√(ΔH/(BT))",
            Assumptions = [Assumption.Smooth, Assumption.BoundedBelow, Assumption.BoundedVariance, Assumption.Fresh],
            Prescribe = s => new Prescription(TheoryStep.Sgd(s.H, s.Delta, Math.Sqrt(s.Constants.Variance.Value), s.Steps, s.Batch)),
            BoundUnder = DescentLemma, Admits = ConstantToInverseH,
        },
        new("G15", "Momentum as an exponential average, smooth", "ema-momentum",
            "C 20.3 (re-derived with the potential F + (η/2α)‖m − ∇F‖²)", GuaranteeMeasure.SquaredGradient)
        {
            StepFormula = "η = α/H, α = min(1, √((2HΔ + σ²)/(σ²T)))", BoundFormula = "2Δ/(ηT) + σ²/(αT) + ασ² for any η ≤ α/H",
            Assumptions = [Assumption.Smooth, Assumption.BoundedBelow, Assumption.BoundedVariance, Assumption.Fresh],
            Prescribe = s => Momentum(TheoryStep.Momentum(s.H, s.Delta, s.Sigma, s.Steps)),
            BoundUnder = (s, p) => (2 * s.Delta / (p.Eta * s.T)) + (s.Variance / (Alpha(p) * s.T)) + (Alpha(p) * s.Variance),
        },
        new("G20", "Normalised SGD with momentum, smooth", "normalised", "C 24.3 (re-derived: ⟨∇F, m/‖m‖⟩ ≥ ‖∇F‖ − 2‖m − ∇F‖)",
            GuaranteeMeasure.Gradient)
        {
            StepFormula = "η = √(Δα/(HT)), α = min(1, √(ΔH)/(σ√T))", BoundFormula = "Δ/(ηT) + Hη(½ + 2(1−α)/α) + 2σ√α + 2σ(1−α)/(αT)",
            Assumptions = [Assumption.Smooth, Assumption.BoundedBelow, Assumption.BoundedVariance, Assumption.Fresh],
            Prescribe = s => Momentum(TheoryStep.Normalised(s.H, s.Delta, s.Sigma, s.Steps)),
            BoundUnder = (s, p) => Normalised(s, p, Alpha(p)),
        },
        new("G21", "Normalised SGD with variance-reduced momentum (STORM)", "storm", "C 24.5 (as G20)", GuaranteeMeasure.Gradient)
        {
            StepFormula = "η = √(Δ√α/(HT)), α = min(1, (ΔH)^⅔/(σ^{4/3}T^⅔))",
            BoundFormula = "Δ/(ηT) + Hη(½ + 2(1−α)/√α) + 2σ√α + 2σ(1−α)/(αT)",
            Assumptions = [Assumption.EachSmooth, Assumption.BoundedBelow, Assumption.BoundedVariance, Assumption.Fresh],
            Prescribe = s => Momentum(TheoryStep.Storm(s.HSample, s.Delta, s.Sigma, s.Steps)),
            BoundUnder = (s, p) =>
                Normalised(s with { Constants = s.Constants with { Smoothness = s.Constants.SampleSmoothness } }, p, Math.Sqrt(Alpha(p))),
            GradientsPerStep = s => 2 * s.Batch,
        },
    ];

    static double Normalised(Situation s, Prescription p, double root)
    {
        double alpha = Alpha(p), rest = 1 - alpha;
        return (s.Delta / (p.Eta * s.T)) + (s.H * p.Eta * (0.5 + (2 * rest / root))) + (2 * s.Sigma * Math.Sqrt(alpha))
            + (2 * s.Sigma * rest / (alpha * s.T));
    }
}
