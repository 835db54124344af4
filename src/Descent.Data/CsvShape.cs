using System.Globalization;
using System.Text;
using Descent.Data.Text;

namespace Descent.Data;

/// <summary>What the first records of a file say: separator, decimal sign, names, types.</summary>
sealed class CsvShape
{
    const int LookAt = 1000, LookAtForSeparator = 100;

    public required char Separator { get; init; }

    public required char DecimalSign { get; init; }

    public required string[] Names { get; init; }

    /// <summary>The header's own words where they were replaced by others; null otherwise.</summary>
    public string[]? RawNames { get; init; }

    /// <summary>Whether the header has no word for a column.</summary>
    public required bool[] IsUnnamed { get; init; }

    public required ColumnKind[] Kinds { get; init; }

    /// <summary>Offset of the first data byte in the first buffer.</summary>
    public required int DataStart { get; init; }

    /// <summary>Number of the first data line.</summary>
    public required long FirstLine { get; init; }

    public required bool HasHeader { get; init; }

    /// <summary>What was assumed or passed over, in words.</summary>
    public required List<string> Notes { get; init; }

    public static CsvShape Detect(LineBuffer buffer, DataSource source, CsvOptions options)
    {
        string name = source.Name;
        List<string> notes = [];
        if (source.EndsInCarriageReturns) notes.Add($"{name}: lines end in carriage returns alone");
        long line = 1;
        int position = 0;
        for (int i = 0; i < options.SkipLines; i++) position = CsvRecord.LineEnd(buffer.Bytes, position, buffer.End, ref line);
        (position, int comments, int lastComment) = PassComments(buffer, position, ref line);
        if (position >= buffer.End) throw new DataException($"{name}: the file is empty. Expected a header line and rows of values.");
        char separator = options.Separator != 0 ? options.Separator : DetectSeparator(buffer, position, line);
        if (lastComment >= 0 && options.Header != false && IsHeaderBehindHash(buffer, lastComment, position, separator))
        {
            buffer.Bytes[lastComment] = (byte)' ';
            (position, line) = (lastComment, line - 1);
            comments--;
        }
        if (comments > 0) notes.Add($"{name}: {comments} comment {(comments == 1 ? "line" : "lines")} at the start passed over");
        CsvSample sample = CsvSample.Take(buffer, position, line, (byte)separator, LookAt);
        if (sample.Records.Count == 0) throw new DataException($"{name}, line {line}: a quoted field is not closed before the end of the file. Add the closing quote.");
        RequireText(buffer, position, sample, name);
        return Make(buffer, sample, separator, position, line, options, name, notes);
    }

    static CsvShape Make(LineBuffer buffer, CsvSample sample, char separator, int position, long line, CsvOptions options, string name, List<string> notes)
    {
        byte[] data = buffer.Bytes;
        int width = Math.Max(sample.Width().Width, sample.Records[0].Length);
        CellText plain = new(options.MissingWords, options.Decimal == 0 ? '.' : options.Decimal);
        CsvTally[] below = CsvTally.Of(sample, data, 1, width, plain);
        string[]? counted = options.Header == false ? null : CountHeader(sample, data);
        bool header = counted is not null || (options.Header ?? CsvHeader.IsFirst(sample, data, below, plain, $"{name}, line {sample.Lines[0]}", notes));
        if (!header) below = CsvTally.Of(sample, data, 0, width, plain);
        char sign = options.Decimal != 0 ? options.Decimal : DetectDecimal(below);
        if (sign == ',') notes.Add($"{name}: numbers are written with a decimal comma{(options.Decimal == 0 ? " (--decimal . if not)" : "")}");
        CsvField[] first = sample.Records[0];
        string[] names = header ? HeaderNames(first, data, sample.Ends[0], name, sample.Lines[0]) : [.. Enumerable.Range(1, first.Length).Select(i => "c" + i)];
        string[]? raw = null;
        if (counted is not null)
        {
            raw = names.Length == counted.Length ? names : null;
            names = counted;
            notes.Add($"{name}: the first line holds counts and class names, as some collections have it; columns are called x1 … x{names.Length - 1} and class");
        }
        bool[] unnamed = [.. names.Select(n => n.Length == 0)];
        if (header) CheckNames(names, name, sample.Lines[0]);
        if (!header && options.Header is null) notes.Add($"{name}: no names in the first line; columns are called c1 … c{names.Length} (--header yes if it holds names)");
        return new CsvShape
        {
            Separator = separator,
            DecimalSign = sign,
            Names = names,
            RawNames = raw,
            IsUnnamed = unnamed,
            Kinds = [.. names.Select((n, c) => c >= below.Length || below[c].IsEmpty ? ColumnKind.Open : below[c].IsNumeric ? ColumnKind.Number : ColumnKind.Text)],
            DataStart = header ? sample.Ends[0] : position,
            FirstLine = header ? LineBehind(data, position, sample.Ends[0], line) : line,
            HasHeader = header,
            Notes = notes,
        };
    }

    static long LineBehind(byte[] data, int from, int to, long line) => line + data.AsSpan(from, to - from).Count((byte)'\n');

    // Blank lines and lines that begin with #; where the last of these stands, if the first record follows it at once.
    static (int Position, int Count, int Last) PassComments(LineBuffer buffer, int position, ref long line)
    {
        int count = 0, last = -1;
        while (position < buffer.End)
        {
            if (CsvRecord.IsBlankLine(buffer.Bytes, ref position, 0))
            {
                line++;
                last = -1;
                continue;
            }
            if (buffer.Bytes[position] != '#') break;
            int next = CsvRecord.LineEnd(buffer.Bytes, position, buffer.End, ref line);
            if (next >= buffer.End)
            {
                line--;
                break;
            }
            (last, position) = (position, next);
            count++;
        }
        return (Math.Min(position, buffer.End), count, last);
    }

    // “#id,x,y” above rows of three fields is a header, “# made by hand” is a comment.
    static bool IsHeaderBehindHash(LineBuffer buffer, int at, int position, char separator)
    {
        List<CsvField> fields = [];
        long line = 0;
        if (CsvRecord.Read(buffer.Bytes, at, position, (byte)separator, fields, ref line) != position || fields.Count < 2) return false;
        CsvSample rest = CsvSample.Take(buffer, position, 1, (byte)separator, LookAtForSeparator);
        CellText cells = new([], '.');
        return rest.Width().Width == fields.Count && rest.Records.Count > 0
            && rest.Records[0].Any(f => cells.KindOf(buffer.Bytes.AsSpan(f.Start, f.Length)) == CellKind.Number);
    }

    static void RequireText(LineBuffer buffer, int position, CsvSample sample, string name)
    {
        int zero = buffer.Bytes.AsSpan(position, sample.Ends[^1] - position).IndexOf((byte)0);
        if (zero < 0) return;
        long line = sample.Lines[0] + buffer.Bytes.AsSpan(position, zero).Count((byte)'\n');
        throw new DataException($"{name}, line {line}: found a zero byte, so this is not a text file. Expected CSV, LIBSVM or IDX; name the format with --format, or the encoding with --encoding utf-16.");
    }

    // The separator that cuts most records into the same number of fields, and those into numbers.
    static char DetectSeparator(LineBuffer buffer, int position, long line)
    {
        char best = '\0';
        double most = 0;
        CellText cells = new([], '.');
        foreach (char c in ",;\t|")
        {
            CsvSample sample = CsvSample.Take(buffer, position, line, (byte)c, LookAtForSeparator);
            (int width, double share) = sample.Width();
            if (sample.Records.Count > 0 && width == 1 && sample.Records[0].Length > 1 && sample.Records.Count <= 2) width = sample.Records[0].Length;
            if (width < 2) continue;
            int numbers = 0, all = 0;
            foreach (CsvField[] record in sample.Records)
            {
                foreach (CsvField f in record)
                {
                    CellKind kind = cells.KindOf(buffer.Bytes.AsSpan(f.Start, f.Length));
                    all++;
                    if (kind is CellKind.Number or CellKind.Missing || (kind == CellKind.Dressed && c != ',')) numbers++;
                }
            }
            double score = share * (0.5 + ((double)numbers / all));
            if (score > most * (1 + 1e-9)) (best, most) = (c, score);
        }
        if (best != 0) return best;
        CsvSample blanks = CsvSample.Take(buffer, position, line, (byte)' ', LookAtForSeparator);
        return blanks.Records.Count > 0 && blanks.Width().Width > 1 ? ' ' : ',';
    }

    // A comma is a decimal comma when some number proves it and no number has a point.
    static char DetectDecimal(CsvTally[] tallies)
    {
        int commas = 0, points = 0;
        foreach (CsvTally t in tallies)
        {
            if (!t.IsNumeric) continue;
            commas += t.DecimalCommas;
            points += t.DecimalPoints;
        }
        return commas > 0 && points == 0 ? ',' : '.';
    }

    // Some collections begin with a line of counts, “rows, features, class names …”.
    static string[]? CountHeader(CsvSample sample, byte[] data)
    {
        CsvField[] first = sample.Records[0];
        if (sample.Records.Count < 2 || first.Length < 3 || !IsCount(first[0], data, out _) || !IsCount(first[1], data, out int features)) return null;
        if (sample.Records[1].Length != features + 1) return null;
        CellText cells = new([], '.');
        for (int c = 2; c < first.Length; c++)
            if (cells.KindOf(data.AsSpan(first[c].Start, first[c].Length)) != CellKind.Word) return null;
        return [.. Enumerable.Range(1, features).Select(i => "x" + i), "class"];
    }

    static bool IsCount(CsvField f, byte[] data, out int count) => int.TryParse(data.AsSpan(f.Start, f.Length), NumberStyles.None, CultureInfo.InvariantCulture, out count);

    static string[] HeaderNames(CsvField[] fields, byte[] data, int end, string file, long line)
    {
        CsvField last = fields[^1];
        int behind = last.Start + last.Length + (last.Quote != 0 ? 1 : 0);
        if (data.AsSpan(behind, end - behind).Trim(" \r\n"u8).Length > 0) throw new DataException(CsvRecord.Stray(file, line));
        string[] names = new string[fields.Length];
        for (int c = 0; c < names.Length; c++)
        {
            try
            {
                names[c] = fields[c].Text(data).Trim();
            }
            catch (DecoderFallbackException e)
            {
                throw new DataException($"{file}, line {line}, field {c + 1} of the header: the bytes are not UTF-8 text. Say --encoding latin1 if the file is written so, or convert it, for example with iconv -f LATIN1 -t UTF-8.", e);
            }
        }
        return names;
    }

    static void CheckNames(string[] names, string file, long line)
    {
        Dictionary<string, int> seen = new(StringComparer.Ordinal);
        for (int c = 0; c < names.Length; c++)
        {
            if (names[c].Length == 0) names[c] = "c" + (c + 1);
            if (!seen.TryAdd(names[c], c))
                throw new DataException($"{file}, line {line}: the column name '{names[c]}' stands twice in the header (columns {seen[names[c]] + 1} and {c + 1}). Expected distinct names; rename one.");
        }
    }
}
