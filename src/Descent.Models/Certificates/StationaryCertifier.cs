using Descent.Models.Linear;
using Descent.Runs;

namespace Descent.Models.Certificates;

/// <summary>
/// What can be said of a point of an objective that is not convex and whose minima are not alone: how far its gradient is from 0, rounding
/// included. ‖∇F(w)‖ ≤ the norm of <c>|ĝⱼ| + γ_m sⱼ</c>, ĝ as it was computed, sⱼ the sizes of the m terms that it is the sum of. That
/// says that w is stationary as far as that; of other stationary points, and of inf F, it says nothing.
/// </summary>
/// <remarks>A look costs a gradient; a thorough certificate two passes.</remarks>
public sealed class StationaryCertifier : ICertifier<double>
{
    readonly EmpiricalRisk<double> risk;
    readonly IStationaryRisk rows;

    /// <summary>A certifier for one risk.</summary>
    /// <param name="risk">A <see cref="FactorisationRisk{TRows, TLoss}"/>.</param>
    /// <exception cref="ArgumentException">The risk tells nothing of the terms of its slopes.</exception>
    public StationaryCertifier(EmpiricalRisk<double> risk)
    {
        ArgumentNullException.ThrowIfNull(risk);
        rows = risk as IStationaryRisk ?? throw new ArgumentException("The risk tells nothing of the terms of its slopes.", nameof(risk));
        this.risk = risk;
    }

    /// <inheritdoc/>
    public bool ThoroughIsCheap => false;

    /// <inheritdoc/>
    public bool ProvesAtLooks => false;

    /// <inheritdoc/>
    public double Foresee(ReadOnlySpan<double> gradient) => double.NaN;

    /// <inheritdoc/>
    public Certificate Certify(ReadOnlySpan<double> point, ReadOnlySpan<double> dual, bool thorough)
    {
        double[] w = point.ToArray(), g = new double[risk.Dimension];
        double value = risk.Gradient(w, g), norm = Vectors.Norm<double>(g);
        if (!double.IsFinite(value)) return new Certificate(value, norm, double.NegativeInfinity, CertificateKind.None, "F is not finite.");
        if (!thorough) return new Certificate(value, norm, double.NegativeInfinity, CertificateKind.None, rows.WhyNoBound + ".");
        double[] sizes = new double[risk.Dimension];
        rows.SlopeSizes(w, sizes);
        double gamma = Rounding.Gamma(rows.TermsOfSlope), square = 0;
        for (int j = 0; j < g.Length; j++)
        {
            double most = Math.Abs(g[j]) + (gamma * sizes[j]);
            square += most * most;
        }
        double bound = Math.Sqrt(square) * (1 + Rounding.Gamma(g.Length + 8));
        return new Certificate(value, norm, double.NegativeInfinity, CertificateKind.None,
            $"‖∇F(w)‖ ≤ {BoundFormat.AtMost(bound)}, rounding included: w is stationary as far as that. Nothing bounds how far "
                + $"the least value is: {rows.WhyNoBound}.");
    }

    /// <inheritdoc/>
    public void Visit(IStateVisitor visitor)
    {
    }
}
