using Descent.Data;
using Descent.Data.Caching;
using Descent.Data.Files;

namespace Descent.Fitting.Design;

/// <summary>
/// Tables read by ranks: of one plain file of separated numbers each rank reads the lines that begin in its range of bytes, and the columns
/// are brought to all. What has texts, quotes, blank lines or faults is read by every rank as a whole.
/// </summary>
static class RankedTables
{
    readonly record struct Shape(long Size, long Rows, long Columns, long Bytes, long IsRead);

    /// <summary>The table, the same in all ranks.</summary>
    public static Table Load(FitSpec spec, DataInput input, CsvOptions options, List<string> notes) => input.IsTyped
        ? input.Read(options, spec.Data.Cache, notes)
        : RankedReading.Load(spec, () => TableCache.IsThere(input.Sources, options, spec.Data.Cache),
            ranks => Read(ranks, input.Sources, options), () => input.Read(options, spec.Data.Cache, notes));

    /// <summary>The table, each rank reading a part; null where each has to read the whole.</summary>
    /// <exception cref="DataException">The ranks do not see the same file.</exception>
    public static Table? Read(IRankGroup ranks, DataSource[] sources, CsvOptions options)
    {
        bool one = sources.Length == 1 && !TableReader.IsJson(sources, options);
        Table? mine = one ? CsvPart.Read(sources[0], options, ranks.Rank, ranks.Size) : null;
        long size = sources.Sum(s => s.FileLength ?? 0);
        Shape[] shapes = RankedReading.Tell(ranks, mine is null ? new Shape(size, 0, 0, 0, 0)
            : new Shape(size, mine.RowCount, mine.Columns.Count, mine.Bytes, 1));
        RankedReading.RequireSame(sources, [.. shapes.Select(s => s.Size)]);
        return shapes.Any(s => s.IsRead == 0 || s.Columns == 0) || shapes.Sum(s => s.Rows) > Array.MaxLength ? null
            : Joined(ranks, mine!, shapes);
    }

    static Table Joined(IRankGroup ranks, Table mine, Shape[] shapes)
    {
        long[] rowsOf = [.. shapes.Select(s => s.Rows)];
        long row = rowsOf.Take(ranks.Rank).Sum();
        Slab<double>[] numbers = new Slab<double>[mine.Columns.Count];
        long[] missing = new long[numbers.Length];
        for (int c = 0; c < numbers.Length; c++)
        {
            numbers[c] = Room.Take<double>(rowsOf.Sum());
            mine.Columns[c].Numbers.CopyTo(numbers[c].Span(row, mine.RowCount));
            RankedReading.Gather(ranks, numbers[c], rowsOf);
            missing[c] = RankedReading.Tell(ranks, (long)mine.Columns[c].Missing).Sum();
        }
        return mine.Of(numbers, missing, shapes.Sum(s => s.Bytes));
    }
}
