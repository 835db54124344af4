namespace Descent.Parallel;

/// <summary>Every gradient is τ steps old: M = τ + 1 workers of one speed in turn.</summary>
/// <param name="Delay">τ ≥ 0.</param>
public sealed record ConstantDelay(int Delay) : IDelayLaw
{
    /// <summary>τ.</summary>
    public int Delay { get; } = (int)Guard.AtLeast("The delay", Delay, 0, nameof(ConstantDelay));

    /// <inheritdoc/>
    public int Largest => Delay;

    /// <inheritdoc/>
    public string Description => FormattableString.Invariant($"τ = {Delay}");

    /// <inheritdoc/>
    public int At(long step, ulong key) => Delay;
}
