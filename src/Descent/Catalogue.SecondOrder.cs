namespace Descent;

// Newton, quasi-Newton, cubic regularisation, interior points: M27–M31.
public static partial class Catalogue
{
    static CatalogueEntry[] SecondOrder =>
    [
        new("newton", "M27, M28", "Newton; IRLS on generalised linear models", "w ← w − s(∇²F)⁻¹∇F", "Hessian matrix", "n gradients, one Hessian", "P 19.4, 19.5", ["irls"])
        {
            Subgradients = false,
            Make = _ => Methods.Newton(),
        },
        new("bfgs", "M29", "BFGS", "w ← w − sB∇F, B a full matrix", "gradient", "about n gradients", "P; Nocedal and Wright 2006", [])
        {
            Subgradients = false, Gap = 1e-13,
            Make = _ => Methods.Bfgs(),
        },
        new("lbfgs", "M29", "L-BFGS, strong Wolfe", "w ← w − sB∇F, B from m pairs", "gradient", "about n gradients", "P; Liu and Nocedal 1989", ["l-bfgs"])
        {
            Subgradients = false, Gap = 1e-13, Parameters = [new("memory", "m", 10, 1, 10_000, "pairs kept")],
            Make = s => Methods.LBfgs((int)s["memory"]),
        },
        new("interior-point", "–", "Primal–dual interior point", "Newton on the perturbed optimality conditions", "piecewise linear loss", "one matrix, two solves", "Mehrotra 1992", ["ipm"])
        {
            Make = _ => Methods.InteriorPoint(),
        },
    ];
}
