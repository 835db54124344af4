using Descent.Data;
using Descent.Data.Caching;
using Descent.Data.Files;

namespace Descent.Fitting.Design;

/// <summary>
/// Tables read by ranks: of files of separated text each rank reads the lines that begin in its range of bytes, and the columns are brought
/// to all. What has faults, or is cut where no row ends, is read by every rank as a whole.
/// </summary>
static class RankedTables
{
    readonly record struct Shape(long Size, long Rows, long Bytes, long IsRead);

    /// <summary>The table, the same in all ranks.</summary>
    public static Table Load(FitSpec spec, DataInput input, CsvOptions options, List<string> notes) => input.IsTyped
        ? input.Read(options, spec.Data.Cache, notes)
        : RankedReading.Load(spec, () => TableCache.IsThere(input.Sources, options, spec.Data.Cache),
            ranks => Read(ranks, input.Sources, options), () => input.Read(options, spec.Data.Cache, notes));

    /// <summary>The table, each rank reading a part; null where each has to read the whole.</summary>
    /// <exception cref="DataException">The ranks do not see the same files.</exception>
    public static Table? Read(IRankGroup ranks, DataSource[] sources, CsvOptions options)
    {
        long[] lengths = [.. sources.Select(s => s.FileLength ?? -1)];
        Table? mine = lengths.Contains(-1) || TableReader.IsJson(sources, options) ? null : Mine(ranks, sources, lengths, options);
        Shape[] shapes = RankedReading.Tell(ranks, mine is null ? new Shape(lengths.Sum(), 0, 0, 0)
            : new Shape(lengths.Sum(), mine.RowCount, mine.Bytes, 1));
        RankedReading.RequireSame(sources, [.. shapes.Select(s => s.Size)]);
        long rows = shapes.Sum(s => s.Rows);
        return shapes.Any(s => s.IsRead == 0) || rows is 0 || rows > Array.MaxLength || mine!.Columns.Count == 0 ? null
            : Joined(ranks, mine, shapes);
    }

    static Table? Mine(IRankGroup ranks, DataSource[] sources, long[] lengths, CsvOptions options)
    {
        try
        {
            return CsvPart.Read(sources, RankedReading.Part(sources, lengths, ranks.Rank, ranks.Size), options);
        }
        catch (DataException)
        {
            return null;
        }
    }

    static Table Joined(IRankGroup ranks, Table mine, Shape[] shapes)
    {
        long[] rowsOf = [.. shapes.Select(s => s.Rows)];
        long row = rowsOf.Take(ranks.Rank).Sum();
        List<Column> whole = [];
        foreach (Column c in mine.Columns)
        {
            int missing = (int)RankedReading.Tell(ranks, (long)c.Missing).Sum();
            whole.Add(c.IsText ? Texts(ranks, c, missing, row, rowsOf) : Numbers(ranks, c, missing, row, rowsOf));
        }
        return mine.Of(whole, (int)rowsOf.Sum(), shapes.Sum(s => s.Bytes));
    }

    static Column Numbers(IRankGroup ranks, Column c, int missing, long row, long[] rowsOf)
    {
        Slab<double> numbers = Room.Take<double>(rowsOf.Sum());
        c.Numbers.CopyTo(numbers.Span(row, c.Numbers.Length));
        RankedReading.Gather(ranks, numbers, rowsOf);
        return Column.Borrowed(c.Name, c.Aliases, c.IsUnnamed, missing, numbers);
    }

    // Levels are numbered as they are met: those of rank 0 in its order, then what rank 1 met besides, and so on.
    static Column Texts(IRankGroup ranks, Column c, int missing, long row, long[] rowsOf)
    {
        Dictionary<string, int> codeOf = new(StringComparer.Ordinal);
        foreach (string level in Levels(ranks, c)) codeOf.TryAdd(level, codeOf.Count);
        Slab<int> codes = Room.Take<int>(rowsOf.Sum());
        Span<int> own = codes.Span(row, c.Codes.Length);
        for (int i = 0; i < own.Length; i++) own[i] = codeOf[c.Levels[c.Codes[i]]];
        RankedReading.Gather(ranks, codes, rowsOf);
        return Column.Borrowed(c.Name, c.Aliases, c.IsUnnamed, missing, codes, [.. codeOf.OrderBy(l => l.Value).Select(l => l.Key)]);
    }

    // One rank's behind the other's, each level before a zero, which no text of a table holds.
    static IEnumerable<string> Levels(IRankGroup ranks, Column c) =>
        RankedInput.Words(ranks, string.Concat(c.Levels.Select(l => l + '\0'))).SelectMany(w => w.Split('\0')[..^1]);
}
