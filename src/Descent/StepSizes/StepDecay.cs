namespace Descent.StepSizes;

/// <summary>S7: <c>η_t = η₀/factor^⌊t/every⌋</c>. Source: C 8.1 (divide by 10 every 30 epochs).</summary>
/// <param name="Start">η₀ &gt; 0.</param>
/// <param name="Factor">Divisor &gt; 0; above 1 the steps fall.</param>
/// <param name="Every">Number of steps between divisions, ≥ 1.</param>
public sealed record StepDecay(double Start, double Factor, long Every) : IStepSize
{
    /// <summary>η₀.</summary>
    public double Start { get; } = Guard.StepSize("η₀", Start, nameof(StepDecay));

    /// <summary>Divisor.</summary>
    public double Factor { get; } = Guard.Positive("The factor", Factor, nameof(StepDecay));

    /// <summary>Steps between divisions.</summary>
    public long Every { get; } = Guard.AtLeast("The period", Every, 1, nameof(StepDecay));

    /// <inheritdoc/>
    public double DecayPower => Factor > 1 ? double.PositiveInfinity : 0;

    /// <inheritdoc/>
    public double Next(in StepInfo now) => Start / Math.Pow(Factor, now.Step / Every);

    /// <inheritdoc/>
    public override string ToString() => FormattableString.Invariant($"step η₀ = {Start:G6}, ÷{Factor:G4} every {Every} steps");
}
