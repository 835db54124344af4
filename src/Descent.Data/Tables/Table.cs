namespace Descent.Data;

/// <summary>A table read from a file: columns of one length.</summary>
public sealed partial class Table
{
    readonly CellText cells;
    readonly Dictionary<string, Column> byName = new(StringComparer.Ordinal);
    readonly Lazy<HashSet<string>> all;
    int[]? numbers;

    internal Table(string source, IReadOnlyList<Column> columns, IReadOnlyList<string> names, CellText cells, int rows)
    {
        this.cells = cells;
        Source = source;
        Columns = columns;
        AllNames = names;
        all = new(() => [.. AllNames, .. Enumerable.Range(1, AllNames.Count).Select(i => "c" + i)]);
        RowCount = rows;
        foreach (Column c in columns)
            foreach (string alias in c.Aliases) byName.TryAdd(alias, c);
    }

    /// <summary>Where it came from.</summary>
    public string Source { get; }

    /// <summary>What its rows were read from where that was no text, as “Parquet” or “a query”; null for text and for arrays.</summary>
    public string? Form { get; internal init; }

    /// <summary>The columns that were read.</summary>
    public IReadOnlyList<Column> Columns { get; }

    /// <summary>Names of all columns of the file.</summary>
    public IReadOnlyList<string> AllNames { get; }

    /// <summary>Number of rows.</summary>
    public int RowCount { get; private set; }

    /// <summary>Rows that were left out because they could not be read or a value was missing.</summary>
    public int Skipped { get; internal init; }

    /// <summary>Why the first of them was left out.</summary>
    public string? FirstSkip { get; internal init; }

    /// <summary>What was assumed or passed over while reading, in words; rows that were skipped are counted apart.</summary>
    public IReadOnlyList<string> Notes { get; internal init; } = [];

    /// <summary>Bytes read, after decompression.</summary>
    public long Bytes { get; internal init; }

    /// <summary>The form of the text: separated fields, or JSON lines.</summary>
    public DataFormat Format { get; internal init; } = DataFormat.Csv;

    /// <summary>The separator found.</summary>
    public char Separator { get; internal init; }

    /// <summary>The decimal sign found.</summary>
    public char DecimalSign => cells.DecimalSign;

    /// <summary>utf-8, utf-16 or latin1.</summary>
    public string Encoding { get; internal init; } = "utf-8";

    /// <summary>Whether the first record was taken as names.</summary>
    public bool HasHeader { get; internal init; }

    /// <summary>
    /// How many lines of the first file stand before its header, or before its first row where there is none: skipped, blank or comments.
    /// </summary>
    public int LinesBefore { get; internal init; }

    /// <summary>A column by its name, by c1, c2, … (its position), or null.</summary>
    public Column? Find(string name) => byName.GetValueOrDefault(name);

    /// <summary>The same rows with further columns, which the file does not have.</summary>
    internal Table With(IReadOnlyList<Column> further) => further.Count == 0 ? this
        : new(Source, [.. Columns, .. further], AllNames, cells, RowCount)
        {
            Form = Form,
            Skipped = Skipped,
            FirstSkip = FirstSkip,
            Notes = Notes,
            Bytes = Bytes,
            Format = Format,
            Separator = Separator,
            Encoding = Encoding,
            HasHeader = HasHeader,
            LinesBefore = LinesBefore,
            numbers = numbers,
        };

    /// <summary>Whether the file has a column of this name or position, read or not.</summary>
    public bool HasColumn(string name) => all.Value.Contains(name) || byName.ContainsKey(name);

    /// <summary>The spelling that stands for a level: that of its value when it is a number.</summary>
    public string LevelName(string text) => cells.Canonical(text);

    /// <summary>The number of a row among the rows of the data, from 1: rows that were left out count, so that the row can be found
    /// there.</summary>
    /// <param name="row">The row of this table, from 0.</param>
    internal int RowNumber(int row) => numbers is null ? row + 1 : numbers[row];

    /// <summary>Where a row is found, for messages.</summary>
    /// <param name="row">The row of this table, from 0.</param>
    internal string Place(int row) => $"{Source}, data row {RowNumber(row)}";

    /// <summary>Leaves rows out, and with them the levels that only they have.</summary>
    /// <param name="rows">One entry a row: whether it stays.</param>
    public void Keep(ReadOnlySpan<bool> rows)
    {
        if (rows.Length != RowCount) throw new ArgumentException($"{rows.Length} entries for {RowCount} rows.", nameof(rows));
        foreach (Column c in Columns) c.Keep(rows, cells.Canonical);
        int left = 0;
        int[] kept = new int[rows.Count(true)];
        for (int i = 0; i < rows.Length; i++)
            if (rows[i]) kept[left++] = RowNumber(i);
        (numbers, RowCount) = (kept, left);
    }

    /// <summary>Says which rows of the data are not here, by how many rows were read and left out before each.</summary>
    internal void WithGaps(IReadOnlyList<int> gaps)
    {
        if (gaps.Count == 0) return;
        int[] of = new int[RowCount];
        for (int i = 0, number = 0, next = 0; i < of.Length; i++, number++)
        {
            while (next < gaps.Count && gaps[next] == number) (next, number) = (next + 1, number + 1);
            of[i] = number + 1;
        }
        numbers = of;
    }
}
