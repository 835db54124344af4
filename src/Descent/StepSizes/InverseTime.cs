namespace Descent.StepSizes;

/// <summary>S3: <c>η_t = η₀/(1 + ρt)</c>. Source: R.</summary>
/// <remarks>The notes write the previous step size on the right-hand side; the closed form is meant.</remarks>
/// <param name="Start">η₀ &gt; 0.</param>
/// <param name="Rate">ρ ≥ 0, per step.</param>
public sealed record InverseTime(double Start, double Rate) : IStepSize
{
    /// <summary>η₀.</summary>
    public double Start { get; } = Guard.StepSize("η₀", Start, nameof(InverseTime));

    /// <summary>ρ.</summary>
    public double Rate { get; } = Guard.Within("ρ", Rate, 0, double.PositiveInfinity, nameof(InverseTime));

    /// <inheritdoc/>
    public double DecayPower => Rate > 0 ? 1 : 0;

    /// <inheritdoc/>
    public double Next(in StepInfo now) => Start / (1 + (Rate * now.Step));

    /// <inheritdoc/>
    public override string ToString() => FormattableString.Invariant($"inverse time η_t = {Start:G6}/(1 + {Rate:G6} t)");
}
