using System.Runtime.InteropServices;
using Descent.Data;
using Descent.Data.Caching;
using Descent.Data.Files;

namespace Descent.Fitting.Design;

/// <summary>
/// LIBSVM rows read by ranks: each reads the lines that begin in its range of the file's bytes, and what it read is brought to all. What
/// has anything to say about lines (a fault, a row left out) is read again by every rank as a whole, so that the words and the numbers
/// are those of one process. With a cache all ranks of a machine map the same file, so that its memory holds the rows once.
/// </summary>
static class RankedRows
{
    // Whole vectors travel in one call, whose counts are 32-bit.
    const long MostEntries = 1L << 27;

    readonly record struct Shape(long Rows, long Entries, long Columns, long Bytes, long State);

    /// <summary>The rows, the same in all ranks: from a cache where one is asked for or is there, else in parts, else each
    /// the whole.</summary>
    public static SparseData<double> Load(FitSpec spec, DataSource[] sources, LibsvmOptions options, List<string> notes)
    {
        if (spec.Ranks is not { Size: > 1 } ranks) return SparseCache.Read(sources, options, spec.Data.Cache, notes);
        bool mapped = spec.Data.Cache.Write || MemoryLimit.IsNamed || SparseCache.IsThere(sources, options, spec.Data.Cache);
        // What rank 0 sees decides: a folder may come to others later.
        ranks.Broadcast(MemoryMarshal.AsBytes(new Span<bool>(ref mapped)), 0);
        if (!mapped && Read(ranks, sources, options with { Compact = false }) is { } joined) return joined.Compacted();
        // Rank 0 first, so that the others find the cache that it wrote.
        if (mapped && ranks.Rank > 0) ranks.Barrier();
        try
        {
            return SparseCache.Read(sources, options, spec.Data.Cache, notes);
        }
        finally
        {
            if (mapped && ranks.Rank == 0) ranks.Barrier();
        }
    }

    /// <summary>The rows, each rank reading a part; null where each has to read the whole.</summary>
    public static SparseData<double>? Read(IRankGroup ranks, DataSource[] sources, LibsvmOptions options)
    {
        if (sources.Length != 1) return null;
        SparseData<double>? mine = Mine(ranks, sources[0], options);
        Shape[] shapes = new Shape[ranks.Size];
        if (mine is not null)
            shapes[ranks.Rank] = new(mine.Rows.Count, mine.Rows.Entries, mine.Rows.Columns, mine.Bytes, mine.ZeroBased ? 2 : 1);
        ranks.AllGather(MemoryMarshal.AsBytes(shapes.AsSpan()),
            [.. Enumerable.Range(0, ranks.Size + 1).Select(r => r * Marshal.SizeOf<Shape>())]);
        if (shapes.Any(s => s.State == 0) || shapes.Sum(s => s.Entries) > MostEntries) return null;
        return Joined(ranks, mine!, shapes);
    }

    static SparseData<double>? Mine(IRankGroup ranks, DataSource source, LibsvmOptions options)
    {
        try
        {
            using DataSource? part = source.Part(ranks.Rank, ranks.Size);
            SparseData<double>? read = part is null ? null : LibsvmReader.Read<double>([part], options);
            return read is { Skipped: 0 } ? read : null;
        }
        catch (DataException)
        {
            // The line it names is counted from the middle of the file; the whole is read for the right one.
            return null;
        }
    }

    static SparseData<double> Joined(IRankGroup ranks, SparseData<double> mine, Shape[] shapes)
    {
        int rows = checked((int)shapes.Sum(s => s.Rows)), entries = (int)shapes.Sum(s => s.Entries);
        double[] labels = new double[rows], values = new double[entries];
        int[] lengths = new int[rows], indices = new int[entries];
        bool zeroBased = shapes.Any(s => s.State == 2);
        int row = (int)shapes.Take(ranks.Rank).Sum(s => s.Rows), at = (int)shapes.Take(ranks.Rank).Sum(s => s.Entries);
        // Columns are numbered from 0 everywhere when a 0 occurs anywhere.
        int shift = zeroBased && !mine.ZeroBased ? 1 : 0;
        mine.Labels.CopyTo(labels, row);
        for (int i = 0; i < mine.Rows.Count; i++)
        {
            ReadOnlySpan<int> columns = mine.Rows.IndicesOf(i);
            mine.Rows.ValuesOf(i).CopyTo(values.AsSpan(at));
            for (int k = 0; k < columns.Length; k++) indices[at + k] = columns[k] + shift;
            at += columns.Length;
            lengths[row + i] = columns.Length;
        }
        Gather<double>(ranks, labels, shapes, s => s.Rows);
        Gather<int>(ranks, lengths, shapes, s => s.Rows);
        Gather<int>(ranks, indices, shapes, s => s.Entries);
        Gather<double>(ranks, values, shapes, s => s.Entries);
        long[] starts = new long[rows + 1];
        for (int i = 0; i < rows; i++) starts[i + 1] = starts[i] + lengths[i];
        int all = (int)shapes.Max(s => s.Columns + (zeroBased && s.State == 1 ? 1 : 0));
        CsrRows<double> joined = new(starts, indices, values, all);
        return new SparseData<double>(labels, joined, zeroBased, shapes.Sum(s => s.Bytes), 0, null);
    }

    static void Gather<T>(IRankGroup ranks, T[] all, Shape[] shapes, Func<Shape, long> length)
        where T : unmanaged
    {
        int[] starts = new int[ranks.Size + 1];
        for (int r = 0; r < ranks.Size; r++) starts[r + 1] = starts[r] + checked((int)(length(shapes[r]) * Marshal.SizeOf<T>()));
        ranks.AllGather(MemoryMarshal.AsBytes(all.AsSpan()), starts);
    }
}
