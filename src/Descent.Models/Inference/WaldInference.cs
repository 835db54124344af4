using MathNet.Numerics;
using MathNet.Numerics.Distributions;

namespace Descent.Models.Inference;

/// <summary>Standard errors from the exact Hessian: <c>cov = φ·(W·∇²F)⁻¹</c>,
/// with the dispersion φ = 1, or RSS/(n − p) for least squares.</summary>
public static class WaldInference
{
    /// <summary>The covariance of the parameters.</summary>
    /// <param name="hessian">Upper triangle of ∇²F of the mean loss, d×d.</param>
    /// <param name="dimension">d.</param>
    /// <param name="totalWeight">W, the sum of the example weights.</param>
    /// <param name="dispersion">φ.</param>
    /// <returns>Null when the Hessian is singular.</returns>
    public static double[]? Covariance(double[] hessian, int dimension, double totalWeight, double dispersion)
    {
        Cholesky factor = new(dimension);
        if (!factor.Factor(hessian)) return null;
        double[] inverse = factor.Inverse();
        for (int i = 0; i < inverse.Length; i++) inverse[i] *= dispersion / totalWeight;
        return inverse;
    }

    /// <summary>One line of the table: z-statistic, or t with <paramref name="degrees"/> degrees of freedom.</summary>
    public static Coefficient Line(string name, double estimate, double variance, double? degrees)
    {
        if (!(variance > 0)) return Coefficient.Bare(name, estimate);
        double error = Math.Sqrt(variance), statistic = estimate / error;
        double p = degrees is { } nu
            ? 2 * StudentT.CDF(0, 1, nu, -Math.Abs(statistic))
            : SpecialFunctions.Erfc(Math.Abs(statistic) / Math.Sqrt(2));
        double quantile = degrees is { } m ? StudentT.InvCDF(0, 1, m, 0.975) : 1.9599639845400545;
        return new Coefficient(name, estimate, error, statistic, p, estimate - (quantile * error), estimate + (quantile * error));
    }
}
