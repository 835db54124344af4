namespace Descent.Runs;

/// <summary>Where a lower bound on the optimum comes from.</summary>
public enum CertificateKind
{
    /// <summary>Nothing is proved; only the gradient norm is known.</summary>
    None,

    /// <summary>G17: <c>‖∇F‖²/(2μ)</c> for a strongly convex objective.</summary>
    StrongConvexity,

    /// <summary>The value of the Fenchel dual at a feasible point.</summary>
    Duality,

    /// <summary>½ gᵀH⁻¹g of least squares, which is its dual at the derivatives of the losses.</summary>
    Quadratic,

    /// <summary>
    /// A local minimum of an objective that is not convex is proved to lie next to the point; the bound is on F there and says nothing of
    /// minima elsewhere.
    /// </summary>
    LocalMinimum,
}
