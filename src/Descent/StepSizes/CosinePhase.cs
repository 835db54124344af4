namespace Descent.StepSizes;

/// <summary>One phase of a cosine schedule: <c>η_t = η_min + ½(η_max − η_min)(1 + cos(πt/T))</c> for t &lt; T.</summary>
/// <param name="Length">T ≥ 1 steps.</param>
/// <param name="Max">η_max ≥ 0.</param>
/// <param name="Min">η_min ≥ 0.</param>
public sealed record CosinePhase(long Length, double Max, double Min)
{
    /// <summary>T.</summary>
    public long Length { get; } = Guard.AtLeast("The length of a phase", Length, 1, nameof(CosinePhase));

    /// <summary>η_max.</summary>
    public double Max { get; } = Guard.StepSize("η_max", Max, nameof(CosinePhase));

    /// <summary>η_min.</summary>
    public double Min { get; } = Guard.StepSize("η_min", Min, nameof(CosinePhase));

    internal static double At(double max, double min, double part) => min + (0.5 * (max - min) * (1 + Math.Cos(Math.PI * part)));
}
