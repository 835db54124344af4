namespace Descent.Models.Linear;

/// <summary>What a certificate asks of a likelihood of which no dual is known: how far its terms reach, for bounds of rounding and of
/// third derivatives.</summary>
public interface IWholeLikelihood
{
    /// <summary>What third derivatives are bounded by, in words.</summary>
    string Words { get; }

    /// <summary>The share of the weights that has terms.</summary>
    double Mass { get; }

    /// <summary>For every parameter a bound on the derivative of a term by it, and whose square bounds its part of the Hessian: what their
    /// rounding is in proportion to.</summary>
    double[] Reach(ReadOnlySpan<double> w);

    /// <summary>What the rounding of the terms is in proportion to.</summary>
    /// <param name="w">Parameters.</param>
    /// <param name="margins">A bound on the sums of the absolute values that make a margin.</param>
    double TermSize(ReadOnlySpan<double> w, double margins);

    /// <summary>R with <c>|f‴| ≤ R f″</c> along every line w + sv, |s| at most the radius, on which <c>vᵀGv = 1</c>; +∞ where there is
    /// none.</summary>
    /// <param name="w">Parameters.</param>
    /// <param name="lengths">ℓ with <c>|uᵀv| ≤ √Σ(uⱼℓⱼ)²</c> for every such v and every u.</param>
    /// <param name="radius">≥ 0.</param>
    double ThirdDerivative(ReadOnlySpan<double> w, ReadOnlySpan<double> lengths, double radius);
}
