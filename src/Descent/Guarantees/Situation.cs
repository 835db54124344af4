using Descent.Oracles;

namespace Descent.Guarantees;

/// <summary>A problem, a horizon and the free numbers of a method: what a theorem is asked about.</summary>
/// <param name="Constants">Constants of the problem.</param>
/// <param name="Steps">Horizon T ≥ 1.</param>
/// <param name="Batch">Examples a step, B ≥ 1.</param>
public sealed record Situation(ProblemConstants Constants, long Steps, double Batch = 1)
{
    /// <summary>How examples are drawn.</summary>
    public SampleOrder Order { get; init; } = SampleOrder.Replacement;

    /// <summary>Radius D₂ of the ball, or half-width D∞ of the box, that is projected on.</summary>
    public double Radius { get; init; } = double.NaN;

    /// <summary>c of the adaptive steps; NaN takes the one that balances the bound.</summary>
    public double Scale { get; init; } = double.NaN;

    /// <summary>ε of the adaptive steps; NaN takes the one that balances the bound.</summary>
    public double Epsilon { get; init; } = double.NaN;

    /// <summary>β of the exponential sum of G9.</summary>
    public double Decay { get; init; } = 0.9;

    /// <summary>Staleness τ of G14.</summary>
    public double Staleness { get; init; }

    /// <summary>Contraction factor α of G27, in [0, 1).</summary>
    public double Contraction { get; init; } = double.NaN;

    /// <summary>‖∇F(w)‖ of the point that G17 certifies.</summary>
    public double GradientNorm { get; init; } = double.NaN;

    /// <summary>λ &gt; 0 with <c>vᵀ∇²F v ≤ −λ</c>, of the step that G23 takes.</summary>
    public double Descent { get; init; } = double.NaN;

    /// <summary>Largest step size that will be used; NaN takes the theorem's own.</summary>
    public double LargestStep { get; init; } = double.NaN;

    /// <summary>T as a real number.</summary>
    public double T => Steps;

    /// <summary>H.</summary>
    public double H => Constants.Smoothness.Value;

    /// <summary>H of the worst example.</summary>
    public double HSample => Constants.SampleSmoothness.Value;

    /// <summary>μ.</summary>
    public double Mu => Constants.StrongConvexity.Value;

    /// <summary>The constant of the Polyak–Łojasiewicz inequality: μ, or what is known beyond it.</summary>
    public double MuPl => Constants.PolyakLojasiewicz.Value > Mu || !(Mu > 0) ? Constants.PolyakLojasiewicz.Value : Mu;

    /// <summary>κ = H/μ.</summary>
    public double Kappa => H / Mu;

    /// <summary>G.</summary>
    public double G => Constants.Lipschitz.Value;

    /// <summary>G_ℓ.</summary>
    public double GSample => Constants.SampleLipschitz.Value;

    /// <summary>σ²/B: the variance of a step's gradient.</summary>
    public double Variance => Constants.Variance.Value / Batch;

    /// <summary>σ/√B.</summary>
    public double Sigma => Math.Sqrt(Variance);

    /// <summary>J.</summary>
    public double J => Constants.HessianLipschitz.Value;

    /// <summary>Δ.</summary>
    public double Delta => Constants.Gap.Value;

    /// <summary>D.</summary>
    public double D => Constants.Distance.Value;

    /// <summary>σ*².</summary>
    public double OptimumNoise => Constants.OptimumNoise.Value;

    /// <summary>F* less the dual objective at the start.</summary>
    public double DualGap => Constants.DualGap.Value;

    /// <summary>ρ of strong growth.</summary>
    public double Rho => Constants.Growth.Value;

    /// <summary>γ.</summary>
    public double Gamma => Constants.NegativeCurvature.Value;

    /// <summary>n.</summary>
    public double N => Constants.Count;
}
