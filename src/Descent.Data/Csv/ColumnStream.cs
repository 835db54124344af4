using Descent.Data.Text;

namespace Descent.Data;

/// <summary>
/// Reads one column of numbers from separated text of any length, with the parser of <see cref="CsvReader"/>: what is a number, a missing
/// value or an error is the same. A mebibyte of text at a time; no row is kept.
/// </summary>
public static class ColumnStream
{
    /// <summary>Reads to the end, or until no more is wanted.</summary>
    /// <param name="path">A file, plain, .gz, .zst or .br, or <c>-</c> for standard input.</param>
    /// <param name="column">Its name in the header, or c1, c2, … by position; null where the file has one column only.</param>
    /// <param name="sink">Takes the numbers; the last call may bring none.</param>
    /// <param name="options">How the text is read. Missing values are errors or left out and counted; a mean is not known in one
    /// pass.</param>
    /// <exception cref="DataException">The text cannot be read, the column is not there, or a cell of it is no finite number.</exception>
    public static StreamedNumbers Read(string path, string? column, NumberSink sink, CsvOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(sink);
        CsvOptions used = options ?? new CsvOptions();
        if (used.Missing is MissingPolicy.Mean or MissingPolicy.Median or MissingPolicy.Mode)
            throw new DataException($"a {MissingFill.Word(used.Missing)} cannot be filled in while the numbers pass by. "
                + "Say `Missing = skip` or `Missing = fail`.");
        using DataSource source = DataSource.Open(path, used.Encoding);
        using LineBuffer buffer = new(source);
        buffer.Fill(0);
        CsvShape shape = CsvShape.Detect(buffer, source, used);
        string name = NameIn(shape, column, source.Name);
        CsvParser parser = new(shape, used with { NumberColumns = [name], Wanted = names => names.Contains(name) });
        return parser.Pass(buffer, source.Name, shape, sink);
    }

    static string NameIn(CsvShape shape, string? column, string source)
    {
        string[] names = shape.Names;
        if (column is null)
            return names.Length == 1 ? names[0] : throw new DataException($"{source}: has {names.Length} columns, "
                + $"{Messages.Names(names)}. Name one with `Column`.");
        int at = Array.IndexOf(names, column);
        if (at < 0 && shape.RawNames is { } raw) at = Array.IndexOf(raw, column);
        if (at < 0) at = Array.FindIndex([.. Enumerable.Range(1, names.Length)], k => $"c{k}" == column);
        return at >= 0 ? names[at] : throw new DataException($"{source}: there is no column '{Messages.Shorten(column)}'. The columns "
            + $"are {Messages.Names(names)}.");
    }
}
