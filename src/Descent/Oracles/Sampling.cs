namespace Descent.Oracles;

/// <summary>How a run samples: the order and the batch size B.</summary>
/// <param name="Order">Order of visits.</param>
/// <param name="Batch">Examples a sample, B ≥ 1.</param>
public sealed record Sampling(SampleOrder Order = SampleOrder.Shuffle, int Batch = 1)
{
    /// <summary>B.</summary>
    public int Batch { get; } = (int)Guard.AtLeast("The batch size", Batch, 1, nameof(Sampling));

    /// <summary>Steps that one epoch takes over n examples: ⌈n/B⌉, or ⌊n/B⌋ at least 1 with replacement.</summary>
    public long StepsPerEpoch(int n) =>
        Order == SampleOrder.Replacement ? Math.Max(1, n / Batch) : Math.Max(1, (n + Batch - 1L) / Batch);
}
