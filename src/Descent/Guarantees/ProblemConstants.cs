namespace Descent.Guarantees;

/// <summary>The constants that step sizes, guarantees and certificates speak about. Those not asked for are unknown, and say so.</summary>
public sealed record ProblemConstants
{
    const string NotAsked = "not asked for";

    /// <summary>H: <c>‖∇²F‖ ≤ H</c>.</summary>
    public required Quantity Smoothness { get; init; }

    /// <summary>The same for the worst single example.</summary>
    public required Quantity SampleSmoothness { get; init; }

    /// <summary>μ ≥ 0: F is μ-strongly convex.</summary>
    public required Quantity StrongConvexity { get; init; }

    /// <summary>The part of μ that the penalties alone give: the smallest λⱼ.</summary>
    public double Penalty { get; init; }

    /// <summary>G: <c>E‖∇ℓ(w; z)‖² ≤ G²</c> at every iterate; then <c>‖∇F‖ ≤ G</c> too.</summary>
    public Quantity Lipschitz { get; init; } = Quantity.Unknown("G", NotAsked);

    /// <summary>G_ℓ: <c>‖∇ℓ(w; z)‖ ≤ G_ℓ</c> for every example, at every iterate.</summary>
    public Quantity SampleLipschitz { get; init; } = Quantity.Unknown("G_ℓ", NotAsked);

    /// <summary>σ²: <c>E‖∇ℓ(w; z) − ∇F(w)‖² ≤ σ²</c> for one example.</summary>
    public Quantity Variance { get; init; } = Quantity.Unknown("σ²", NotAsked);

    /// <summary>J: <c>‖∇²F(w) − ∇²F(v)‖ ≤ J‖w − v‖</c>.</summary>
    public Quantity HessianLipschitz { get; init; } = Quantity.Unknown("J", NotAsked);

    /// <summary>Δ = F(w₁) − inf F.</summary>
    public Quantity Gap { get; init; } = Quantity.Unknown("Δ", NotAsked);

    /// <summary>D = ‖w₁ − w*‖.</summary>
    public Quantity Distance { get; init; } = Quantity.Unknown("D", NotAsked);

    /// <summary>γ ≥ 0: <c>∇²F ⪰ −γI</c>.</summary>
    public Quantity NegativeCurvature { get; init; } = Quantity.Unknown("γ", NotAsked);

    /// <summary>Whether F is convex, with the reason.</summary>
    public Verdict Convexity { get; init; } = new(Standing.Unknown, "nothing is known of the shape of F");

    /// <summary>σ*²: the mean of <c>‖∇ℓ(w*; zᵢ)‖²</c> at the minimiser, penalties apart;
    /// what a table of gradients that begins with zeros is away from.</summary>
    public Quantity OptimumNoise { get; init; } = Quantity.Unknown("σ*²", NotAsked);

    /// <summary>F* less the dual objective at zero dual variables, where dual ascent begins.</summary>
    public Quantity DualGap { get; init; } = Quantity.Unknown("Δ_D", NotAsked);

    /// <summary>ρ: <c>E‖∇ℓ(w; z)‖² ≤ ρ‖∇F(w)‖²</c> everywhere (strong growth);
    /// infinite when single gradients do not vanish together.</summary>
    public Quantity Growth { get; init; } = Quantity.Unknown("ρ", NotAsked);

    /// <summary>Polyak–Łojasiewicz constant beyond what strong convexity gives; unknown when none is.</summary>
    public Quantity PolyakLojasiewicz { get; init; } = Quantity.Unknown("μ", NotAsked);

    /// <summary>Largest step size under which G and G_ℓ hold along a run; ∞ when they hold everywhere.</summary>
    public double StepLimit { get; init; } = double.PositiveInfinity;

    /// <summary>Why F is not smooth although a scale for step sizes is known; null when it is smooth.</summary>
    public string? Kinks { get; init; }

    /// <summary>Whether the constants are measured on the rows at hand: of rows never seen they then say nothing.</summary>
    public bool OfRows { get; init; }

    /// <summary>Number of examples n; 0 for an expectation.</summary>
    public int Count { get; init; }

    /// <summary>Number of parameters d.</summary>
    public int Dimension { get; init; } = 1;

    /// <summary>All of them, in the order of the notes.</summary>
    public IReadOnlyList<Quantity> All => [Smoothness, SampleSmoothness, StrongConvexity, Lipschitz, SampleLipschitz, Variance,
        HessianLipschitz, Gap, Distance, NegativeCurvature, OptimumNoise, DualGap, Growth];
}
