namespace Descent.Data;

/// <summary>Reads a table, whether it is written as separated text or as JSON lines.</summary>
static class TableReader
{
    /// <summary>Whether inputs are JSON lines: as the options say, or by their first character.</summary>
    public static bool IsJson(IReadOnlyList<DataSource> sources, CsvOptions options) =>
        options.JsonLines ?? (sources.Count > 0 && JsonLinesReader.Is(sources[0]));

    /// <summary>Reads and closes one opened input after another into one table.</summary>
    /// <exception cref="DataException">They cannot be read as one.</exception>
    public static Table Read(IReadOnlyList<DataSource> sources, CsvOptions options) =>
        IsJson(sources, options) ? JsonLinesReader.Read(sources, options) : CsvReader.Read(sources, options);

    /// <summary>The rows of one input as they come.</summary>
    /// <param name="source">The input.</param>
    /// <param name="options">How it is read.</param>
    /// <param name="known">Columns that every row has, in whatever form it is written; null where the first rows decide.</param>
    public static ITableStream Stream(DataSource source, CsvOptions options, IReadOnlyList<string>? known = null) =>
        IsJson([source], options) ? new JsonTableStream(source, options, known) : new TableStream(source, options);
}
