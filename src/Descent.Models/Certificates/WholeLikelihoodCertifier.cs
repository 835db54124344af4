using Descent.Models.Linear;
using Descent.Runs;

namespace Descent.Models.Certificates;

/// <summary>
/// Certificates for likelihoods of which no dual is known: along a line of length 1 in the norm of G = ∇²F(w) the third derivative of F is
/// at most R times its second over a radius (<see cref="IWholeLikelihood.ThirdDerivative"/>): for Cox's partial likelihood R is the widest
/// spread of the rows, <c>2 max ‖xᵢ − x̄‖</c> in the norm of G⁻¹. With ν = ‖∇F(w)‖ in that norm the curvature keeps the share
/// <c>q = e^(−4Rν)</c> over 4ν, and where q ≥ ½ <c>F(w) − inf F ≤ ν²/(2q)</c>. Margins, sums and gradient are taken with their rounding, G
/// with a verified Cholesky factor.
/// </summary>
/// <remarks>A look costs a Hessian; without one, above <c>largestMatrix</c> columns, nothing is proved. Derivation: Bach 2010, with the
/// bound on third cumulants of a bounded variable; docs/certificates.md.</remarks>
public sealed class WholeLikelihoodCertifier : ICertifier<double>
{
    readonly EmpiricalRisk<double> risk;
    readonly IWholeLikelihood rows;
    readonly int largestMatrix;
    double best = double.NegativeInfinity;

    /// <summary>A certifier for one risk.</summary>
    /// <param name="risk">A <see cref="PartialLikelihoodRisk{TRows}"/> or an <see cref="OrdinalRisk{TRows}"/>.</param>
    /// <param name="largestMatrix">Largest number of columns for which a Hessian is formed.</param>
    /// <exception cref="ArgumentException">The risk tells nothing of its third derivative.</exception>
    public WholeLikelihoodCertifier(EmpiricalRisk<double> risk, int largestMatrix = 1000)
    {
        ArgumentNullException.ThrowIfNull(risk);
        rows = risk as IWholeLikelihood ?? throw new ArgumentException("The risk tells nothing of its third derivative.", nameof(risk));
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
        double[] hessian = new double[d * d], sizes = new double[n * risk.Outputs];
        double value = risk.Curvature(w, g, hessian), norm = Vectors.Norm<double>(g);
        if (!double.IsFinite(value)) return new Certificate(value, norm, double.NegativeInfinity, CertificateKind.None, "F is not finite.");
        risk.Magnitudes([.. w.Select(Math.Abs)], sizes);
        double reach = sizes.Max(), margin = Rounding.Gamma(risk.LongestRow + 5) * reach, sums = Rounding.Gamma(2 * n + 32) + (8 * margin);
        double error = (sums * rows.Mass * rows.TermSize(w, reach)) + (8 * Rounding.Unit * Math.Abs(value)) + 1e-290;
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
            "the Newton decrement at w, in a neighbourhood where the Hessian keeps half of its curvature along every line, by "
                + $"{rows.Words}; Cholesky factor verified")
        { Allowance = Math.Min(value - lower, 2 * error) };
    }

    // ν²/(2q); null where q is not proved.
    double? Drop(double[] g, double[] hessian, double[] w, double sums)
    {
        int d = risk.Dimension;
        double worst = 1;
        double[] reach = rows.Reach(w), lengths = new double[d];
        for (int j = 0; j < d; j++)
            worst = Math.Max(worst, rows.Mass * reach[j] * reach[j] / hessian[(j * d) + j]);
        PlainFactor factor = new([.. hessian.Select(x => (DoubleDouble)x)], d);
        double lambda = factor.Rank < d || !double.IsFinite(worst) ? 0 : factor.SmallestEigenvalue(8 * sums * worst);
        if (!(lambda > 0)) return null;
        double square = 0;
        for (int j = 0; j < d; j++)
        {
            double rounding = (sums * 4 * rows.Mass * reach[j]) + (4 * Rounding.Unit * Math.Abs(risk.Ridge[j] * w[j]));
            double part = (Math.Abs(g[j]) + rounding) * factor.ScaleOf(j);
            square += part * part;
        }
        double nu = Math.Sqrt(square / lambda) * 1.0001;
        // ‖v‖ in the norm of G⁻¹ is at most √Σ(vⱼ·lengthⱼ)².
        for (int j = 0; j < d; j++) lengths[j] = factor.ScaleOf(j) / Math.Sqrt(lambda) * 1.0001;
        double share = Math.Exp(-4 * rows.ThirdDerivative(w, lengths, 4 * nu) * nu);
        return share >= 0.5 ? nu * nu / (2 * share) * 1.0001 : null;
    }
}
