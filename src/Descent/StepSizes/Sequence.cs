namespace Descent.StepSizes;

/// <summary>One schedule for some steps, then another, counted from its own beginning.</summary>
/// <param name="First">The schedule of the first steps.</param>
/// <param name="Steps">How many steps it lasts, ≥ 0.</param>
/// <param name="Second">The schedule after them.</param>
public sealed record Sequence(IStepSize First, long Steps, IStepSize Second) : IStepSize
{
    /// <summary>The schedule of the first steps.</summary>
    public IStepSize First { get; } = Guard.Given("The first schedule", First, nameof(Sequence));

    /// <summary>How many steps it lasts.</summary>
    public long Steps { get; } = Guard.AtLeast("The length of the first schedule", Steps, 0, nameof(Sequence));

    /// <summary>The schedule after them.</summary>
    public IStepSize Second { get; } = Guard.Given("The second schedule", Second, nameof(Sequence));

    /// <inheritdoc/>
    public bool UsesGradient => First.UsesGradient || Second.UsesGradient;

    /// <inheritdoc/>
    public double DecayPower => Second.DecayPower;

    /// <inheritdoc/>
    public long BestEnd(long steps) => steps <= Steps ? First.BestEnd(steps) : Steps + Second.BestEnd(steps - Steps);

    /// <inheritdoc/>
    public double Next(in StepInfo now) => now.Step < Steps ? First.Next(now) : Second.Next(now with { Step = now.Step - Steps });

    /// <inheritdoc/>
    public override string ToString() => FormattableString.Invariant($"{First} for {Steps} steps, then {Second}");
}
