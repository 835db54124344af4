using System.Runtime.InteropServices;
using Descent.Data;
using Descent.Data.Files;

namespace Descent.Fitting.Design;

/// <summary>
/// Data read by ranks. From a cache where one is asked for or is there, all ranks of a machine mapping the same file, so that its memory
/// holds the rows once; else each rank its part of the text, where there are parts; else each the whole.
/// </summary>
static class RankedReading
{
    // Parts of all ranks in one call of the group, whose places are 32-bit.
    const int Block = 1 << 28;

    /// <summary>What all ranks have in the end, the same in each.</summary>
    /// <param name="spec">Says the ranks, and whether a cache is used.</param>
    /// <param name="there">Whether a cache lies where it would be looked for.</param>
    /// <param name="apart">Reads in parts; null where the whole has to be read, in all ranks alike.</param>
    /// <param name="whole">Reads the whole, or maps its cache.</param>
    public static TData Load<TData>(FitSpec spec, Func<bool> there, Func<IRankGroup, TData?> apart, Func<TData> whole)
        where TData : class
    {
        if (spec.Ranks is not { Size: > 1 } ranks) return whole();
        bool mapped = spec.Data.Cache.Write || MemoryLimit.IsNamed || there();
        // What rank 0 sees decides: a folder may come to others later.
        ranks.Broadcast(MemoryMarshal.AsBytes(new Span<bool>(ref mapped)), 0);
        if (!mapped && apart(ranks) is { } joined) return joined;
        // Rank 0 first, so that the others find the cache that it wrote.
        if (mapped && ranks.Rank > 0) ranks.Barrier();
        try
        {
            return whole();
        }
        finally
        {
            if (mapped && ranks.Rank == 0) ranks.Barrier();
        }
    }

    /// <summary>
    /// What one rank reads: the lines that begin in its range of the bytes of all files, laid one behind another as they lie on the disk.
    /// A file that cannot be entered in the middle is read whole by the rank in whose range its middle lies.
    /// </summary>
    /// <remarks>Ranges of bytes and not the rows of a rank's shards, for where a row lies is not known before it is read.</remarks>
    /// <param name="sources">The files, opened; they stay as they are.</param>
    /// <param name="lengths">Their lengths on the disk.</param>
    /// <param name="rank">Number of the rank.</param>
    /// <param name="size">How many there are.</param>
    public static DataSource[] Part(DataSource[] sources, long[] lengths, int rank, int size)
    {
        long all = lengths.Sum(), from = (long)((Int128)all * rank / size), to = (long)((Int128)all * (rank + 1) / size), begin = 0;
        List<DataSource> mine = [];
        try
        {
            for (int k = 0; k < sources.Length; begin += lengths[k++])
            {
                long first = Math.Clamp(from - begin, 0, lengths[k]), end = Math.Clamp(to - begin, 0, lengths[k]);
                if (sources[k].CanBeEntered)
                {
                    if (end > first && sources[k].Range(first, end) is { } range) mine.Add(range);
                }
                else if (begin + (lengths[k] / 2) is var middle && from <= middle && middle < to) mine.Add(sources[k].Again());
            }
            return [.. mine];
        }
        catch
        {
            foreach (DataSource s in mine) s.Dispose();
            throw;
        }
    }

    /// <summary>Every rank has seen the same bytes, or none goes on: shards of other rows would be added up.</summary>
    /// <param name="sources">The files.</param>
    /// <param name="seen">The length of all files in every rank.</param>
    /// <exception cref="DataException">They differ, said alike in all ranks.</exception>
    public static void RequireSame(DataSource[] sources, ReadOnlySpan<long> seen)
    {
        for (int r = 1; r < seen.Length; r++)
            if (seen[r] != seen[0])
                throw new DataException($"{string.Join(" + ", sources.Select(s => s.Name))}: has {seen[0]} bytes where rank 0 runs and "
                    + $"{seen[r]} where rank {r} does. Expected the same files for all ranks: a folder that they share, or equal copies.");
    }

    /// <summary>Tells every rank what each has to say of its part.</summary>
    public static TFact[] Tell<TFact>(IRankGroup ranks, TFact mine)
        where TFact : unmanaged
    {
        TFact[] told = new TFact[ranks.Size];
        told[ranks.Rank] = mine;
        Span<byte> bytes = MemoryMarshal.AsBytes(told.AsSpan());
        int each = bytes.Length / ranks.Size;
        ranks.AllGather(bytes, [.. Enumerable.Range(0, ranks.Size + 1).Select(r => r * each)]);
        return told;
    }

    /// <summary>Brings the parts of all ranks together, however many bytes they have.</summary>
    /// <param name="ranks">The ranks.</param>
    /// <param name="all">Room for all parts, the own one in its place.</param>
    /// <param name="lengths">Elements of each rank's part.</param>
    /// <param name="block">Bytes of one call.</param>
    public static void Gather<T>(IRankGroup ranks, Slab<T> all, long[] lengths, int block = Block)
        where T : unmanaged
    {
        int size = Marshal.SizeOf<T>(), most = Math.Max(1, block / size);
        int[] starts = new int[ranks.Size + 1];
        long total = lengths.Sum();
        for (long at = 0; at < total; at += most)
        {
            int count = (int)Math.Min(most, total - at);
            long begin = 0;
            for (int r = 0; r < ranks.Size; begin += lengths[r++]) starts[r] = (int)Math.Clamp(begin - at, 0, count) * size;
            starts[^1] = count * size;
            ranks.AllGather(MemoryMarshal.AsBytes(all.Span(at, count)), starts);
        }
    }
}
