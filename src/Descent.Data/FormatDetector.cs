using System.Text;
using Descent.Data.Text;

namespace Descent.Data;

/// <summary>Tells a file's format by its first bytes, not by its name.</summary>
public static class FormatDetector
{
    /// <summary>The format of a file, which is opened for this and closed again.</summary>
    /// <exception cref="DataException">It cannot be opened, or is in a format that is known and not read.</exception>
    public static DataFormat Detect(string path)
    {
        using DataSource source = DataSource.Open(path);
        return Detect(source);
    }

    /// <summary>The format of an opened input, of which nothing is used up.</summary>
    /// <exception cref="DataException">It is in a format that is known and not read.</exception>
    public static DataFormat Detect(DataSource source)
    {
        ArgumentNullException.ThrowIfNull(source);
        ReadOnlySpan<byte> head = source.Head;
        if (head is [0, 0, _, > 0 and <= 8, ..]) return DataFormat.Idx;
        if (Kinds.IsNumpy(head)) return DataFormat.Npy;
        if (JsonLinesReader.Is(source)) return DataFormat.JsonLines;
        int barred = 0, looked = 0;
        foreach (Range range in head.Split((byte)'\n'))
        {
            // A line that the head cuts off is looked at only when it is the first.
            if (range.End.Value >= head.Length && !source.HeadIsAll && looked > 0) break;
            string line = Encoding.UTF8.GetString(head[range]);
            if (line.Contains('|', StringComparison.Ordinal) && VowpalWabbit.IsLine(line)) barred++;
            string text = line.Split('#')[0].Trim();
            if (text.Length == 0) continue;
            looked++;
            if (barred > 0)
            {
                if (barred < looked) break;
                if (looked < 3) continue;
                break;
            }
            // Labels alone are rows without entries, or a table of one column: later lines tell.
            string[] parts = text.Split([' ', '\t'], StringSplitOptions.RemoveEmptyEntries);
            if (parts.Length == 1 && IsNumber(parts[0])) continue;
            return IsLibsvm(parts) ? DataFormat.Libsvm : DataFormat.Csv;
        }
        return barred > 0 && barred == looked ? DataFormat.Vw : DataFormat.Csv;
    }

    /// <summary>Whether the first line is a whole JSON object; a file that is one object over many lines has none.</summary>
    internal static bool IsJsonLine(ReadOnlySpan<byte> text)
    {
        int end = text.IndexOf((byte)'\n');
        System.Text.Json.Utf8JsonReader reader = new(end < 0 ? text : text[..end]);
        try
        {
            return reader.Read() && reader.TrySkip() && !reader.Read();
        }
        catch (System.Text.Json.JsonException)
        {
            return false;
        }
    }

    static bool IsLibsvm(string[] parts)
    {
        // Rows without labels begin with an entry; a single one may as well be a time of day.
        if (IsWholeEntry(parts[0])) return parts.Length > 1 && parts.Skip(1).All(IsWholeEntry);
        if (parts.Length < 2) return false;
        if (IsNumber(parts[0])) return parts[1].StartsWith("qid:", StringComparison.Ordinal) || HasIndex(parts[1]);
        // A label that is none, as a list of them, is named as such by the reader.
        return parts[0].AsSpan().IndexOfAnyExcept("0123456789,+-.") < 0 && parts.Skip(1).All(IsWholeEntry);
    }

    static bool IsWholeEntry(string part) => HasIndex(part) && IsNumber(part[(part.IndexOf(':', StringComparison.Ordinal) + 1)..]);

    static bool HasIndex(string part)
    {
        int colon = part.IndexOf(':', StringComparison.Ordinal);
        return colon > 0 && part.AsSpan(0, colon).IndexOfAnyExceptInRange('0', '9') < 0;
    }

    static bool IsNumber(string part) => NumberParser.TryParseAll(Encoding.UTF8.GetBytes(part), out _);
}
