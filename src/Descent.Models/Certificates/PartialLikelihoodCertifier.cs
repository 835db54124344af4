using Descent.Models.Linear;
using Descent.Runs;

namespace Descent.Models.Certificates;

/// <summary>
/// Certificates for Cox's partial likelihood: F is a sum of logarithms of sums of e^z, so that along a line of length 1 in the norm of G =
/// ∇²F(w) its third derivative is at most R times its second, R the widest spread of the rows along the line, at most <c>2 max ‖xᵢ −
/// x̄‖</c> in the norm of G⁻¹. With ν = ‖∇F(w)‖ in that norm the curvature keeps the share <c>q = e^(−4Rν)</c> over 4ν, and where q ≥ ½
/// <c>F(w) − inf F ≤ ν²/(2q)</c>. Margins, sums and gradient are taken with their rounding, G with a verified Cholesky factor.
/// </summary>
/// <remarks>A look costs a Hessian; without one, above <c>largestMatrix</c> columns, nothing is proved. Derivation: Bach 2010, with the
/// bound on third cumulants of a bounded variable; docs/certificates.md.</remarks>
public sealed class PartialLikelihoodCertifier : ICertifier<double>
{
    readonly EmpiricalRisk<double> risk;
    readonly IPartialLikelihood rows;
    readonly int largestMatrix;
    double best = double.NegativeInfinity;

    /// <summary>A certifier for one risk.</summary>
    /// <param name="risk">A <see cref="PartialLikelihoodRisk{TRows}"/>.</param>
    /// <param name="largestMatrix">Largest number of columns for which a Hessian is formed.</param>
    /// <exception cref="ArgumentException">The risk is no partial likelihood.</exception>
    public PartialLikelihoodCertifier(EmpiricalRisk<double> risk, int largestMatrix = 1000)
    {
        ArgumentNullException.ThrowIfNull(risk);
        rows = risk as IPartialLikelihood ?? throw new ArgumentException("The risk is no partial likelihood.", nameof(risk));
        (this.risk, this.largestMatrix) = (risk, largestMatrix);
    }

    bool CanLook => risk.Dimension <= largestMatrix && (double)risk.Count * risk.Dimension * risk.Dimension <= 4e9;

    /// <inheritdoc/>
    public bool ThoroughIsCheap => CanLook && (double)risk.Count * risk.Dimension * risk.Dimension <= 3e6;

    /// <inheritdoc/>
    public bool ProvesAtLooks => true;

    /// <inheritdoc/>
    public double Foresee(ReadOnlySpan<double> gradient) => double.NaN;

    /// <inheritdoc/>
    public Certificate Certify(ReadOnlySpan<double> point, ReadOnlySpan<double> dual, bool thorough)
    {
        int d = risk.Dimension, n = risk.Count;
        double[] w = point.ToArray(), g = new double[d];
        if (!CanLook || !(thorough || ThoroughIsCheap))
        {
            double only = risk.Gradient(w, g), length = Vectors.Norm<double>(g);
            return Judge(only, double.NaN, length);
        }
        double[] hessian = new double[d * d], sizes = new double[n];
        double value = risk.Curvature(w, g, hessian), norm = Vectors.Norm<double>(g);
        if (!double.IsFinite(value)) return new Certificate(value, norm, double.NegativeInfinity, CertificateKind.None, "F is not finite.");
        risk.Magnitudes([.. w.Select(Math.Abs)], sizes);
        double reach = sizes.Max(), margin = Rounding.Gamma(risk.LongestRow + 5) * reach, sums = Rounding.Gamma(2 * n + 32) + (8 * margin);
        double error = (sums * rows.EventShare * (2 + reach + Math.Log(n + 1))) + (8 * Rounding.Unit * Math.Abs(value)) + 1e-290;
        if (Drop(g, hessian, w, sums) is { } drop)
            best = Math.Max(best, value - drop - error - (4 * Rounding.Unit * (Math.Abs(value) + drop)));
        return Judge(value, error, norm);
    }

    /// <inheritdoc/>
    public void Visit(IStateVisitor visitor)
    {
        ArgumentNullException.ThrowIfNull(visitor);
        visitor.Number("best", ref best);
    }

    Certificate Judge(double value, double error, double norm)
    {
        if (double.IsNegativeInfinity(best) || double.IsNaN(error))
            return new Certificate(value, norm, double.NegativeInfinity, CertificateKind.None,
                "No bound on F(w) − inf F is proved here: w is not near enough to the minimum, or the Hessian is singular. "
                    + FormattableString.Invariant($"The gradient norm is {norm:G4}."));
        double lower = Math.Min(best, value) - error;
        return new Certificate(value, norm, lower, CertificateKind.StrongConvexity,
            "the Newton decrement at w, in a neighbourhood where the Hessian keeps half of its curvature along every line, by the "
                + "spread of the rows; Cholesky factor verified")
        { Allowance = Math.Min(value - lower, 2 * error) };
    }

    // ν²/(2q); null where q is not proved.
    double? Drop(double[] g, double[] hessian, double[] w, double sums)
    {
        int d = risk.Dimension;
        double worst = 1;
        for (int j = 0; j < d; j++)
            worst = Math.Max(worst, rows.EventShare * rows.Reach[j] * rows.Reach[j] / hessian[(j * d) + j]);
        PlainFactor factor = new([.. hessian.Select(x => (DoubleDouble)x)], d);
        double lambda = factor.Rank < d || !double.IsFinite(worst) ? 0 : factor.SmallestEigenvalue(8 * sums * worst);
        if (!(lambda > 0)) return null;
        double square = 0, longest = 0;
        for (int j = 0; j < d; j++)
        {
            double rounding = (sums * 4 * rows.EventShare * rows.Reach[j]) + (4 * Rounding.Unit * Math.Abs(risk.Ridge[j] * w[j]));
            double part = (Math.Abs(g[j]) + rounding) * factor.ScaleOf(j);
            square += part * part;
        }
        double[] x = new double[d];
        for (int i = 0; i < risk.Count; i++)
        {
            rows.Centred(i, x);
            double length = 0;
            for (int j = 0; j < d; j++) length += x[j] * x[j] * factor.ScaleOf(j) * factor.ScaleOf(j);
            longest = Math.Max(longest, length);
        }
        double nu = Math.Sqrt(square / lambda) * 1.0001, spread = 2 * Math.Sqrt(longest / lambda) * 1.0001,
            share = Math.Exp(-4 * spread * nu);
        return share >= 0.5 ? nu * nu / (2 * share) * 1.0001 : null;
    }
}
