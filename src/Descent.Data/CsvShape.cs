using System.Text;
using Descent.Data.Text;

namespace Descent.Data;

/// <summary>What the first lines of a file say: separator, names, types.</summary>
sealed class CsvShape
{
    const int LookAt = 1000;
    static readonly UTF8Encoding Strict = new(false, true);

    public required char Separator { get; init; }

    public required string[] Names { get; init; }

    /// <summary>The header's own words where they were replaced by others; null otherwise.</summary>
    public string[]? RawNames { get; init; }

    public required bool[] IsText { get; init; }

    /// <summary>Offset of the first data byte in the first buffer.</summary>
    public required int DataStart { get; init; }

    /// <summary>Number of the first data line.</summary>
    public required int FirstLine { get; init; }

    public required bool HasHeader { get; init; }

    public static CsvShape Detect(LineBuffer buffer, string path, CsvOptions options)
    {
        string name = ByteSource.NameOf(path);
        int position = Begin(buffer, name), line = 1;
        for (int i = 0; i < options.SkipLines; i++, line++) position = NextLine(buffer, position);
        while (position < buffer.End && IsBlank(buffer, position))
        {
            position = NextLine(buffer, position);
            line++;
        }
        if (position >= buffer.End) throw new DataException($"{name}: the file is empty. Expected a header line and rows of values.");
        string first = TextOf(buffer, position, name, line);
        char separator = options.Separator != 0 ? options.Separator : DetectSeparator(first);
        List<List<string>> sample = Sample(buffer, position, separator, name, line);
        bool header = options.Header ?? LooksLikeHeader(sample);
        string[] names;
        string[]? raw = null;
        int start = position, firstLine = line;
        if (header)
        {
            names = [.. sample[0].Select(s => s.Trim())];
            (start, firstLine) = (NextRecord(buffer, position, ref line), line);
            sample.RemoveAt(0);
            if (CountHeader(names, sample) is { } counted) (names, raw) = (counted, names.Length == counted.Length ? names : null);
            CheckNames(names, name, line - 1);
        }
        else
        {
            names = [.. Enumerable.Range(1, sample[0].Count).Select(i => "c" + i)];
        }
        return new CsvShape
        {
            Separator = separator,
            Names = names,
            RawNames = raw,
            IsText = [.. names.Select((n, c) => options.TextColumns.Contains(n) || sample.Any(row => c < row.Count && IsWord(row[c])))],
            DataStart = start,
            FirstLine = firstLine,
            HasHeader = header,
        };
    }

    public static bool IsMissing(ReadOnlySpan<char> field) =>
        field.Length == 0 || (field.Length <= 4 && (field is "NA" or "N/A" or "n/a" or "NaN" or "nan" or "NAN" or "null" or "NULL" or "None" or "?"));

    static int Begin(LineBuffer buffer, string name)
    {
        ReadOnlySpan<byte> head = buffer.Bytes.AsSpan(0, buffer.End);
        if (head.Length >= 2 && ((head[0] == 0xFF && head[1] == 0xFE) || (head[0] == 0xFE && head[1] == 0xFF)))
            throw new DataException($"{name}: the text is UTF-16 (byte order mark at the start). Expected UTF-8; convert it, for example with iconv -f UTF-16 -t UTF-8.");
        return head.StartsWith("\uFEFF"u8) ? 3 : 0;
    }

    static bool IsBlank(LineBuffer buffer, int position)
    {
        for (int i = position; buffer.Bytes[i] != '\n'; i++)
            if (buffer.Bytes[i] is not ((byte)' ' or (byte)'\t' or (byte)'\r')) return false;
        return true;
    }

    static int NextLine(LineBuffer buffer, int position)
    {
        int at = buffer.Bytes.AsSpan(position, buffer.End - position).IndexOf((byte)'\n');
        return at < 0 ? buffer.End : position + at + 1;
    }

    static string TextOf(LineBuffer buffer, int position, string name, int line)
    {
        int end = NextLine(buffer, position);
        ReadOnlySpan<byte> bytes = buffer.Bytes.AsSpan(position, end - position);
        if (bytes.Contains((byte)0)) throw new DataException($"{name}, line {line}: found a zero byte, so this is not a text file. Expected CSV, LIBSVM or IDX; name the format with --format.");
        try
        {
            return Strict.GetString(bytes).TrimEnd('\r', '\n');
        }
        catch (DecoderFallbackException e)
        {
            throw new DataException($"{name}, line {line}: the bytes are not UTF-8 text. Convert the file, for example with iconv -f LATIN1 -t UTF-8.", e);
        }
    }

    static char DetectSeparator(string line)
    {
        char best = ',';
        int most = 0;
        foreach (char c in ",;\t|")
        {
            int count = CsvFields.Split(line, c).Count;
            if (count > most && count > 1) (best, most) = (c, count);
        }
        return most > 1 || !line.Trim().Contains(' ', StringComparison.Ordinal) ? best : ' ';
    }

    static List<List<string>> Sample(LineBuffer buffer, int position, char separator, string name, int line)
    {
        List<List<string>> rows = [];
        while (position < buffer.End && rows.Count < LookAt)
        {
            int end = NextLine(buffer, position);
            // The last line of a buffer may be cut off; it is looked at only when it is all there is.
            if (end == buffer.End && !buffer.Finished && rows.Count > 0) break;
            if (!IsBlank(buffer, position)) rows.Add(CsvFields.Split(TextOf(buffer, position, name, line), separator));
            position = end;
            line++;
        }
        return rows;
    }

    static int NextRecord(LineBuffer buffer, int position, ref int line)
    {
        line++;
        return NextLine(buffer, position);
    }

    static bool LooksLikeHeader(List<List<string>> sample) =>
        sample[0].Any(f => !IsMissing(f) && IsWord(f)) && (sample.Count == 1 || !sample[0].All(IsWord) || sample.Skip(1).Any(r => r.Any(f => !IsWord(f)))
            || sample[0].Distinct().Count() == sample[0].Count);

    // Some collections begin with a line of counts, “rows, features, class names …”, that has fewer fields than the rows below.
    static string[]? CountHeader(string[] names, List<List<string>> sample)
    {
        if (sample.Count == 0 || names.Length < 2 || !int.TryParse(names[0], out _) || !int.TryParse(names[1], out int features)) return null;
        if (sample[0].Count != features + 1) return null;
        return [.. Enumerable.Range(1, features).Select(i => "x" + i), "class"];
    }

    static bool IsWord(string field)
    {
        string t = field.Trim();
        return !IsMissing(t) && !NumberParser.TryParseAll(Encoding.UTF8.GetBytes(t), out _);
    }

    static void CheckNames(string[] names, string file, int line)
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
