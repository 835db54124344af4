namespace Descent.Estimating;

/// <summary>A quantile and its interval.</summary>
/// <param name="Tau">τ.</param>
/// <param name="Estimate">θ̂.</param>
/// <param name="Low">Lower end of the interval; −∞ where the numbers give none.</param>
/// <param name="High">Upper end; ∞ where the numbers give none.</param>
/// <param name="Rows">Numbers that it rests on.</param>
public sealed record QuantileEstimate(double Tau, double Estimate, double Low, double High, long Rows)
{
    /// <summary>
    /// Its standard error: of a path by batch means, of order statistics by the width of the interval; NaN where there are no bounds.
    /// </summary>
    public double StandardError { get; init; } = double.NaN;
}
