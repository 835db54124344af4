namespace Descent.Parallel;

/// <summary>Delays that another run has recorded, step by step; after the last one they begin again.</summary>
/// <param name="Delays">τ_t ≥ 0, at least one.</param>
public sealed record RecordedDelay(IReadOnlyList<int> Delays) : IDelayLaw
{
    /// <summary>τ_t.</summary>
    public IReadOnlyList<int> Delays { get; } = Delays is { Count: > 0 } && Delays.All(d => d >= 0)
        ? Delays
        : throw new ArgumentException("Recorded delays need at least one entry, and none below 0.");

    /// <inheritdoc/>
    public int Largest { get; } = Delays.Max();

    /// <inheritdoc/>
    public string Description => FormattableString.Invariant($"{Delays.Count} recorded delays, at most {Largest}");

    /// <inheritdoc/>
    public int At(long step, ulong key) => Delays[(int)(step % Delays.Count)];
}
