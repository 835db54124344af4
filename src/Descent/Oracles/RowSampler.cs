namespace Descent.Oracles;

/// <summary>Turns a <see cref="Sample"/> into row numbers.
/// Keeps the permutation of one key, so that replaying a sample costs nothing.</summary>
/// <remarks>Memory: 4n bytes once a shuffled order is used, and 4B for draws with replacement. Not thread safe.</remarks>
public sealed class RowSampler(int count)
{
    int[] drawn = [];
    int[] order = [];
    ulong orderKey;
    bool orderFilled, orderSequential, orderInBlocks;
    BlockOrder? blocks;

    /// <summary>The rows of a sample, valid until the next call.</summary>
    public ReadOnlySpan<int> Resolve(Sample sample)
    {
        if (sample.Order == SampleOrder.Replacement) return Draw(sample);
        if (sample.Order == SampleOrder.Sequential) FillSequential();
        else FillShuffled(sample.Key, sample.Order == SampleOrder.Blocks);
        return order.AsSpan((int)sample.First, sample.Count);
    }

    ReadOnlySpan<int> Draw(Sample sample)
    {
        if (drawn.Length < sample.Count) drawn = new int[sample.Count];
        for (int k = 0; k < sample.Count; k++)
        {
            long position = sample.First + k;
            var (a, b) = Philox.Pair((ulong)(position >> 1), sample.Key);
            drawn[k] = (int)Math.BigMul((position & 1) == 0 ? a : b, (ulong)count, out _);
        }
        return drawn.AsSpan(0, sample.Count);
    }

    void FillSequential()
    {
        if (orderFilled && orderSequential) return;
        if (order.Length == 0) order = new int[count];
        for (int i = 0; i < count; i++) order[i] = i;
        (orderFilled, orderSequential) = (true, true);
    }

    void FillShuffled(ulong key, bool inBlocks)
    {
        if (orderFilled && !orderSequential && orderKey == key && orderInBlocks == inBlocks) return;
        if (order.Length == 0) order = new int[count];
        if (inBlocks) (blocks ??= new BlockOrder(count)).Fill(key, order);
        else Permutation.Fill(key, order);
        (orderFilled, orderSequential, orderKey, orderInBlocks) = (true, false, key, inBlocks);
    }
}
