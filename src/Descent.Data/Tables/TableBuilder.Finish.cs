using System.Text;

namespace Descent.Data;

// The whole columns, once every row has been seen.
abstract partial class TableBuilder
{
    /// <summary>What was expected where there are no rows at all.</summary>
    protected abstract string Expected { get; }

    /// <summary>The table of finished columns, with what is known of where it came from.</summary>
    /// <param name="source">Where it came from, for messages.</param>
    /// <param name="kept">Its columns.</param>
    /// <param name="left">Rows that are left out besides those that were skipped.</param>
    protected abstract Table Described(string source, IReadOnlyList<Column> kept, int left);

    /// <summary>The columns as a table.</summary>
    protected Table Finish(string source, bool mayBeEmpty = false)
    {
        List<Column> kept = [];
        foreach (Column? c in columns)
        {
            if (c is null) continue;
            c.Close(rows);
            kept.Add(c);
        }
        if (rows == 0 && !(mayBeEmpty && skipped == 0))
            throw new DataException($"{source}: no rows. "
                + (skipped > 0 ? $"All {skipped} rows were skipped; the first: {firstSkip}" : Expected));
        bool[]? good = null;
        foreach (Column c in kept) Settle(c, ref good);
        int left = good is null ? 0 : rows - good.AsSpan(0, rows).Count(true);
        if (left == rows && rows > 0)
            throw new DataException($"{source}: no rows. All {rows + skipped} rows were skipped; the first: {firstSkip}");
        foreach (Column c in kept) c.KeepLevels(cells.Canonical);
        Table table = Described(source, kept, left);
        table.WithGaps(gaps);
        if (good is not null) table.Keep(good.AsSpan(0, rows));
        foreach (Column c in kept) MissingFill.Of(c, source);
        return table;
    }

    // A column that began with words but holds mostly numbers is one of numbers; its words are errors, as they would be further down.
    void Settle(Column c, ref bool[]? good)
    {
        if (!c.IsText || c.IsFixed) return;
        if (c.Kind == ColumnKind.Open)
        {
            // No value at all: a column of numbers, all of them missing.
            c.BecomeNumbers(cells.IsPlain, rows);
            return;
        }
        double[] values = new double[c.Levels.Count];
        CellKind[] kinds = new CellKind[values.Length];
        for (int k = 0; k < values.Length; k++)
        {
            byte[] text = Encoding.UTF8.GetBytes(c.Levels[k]);
            kinds[k] = c.Levels[k] == Column.MissingLevel ? CellKind.Missing : cells.KindOf(text);
            values[k] = kinds[k] == CellKind.Number && cells.TryNumber(text, out double x) ? x : double.NaN;
        }
        int numbers = 0, words = 0;
        foreach (int code in c.Codes)
        {
            if (kinds[code] == CellKind.Word) words++;
            else if (kinds[code] != CellKind.Missing) numbers++;
        }
        if (numbers == 0 || numbers < words) return;
        int first = Array.FindIndex(kinds, k => k is not (CellKind.Number or CellKind.Missing));
        if (first >= 0)
        {
            string message = NoNumber(c, c.Levels[first], c.firstLines[first], false);
            if (!options.SkipBadRows) throw new DataException(message);
            firstSkip ??= message;
            if (good is null) Array.Fill(good = new bool[rows], true);
            for (int i = 0; i < rows; i++)
                if (kinds[c.Codes[i]] is not (CellKind.Number or CellKind.Missing)) good[i] = false;
        }
        c.BecomeNumbers(values);
    }
}
