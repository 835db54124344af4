using System.Runtime.CompilerServices;
using System.Text;

namespace Descent.Data;

/// <summary>
/// The grammar of a record: fields between separators, a field whole in quotes, the end at a line feed that is not quoted.
/// </summary>
static class CsvRecord
{
    /// <summary>The record goes on behind the bytes that are there.</summary>
    public const int Incomplete = -1;

    public static readonly UTF8Encoding Strict = new(false, true);

    /// <summary>
    /// Reads the fields from <paramref name="p"/> to the end of the record. A carriage return ends a field; the caller sees by the byte
    /// behind whether a line feed follows.
    /// </summary>
    /// <param name="data">Text, followed by a line feed.</param>
    /// <param name="p">Where the record, or a field of it, begins.</param>
    /// <param name="safe">End of the whole lines.</param>
    /// <param name="separator">Separator.</param>
    /// <param name="fields">Receives the fields.</param>
    /// <param name="lines">Line feeds met, the last one included, are added.</param>
    /// <returns>The byte behind the record, or <see cref="Incomplete"/>.</returns>
    public static int Read(byte[] data, int p, int safe, byte separator, List<CsvField> fields, ref long lines)
    {
        if (separator == ' ') p = Blanks(data, p);
        while (true)
        {
            if (separator != ' ') p = Blanks(data, p);
            byte quote = data[p];
            int close = quote is (byte)'"' or (byte)'\'' ? Closing(data, p, safe, quote, separator) : NoQuote;
            if (close == Unclosed && quote == '"') return Incomplete;
            if (close >= 0)
            {
                fields.Add(new CsvField(p + 1, close - p - 1, quote));
                lines += data.AsSpan(p, close - p).Count((byte)'\n');
                p = Blanks(data, close + 1, separator);
            }
            else
            {
                int start = p;
                while (!EndsField(data[p], separator)) p++;
                int end = p;
                while (end > start && data[end - 1] == ' ') end--;
                fields.Add(new CsvField(start, end - start, 0));
            }
            if (separator == ' ') p = Blanks(data, p);
            if (data[p] == '\r')
            {
                // A stray one is the last thing the record has; what follows it on the line is left to the caller.
                if (p + 1 < safe && data[p + 1] != '\n') return LineEnd(data, p, safe, ref lines);
                p++;
            }
            if (data[p] == '\n')
            {
                lines++;
                return Math.Min(p + 1, safe);
            }
            if (separator != ' ') p++;
        }
    }

    const int NoQuote = -1;

    /// <summary>The quote is not closed in what has been read.</summary>
    public const int Unclosed = -2;

    /// <summary>Position of the closing quote; −1 when the quote does not open a quoted field; <see cref="Unclosed"/>.</summary>
    public static int Closing(byte[] data, int p, int safe, byte quote, byte separator)
    {
        for (int i = p + 1; i < safe; i++)
        {
            if (quote == '\'' && data[i] == '\n') return NoQuote;
            if (data[i] != quote) continue;
            if (data[i + 1] == quote && i + 1 < safe)
            {
                i++;
                continue;
            }
            return EndsField(data[Blanks(data, i + 1, separator)], separator) ? i : NoQuote;
        }
        return Unclosed;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static bool EndsField(byte b, byte separator) => b == separator || b == '\n' || b == '\r';

    /// <summary>
    /// Whether nothing but blanks stands before the line's end: tabs count as blanks unless they separate. Then <paramref name="p"/> goes
    /// behind it.
    /// </summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static bool IsBlankLine(byte[] data, ref int p, byte separator)
    {
        int i = p;
        while (data[i] == ' ' || (data[i] == '\t' && separator != '\t')) i++;
        if (data[i] == '\r') i++;
        if (data[i] != '\n') return false;
        p = i + 1;
        return true;
    }

    /// <summary>The byte behind the line that <paramref name="p"/> is on.</summary>
    public static int LineEnd(byte[] data, int p, int safe, ref long lines)
    {
        int at = data.AsSpan(p, safe - p).IndexOf((byte)'\n');
        lines++;
        return at < 0 ? safe : p + at + 1;
    }

    public static string Stray(string file, long line) =>
        $"{file}, line {line}: found a carriage return inside the line. Expected lines that end in a line feed, or in both, or all of "
            + $"them in a carriage return; mend the line or leave it out with `OnBadRow = skip`.";

    static int Blanks(byte[] data, int p)
    {
        while (data[p] == ' ') p++;
        return p;
    }

    static int Blanks(byte[] data, int p, byte separator) => separator == ' ' ? p : Blanks(data, p);
}
