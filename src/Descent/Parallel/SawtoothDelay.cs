namespace Descent.Parallel;

/// <summary>Weights are read once in τ + 1 steps: delays 0, 1, …, τ, 0, 1, …. The steps of a cycle add up to one long step of τ + 1
/// gradients at one point.</summary>
/// <param name="Most">τ ≥ 0.</param>
public sealed record SawtoothDelay(int Most) : IDelayLaw
{
    /// <summary>τ.</summary>
    public int Most { get; } = (int)Guard.AtLeast("The largest delay", Most, 0, nameof(SawtoothDelay));

    /// <inheritdoc/>
    public int Largest => Most;

    /// <inheritdoc/>
    public string Description => FormattableString.Invariant($"τ = 0, 1, …, {Most} in turn");

    /// <inheritdoc/>
    public int At(long step, ulong key) => (int)(step % (Most + 1L));
}
