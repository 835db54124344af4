using System.Runtime.CompilerServices;
using System.Text;
using Descent.Data.Text;

namespace Descent.Data;

/// <summary>The loop over rows: numbers are parsed in place; quoted, missing and text fields take the longer way.</summary>
sealed partial class CsvParser : TableBuilder
{
    const int FirstCells = 1 << 22;
    readonly CsvOptions options;
    readonly CsvShape shape;
    readonly byte separator;
    readonly List<CsvField> rest = [];
    byte[] unquoted = new byte[256];
    char[] characters = new char[256];
    int capacity, blank, blankSinceRow;
    long line, rowLine, bytes, expected, consumed;

    public CsvParser(CsvShape shape, CsvOptions options)
        : base(options, new CellText(options.MissingWords, shape.DecimalSign), shape.Names.Length)
    {
        this.shape = shape;
        this.options = options;
        separator = (byte)shape.Separator;
        threads = options.Threads > 0 ? options.Threads : Environment.ProcessorCount;
        HashSet<string> all = [.. shape.Names];
        for (int c = 0; c < columns.Length; c++)
        {
            string[] names = [.. AliasesOf(c, all)];
            if (IsWanted(names)) columns[c] = Make(names, shape.Kinds[c], shape.HasHeader && shape.IsUnnamed[c]);
        }
    }

    /// <summary>The options that make further files be read as the first was.</summary>
    public CsvOptions Alike => options with { Separator = shape.Separator, Header = shape.HasHeader, Decimal = shape.DecimalSign };

    /// <summary>A further file needs the same columns.</summary>
    public void Join(CsvShape other, string path)
    {
        shape.Notes.AddRange(other.Notes);
        if (!other.Names.SequenceEqual(shape.Names))
            throw new DataException($"{path}: has columns {Messages.Names(other.Names)}; expected those of the first file, "
                + $"{Messages.Names(shape.Names)}.");
    }

    public void ReadAll(LineBuffer buffer, string path, CsvShape start)
    {
        file = path;
        line = start.FirstLine;
        blankSinceRow = 0;
        expected = sink is null ? bytes + buffer.ExpectedLength : 0;
        int position = start.DataStart;
        while (true)
        {
            // Only whole lines are parsed; the rest waits for more bytes.
            int safe = buffer.Finished ? buffer.End : buffer.Bytes.AsSpan(0, buffer.End).LastIndexOf((byte)'\n') + 1;
            position = ParseApart(buffer.Bytes, position, safe);
            position = ParseLines(buffer.Bytes, position, safe, buffer.Finished);
            consumed = bytes + buffer.Total - (buffer.End - position);
            if (sink is not null && !HandOn()) return;
            if (buffer.Finished && position >= buffer.End) break;
            if (buffer.Finished) throw new DataException($"{file}, line {line}: a quoted field is not closed before the end of the file.");
            buffer.Fill(position);
            position = 0;
        }
        bytes += buffer.Total;
    }

    // A column answers to its name, to c1, c2, … by position, and to the header's word where that was read as something else.
    IEnumerable<string> AliasesOf(int c, HashSet<string> all)
    {
        yield return shape.Names[c];
        if (!all.Contains("c" + (c + 1))) yield return "c" + (c + 1);
        if (shape.RawNames is { } raw) yield return raw[c];
    }

    int ParseLines(byte[] data, int position, int safe, bool last)
    {
        while (position < safe)
        {
            if (rows == capacity) Grow();
            int next = position;
            rowLine = line;
            switch (ParseRow(data, ref next, safe, last))
            {
                case Verdict.Row:
                    rows++;
                    break;
                case Verdict.Skip:
                    LeaveOut();
                    break;
                case Verdict.NeedMore:
                    line = rowLine;
                    foreach (Column c in missingHere) c.Missing--;
                    missingHere.Clear();
                    return position;
                case Verdict.Blank:
                    blankSinceRow++;
                    position = next;
                    continue;
                default:
                    break;
            }
            position = next;
            if (blankSinceRow > 0 || missingHere.Count > 0) EndRow();
        }
        return position;
    }

    // Blank lines at the end are no loss; between rows they are counted.
    void EndRow()
    {
        blank += blankSinceRow;
        blankSinceRow = 0;
        missingHere.Clear();
    }

    void Grow()
    {
        double guess = expected > 0 && consumed > 0 ? rows / (double)consumed * expected * 1.03 : 0;
        // A row takes at least a byte a column, so that a short input needs no more rows than it can hold.
        double most = expected > 0 ? 1 + (expected / Math.Max(1, columns.Length)) : double.PositiveInfinity;
        // Wide rows come in small numbers at first: their count is not known of a pipe or of compressed text.
        double first = Math.Min(Math.Clamp(FirstCells / columns.Length, 16, 1024), Math.Max(most, 16));
        capacity = (int)Math.Min(Array.MaxLength, Math.Max(first, Math.Max(guess, capacity * 2.0)));
        // Columns of slightly different lengths, so that their ends do not fall on the same cache sets.
        for (int c = 0; c < columns.Length; c++) columns[c]?.Reserve(capacity + (capacity < 1024 ? 0 : c % 16 * 72));
    }

    // Compiled at once at full strength: the loop is entered a few times only, each time for a mebibyte.
    Verdict ParseRow(byte[] data, ref int position, int safe, bool last)
    {
        ref byte d = ref data[0];
        int p = position, row = rows;
        byte sep = separator;
        if (separator == ' ')
            while (data[p] == ' ') p++;
        if (CsvRecord.IsBlankLine(data, ref p, sep))
        {
            position = p;
            line++;
            return Verdict.Blank;
        }
        bool skip = false;
        for (int c = 0; c < columns.Length; c++)
        {
            Column? column = columns[c];
            if (column is { fast: true })
            {
                while (Unsafe.Add(ref d, p) == ' ' && sep != ' ') p++;
                int used = NumberParser.ParseShort(ref Unsafe.Add(ref d, p), out double value);
                int after = p + used;
                byte next = Unsafe.Add(ref d, after);
                while (next == ' ' && sep != ' ') next = Unsafe.Add(ref d, ++after);
                if (used > 0 && (next == sep || next == '\n' || next == '\r') && double.IsFinite(value))
                {
                    column.numbers[row] = value;
                    p = after;
                }
                else
                {
                    Verdict v = SlowField(data, ref p, safe, last, column, c, ref skip);
                    if (v != Verdict.Row) return Escape(data, ref position, p, safe, last, v);
                }
            }
            else
            {
                Verdict v = SlowField(data, ref p, safe, last, column, c, ref skip);
                if (v != Verdict.Row) return Escape(data, ref position, p, safe, last, v);
            }
            if (separator == ' ')
                while (data[p] == ' ') p++;
            bool ended = data[p] is (byte)'\n' or (byte)'\r';
            if (c == columns.Length - 1)
            {
                if (ended) break;
                return TooManyOrFew(data, ref position, safe, last);
            }
            if (ended) return TooManyOrFew(data, ref position, safe, last);
            if (separator != ' ') p++;
        }
        if (data[p] == '\r' && data[++p] != '\n') return StrayReturn(data, ref position, p, safe);
        position = p + 1;
        line++;
        return skip ? Verdict.Skip : Verdict.Row;
    }

    // A bad cell of a row that is to be left out: go behind the record, quoted line feeds and all.
    Verdict Escape(byte[] data, ref int position, int p, int safe, bool last, Verdict verdict)
    {
        if (verdict != Verdict.Skip) return verdict;
        rest.Clear();
        if (data[p] is (byte)'\n' or (byte)'\r') p = CsvRecord.LineEnd(data, p, safe, ref line);
        else
        {
            int next = CsvRecord.Read(data, p + (separator == ' ' ? 0 : 1), safe, separator, rest, ref line);
            if (next == CsvRecord.Incomplete && !last) return Verdict.NeedMore;
            p = next == CsvRecord.Incomplete ? CsvRecord.LineEnd(data, p, safe, ref line) : next;
        }
        position = p;
        return Verdict.Skip;
    }

    Verdict StrayReturn(byte[] data, ref int position, int p, int safe) =>
        Refuse(CsvRecord.Stray(file, line), ref position, CsvRecord.LineEnd(data, p, safe, ref line));

    Verdict TooManyOrFew(byte[] data, ref int position, int safe, bool last)
    {
        rest.Clear();
        long lines = 0;
        int end = CsvRecord.Read(data, position, safe, separator, rest, ref lines);
        if (end == CsvRecord.Incomplete && !last) return Verdict.NeedMore;
        if (end == CsvRecord.Incomplete)
            throw new DataException($"{file}, line {line}: a quoted field is not closed before the end of the file. Add the closing "
                + $"quote.");
        line = rowLine;
        int behind = rest[^1].Start + rest[^1].Length + (rest[^1].Quote != 0 ? 1 : 0);
        string message = data.AsSpan(behind, end - behind).Trim(" \r\n"u8).Length > 0
            ? CsvRecord.Stray(file, line)
            : $"{file}, line {line}: found {rest.Count} {(rest.Count == 1 ? "field" : "fields")}, expected {columns.Length} as in "
                + $"{(shape.HasHeader ? "the header" : "the first row")}. Mend the row or leave such rows out with `OnBadRow = skip`.";
        Verdict verdict = Refuse(message, ref position, end);
        line += lines;
        return verdict;
    }

    Verdict Refuse(string message, ref int position, int next)
    {
        if (!options.SkipBadRows) throw new DataException(message);
        firstSkip ??= message;
        position = next;
        return Verdict.Skip;
    }
}
