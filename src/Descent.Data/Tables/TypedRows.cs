using System.Globalization;
using System.Text;

namespace Descent.Data;

/// <summary>The loop over rows whose columns are typed already.</summary>
sealed class TypedRows : TableBuilder
{
    // Few enough to wait for, many enough to share the cost of a call.
    const int FirstRows = 1024;

    // Texts of a column whose levels are looked up as they come; more are no levels that come again and again.
    const int MostSeen = 1024;
    readonly TableOptions options;
    readonly SourceColumn[] first;
    readonly string[] names;
    readonly string form;
    readonly List<int> places = [];
    byte[] utf8 = new byte[256];
    int capacity;
    long row;

    public TypedRows(IColumnSource source, TableOptions options)
        : base(options, new CellText(options.MissingWords, '.'), source.Columns.Count)
    {
        this.options = options;
        first = [.. source.Columns];
        names = [.. source.Columns.Select(c => c.Name.Trim())];
        form = source.Form;
        bool[] unnamed = [.. names.Select(n => n.Length == 0)];
        RequireNames(source.Name);
        HashSet<string> all = [.. names];
        for (int c = 0; c < names.Length; c++)
        {
            string[] aliases = all.Contains("c" + (c + 1)) ? [names[c]] : [names[c], "c" + (c + 1)];
            if (!IsWanted(aliases)) continue;
            columns[c] = Make(aliases, KindOf(first[c].Type), unnamed[c], isTold: first[c].Type == ColumnType.Text);
            places.Add(c);
        }
    }

    protected override string Unit => "row";

    protected override string Nothing => "null";

    protected override string Expected => "Expected at least one.";

    public void ReadAll(IColumnSource source)
    {
        file = source.Name;
        row = 0;
        RequireSame(source);
        foreach (int c in places)
            if (source.Columns[c].Unreadable is { } what)
                throw new DataException($"{file}, column '{names[c]}': holds {what}; expected numbers, text, dates or truth values. Leave "
                    + $"the column out with `Exclude = {names[c]}`, or make others of it.");
        source.Choose([.. places.Select(c =>
            new ChosenColumn(c, AsText: columns[c]!.Kind == ColumnKind.Text && first[c].Type != ColumnType.Text))]);
        if (source.RowCount is { } known) Reserve(rows + known);
        ColumnBlock block = new(places.Count);
        while (source.Read(block) is > 0 and int count)
        {
            Take(block, count);
            block.Clear();
        }
    }

    public Table Table(string source) => Finish(source);

    protected override Table Described(string source, IReadOnlyList<Column> kept, int left) => new(source, kept, names, cells, rows)
    {
        Form = form,
        Separator = ',',
        HasHeader = true,
        Skipped = skipped + left,
        FirstSkip = firstSkip,
    };

    void Take(ColumnBlock block, int count)
    {
        for (int i = 0; i < count; i++)
        {
            if (rows == capacity) Reserve(Math.Max(FirstRows, capacity * 2L));
            row++;
            bool skip = false;
            Verdict verdict = Verdict.Row;
            for (int k = 0; k < places.Count && verdict == Verdict.Row; k++)
            {
                Column column = columns[places[k]]!;
                string? text = block.TextAt(k, i);
                verdict = text is null ? Store(block.NumberAt(k, i), column, ref skip) : Store(text, column, ref skip);
            }
            missingHere.Clear();
            if (skip || verdict == Verdict.Skip) LeaveOut();
            else rows++;
        }
    }

    Verdict Store(double value, Column column, ref bool skip)
    {
        if (column.fast && double.IsFinite(value))
        {
            column.numbers[rows] = value;
            return Verdict.Row;
        }
        return double.IsNaN(value) ? StoreMissing("", column, row, ref skip) : Store(CellValues.Text(value), column, ref skip);
    }

    Verdict Store(string text, Column column, ref bool skip)
    {
        Dictionary<string, int>? codes = column.Kind == ColumnKind.Text ? column.seen ??= new(StringComparer.Ordinal) : null;
        if (codes is not null && codes.TryGetValue(text, out int known))
        {
            column.codes[rows] = known;
            return Verdict.Row;
        }
        long missing = column.Missing;
        Verdict verdict = StoreNew(text, column, ref skip);
        if (codes is { Count: < MostSeen } && verdict == Verdict.Row && column.Missing == missing) codes.Add(text, column.codes[rows]);
        return verdict;
    }

    Verdict StoreNew(string text, Column column, ref bool skip)
    {
        if (text.Contains('\0'))
            throw new DataException($"{file}, row {row}, column '{column.Name}': found a zero byte. Expected text.");
        ReadOnlySpan<char> trimmed = text.AsSpan().Trim(' ');
        int most = Encoding.UTF8.GetMaxByteCount(trimmed.Length);
        if (utf8.Length < most) utf8 = new byte[most];
        return Store(utf8.AsSpan(0, Encoding.UTF8.GetBytes(trimmed, utf8)), trimmed, column, row, ref skip);
    }

    void Reserve(long needed)
    {
        if (needed > Array.MaxLength)
            throw new DataException($"{file}: has {needed.ToString("N0", CultureInfo.InvariantCulture)} rows, more than one table holds "
                + $"({Array.MaxLength.ToString("N0", CultureInfo.InvariantCulture)}). Ask for fewer.");
        if (needed <= capacity) return;
        capacity = (int)needed;
        foreach (int c in places) columns[c]!.Reserve(capacity);
    }

    void RequireNames(string source)
    {
        Dictionary<string, int> seen = new(StringComparer.Ordinal);
        for (int c = 0; c < names.Length; c++)
        {
            if (names[c].Length == 0) names[c] = "c" + (c + 1);
            if (!seen.TryAdd(names[c], c))
                throw new DataException($"{source}: the column name '{names[c]}' stands twice (columns {seen[names[c]] + 1} and {c + 1}). "
                    + "Expected distinct names; rename one, in a query with AS.");
        }
        if (names.Length == 0) throw new DataException($"{source}: has no columns. Expected at least one.");
    }

    // A further source needs the same columns, of the same types.
    void RequireSame(IColumnSource other)
    {
        string[] found = [.. other.Columns.Select((c, k) => c.Name.Trim() is { Length: > 0 } n ? n : "c" + (k + 1))];
        if (!found.SequenceEqual(names))
            throw new DataException($"{file}: has columns {Messages.Names(found)}; expected those of the first, {Messages.Names(names)}.");
        foreach (int c in places)
            if (other.Columns[c].Type != first[c].Type)
                throw new DataException($"{file}, column '{names[c]}': holds {Word(other.Columns[c].Type)}, and {Word(first[c].Type)} in "
                    + "the first. Expected one type; convert one of them.");
    }

    static string Word(ColumnType type) => type switch
    {
        ColumnType.Number => "numbers",
        ColumnType.Text => "text",
        _ => "values of no one type",
    };

    static ColumnKind KindOf(ColumnType type) => type switch
    {
        ColumnType.Number => ColumnKind.Number,
        ColumnType.Text => ColumnKind.Text,
        _ => ColumnKind.Open,
    };
}
