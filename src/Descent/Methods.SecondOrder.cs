using Descent.Algorithms;

namespace Descent;

// Newton, quasi-Newton, cubic regularisation, interior points: M27–M31.
public static partial class Methods
{
    /// <summary>Newton; IRLS on generalised linear models (M27, M28): <c>w ← w − s(∇²F)⁻¹∇F</c>. A step costs n gradients, one Hessian.
    /// Source: P 19.4, 19.5.</summary>
    public static Newton Newton() => new();

    /// <summary>Coordinate descent (proximal Newton) (§ 8): <c>δⱼ ← soft(wⱼ + δⱼ − qⱼ/Hⱼⱼ, λ₁ⱼ/Hⱼⱼ) − wⱼ, q = g + Hδ;  w ← w + sδ</c>. A
    /// step costs n gradients, one Hessian; on many parameters the columns of a working set.
    /// Source: Friedman, Hastie and Tibshirani 2010; Massias et al. 2018.</summary>
    public static CoordinateDescent CoordinateDescent() => new();

    /// <summary>BFGS (M29): <c>w ← w − sB∇F, B a full matrix</c>. A step costs about n gradients.
    /// Source: P; Nocedal and Wright 2006.</summary>
    public static Bfgs Bfgs() => new();

    /// <summary>L-BFGS, strong Wolfe (M29): <c>w ← w − sB∇F, B from m pairs</c>. A step costs about n gradients.
    /// Source: P; Liu and Nocedal 1989.</summary>
    /// <param name="memory">m ≥ 1: pairs kept.</param>
    /// <exception cref="ArgumentOutOfRangeException">A number lies out of its range.</exception>
    public static LBfgs LBfgs(int memory = 10) => new(memory);

    /// <summary>Cubic-regularised Newton, exact (M30): <c>w ← w + argmin ⟨g,δ⟩ + ½δᵀ∇²F δ + (J/6)‖δ‖³</c>. A step costs n gradients, one
    /// Hessian, eigenvectors. Source: C 25; Nesterov and Polyak 2006.</summary>
    /// <param name="j">J &gt; 0: Hessian-Lipschitz constant; null, found by doubling.</param>
    /// <exception cref="ArgumentOutOfRangeException">A number lies out of its range.</exception>
    public static CubicNewton CubicNewton(double? j = null) => new(j);

    /// <summary>Cubic-regularised Newton, Krylov (M30): <c>the same over span(g, Hg, …)</c>. A step costs n gradients, up to 30 products.
    /// Source: C 25; Carmon and Duchi 2018.</summary>
    /// <param name="j">J &gt; 0: Hessian-Lipschitz constant; null, found by doubling.</param>
    /// <param name="most">k ≥ 2: largest dimension of the space.</param>
    /// <exception cref="ArgumentOutOfRangeException">A number lies out of its range.</exception>
    public static KrylovCubicNewton KrylovCubicNewton(double? j = null, int most = 30) => new(j, most);

    /// <summary>Negative-curvature steps (M31): <c>w ← w − (2λ/J) sign⟨v,g⟩ v while ∇²F v = −λv;  else a gradient step</c>. A step costs n
    /// gradients, one Hessian, eigenvectors.
    /// Source: C thm 25.7.</summary>
    /// <param name="j">J &gt; 0: Hessian-Lipschitz constant; null, found by doubling.</param>
    /// <param name="tolerance">ε &gt; 0 of second-order stationarity.</param>
    /// <exception cref="ArgumentOutOfRangeException">A number lies out of its range.</exception>
    public static NegativeCurvature NegativeCurvature(double? j = null, double tolerance = 1e-8) => new(j, tolerance);

    /// <summary>Primal–dual interior point (–): <c>Newton on the perturbed optimality conditions</c>. A step costs one matrix, two solves.
    /// For absolute, quantile and hinge losses.
    /// Source: Mehrotra 1992.</summary>
    public static InteriorPoint InteriorPoint() => new();
}
