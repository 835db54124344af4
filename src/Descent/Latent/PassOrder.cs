using Descent.Oracles;

namespace Descent.Latent;

/// <summary>The orders in which a pass in mini-batches may visit the rows of a model.</summary>
sealed class PassOrder
{
    readonly SampleOrder order;
    readonly BlockOrder? blocks;
    readonly int[] rows;

    /// <exception cref="ArgumentException">An order that is no pass: draws with replacement, or one permutation for all.</exception>
    public PassOrder(SampleOrder order, int count)
    {
        if (order is not (SampleOrder.Shuffle or SampleOrder.Blocks or SampleOrder.Sequential))
            throw new ArgumentException($"A pass visits each row once, in the order shuffle, blocks or sequential; got {order}.");
        (this.order, rows) = (order, new int[count]);
        if (order == SampleOrder.Blocks) blocks = new BlockOrder(count);
    }

    /// <summary>The order of the pass of this key.</summary>
    public ReadOnlySpan<int> Of(ulong key)
    {
        if (order == SampleOrder.Shuffle) Permutation.Fill(key, rows);
        else if (blocks is not null) blocks.Fill(key, rows);
        else
            for (int i = 0; i < rows.Length; i++) rows[i] = i;
        return rows;
    }
}
