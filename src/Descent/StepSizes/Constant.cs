namespace Descent.StepSizes;

/// <summary>S1: <c>η_t = η</c>.</summary>
/// <param name="Eta">η &gt; 0.</param>
public sealed record Constant(double Eta) : IStepSize
{
    /// <summary>η ≥ 0.</summary>
    public double Eta { get; } = Guard.StepSize("η", Eta, nameof(Constant));

    /// <inheritdoc/>
    public double DecayPower => 0;

    /// <inheritdoc/>
    public double Next(in StepInfo now) => Eta;

    /// <inheritdoc/>
    public override string ToString() => FormattableString.Invariant($"constant η = {Eta:G6}");
}
