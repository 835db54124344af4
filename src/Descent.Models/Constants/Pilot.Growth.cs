using Descent.Guarantees;
using Descent.Models.Linear;
using Descent.Models.Losses;

namespace Descent.Models.Constants;

// Strong growth: whether all single gradients vanish together.
public static partial class Pilot
{
    // Squares without a penalty whose rows are linearly independent can all be fitted exactly:
    // with K = (√ωᵢωⱼ xᵢ·xⱼ), ‖∇F‖² ≥ 2λ_min(K)·F and mean‖∇ℓ‖² ≤ max(nω‖x‖²)·2F.
    static ProblemConstants? Interpolation(EmpiricalRisk<double> risk, ProblemConstants known)
    {
        int n = risk.Count;
        if (risk.Kind != LossKind.Linear || n > 300 || n > risk.Dimension || (double)n * risk.Entries > 1e8 || !risk.Lasso.IsEmpty)
            return null;
        foreach (double l in risk.Ridge)
            if (l > 0) return null;
        double[] u = new double[n], v = new double[risk.Dimension], z = new double[n], kernel = new double[n * n];
        double trace = 0, largest = 0;
        for (int i = 0; i < n; i++)
        {
            if (risk.WeightOf(i) == 0) return null;
            Array.Clear(u);
            u[i] = 1;
            risk.Adjoint(u, v);
            risk.Products(v, z);
            for (int j = 0; j < n; j++) kernel[(i * n) + j] = z[j] * Math.Sqrt(risk.WeightOf(j) / risk.WeightOf(i));
            trace += kernel[(i * n) + i];
            largest = Math.Max(largest, risk.SquaredRowNorm(i) * risk.WeightOf(i) * n);
        }
        for (int i = 0; i < n; i++)
            for (int j = 0; j < i; j++) kernel[(i * n) + j] = kernel[(j * n) + i];
        SymmetricEigen eigen = new(n);
        if (!eigen.Decompose(kernel)) return null;
        double mu = eigen.Values[0] - ConstantsOf.GramRounding(risk.Dimension, n, trace);
        if (!(mu > 0)) return null;
        return known with
        {
            PolyakLojasiewicz = Quantity.AtLeast("μ", mu, "smallest eigenvalue of the rows' Gram matrix: they can all be fitted", n),
            Growth = Quantity.AtMost("ρ", Math.Max(1, largest / mu),
                "largest squared row over the smallest eigenvalue of the rows' Gram matrix", n),
        };
    }

    // At w* the full gradient is zero; where single ones are not, no ρ is enough.
    static Quantity GrowthOf(EmpiricalRisk<double> risk, ProblemConstants known, double[] there, double radius)
    {
        double spread = Math.Sqrt(Trace(risk, there)), reach = double.IsFinite(radius)
            ? RootMeanSquareSmoothness(risk) * radius * 2
            : double.NaN;
        if (double.IsFinite(reach) && spread > reach + (1e-9 * Math.Sqrt(known.SampleSmoothness.Value)))
            return Quantity.Infinite("ρ",
                FormattableString.Invariant(
                    $"single gradients do not vanish at the minimiser: their deviation there is about {spread:G3}"));
        return Quantity.Unknown("ρ", "whether all single gradients vanish together was not proved");
    }
}
