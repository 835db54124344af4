namespace Descent.StepSizes;

/// <summary>S7: <c>η_t = η₀/factor^⌊t/every⌋</c>. Source: C 8.1 (divide by 10 every 30 epochs).</summary>
/// <param name="Start">η₀ &gt; 0.</param>
/// <param name="Factor">Divisor &gt; 1.</param>
/// <param name="Every">Number of steps between divisions, ≥ 1.</param>
public sealed record StepDecay(double Start, double Factor, long Every) : IStepSize
{
    /// <inheritdoc/>
    public double DecayPower => Factor > 1 ? double.PositiveInfinity : 0;

    /// <inheritdoc/>
    public double Next(in StepInfo now) => Start / Math.Pow(Factor, now.Step / Every);

    /// <inheritdoc/>
    public override string ToString() => FormattableString.Invariant($"step η₀ = {Start:G6}, ÷{Factor:G4} every {Every} steps");
}
