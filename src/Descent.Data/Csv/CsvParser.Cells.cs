using System.Text;

namespace Descent.Data;

// Cells that are not plain numbers.
sealed partial class CsvParser
{
    Verdict SlowField(byte[] data, ref int p, int safe, bool last, Column? column, int c, ref bool skip)
    {
        while (data[p] == ' ' && separator != ' ') p++;
        ReadOnlySpan<byte> field;
        byte quote = data[p];
        int close = quote is (byte)'"' or (byte)'\'' ? CsvRecord.Closing(data, p, safe, quote, separator) : -1;
        if (close == CsvRecord.Unclosed && !last && quote == '"') return Verdict.NeedMore;
        if (close == CsvRecord.Unclosed && quote == '"')
            throw new DataException($"{file}, line {line}, column '{shape.Names[c]}': a quoted field is not closed before the end of "
                + $"the file. Add the closing quote.");
        long at = line;
        if (close >= 0)
        {
            field = Unquote(data.AsSpan(p + 1, close - p - 1), quote);
            line += data.AsSpan(p, close - p).Count((byte)'\n');
            p = close + 1;
            // Blanks behind the quote, so that the caller stands at the separator.
            while (data[p] == ' ' && separator != ' ') p++;
        }
        else
        {
            int start = p;
            while (!CsvRecord.EndsField(data[p], separator)) p++;
            field = data.AsSpan(start, p - start).TrimEnd((byte)' ');
        }
        return column is null ? Verdict.Row : Store(field, Decode(field, column, at), column, at, ref skip);
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

    ReadOnlySpan<char> Decode(ReadOnlySpan<byte> field, Column column, long at)
    {
        if (characters.Length < field.Length) characters = new char[field.Length];
        try
        {
            ReadOnlySpan<char> text = characters.AsSpan(0, CsvRecord.Strict.GetChars(field, characters));
            return text.Contains('\0') ? throw new DataException($"{file}, line {at}, column '{column.Name}': found a zero byte. "
                + $"Expected text; is this a binary file?") : text;
        }
        catch (Exception e) when (e is DecoderFallbackException or ArgumentException)
        {
            throw new DataException($"{file}, line {at}, column '{column.Name}': the bytes are not UTF-8 text. Say `Encoding = latin1` "
                + $"if the file is written so, or convert it, for example with iconv -f LATIN1 -t UTF-8.", e);
        }
    }
}
