namespace Descent.Parallel;

/// <summary>Delays drawn independently and uniformly from 0 … τ: as in G14, independent of the samples.</summary>
/// <param name="Most">τ ≥ 0.</param>
public sealed record UniformDelay(int Most) : IDelayLaw
{
    /// <summary>τ.</summary>
    public int Most { get; } = (int)Guard.AtLeast("The largest delay", Most, 0, nameof(UniformDelay));

    /// <inheritdoc/>
    public int Largest => Most;

    /// <inheritdoc/>
    public string Description => FormattableString.Invariant($"τ uniform on 0 … {Most}");

    /// <inheritdoc/>
    public int At(long step, ulong key) => (int)Math.BigMul(Philox.Pair((ulong)step, key).A, (ulong)Most + 1, out _);
}
