namespace Descent.StepSizes;

/// <summary>S10: <c>η_t = (t+1)/T_w·η₀</c> for t &lt; T_w, then the schedule <c>after</c> counted from the seam. Source: C 8.1.</summary>
/// <remarks>Steps count from 0 here, so the ramp reaches η₀ exactly at the last warm-up step and the first step is not empty.</remarks>
/// <param name="Steps">T_w ≥ 1.</param>
/// <param name="After">The schedule that follows; its value at its first step is η₀.</param>
public sealed record WarmUp(long Steps, IStepSize After) : IStepSize
{
    /// <summary>T_w.</summary>
    public long Steps { get; } = Guard.AtLeast("The warm-up", Steps, 1, nameof(WarmUp));

    /// <summary>The schedule that follows.</summary>
    public IStepSize After { get; } = Guard.Given("The schedule after the warm-up", After, nameof(WarmUp));

    /// <inheritdoc/>
    public bool UsesGradient => After.UsesGradient;

    /// <inheritdoc/>
    public double DecayPower => After.DecayPower;

    /// <inheritdoc/>
    public long BestEnd(long steps) => steps <= Steps ? steps : Steps + After.BestEnd(steps - Steps);

    /// <inheritdoc/>
    public double Next(in StepInfo now) => now.Step < Steps
        ? (now.Step + 1.0) / Steps * After.Next(now with { Step = 0 })
        : After.Next(now with { Step = now.Step - Steps });

    /// <inheritdoc/>
    public override string ToString() => FormattableString.Invariant($"warm-up over {Steps} steps, then {After}");
}
