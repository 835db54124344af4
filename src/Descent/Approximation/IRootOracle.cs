using Descent.Oracles;

namespace Descent.Approximation;

/// <summary>A function M: ℝᵈ → ℝᵈ of which only noisy observations may be asked, <c>y = M(θ) + noise</c> with mean zero.
/// Source: P 19.6; Robbins and Monro 1951.</summary>
public interface IRootOracle
{
    /// <summary>d ≥ 1.</summary>
    int Dimension { get; }

    /// <summary>Writes y, length d. The noise is a pure function of the sample,
    /// so that an observation can be repeated at another θ.</summary>
    void Observe(ReadOnlySpan<double> theta, Sample sample, Span<double> y);
}
