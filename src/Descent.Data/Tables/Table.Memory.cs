namespace Descent.Data;

// Tables of data that is in memory already, and copies.
public sealed partial class Table
{
    Table(string source, IReadOnlyList<Column> columns, int rows, CellText cells, char separator, bool hasHeader)
    {
        this.cells = cells;
        (Source, Columns, RowCount) = (source, columns, rows);
        AllNames = [.. columns.Select(c => c.Name)];
        all = new(() => [.. AllNames]);
        (Separator, HasHeader) = (separator, hasHeader);
        foreach (Column c in columns)
            foreach (string alias in c.Aliases) byName.TryAdd(alias, c);
    }

    /// <summary>
    /// A table of columns in memory, each made by <see cref="Column.Of(string, IReadOnlyList{double})"/> or its like for texts.
    /// </summary>
    /// <param name="columns">The columns, with distinct names and as many rows each.</param>
    /// <param name="source">What it is called in messages.</param>
    /// <exception cref="ArgumentException">A name stands twice, the lengths differ, or there is no column.</exception>
    public static Table Of(IReadOnlyList<Column> columns, string source = "table")
    {
        ArgumentNullException.ThrowIfNull(columns);
        if (columns.Count == 0) throw new ArgumentException("A table needs at least one column.", nameof(columns));
        int rows = columns[0].RowCount;
        foreach (Column c in columns)
            if (c.RowCount != rows)
                throw new ArgumentException($"Column '{c.Name}' has {c.RowCount} rows; expected {rows}, as in '{columns[0].Name}'.");
        if (columns.GroupBy(c => c.Name, StringComparer.Ordinal).FirstOrDefault(g => g.Count() > 1) is { } twice)
            throw new ArgumentException($"The column name '{twice.Key}' stands twice; expected distinct names.", nameof(columns));
        CellText cells = new([], '.');
        Column[] own = [.. columns.Select(c => c.Copy())];
        // A level that is a number has one spelling.
        foreach (Column c in own) c.KeepLevels(cells.Canonical);
        return new(source, own, rows, cells, ',', true);
    }

    /// <summary>
    /// The rows of a query, read to their end: the table that their CSV would give, to the same bits. Columns keep their types; dates and
    /// truth values become their texts.
    /// </summary>
    /// <param name="reader">An open reader before its first row; it stays open.</param>
    /// <param name="options">What a missing value is, and what happens to it; null for the defaults.</param>
    /// <param name="source">What it is called in messages.</param>
    /// <exception cref="DataException">The database ends the query, or a cell is no value of a table; the place is said.</exception>
    public static Table Of(System.Data.Common.DbDataReader reader, TableOptions? options = null, string source = "query") =>
        ColumnReader.Read([ColumnOrigin.Of(reader, source)], options);

    /// <summary>A table of other rows, read as this one was.</summary>
    /// <param name="whole">Their columns, which are not copied.</param>
    /// <param name="rows">How many there are.</param>
    /// <param name="bytes">Bytes of their text.</param>
    internal Table Of(IReadOnlyList<Column> whole, int rows, long bytes) => new(Source, whole, AllNames, cells, rows)
    {
        Notes = Notes,
        Bytes = bytes,
        Format = Format,
        Separator = Separator,
        Encoding = Encoding,
        HasHeader = HasHeader,
        LinesBefore = LinesBefore,
    };

    /// <summary>The same rows in columns of their own.</summary>
    internal Table Copy() => new(Source, [.. Columns.Select(c => c.Copy())], RowCount, cells, Separator, HasHeader)
    {
        Format = Format,
        Skipped = Skipped,
        FirstSkip = FirstSkip,
        Notes = Notes,
        Bytes = Bytes,
        Encoding = Encoding,
        Form = Form,
        numbers = numbers,
    };
}
