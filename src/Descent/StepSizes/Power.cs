namespace Descent.StepSizes;

/// <summary>S5: <c>η_t = η₀/(t+1)^p</c>, t from 0; p = ½ is <c>c/√t</c> counted from 1. Source: W figure 2, C theorem 6.2.</summary>
/// <remarks>The Robbins–Monro conditions Ση = ∞, Ση² &lt; ∞ hold exactly for ½ &lt; p ≤ 1.</remarks>
/// <param name="Start">η₀ &gt; 0.</param>
/// <param name="P">Exponent p ≥ 0.</param>
public sealed record Power(double Start, double P = 0.5) : IStepSize
{
    /// <summary>η₀.</summary>
    public double Start { get; } = Guard.StepSize("η₀", Start, nameof(Power));

    /// <summary>p.</summary>
    public double P { get; } = Guard.Within("p", P, 0, double.PositiveInfinity, nameof(Power));

    /// <inheritdoc/>
    public double DecayPower => P;

    /// <inheritdoc/>
    public double Next(in StepInfo now) => P == 0.5 ? Start / Math.Sqrt(now.Step + 1) : Start / Math.Pow(now.Step + 1, P);

    /// <inheritdoc/>
    public override string ToString() => FormattableString.Invariant($"power η_t = {Start:G6}/(t+1)^{P:G4}");
}
