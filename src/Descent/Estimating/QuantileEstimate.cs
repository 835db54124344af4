namespace Descent.Estimating;

/// <summary>A quantile and its interval.</summary>
/// <param name="Tau">τ.</param>
/// <param name="Estimate">θ̂.</param>
/// <param name="Low">Lower end of the interval; −∞ where the numbers give none.</param>
/// <param name="High">Upper end; ∞ where the numbers give none.</param>
/// <param name="Rows">Numbers that it rests on.</param>
public sealed record QuantileEstimate(double Tau, double Estimate, double Low, double High, long Rows);
