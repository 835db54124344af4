using Descent.Data.Text;

namespace Descent.Data;

/// <summary>
/// Reads JSON lines, one flat object a line, into typed columns in one pass: a key is a column, whichever lines have it. Numbers are
/// numbers (with the bits of double.Parse), texts and booleans are levels, null and an absent key are missing values, and so are the texts
/// that mean one in CSV (the empty one, NA and their like).
/// </summary>
/// <remarks>The rows of a CSV file written as objects give the same table. A column holds numbers or texts, as its first value does;
/// objects and arrays in a column that is needed, keys that stand twice and words that are not JSON (NaN) are errors with line and
/// character.</remarks>
public static class JsonLinesReader
{
    /// <summary>Reads and closes one opened input after another into one table.</summary>
    /// <param name="sources">The inputs.</param>
    /// <param name="options">Which columns, missing values and bad rows; what is said of separators, headers and decimal signs means
    /// nothing here.</param>
    /// <exception cref="DataException">A line cannot be read; file, line and character are named.</exception>
    public static Table Read(IReadOnlyList<DataSource> sources, CsvOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(sources);
        JsonRows rows = new(options ?? new CsvOptions(), [], int.MaxValue);
        long bytes = 0;
        try
        {
            foreach (DataSource source in sources)
            {
                using LineChunks chunks = new(source);
                long line = 1;
                while (chunks.Next() is var (text, end))
                {
                    line += rows.Read(text.AsSpan(0, end), source.Name, line);
                    chunks.Return(text);
                }
                bytes += chunks.Total;
            }
        }
        finally
        {
            foreach (DataSource source in sources) source.Dispose();
        }
        if (sources.Count == 0) throw new DataException("No data file was given.");
        return rows.Finish(string.Join(" + ", sources.Select(s => s.Name)), sources[0].Encoding, bytes);
    }

    /// <summary>Whether an input begins as JSON lines do.</summary>
    internal static bool Is(DataSource source) => source.Head.TrimStart(" \t\r\n"u8) is [(byte)'{', ..];
}
