namespace Descent.StepSizes;

/// <summary>One schedule for some steps, then another, counted from its own beginning.</summary>
/// <param name="First">The schedule of the first steps.</param>
/// <param name="Steps">How many steps it lasts, ≥ 0.</param>
/// <param name="Second">The schedule after them.</param>
public sealed record Sequence(IStepSize First, long Steps, IStepSize Second) : IStepSize
{
    /// <inheritdoc/>
    public bool UsesGradient => First.UsesGradient || Second.UsesGradient;

    /// <inheritdoc/>
    public double DecayPower => Second.DecayPower;

    /// <inheritdoc/>
    public double Next(in StepInfo now) => now.Step < Steps ? First.Next(now) : Second.Next(now with { Step = now.Step - Steps });

    /// <inheritdoc/>
    public override string ToString() => FormattableString.Invariant($"{First} for {Steps} steps, then {Second}");
}
