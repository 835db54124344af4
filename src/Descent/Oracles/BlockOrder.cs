namespace Descent.Oracles;

/// <summary>
/// Orders of rows that stay together on a disk: blocks of rows in random order, and windows of several of them shuffled as one. What is in
/// use at a time is a window.
/// </summary>
/// <param name="count">Number of rows.</param>
sealed class BlockOrder(int count)
{
    const int Block = 4096, Blocks = 8, Window = Block * Blocks;
    readonly int[] blocks = new int[(count + Block - 1) / Block];
    readonly int[] moves = new int[Math.Min(count, Window)], rows = new int[Math.Min(count, Window)];

    /// <summary>Fills an order of all rows that belongs to a key. Cost 2n draws; no allocation.</summary>
    public void Fill(ulong key, Span<int> order)
    {
        Permutation.Fill(key, blocks);
        int at = 0;
        foreach (int b in blocks)
            for (int i = b * Block, end = (int)Math.Min(count, (b + 1L) * Block); i < end; i++) order[at++] = i;
        for (int from = 0, window = 1; from < count; from += Window, window++)
        {
            Span<int> part = order.Slice(from, Math.Min(Window, count - from)), move = moves.AsSpan(0, part.Length);
            Permutation.Fill(Philox.Pair((ulong)window, key).B, move);
            part.CopyTo(rows);
            for (int k = 0; k < part.Length; k++) part[k] = rows[move[k]];
        }
    }
}
