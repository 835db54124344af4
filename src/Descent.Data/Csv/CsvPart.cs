namespace Descent.Data;

/// <summary>Some of the rows of files of separated text: those whose lines begin in ranges of their bytes.</summary>
/// <remarks>
/// What the first records say is found out from the beginning of the first file and of those that a range lies in, at most a mebibyte
/// each. In the middle of a file nobody knows whether a line feed ends a row or stands in a quoted field; but of the parts that do not
/// begin where a row does, the first follows one that does, and that one ends in an open quote, which is a fault. (A single quote opens
/// no field that goes on in the next line.)
/// </remarks>
static class CsvPart
{
    // A mark of the byte order is no part of what the shape counts.
    const int Mark = 3;

    /// <summary>The rows of a part as a table, of no rows where it has none; null where the whole has to be read: a file is cut
    /// within a quoted field or between blank lines, rows are left out or faulty, or what a column holds depends on other parts.</summary>
    /// <param name="sources">All files; they stay as they are.</param>
    /// <param name="part">Ranges of some of them, in their order; they are closed.</param>
    /// <param name="options">How the text is read.</param>
    public static Table? Read(IReadOnlyList<DataSource> sources, IReadOnlyList<DataSource> part, CsvOptions options)
    {
        try
        {
            CsvShape first = ShapeOf(sources[0], options);
            CsvParser parser = new(first, options);
            if (!parser.IsKnown) return null;
            foreach (DataSource range in part)
                if (!Take(parser, range, sources, first, options)) return null;
            return parser.FinishPart(string.Join(" + ", sources.Select(s => s.Name)), sources[0].Encoding);
        }
        catch (DataException)
        {
            // The line it names is counted from the middle of the file; the whole is read for the right one.
            return null;
        }
        finally
        {
            foreach (DataSource range in part) range.Dispose();
        }
    }

    static bool Take(CsvParser parser, DataSource range, IReadOnlyList<DataSource> sources, CsvShape first, CsvOptions options)
    {
        bool isFirst = range.Path == sources[0].Path;
        CsvShape shape = isFirst ? first : ShapeOf(range, parser.Alike);
        // What is said of further files is said in their order, which one part does not know.
        if (!isFirst && shape.Notes.Count > 0) return false;
        if (!isFirst) parser.Join(shape, range.Name);
        // The first rows have to begin behind the header.
        if (range.Begins > 0 && range.Begins <= shape.DataStart + Mark) return false;
        CsvShape start = range.Begins == 0 ? shape : shape with { DataStart = 0, FirstLine = 1 };
        using Text.LineBuffer buffer = new(range);
        buffer.Fill(0);
        parser.ReadAll(buffer, range.Name, start);
        return parser.IsPlain(range.EndsFile);
    }

    static CsvShape ShapeOf(DataSource of, CsvOptions options)
    {
        using DataSource beginning = of.Again();
        using Text.LineBuffer buffer = new(beginning);
        buffer.Fill(0);
        return CsvShape.Detect(buffer, beginning, options);
    }
}
