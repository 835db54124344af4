using Descent.Data.Text;

namespace Descent.Data;

/// <summary>What the first records of a file say: separator, decimal sign, names, types.</summary>
sealed record CsvShape
{
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

    /// <summary>How many lines stand before the header, or before the first row where there is none.</summary>
    public required int LinesBefore { get; init; }

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
        (position, int comments, int lastComment) = CsvComments.Pass(buffer, position, ref line);
        if (position >= buffer.End) throw new DataException($"{name}: the file is empty. Expected a header line and rows of values.");
        char separator = options.Separator != 0 ? options.Separator : CsvSeparator.Detect(buffer, position, line, options.LookAt);
        if (lastComment >= 0 && options.Header != false && CsvComments.IsHeaderBehindHash(buffer, lastComment, position, separator))
        {
            buffer.Bytes[lastComment] = (byte)' ';
            (position, line) = (lastComment, line - 1);
            comments--;
        }
        if (comments > 0) notes.Add($"{name}: {comments} comment {(comments == 1 ? "line" : "lines")} at the start passed over");
        CsvSample sample = CsvSample.Take(buffer, position, line, (byte)separator, options.LookAt);
        if (sample.Records.Count == 0)
            throw new DataException($"{name}, line {line}: a quoted field is not closed before the end of the file. Add the closing "
                + $"quote.");
        RequireText(buffer, position, sample, name);
        return Make(buffer, sample, separator, position, line, options, name, notes);
    }

    static CsvShape Make(LineBuffer buffer, CsvSample sample, char separator, int position, long line, CsvOptions options, string name,
        List<string> notes)
    {
        byte[] data = buffer.Bytes;
        int width = Math.Max(sample.Width().Width, sample.Records[0].Length);
        CellText plain = new(options.MissingWords, options.Decimal == 0 ? '.' : options.Decimal);
        CsvTally[] below = CsvTally.Of(sample, data, 1, width, plain);
        string[]? counted = options.Header == false ? null : CsvNames.Counted(sample, data);
        bool header = counted is not null
            || (options.Header ?? CsvHeader.IsFirst(sample, data, below, plain, $"{name}, line {sample.Lines[0]}", notes));
        if (!header) below = CsvTally.Of(sample, data, 0, width, plain);
        char sign = options.Decimal != 0 ? options.Decimal : CsvSeparator.DetectDecimal(below);
        if (sign == ',')
            notes.Add($"{name}: numbers are written with a decimal comma{(options.Decimal == 0 ? " (`DecimalSign = .` if not)" : "")}");
        CsvField[] first = sample.Records[0];
        string[] names = header ? CsvNames.Read(first, data, sample.Ends[0], name, sample.Lines[0])
            : [.. Enumerable.Range(1, first.Length).Select(i => "c" + i)];
        string[]? raw = null;
        if (counted is not null)
        {
            raw = names.Length == counted.Length ? names : null;
            names = counted;
            notes.Add($"{name}: the first line holds counts and class names, as some collections have it; columns are called x1 … "
                + $"x{names.Length - 1} and class");
        }
        bool[] unnamed = [.. names.Select(n => n.Length == 0)];
        if (header) CsvNames.Check(names, name, sample.Lines[0]);
        if (!header && options.Header is null)
            notes.Add($"{name}: no names in the first line; columns are called c1 … c{names.Length} (`Header = yes` if it holds names)");
        return new CsvShape
        {
            Separator = separator,
            DecimalSign = sign,
            Names = names,
            RawNames = raw,
            IsUnnamed = unnamed,
            Kinds = [.. names.Select((n, c) => c >= below.Length || below[c].IsEmpty ? ColumnKind.Open : below[c].IsNumeric
                ? ColumnKind.Number : ColumnKind.Text)],
            DataStart = header ? sample.Ends[0] : position,
            FirstLine = header ? LineBehind(data, position, sample.Ends[0], line) : line,
            HasHeader = header,
            LinesBefore = (int)Math.Min(line - 1, int.MaxValue),
            Notes = notes,
        };
    }

    static long LineBehind(byte[] data, int from, int to, long line) => line + data.AsSpan(from, to - from).Count((byte)'\n');

    static void RequireText(LineBuffer buffer, int position, CsvSample sample, string name)
    {
        int zero = buffer.Bytes.AsSpan(position, sample.Ends[^1] - position).IndexOf((byte)0);
        if (zero < 0) return;
        long line = sample.Lines[0] + buffer.Bytes.AsSpan(position, zero).Count((byte)'\n');
        throw new DataException($"{name}, line {line}: found a zero byte, so this is not a text file. Expected CSV, LIBSVM, IDX or NPY; "
            + $"name the format with `Format`, or the encoding with `Encoding = utf-16`.");
    }
}
