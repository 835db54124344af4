using System.Runtime.CompilerServices;
using System.Text;
using Descent.Data.Text;

namespace Descent.Data;

/// <summary>The loop over rows: numbers are parsed in place; quoted, missing and text fields take the longer way.</summary>
sealed class CsvParser
{
    static readonly UTF8Encoding Strict = new(false, true);
    readonly CsvOptions options;
    readonly CsvShape shape;
    readonly Column?[] columns;
    readonly byte separator;
    byte[] unquoted = new byte[256];
    char[] characters = new char[256];
    string file = "";
    string? firstSkip;
    int rows, skipped, capacity;
    long line, bytes, expected, consumed;

    public CsvParser(CsvShape shape, CsvOptions options)
    {
        this.shape = shape;
        this.options = options;
        separator = (byte)shape.Separator;
        columns = new Column?[shape.Names.Length];
        for (int c = 0; c < columns.Length; c++)
        {
            string[] names = [.. AliasesOf(c)];
            if (options.Wanted?.Invoke(names) ?? true) columns[c] = new Column(shape.Names[c], shape.IsText[c]) { Aliases = names };
        }
    }

    enum Verdict
    {
        Row,
        Blank,
        NeedMore,
        Skip,
    }

    public void RequireSame(CsvShape other, string path)
    {
        if (!other.Names.SequenceEqual(shape.Names))
            throw new DataException($"{ByteSource.NameOf(path)}: has columns {string.Join(", ", other.Names)}; expected those of the first file, {string.Join(", ", shape.Names)}.");
    }

    public void ReadAll(LineBuffer buffer, string path, CsvShape start)
    {
        file = ByteSource.NameOf(path);
        line = start.FirstLine;
        expected = bytes + buffer.ExpectedLength;
        int position = start.DataStart;
        while (true)
        {
            // Only whole lines are parsed; the rest waits for more bytes.
            int safe = buffer.Finished ? buffer.End : buffer.Bytes.AsSpan(0, buffer.End).LastIndexOf((byte)'\n') + 1;
            position = ParseLines(buffer.Bytes, position, safe, buffer.Finished);
            consumed = bytes + buffer.Total - (buffer.End - position);
            if (buffer.Finished && position >= buffer.End) break;
            if (buffer.Finished) throw new DataException($"{file}, line {line}: a quoted field is not closed before the end of the file.");
            buffer.Fill(position);
            position = 0;
        }
        bytes += buffer.Total;
    }

    public Table Finish(string source)
    {
        List<Column> kept = [];
        foreach (Column? c in columns)
        {
            if (c is null) continue;
            c.Close(rows);
            if (options.Missing == MissingPolicy.Mean && !c.IsText) FillMeans(c);
            kept.Add(c);
        }
        if (rows == 0)
        {
            string why = skipped > 0 ? $" All {skipped} rows were skipped; the first: {firstSkip}" : " Expected rows of values after the header.";
            throw new DataException($"{source}: no rows.{why}");
        }
        return new Table(source, kept, shape.Names, rows, skipped, firstSkip, bytes, shape.Separator, shape.HasHeader);
    }

    // A column answers to its name, to c1, c2, … by position, and to the header's word where that was read as something else.
    IEnumerable<string> AliasesOf(int c)
    {
        yield return shape.Names[c];
        if (!shape.Names.Contains("c" + (c + 1))) yield return "c" + (c + 1);
        if (shape.RawNames is { } raw) yield return raw[c];
    }

    static void FillMeans(Column c)
    {
        double sum = 0;
        int count = 0;
        foreach (double x in c.Numbers)
        {
            if (double.IsNaN(x)) continue;
            sum += x;
            count++;
        }
        for (int i = 0; i < c.Numbers.Length; i++)
            if (double.IsNaN(c.numbers[i])) c.numbers[i] = sum / Math.Max(1, count);
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    int ParseLines(byte[] data, int position, int safe, bool last)
    {
        while (position < safe)
        {
            if (rows == capacity) Grow();
            int next = position;
            long startLine = line;
            switch (ParseRow(data, ref next, safe, last))
            {
                case Verdict.Row:
                    rows++;
                    break;
                case Verdict.Skip:
                    skipped++;
                    break;
                case Verdict.NeedMore:
                    line = startLine;
                    return position;
                case Verdict.Blank:
                default:
                    break;
            }
            position = next;
        }
        return position;
    }

    void Grow()
    {
        double guess = expected > 0 && consumed > 0 ? rows / (double)consumed * expected * 1.03 : 0;
        capacity = (int)Math.Min(Array.MaxLength, Math.Max(Math.Max(1024, guess), capacity * 2.0));
        // Columns of slightly different lengths, so that their ends do not fall on the same cache sets.
        for (int c = 0; c < columns.Length; c++) columns[c]?.Reserve(capacity + (c % 16 * 72));
    }

    // Compiled at once at full strength: the loop is entered a few times only, each time for a mebibyte.
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    Verdict ParseRow(byte[] data, ref int position, int safe, bool last)
    {
        ref byte d = ref data[0];
        int p = position, row = rows;
        byte sep = separator;
        if (separator == ' ')
            while (data[p] == ' ') p++;
        if (IsBlank(data, ref p))
        {
            position = p;
            line++;
            return Verdict.Blank;
        }
        bool skip = false;
        for (int c = 0; c < columns.Length; c++)
        {
            Column? column = columns[c];
            if (column is { IsText: false })
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
                    if (v != Verdict.Row) return Escape(data, ref position, p, safe, v);
                }
            }
            else
            {
                Verdict v = SlowField(data, ref p, safe, last, column, c, ref skip);
                if (v != Verdict.Row) return Escape(data, ref position, p, safe, v);
            }
            if (separator == ' ')
                while (data[p] == ' ') p++;
            bool ended = data[p] is (byte)'\n' or (byte)'\r';
            if (c == columns.Length - 1)
            {
                if (ended) break;
                return TooManyOrFew(data, ref position, safe);
            }
            if (ended) return TooManyOrFew(data, ref position, safe);
            if (separator != ' ') p++;
        }
        if (data[p] == '\r') p++;
        position = p + 1;
        line++;
        return skip ? Verdict.Skip : Verdict.Row;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    bool EndsField(byte b) => b == separator || b == '\n' || b == '\r';

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    static bool IsBlank(byte[] data, ref int p)
    {
        int i = p;
        while (data[i] is (byte)' ' or (byte)'\r' or (byte)'\t') i++;
        if (data[i] != '\n') return false;
        p = i + 1;
        return true;
    }

    // A bad row that is to be left out: go to the next line.
    Verdict Escape(byte[] data, ref int position, int p, int safe, Verdict verdict)
    {
        if (verdict != Verdict.Skip) return verdict;
        int at = data.AsSpan(p, safe - p).IndexOf((byte)'\n');
        position = at < 0 ? safe : p + at + 1;
        line++;
        return Verdict.Skip;
    }

    Verdict TooManyOrFew(byte[] data, ref int position, int safe)
    {
        int at = data.AsSpan(position, safe - position).IndexOf((byte)'\n'), end = at < 0 ? safe : position + at;
        int count = CsvFields.Split(Encoding.UTF8.GetString(data.AsSpan(position, end - position)).TrimEnd('\r'), shape.Separator).Count;
        string message = $"{file}, line {line}: found {count} {(count == 1 ? "field" : "fields")}, expected {columns.Length} as in {(shape.HasHeader ? "the header" : "the first row")}. Mend the row or leave such rows out with --on-bad-row skip.";
        if (!options.SkipBadRows) throw new DataException(message);
        firstSkip ??= message;
        position = end < safe ? end + 1 : safe;
        line++;
        return Verdict.Skip;
    }

    Verdict SlowField(byte[] data, ref int p, int safe, bool last, Column? column, int c, ref bool skip)
    {
        while (data[p] == ' ' && separator != ' ') p++;
        ReadOnlySpan<byte> field;
        byte quote = data[p];
        int close = quote is (byte)'"' or (byte)'\'' ? Closing(data, p, safe, quote) : -1;
        if (close == -2 && !last) return Verdict.NeedMore;
        if (close == -2 && quote == '"') throw new DataException($"{file}, line {line}, column '{shape.Names[c]}': a quoted field is not closed before the end of the file. Add the closing quote.");
        if (close >= 0)
        {
            field = Unquote(data.AsSpan(p + 1, close - p - 1), quote);
            line += data.AsSpan(p, close - p).Count((byte)'\n');
            p = close + 1;
        }
        else
        {
            int start = p;
            while (!EndsField(data[p])) p++;
            field = data.AsSpan(start, p - start).TrimEnd((byte)' ');
        }
        return column is null ? Verdict.Row : Store(field, column, ref skip);
    }

    Verdict Store(ReadOnlySpan<byte> field, Column column, ref bool skip)
    {
        ReadOnlySpan<char> text = Decode(field, column);
        if (CsvShape.IsMissing(text))
        {
            column.Missing++;
            if (options.Missing == MissingPolicy.Fail)
                throw new DataException($"{file}, line {line}, column '{column.Name}': the value is missing ({(text.Length == 0 ? "empty field" : $"'{text}'")}). Leave such rows out with --missing skip, or fill in the mean with --missing mean.");
            if (options.Missing == MissingPolicy.Skip)
            {
                firstSkip ??= $"{file}, line {line}, column '{column.Name}': the value is missing.";
                skip = true;
            }
            if (column.IsText) column.codes[rows] = options.Missing == MissingPolicy.Mean ? column.CodeOf("(missing)") : 0;
            else column.numbers[rows] = double.NaN;
            return Verdict.Row;
        }
        if (column.IsText)
        {
            // In a row that is left out no new level appears.
            column.codes[rows] = skip ? 0 : column.CodeOf(text);
            return Verdict.Row;
        }
        if (NumberParser.TryParseAll(field, out double value) && double.IsFinite(value))
        {
            column.numbers[rows] = value;
            return Verdict.Row;
        }
        string what = NumberParser.TryParseAll(field, out _) ? "a finite number" : "a number";
        string message = $"{file}, line {line}, column '{column.Name}': found '{Shorten(text)}', expected {what}. Skip such rows with --on-bad-row skip, or read the column as text with --categorical {column.Name}.";
        if (!options.SkipBadRows) throw new DataException(message);
        firstSkip ??= message;
        return Verdict.Skip;
    }

    // Position of the closing quote; −1 when the quote does not open a quoted field, −2 when it is not closed in what has been read.
    int Closing(byte[] data, int p, int safe, byte quote)
    {
        for (int i = p + 1; i < safe; i++)
        {
            if (quote == '\'' && data[i] == '\n') return -1;
            if (data[i] != quote) continue;
            if (data[i + 1] == quote && i + 1 < safe)
            {
                i++;
                continue;
            }
            int after = i + 1;
            while (data[after] == ' ' && separator != ' ') after++;
            return EndsField(data[after]) ? i : -1;
        }
        return -2;
    }

    ReadOnlySpan<byte> Unquote(ReadOnlySpan<byte> inside, byte quote)
    {
        if (!inside.Contains(quote)) return inside;
        if (unquoted.Length < inside.Length) unquoted = new byte[inside.Length];
        int n = 0;
        for (int i = 0; i < inside.Length; i++)
        {
            unquoted[n++] = inside[i];
            if (inside[i] == quote) i++;
        }
        return unquoted.AsSpan(0, n);
    }

    ReadOnlySpan<char> Decode(ReadOnlySpan<byte> field, Column column)
    {
        if (characters.Length < field.Length) characters = new char[field.Length];
        try
        {
            return characters.AsSpan(0, Strict.GetChars(field, characters));
        }
        catch (Exception e) when (e is DecoderFallbackException or ArgumentException)
        {
            throw new DataException($"{file}, line {line}, column '{column.Name}': the bytes are not UTF-8 text. Convert the file, for example with iconv -f LATIN1 -t UTF-8.", e);
        }
    }

    static string Shorten(ReadOnlySpan<char> text) => text.Length <= 40 ? text.ToString() : string.Concat(text[..40], "…");
}
