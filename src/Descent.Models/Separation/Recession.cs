namespace Descent.Models.Separation;

/// <summary>A direction along which some estimates run away while the fit of the other rows stays as it is.</summary>
/// <param name="Move">The direction, in the layout of the risk.</param>
/// <param name="IsOneSided">Whether its opposite makes the fit worse, so that the signs of the infinite estimates are known.</param>
public sealed record Recession(double[] Move, bool IsOneSided);
