using Descent.Oracles;

namespace Descent.Guarantees;

/// <summary>What a theorem asks of a problem and of how it is sampled.</summary>
/// <param name="Text">The assumption in words.</param>
/// <param name="Judge">Says what is known of it.</param>
public sealed record Assumption(string Text, Func<Situation, Verdict> Judge)
{
    /// <summary>F is convex.</summary>
    public static Assumption Convex { get; } = new("F convex", s => s.Constants.Convexity);

    /// <summary>F is H-smooth.</summary>
    public static Assumption Smooth { get; } = new("F H-smooth", s => s.Constants.Kinks is { } why ? Verdict.Violated(why) : Verdict.Of(s.Constants.Smoothness));

    /// <summary>Every ℓ(·, z) is smooth.</summary>
    public static Assumption EachSmooth { get; } = new("every ℓ(·, z) H-smooth", s => s.Constants.Kinks is { } why ? Verdict.Violated(why) : Verdict.Of(s.Constants.SampleSmoothness));

    /// <summary>‖∇F‖ ≤ G.</summary>
    public static Assumption Lipschitz { get; } = new("F G-Lipschitz", s => Verdict.Of(s.Constants.Lipschitz));

    /// <summary>E‖∇ℓ‖² ≤ G².</summary>
    public static Assumption SecondMoment { get; } = new("E‖∇ℓ‖² ≤ G² at every iterate", s => Verdict.Of(s.Constants.Lipschitz));

    /// <summary>‖∇ℓ‖ ≤ G_ℓ.</summary>
    public static Assumption SampleBounded { get; } = new("‖∇ℓ‖ ≤ G_ℓ for every example", s => Verdict.Of(s.Constants.SampleLipschitz));

    /// <summary>E‖∇ℓ − ∇F‖² ≤ σ².</summary>
    public static Assumption BoundedVariance { get; } = new("E‖∇ℓ − ∇F‖² ≤ σ²", s => Verdict.Of(s.Constants.Variance));

    /// <summary>F is μ-strongly convex, μ &gt; 0.</summary>
    public static Assumption StronglyConvex { get; } = new("F μ-strongly convex", Strong);

    /// <summary>½‖∇F‖² ≥ μ(F − inf F).</summary>
    public static Assumption PolyakLojasiewicz { get; } = new("½‖∇F‖² ≥ μ(F − F*)", Strong);

    /// <summary>∇²F is J-Lipschitz.</summary>
    public static Assumption HessianLipschitz { get; } = new("∇²F J-Lipschitz", s => Verdict.Of(s.Constants.HessianLipschitz));

    /// <summary>∇²F ⪰ −γI.</summary>
    public static Assumption AlmostConvex { get; } = new("−γI ⪯ ∇²F ⪯ HI", s => Verdict.Of(s.Constants.NegativeCurvature));

    /// <summary>F is bounded below, which Δ &lt; ∞ says.</summary>
    public static Assumption BoundedBelow { get; } = new("F bounded below", s => Verdict.Of(s.Constants.Gap));

    /// <summary>Samples are drawn afresh.</summary>
    public static Assumption Fresh { get; } = new("samples drawn afresh, or in one pass", s => s.Order switch
    {
        SampleOrder.Replacement => Verdict.Holds("samples are drawn with replacement"),
        SampleOrder.Sequential when s.Constants.Count > 0 && (s.Steps - 1) * s.Batch < s.Constants.Count => Verdict.Holds("each example is used at most once"),
        _ => Verdict.Violated("shuffled epochs are no independent draws; --order replacement is"),
    });

    /// <summary>F is a finite sum.</summary>
    public static Assumption FiniteSum { get; } = new("F a finite sum of convex, smooth ℓ", s => s.Constants.Count == 0
        ? Verdict.Violated("F is an expectation")
        : s.Constants.Kinks is { } why ? Verdict.Violated(why)
        : s.Constants.Convexity.Standing == Standing.Holds ? Verdict.Of(s.Constants.SampleSmoothness) : s.Constants.Convexity);

    /// <summary>The minimiser and the start lie in the ball or box that is projected on.</summary>
    public static Assumption WithinRadius { get; } = new("w₁ and w* within the radius", s => double.IsNaN(s.Radius)
        ? Verdict.Unknown("no radius was given")
        : s.Constants.Distance is { IsKnown: true, Evidence: not Evidence.Estimate } d
            ? d.Value <= s.Radius ? Verdict.Holds(FormattableString.Invariant($"‖w₁ − w*‖ ≤ {d.Value:G4} from w₁ = 0")) : Verdict.Unknown(FormattableString.Invariant($"‖w*‖ is only known to be at most {d.Value:G4}"))
            : Verdict.Unknown(s.Constants.Distance.Sentence));

    static Verdict Strong(Situation s) => s.Constants.StrongConvexity is { Value: > 0 } mu
        ? Verdict.Of(mu)
        : Verdict.Violated("no μ > 0 is certain: " + s.Constants.StrongConvexity.How);
}
