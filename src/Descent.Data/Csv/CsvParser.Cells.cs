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
        return column is null ? Verdict.Row : Store(field, column, at, ref skip);
    }

    Verdict Store(ReadOnlySpan<byte> field, Column column, long at, ref bool skip)
    {
        ReadOnlySpan<char> text = Decode(field, column, at);
        bool isNumber = cells.TryNumber(field, out double value);
        if (cells.IsMissing(text) || (isNumber && cells.IsMissing(value))) return StoreMissing(text, column, at, ref skip);
        bool finite = isNumber && double.IsFinite(value);
        if (column.Kind == ColumnKind.Open)
        {
            if (column.IsUnnamed && column.Missing > 0 && (options.Missing is MissingPolicy.Fail or MissingPolicy.Skip))
                throw new DataException($"{file}, line {at}, column '{column.Name}': found '{CsvMessages.Shorten(text)}' in a column "
                    + $"without a name that was empty in all rows before. Expected one that stays empty; name it in the header, or "
                    + $"leave it out with `Exclude = {column.Name}`.");
            if (isNumber || cells.KindOf(field) != CellKind.Word) column.BecomeNumbers(cells.IsPlain, rows);
            else column.BecomeText();
        }
        if (column.IsText)
        {
            // The codes of rows that are left out are never looked at, and their levels go when the table is finished.
            column.codes[rows] = column.CodeOf(text, at);
            return Verdict.Row;
        }
        if (finite)
        {
            column.numbers[rows] = value;
            return Verdict.Row;
        }
        string message = NoNumber(column, text.ToString(), at, options.MissingWords.Count > 0 || options.Missing != MissingPolicy.Fail);
        if (!options.SkipBadRows) throw new DataException(message);
        firstSkip ??= message;
        return Verdict.Skip;
    }

    Verdict StoreMissing(ReadOnlySpan<char> text, Column column, long at, ref bool skip)
    {
        column.Missing++;
        missingHere.Add(column);
        // What stands behind a separator at the end of every line is no column: empty and without a name.
        bool nothing = column is { IsUnnamed: true, Kind: ColumnKind.Open };
        if (options.Missing == MissingPolicy.Fail && !nothing)
            throw new DataException($"{file}, line {at}, column '{column.Name}': the value is missing "
                + $"({(text.Length == 0 ? "empty field" : $"'{CsvMessages.Shorten(text)}'")}). Leave such rows out with `Missing = "
                + $"skip`{(column.IsNeverFilled || options.NumbersOnly ? "" : ", or fill in the mean with `Missing = mean`")}.");
        if ((options.Missing == MissingPolicy.Skip && !nothing) || column.IsNeverFilled)
        {
            firstSkip ??= $"{file}, line {at}, column '{column.Name}': the value is missing.";
            skip = true;
        }
        if (!column.IsText) column.numbers[rows] = double.NaN;
        else column.codes[rows] = column.CodeOf(Column.MissingLevel, at);
        return Verdict.Row;
    }

    // What was found in a column of numbers, and everything that can be done about it.
    string NoNumber(Column column, string text, long at, bool sure)
    {
        string where = $"{file}, line {at}, column '{column.Name}': found '{CsvMessages.Shorten(text)}', expected ";
        // A model that was fitted on numbers takes no text.
        string asText = column.IsFixed || options.NumbersOnly ? "mend the cell"
            : $"read the column as text with `Categorical = {column.Name}`";
        if (cells.KindOf(Encoding.UTF8.GetBytes(text)) == CellKind.NotFinite)
            return $"{where}a finite number. Skip such rows with `OnBadRow = skip`, or {asText}.";
        if (cells.DressOf(text) is { } dress)
            return $"{where}a number, without {dress}. Or skip such rows with `OnBadRow = skip`, or {asText}.";
        string missing = text.Length > 12 || sure && options.MissingWords.Count > 0 ? ""
            : $", say `MissingWords = {Quoted(text)}` if it means a missing value";
        return $"{where}a number. Skip such rows with `OnBadRow = skip`{missing}, or {asText}.";
    }

    static string Quoted(string text) => text.Any(c => !char.IsLetterOrDigit(c) && c is not ('-' or '.')) || text.StartsWith('-')
        ? $"'{text}'" : text;

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
