namespace Descent.StepSizes;

/// <summary>A warm-up that does not know yet what follows.</summary>
/// <param name="Steps">T_w ≥ 1.</param>
public readonly record struct Ramp(long Steps)
{
    /// <summary>T_w.</summary>
    public long Steps { get; } = Guard.AtLeast("The warm-up", Steps, 1, nameof(Ramp));

    /// <summary>The ramp into this schedule, continuous at the seam (S10).</summary>
    public WarmUp Then(IStepSize next) => new(Steps, next);
}
