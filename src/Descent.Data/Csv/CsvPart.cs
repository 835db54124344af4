namespace Descent.Data;

/// <summary>Some of the rows of one file of separated numbers: those whose lines begin in one of several equal ranges of its bytes.</summary>
/// <remarks>
/// What the first records say is found out from the beginning of the file, at most a mebibyte, whichever part is read. In the middle of a
/// file nobody knows whether a line feed ends a row or stands in a quoted field: the part in which the first quote stands sees it, for it
/// begins where a row does, and says that there are no parts. Levels of text are numbered by the rows before, so there are none either.
/// </remarks>
static class CsvPart
{
    /// <summary>The rows of a part as a table; null where the whole has to be read: it cannot be entered in the middle, has quotes, texts,
    /// blank lines or rows that are left out, or some row is faulty.</summary>
    /// <param name="whole">The file; it stays as it is.</param>
    /// <param name="options">How the text is read.</param>
    /// <param name="part">Number of the part, from 0.</param>
    /// <param name="parts">How many there are.</param>
    public static Table? Read(DataSource whole, CsvOptions options, int part, int parts)
    {
        if (!whole.CanBeEntered) return null;
        try
        {
            CsvShape shape = ShapeOf(whole, options);
            using DataSource? range = whole.Part(part, parts);
            // The first rows have to begin behind the header.
            if (range is null || (part > 0 && range.Begins <= shape.DataStart + 3)) return null;
            CsvShape start = part == 0 ? shape : shape with { DataStart = 0, FirstLine = 1 };
            CsvParser parser = new(start, options);
            if (!parser.IsOfNumbers) return null;
            using Text.LineBuffer buffer = new(range);
            buffer.Fill(0);
            parser.ReadAll(buffer, range.Name, start);
            if (!parser.IsPlain(part == parts - 1)) return null;
            Table table = parser.Finish(range.Name, range.Encoding);
            return table.Columns.Any(c => c.IsText) ? null : table;
        }
        catch (DataException)
        {
            // The line it names is counted from the middle of the file; the whole is read for the right one.
            return null;
        }
    }

    static CsvShape ShapeOf(DataSource whole, CsvOptions options)
    {
        using DataSource beginning = whole.Again();
        using Text.LineBuffer buffer = new(beginning);
        buffer.Fill(0);
        return CsvShape.Detect(buffer, beginning, options);
    }
}
