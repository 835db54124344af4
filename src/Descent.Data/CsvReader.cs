using System.Runtime.CompilerServices;
using System.Text;
using Descent.Data.Text;

namespace Descent.Data;

/// <summary>
/// Reads separated text into typed columns in one pass. Types come from the first rows: a column is numeric when all its values there are numbers or
/// missing. A text in a numeric column later on is an error with file, line and column.
/// </summary>
/// <remarks>Quotes are <c>"</c> or <c>'</c> around a whole field, doubled inside. Missing: empty, NA, N/A, NaN, null, None, ?. Numbers have the bits of double.Parse.</remarks>
public static class CsvReader
{
    /// <summary>Reads one file after another into one table; all need the same columns.</summary>
    /// <exception cref="DataException">The files cannot be read as a table.</exception>
    public static Table Read(IReadOnlyList<string> paths, CsvOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(paths);
        CsvOptions used = options ?? new CsvOptions();
        CsvParser? parser = null;
        foreach (string path in paths)
        {
            using LineBuffer buffer = new(path);
            buffer.Fill(0);
            CsvShape shape = CsvShape.Detect(buffer, path, used);
            if (parser is null) parser = new CsvParser(shape, used);
            else parser.RequireSame(shape, path);
            parser.ReadAll(buffer, path, shape);
        }
        return (parser ?? throw new DataException("No data file was given.")).Finish(string.Join(" + ", paths.Select(ByteSource.NameOf)));
    }
}
