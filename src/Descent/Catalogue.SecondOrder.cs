using Descent.Algorithms;

namespace Descent;

// Newton, quasi-Newton, cubic regularisation, interior points: M27–M31.
public static partial class Catalogue
{
    static MethodParameter Jay() =>
        new("J", "J", double.NaN, 1e-300, double.PositiveInfinity, "Hessian-Lipschitz constant; found by doubling when left out");

    static CatalogueEntry[] SecondOrder =>
    [
        new("newton", "M27, M28", "Newton; IRLS on generalised linear models", "w ← w − s(∇²F)⁻¹∇F", Needs.HessianMatrix,
            "n gradients, one Hessian", "P 19.4, 19.5", ["irls"])
        {
            ScalesColumns = true, StartsAtMean = true, SolvesExactly = true, Steps = 200, Rank = 1,
            Subgradients = false,
            Make = _ => Methods.Newton(),
        },
        new("coordinate-descent", "§ 8", "Coordinate descent (proximal Newton)",
            "δⱼ ← soft(wⱼ + δⱼ − qⱼ/Hⱼⱼ, λ₁ⱼ/Hⱼⱼ) − wⱼ, q = g + Hδ;  w ← w + sδ", Needs.HessianMatrixOrColumns,
            "n gradients, one Hessian; on many parameters the columns of a working set",
            "Friedman, Hastie and Tibshirani 2010; Massias et al. 2018", ["cd", "prox-newton"])
        {
            ScalesColumns = true, StartsAtMean = true, Steps = 1_000, Rank = 3, ForL1 = true,
            Subgradients = false, Proximal = true, Gap = 1e-13,
            Make = _ => Methods.CoordinateDescent(),
        },
        new("bfgs", "M29", "BFGS", "w ← w − sB∇F, B a full matrix", Needs.Gradient, "about n gradients", "P; Nocedal and Wright 2006", [])
        {
            ScalesColumns = true, StartsAtMean = true, SolvesExactly = true, Steps = 10_000,
            Subgradients = false, Gap = 1e-13,
            Make = _ => Methods.Bfgs(),
        },
        new("lbfgs", "M29", "L-BFGS, strong Wolfe", "w ← w − sB∇F, B from m pairs", Needs.Gradient, "about n gradients",
            "P; Liu and Nocedal 1989", ["l-bfgs"])
        {
            ScalesColumns = true, StartsAtMean = true, SolvesExactly = true, Steps = 10_000, Rank = 2,
            Subgradients = false, Gap = 1e-13, Parameters = [new("memory", "m", 10, 1, 10_000, "pairs kept")],
            Make = s => Methods.LBfgs((int)s["memory"]),
        },
        new("cubic-newton", "M30", "Cubic-regularised Newton, exact", "w ← w + argmin ⟨g,δ⟩ + ½δᵀ∇²F δ + (J/6)‖δ‖³", Needs.HessianMatrix,
            "n gradients, one Hessian, eigenvectors", "C 25; Nesterov and Polyak 2006", ["cubic"])
        {
            Subgradients = false, Parameters = [Jay()],
            Make = s => new CubicNewton(double.IsNaN(s["J"]) ? null : s["J"]),
        },
        new("cubic-newton-krylov", "M30", "Cubic-regularised Newton, Krylov", "the same over span(g, Hg, …)", Needs.HessianProduct,
            "n gradients, up to 30 products", "C 25; Carmon and Duchi 2018", ["krylov-cubic-newton"])
        {
            Subgradients = false, Gap = 1e-12, Parameters = [Jay(), new("most", "k", 30, 2, 1e6, "largest dimension of the space")],
            Make = s => new KrylovCubicNewton(double.IsNaN(s["J"]) ? null : s["J"], (int)s["most"]),
        },
        new("negative-curvature", "M31", "Negative-curvature steps", "w ← w − (2λ/J) sign⟨v,g⟩ v while ∇²F v = −λv;  else a gradient step",
            Needs.HessianMatrix, "n gradients, one Hessian, eigenvectors", "C thm 25.7", [])
        {
            Subgradients = false, Gap = 1e-9,
            Parameters = [Jay(), new("tolerance", "ε", 1e-8, 1e-300, double.PositiveInfinity, "of second-order stationarity")],
            Make = s => new NegativeCurvature(double.IsNaN(s["J"]) ? null : s["J"], s["tolerance"]),
        },
        new("interior-point", "–", "Primal–dual interior point", "Newton on the perturbed optimality conditions", Needs.PiecewiseLinear,
            "one matrix, two solves", "Mehrotra 1992", ["ipm"])
        {
            ScalesColumns = true, Steps = 200, Rank = 15,
            Proximal = true, PenaltyAsPieces = true,
            Make = _ => Methods.InteriorPoint(),
        },
    ];
}
