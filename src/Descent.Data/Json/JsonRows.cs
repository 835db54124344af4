namespace Descent.Data;

/// <summary>Puts the rows of JSON lines together, column by column, where keys may come late and be absent.</summary>
sealed partial class JsonRows
{
    readonly CsvOptions options;
    readonly CellText cells;
    readonly int openRows;
    readonly Dictionary<string, JsonField> byName = new(StringComparer.Ordinal);
    readonly List<JsonField> fields = [];
    readonly List<bool> stays = [];
    readonly List<int> gaps = [];
    char[] characters = new char[256];
    string file = "";
    string? firstSkip;
    int rows, capacity, skipped;
    long line, firstLine;

    /// <param name="options">Which columns are needed and as what.</param>
    /// <param name="known">Columns that the table has whatever the lines hold.</param>
    /// <param name="openRows">After so many rows a key that was not met before is passed over.</param>
    public JsonRows(CsvOptions options, IReadOnlyList<string> known, int openRows)
    {
        (this.options, this.openRows) = (options, openRows);
        cells = new CellText(options.MissingWords, '.');
        foreach (string name in known) Add(name);
    }

    /// <summary>Rows read, those that go for a missing value among them.</summary>
    public int Count => rows;

    /// <summary>Of these, the rows that go.</summary>
    public int Left => stays.Count(s => !s);

    /// <summary>Rows left out so far, and why the first of them was.</summary>
    public (int Count, string? First) Skipped => (skipped, firstSkip);

    /// <summary>The columns so far, as options that make other rows have them.</summary>
    public (IReadOnlyList<string> Names, CsvOptions Options) Alike()
    {
        JsonField[] used = [.. fields.Where(f => f.Column is not null)];
        return ([.. used.Select(f => f.Name)], options with
        {
            TextColumns = [.. options.TextColumns, .. used.Where(f => f.Column!.Kind == ColumnKind.Text).Select(f => f.Name)],
            NumberColumns = [.. options.NumberColumns, .. used.Where(f => f.Column!.Kind != ColumnKind.Text).Select(f => f.Name)],
        });
    }

    /// <summary>Reads whole lines; how many they are.</summary>
    public long Read(ReadOnlySpan<byte> text, string path, long first)
    {
        (file, line) = (path, first);
        while (!text.IsEmpty)
        {
            int length = text.IndexOf((byte)'\n');
            ReadOnlySpan<byte> row = length < 0 ? text : text[..length];
            text = length < 0 ? default : text[(length + 1)..];
            if (!row.Trim(" \t\r"u8).IsEmpty) Row(row.TrimEnd((byte)'\r'));
            line++;
        }
        return line - first;
    }

    /// <summary>The table of all rows.</summary>
    /// <exception cref="DataException">There are none.</exception>
    public Table Finish(string source, string encoding, long bytes)
    {
        if (rows == 0 || !stays.Contains(true))
            throw new DataException($"{source}: no rows. " + (skipped > 0 ? $"All {skipped} rows were skipped; the first: {firstSkip}"
                : "Expected an object a line, {\"name\": value, …}."));
        Column[] columns = [.. fields.Select(f => f.Column).OfType<Column>()];
        foreach (Column c in columns)
        {
            // No value at all: a column of numbers, all of them missing.
            if (c.Kind == ColumnKind.Open) c.BecomeNumbers(cells.IsPlain, rows);
            c.Close(rows);
            c.KeepLevels(cells.Canonical);
        }
        Table table = new(source, columns, [.. fields.Select(f => f.Name)], cells, rows)
        {
            Format = DataFormat.JsonLines,
            Separator = ',',
            HasHeader = true,
            Skipped = skipped,
            FirstSkip = firstSkip,
            Bytes = bytes,
            Encoding = encoding,
        };
        table.WithGaps(gaps);
        if (stays.Contains(false)) table.Keep(stays.ToArray());
        foreach (Column c in columns) MissingFill.Of(c, source);
        return table;
    }

    void Row(ReadOnlySpan<byte> json)
    {
        if (rows == capacity) Grow();
        int before = fields.Count;
        string? fault = Object(json);
        if (fault is null)
        {
            Commit();
            return;
        }
        if (!options.SkipBadRows) throw new DataException(fault);
        // Nothing of the row stays, columns that it alone has included.
        foreach (JsonField f in fields.Skip(before)) byName.Remove(f.Name);
        fields.RemoveRange(before, fields.Count - before);
        foreach (JsonField f in fields) f.HasValue = false;
        firstSkip ??= fault;
        gaps.Add(rows + gaps.Count);
        skipped++;
    }

    void Commit()
    {
        bool stay = true;
        if (rows == 0) firstLine = line;
        foreach (JsonField f in fields)
        {
            if (f.Column is not null && !f.HasValue) stay &= Missing(f, rows, line);
            f.HasValue = false;
        }
        stays.Add(stay);
        if (!stay) skipped++;
        rows++;
    }

    // Whether the row stays.
    bool Missing(JsonField f, int row, long at)
    {
        Column c = f.Column!;
        c.Missing++;
        string what = $"{file}, line {at}, column '{f.Name}': the value is missing (null, or no such key)";
        if (c.Policy == MissingPolicy.Fail)
            throw new DataException($"{what}. Leave such rows out with `Missing = skip`"
                + $"{(c.IsNeverFilled || options.NumbersOnly ? "" : ", or fill in the mean with `Missing = mean`")}.");
        if (c.IsText) c.codes[row] = c.CodeOf(Column.MissingLevel, at);
        else c.numbers[row] = double.NaN;
        if (c.Policy != MissingPolicy.Skip && !c.IsNeverFilled) return true;
        firstSkip ??= what + ".";
        return false;
    }

    JsonField Add(string name)
    {
        Column? column = null;
        if (options.Wanted?.Invoke([name]) ?? true)
        {
            bool text = options.TextColumns.Contains(name), number = !text && options.NumberColumns.Contains(name);
            column = new Column(name, text ? ColumnKind.Text : number ? ColumnKind.Number : ColumnKind.Open, text || number)
            {
                IsNeverFilled = options.NeverFilled.Contains(name),
                Policy = options.PolicyOf([name]),
            };
            column.Reserve(capacity);
        }
        JsonField field = new(name, column);
        byName.Add(name, field);
        fields.Add(field);
        // The rows before had no such key.
        for (int i = 0; column is not null && i < rows; i++)
        {
            if (!stays[i]) continue;
            stays[i] = Missing(field, i, firstLine);
            if (!stays[i]) skipped++;
        }
        return field;
    }

    void Grow()
    {
        capacity = Math.Max(64, capacity * 2);
        foreach (JsonField f in fields) f.Column?.Reserve(capacity);
    }
}
