namespace Descent.StepSizes;

/// <summary>S4: <c>η_t = η₀·e^(−ρt)</c>. Source: R.</summary>
/// <param name="Start">η₀ &gt; 0.</param>
/// <param name="Rate">ρ ≥ 0, per step.</param>
public sealed record Exponential(double Start, double Rate) : IStepSize
{
    /// <summary>η₀.</summary>
    public double Start { get; } = Guard.StepSize("η₀", Start, nameof(Exponential));

    /// <summary>ρ.</summary>
    public double Rate { get; } = Guard.Within("ρ", Rate, 0, double.PositiveInfinity, nameof(Exponential));

    /// <inheritdoc/>
    public double DecayPower => Rate > 0 ? double.PositiveInfinity : 0;

    /// <inheritdoc/>
    public double Next(in StepInfo now) => Start * Math.Exp(-Rate * now.Step);

    /// <inheritdoc/>
    public override string ToString() => FormattableString.Invariant($"exponential η_t = {Start:G6}·exp(−{Rate:G6} t)");
}
