namespace Descent.Models.Losses;

/// <summary>
/// A loss with two straight pieces, <c>φ(z; y) = max over u ∈ [l, h] of u·m</c>, of the affine margin <c>m = c − s·z</c>.
/// A risk of such a loss can be solved by an interior-point method.
/// </summary>
public interface IPiecewiseLinearLoss : IMarginLoss
{
    /// <summary>Lower slope l ≤ 0.</summary>
    double LowerSlope { get; }

    /// <summary>Upper slope h ≥ 0.</summary>
    double UpperSlope { get; }

    /// <summary>c and s of the margin of a label.</summary>
    (double Offset, double Turn) Margin(double y);
}
