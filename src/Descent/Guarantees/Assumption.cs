using Descent.Oracles;

namespace Descent.Guarantees;

/// <summary>What a theorem asks of a problem and of how it is sampled.
/// A constant that the bound contains is an assumption by its name: that the number given for it is large enough.</summary>
/// <param name="Text">The assumption in words.</param>
/// <param name="Judge">Says what is known of it.</param>
/// <param name="Symbol">The constant it is about; empty when it is about none.</param>
public sealed record Assumption(string Text, Func<Situation, Verdict> Judge, string Symbol = "")
{
    /// <summary>F is convex.</summary>
    public static Assumption Convex { get; } = new("F convex", s => s.Constants.Convexity);

    /// <summary>F is H-smooth.</summary>
    public static Assumption Smooth { get; } = new("F H-smooth",
        s => s.Constants.Kinks is { } why ? Verdict.Violated(why) : Verdict.Of(s.Constants.Smoothness), "H");

    /// <summary>Every ℓ(·, z) is smooth.</summary>
    public static Assumption EachSmooth { get; } = new("every ℓ(·, z) H-smooth",
        s => s.Constants.Kinks is { } why ? Verdict.Violated(why) : Verdict.Of(s.Constants.SampleSmoothness), "H");

    /// <summary>‖∇F‖ ≤ G.</summary>
    public static Assumption Lipschitz { get; } = new("F G-Lipschitz", s => Bounded(s, s.Constants.Lipschitz), "G");

    /// <summary>E‖∇ℓ‖² ≤ G².</summary>
    public static Assumption SecondMoment { get; } = new("E‖∇ℓ‖² ≤ G² at every iterate", s => Bounded(s, s.Constants.Lipschitz), "G");

    /// <summary>‖∇ℓ‖ ≤ G_ℓ.</summary>
    public static Assumption SampleBounded { get; } = new("‖∇ℓ‖ ≤ G_ℓ for every example",
        s => Bounded(s, s.Constants.SampleLipschitz), "G_ℓ");

    /// <summary>E‖∇ℓ − ∇F‖² ≤ σ².</summary>
    public static Assumption BoundedVariance { get; } = new("E‖∇ℓ − ∇F‖² ≤ σ²", s => Verdict.Of(s.Constants.Variance), "σ²");

    /// <summary>F is μ-strongly convex, μ &gt; 0.</summary>
    public static Assumption StronglyConvex { get; } = new("F μ-strongly convex", Strong, "μ");

    /// <summary>½‖∇F‖² ≥ μ(F − inf F).</summary>
    public static Assumption PolyakLojasiewicz { get; } = new("½‖∇F‖² ≥ μ(F − F*)",
        s => s.Constants.PolyakLojasiewicz is { Value: > 0 } pl ? Verdict.Of(pl) : Strong(s), "μ");

    /// <summary>∇²F is J-Lipschitz.</summary>
    public static Assumption HessianLipschitz { get; } = new("∇²F J-Lipschitz", s => Verdict.Of(s.Constants.HessianLipschitz), "J");

    /// <summary>∇²F ⪰ −γI.</summary>
    public static Assumption AlmostConvex { get; } = new("−γI ⪯ ∇²F ⪯ HI", s => Verdict.Of(s.Constants.NegativeCurvature), "γ");

    /// <summary>F is bounded below, and the initial gap is at most the Δ of the bound.</summary>
    public static Assumption BoundedBelow { get; } = new("F(w₁) − inf F ≤ Δ", s => Verdict.Of(s.Constants.Gap), "Δ");

    /// <summary>The start is at most the D of the bound away from a minimiser.</summary>
    public static Assumption Near { get; } = new("‖w₁ − w*‖ ≤ D", s => Verdict.Of(s.Constants.Distance), "D");

    /// <summary>Single gradients at the minimiser are no larger than the σ*² of the bound.</summary>
    public static Assumption OptimumNoise { get; } = new("mean of ‖∇ℓᵢ(w*)‖² ≤ σ*²", s => Verdict.Of(s.Constants.OptimumNoise), "σ*²");

    /// <summary>The dual gap at the start is at most the Δ_D of the bound.</summary>
    public static Assumption DualGap { get; } = new("F* − dual at 0 ≤ Δ_D", s => Verdict.Of(s.Constants.DualGap), "Δ_D");

    /// <summary>E‖∇ℓ‖² ≤ ρ‖∇F‖²: every single gradient vanishes where the full one does.</summary>
    public static Assumption StrongGrowth { get; } = new("E‖∇ℓ‖² ≤ ρ‖∇F‖² everywhere (interpolation)",
        s => Verdict.Of(s.Constants.Growth), "ρ");

    /// <summary>Samples are drawn afresh.</summary>
    public static Assumption Fresh { get; } = new("samples drawn afresh, or in one pass", s => s.Order switch
    {
        SampleOrder.Replacement => Verdict.Holds("samples are drawn with replacement"),
        SampleOrder.Sequential when s.Constants.Count > 0 && (s.Steps - 1) * s.Batch < s.Constants.Count =>
            Verdict.Holds("each example is used at most once"),
        _ => Verdict.Violated("shuffled epochs are no independent draws; `Order = replacement` is"),
    });

    /// <summary>Examples of a finite sum are drawn uniformly with replacement.</summary>
    public static Assumption Replacement { get; } = new("examples drawn with replacement", s => s.Order == SampleOrder.Replacement
        ? Verdict.Holds("samples are drawn with replacement")
        : Verdict.Violated("shuffled epochs are no independent draws; `Order = replacement` is"));

    /// <summary>F is a finite sum.</summary>
    public static Assumption FiniteSum { get; } = new("F a finite sum of convex, smooth ℓ", s => s.Constants.Count == 0
        ? Verdict.Violated("F is an expectation")
        : s.Constants.Kinks is { } why ? Verdict.Violated(why)
        : s.Constants.Convexity.Standing == Standing.Holds ? Verdict.Of(s.Constants.SampleSmoothness) : s.Constants.Convexity, "H");

    /// <summary>The minimiser and the start lie in the ball or box that is projected on.</summary>
    public static Assumption WithinRadius { get; } = new("w₁ and w* within the radius",
        s => double.IsNaN(s.Radius) ? Verdict.Unknown("no radius was given")
        : Verdict.Of(s.Constants.Distance) is { Standing: Standing.Holds or Standing.Assumed } d
            ? s.Constants.Distance.Value <= s.Radius
                ? d with { Reason = $"‖w₁ − w*‖ ≤ {BoundFormat.AtMost(s.Constants.Distance.Value)} from w₁ = 0" }
                : Verdict.Unknown($"‖w*‖ is only known to be at most {BoundFormat.AtMost(s.Constants.Distance.Value)}")
            : Verdict.Unknown(s.Constants.Distance.Sentence), "D");

    static Verdict Strong(Situation s) => s.Constants.StrongConvexity is { Value: > 0 } mu
        ? Verdict.Of(mu)
        : Verdict.Violated("no μ > 0 is certain: " + s.Constants.StrongConvexity.How);

    // A bound on gradients that rests on where the iterates can get to holds only for steps that keep them there.
    static Verdict Bounded(Situation s,
        Quantity g) => Verdict.Of(g) is { Standing: Standing.Holds } v && s.Constants.StepLimit < double.PositiveInfinity
            && !(s.LargestStep <= s.Constants.StepLimit)
        ? Verdict.Unknown(FormattableString.Invariant(
            $"{g.Symbol} holds for step sizes up to {BoundFormat.AtLeast(s.Constants.StepLimit)}; here the largest is {s.LargestStep:G4}"))
        : Verdict.Of(g);
}
