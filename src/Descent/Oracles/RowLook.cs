namespace Descent.Oracles;

/// <summary>What an example of one margin is at a point.</summary>
/// <param name="Margin">z = x·w + b.</param>
/// <param name="Loss">φ(z).</param>
/// <param name="Slope">φ′(z).</param>
/// <param name="Importance">nω: 1 where all examples weigh the same.</param>
public readonly record struct RowLook(double Margin, double Loss, double Slope, double Importance);
