namespace Descent.Data;

/// <summary>
/// Reads separated text into typed columns in one pass. Separator, names, decimal sign and types are inferred from the first records, cut
/// as the rest is. A column is numeric when at least half of its values are numbers; a text in it is an error with file, line and column,
/// wherever it stands.
/// </summary>
/// <remarks>
/// Quotes are <c>"</c> or <c>'</c> around a whole field, doubled inside. Missing: empty, NA, N/A, NaN, null, None, ?. Numbers have the bits
/// of double.Parse.
/// </remarks>
public static class CsvReader
{
    /// <summary>Reads one file after another into one table; all need the same columns.</summary>
    /// <exception cref="DataException">The files cannot be read as a table.</exception>
    public static Table Read(IReadOnlyList<string> paths, CsvOptions? options = null) =>
        Read(DataSource.OpenAll(paths, options?.Encoding), options);

    /// <summary>Reads and closes one opened input after another into one table; all need the same columns.</summary>
    /// <exception cref="DataException">The inputs cannot be read as a table.</exception>
    public static Table Read(IReadOnlyList<DataSource> sources, CsvOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(sources);
        CsvOptions used = options ?? new CsvOptions();
        CsvParser? parser = null;
        try
        {
            foreach (DataSource source in sources)
            {
                using Text.LineBuffer buffer = new(source);
                buffer.Fill(0);
                // What the first file is like, the others have to be.
                CsvShape shape = CsvShape.Detect(buffer, source, parser?.Alike ?? used);
                if (parser is null) parser = new CsvParser(shape, used);
                else parser.Join(shape, source.Name);
                parser.ReadAll(buffer, source.Name, shape);
            }
        }
        finally
        {
            foreach (DataSource source in sources) source.Dispose();
        }
        if (parser is null) throw new DataException("No data file was given.");
        return parser.Finish(string.Join(" + ", sources.Select(s => s.Name)), sources[0].Encoding);
    }
}
