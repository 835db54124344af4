namespace Descent.Maps;

/// <summary>
/// A map with a merit that no application lowers, <c>M(G(x)) ≥ M(x)</c>: the observed log-likelihood for EM, minus the objective for
/// majorise–minimise. What accelerates such a map can be checked as it runs, and falls back to a plain application where it lowered the
/// merit.
/// </summary>
public interface IMeritMap : IFixedPointMap
{
    /// <summary>Writes G(x) and returns M(x), both from one pass. NaN where x is outside the domain.</summary>
    double MapWithMerit(ReadOnlySpan<double> x, Span<double> image);

    /// <summary>M(x) alone; NaN where x is outside the domain.</summary>
    double Merit(ReadOnlySpan<double> x);

    /// <summary>How far rounding alone may lower a merit of this size: a fall within it is none.</summary>
    double Rounding(double merit);
}
