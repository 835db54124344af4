namespace Descent.Mixtures.Search;

/// <summary>
/// What the first two derivatives of the log-likelihood say about a point, in coordinates free of the columns' units:
/// log-ratios of the shares, means and factors of covariances in units of the component's own covariance.
/// The likelihood of a mixture has several maxima, so nothing here speaks of the others.
/// </summary>
/// <param name="GradientNorm">‖∇ℓ‖₂, ≥ 0.</param>
/// <param name="LargestEigenvalue">Largest eigenvalue of the Hessian (central differences of the score), an estimate and no proof;
/// NaN where it was not computed.</param>
/// <param name="Shortfall">
/// <c>½ ∇ℓᵀ(−H)⁻¹∇ℓ</c>: how far ℓ lies below the local maximum to second order;
/// NaN where the Hessian is not negative definite by more than the error of the differences, which its asymmetry shows, or where that
/// maximum lies further off than 0.05 in a coordinate, so that the Hessian here says nothing of it: a parameter runs to its edge.
/// </param>
/// <param name="StandardErrors">From the observed information (−H)⁻¹, in the layout of <see cref="Quantities"/>; empty where there are
/// none.</param>
/// <param name="Quantities">
/// What the errors are of. A Gaussian mixture: shares, then means, then standard deviations of each component, then for covariances that
/// are full or tied those of the pairs of coordinates (2,1), (3,1), (3,2), … of each component; any other model: θ in its layout.
/// </param>
public sealed record LocalCertificate(
    double GradientNorm, double LargestEigenvalue, double Shortfall, IReadOnlyList<double> StandardErrors, IReadOnlyList<double> Quantities)
{
    /// <summary>Whether the Hessian is negative definite beyond its error,
    /// so that the point lies at a strict local maximum to within <see cref="Shortfall"/>.</summary>
    public bool IsLocalMaximum => !double.IsNaN(Shortfall);
}
