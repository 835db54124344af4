using Descent.Data;
using Descent.Data.Caching;
using Descent.Data.Files;

namespace Descent.Fitting.Design;

/// <summary>
/// LIBSVM rows read by ranks: each reads the lines that begin in its range of the files' bytes, and what it read is brought to all. What
/// has anything to say about lines (a fault, a row left out) is read again by every rank as a whole, so that the words and the numbers
/// are those of one process.
/// </summary>
static class RankedRows
{
    readonly record struct Shape(long Size, long Rows, long Entries, long Columns, long Bytes, long State);

    /// <summary>The rows, the same in all ranks.</summary>
    public static SparseData<double> Load(FitSpec spec, DataSource[] sources, LibsvmOptions options, List<string> notes) =>
        RankedReading.Load(spec, () => SparseCache.IsThere(sources, options, spec.Data.Cache),
            ranks => Read(ranks, sources, options with { Compact = false })?.Compacted(),
            () => SparseCache.Read(sources, options, spec.Data.Cache, notes));

    /// <summary>The rows, each rank reading a part; null where each has to read the whole.</summary>
    /// <exception cref="DataException">The ranks do not see the same files.</exception>
    public static SparseData<double>? Read(IRankGroup ranks, DataSource[] sources, LibsvmOptions options)
    {
        long[] lengths = [.. sources.Select(s => s.FileLength ?? -1)];
        SparseData<double>? mine = lengths.Contains(-1) ? null : Mine(ranks, sources, lengths, options);
        // Without an entry a part does not know how columns are numbered, nor how many there are.
        Shape[] shapes = RankedReading.Tell(ranks, mine is null ? new Shape(lengths.Sum(), 0, 0, 0, 0, 0) : new Shape(lengths.Sum(),
            mine.Rows.Count, mine.Rows.Entries, mine.Rows.Entries == 0 ? 0 : mine.Rows.Columns, mine.Bytes, mine.ZeroBased ? 2 : 1));
        RankedReading.RequireSame(sources, [.. shapes.Select(s => s.Size)]);
        return shapes.Any(s => s.State == 0) || shapes.Sum(s => s.Rows) is 0 or > int.MaxValue ? null : Joined(ranks, mine!, shapes);
    }

    static SparseData<double>? Mine(IRankGroup ranks, DataSource[] sources, long[] lengths, LibsvmOptions options)
    {
        try
        {
            DataSource[] part = RankedReading.Part(sources, lengths, ranks.Rank, ranks.Size);
            if (part.Length == 0) return new SparseData<double>([], new CsrRows<double>([0], [], [], 1), false, 0, 0, null);
            SparseData<double> read = LibsvmReader.Read<double>(part, options);
            return read.Skipped == 0 ? read : null;
        }
        catch (DataException)
        {
            // The line it names is counted from the middle of the file; the whole is read for the right one.
            return null;
        }
    }

    static SparseData<double> Joined(IRankGroup ranks, SparseData<double> mine, Shape[] shapes)
    {
        int rows = (int)shapes.Sum(s => s.Rows);
        long entries = shapes.Sum(s => s.Entries);
        double[] labels = new double[rows];
        int[] lengths = new int[rows];
        Slab<double> values = Room.Take<double>(entries);
        Slab<int> indices = Room.Take<int>(entries);
        bool zeroBased = shapes.Any(s => s.State == 2);
        int row = (int)shapes.Take(ranks.Rank).Sum(s => s.Rows);
        long at = shapes.Take(ranks.Rank).Sum(s => s.Entries);
        // Columns are numbered from 0 everywhere when a 0 occurs anywhere.
        int shift = zeroBased && !mine.ZeroBased ? 1 : 0;
        mine.Labels.CopyTo(labels, row);
        for (int i = 0; i < mine.Rows.Count; i++)
        {
            ReadOnlySpan<int> columns = mine.Rows.IndicesOf(i);
            Span<int> to = indices.Span(at, columns.Length);
            mine.Rows.ValuesOf(i).CopyTo(values.Span(at, columns.Length));
            for (int k = 0; k < columns.Length; k++) to[k] = columns[k] + shift;
            at += columns.Length;
            lengths[row + i] = columns.Length;
        }
        long[] rowsOf = [.. shapes.Select(s => s.Rows)], entriesOf = [.. shapes.Select(s => s.Entries)];
        RankedReading.Gather<double>(ranks, labels, rowsOf);
        RankedReading.Gather<int>(ranks, lengths, rowsOf);
        RankedReading.Gather(ranks, indices, entriesOf);
        RankedReading.Gather(ranks, values, entriesOf);
        long[] starts = new long[rows + 1];
        for (int i = 0; i < rows; i++) starts[i + 1] = starts[i] + lengths[i];
        long all = Math.Max(1, shapes.Max(s => s.Columns + (zeroBased && s is { State: 1, Entries: > 0 } ? 1 : 0)));
        CsrRows<double> joined = new(starts, indices, values, (int)all);
        return new SparseData<double>(labels, joined, zeroBased, shapes.Sum(s => s.Bytes), 0, null);
    }
}
