namespace Descent.StepSizes;

/// <summary>S2: <c>η_t = (1 − t/ρ)·η₀ + (t/ρ)·η_ρ</c> until step ρ, then constant. Source: R.</summary>
/// <param name="Start">η₀ &gt; 0.</param>
/// <param name="End">η_ρ ≥ 0.</param>
/// <param name="Steps">ρ ≥ 1.</param>
public sealed record Linear(double Start, double End, double Steps) : IStepSize
{
    /// <summary>η₀.</summary>
    public double Start { get; } = Guard.StepSize("η₀", Start, nameof(Linear));

    /// <summary>η_ρ.</summary>
    public double End { get; } = Guard.StepSize("The last step size", End, nameof(Linear));

    /// <summary>ρ.</summary>
    public double Steps { get; } = Guard.Length("The length", Steps, nameof(Linear));

    /// <inheritdoc/>
    public double DecayPower => End > 0 ? 0 : double.PositiveInfinity;

    /// <inheritdoc/>
    public double Next(in StepInfo now)
    {
        double part = Math.Min(1, now.Step / Steps);
        return ((1 - part) * Start) + (part * End);
    }

    /// <inheritdoc/>
    public override string ToString() => FormattableString.Invariant($"linear from {Start:G6} to {End:G6} over {Steps:G6} steps");
}
