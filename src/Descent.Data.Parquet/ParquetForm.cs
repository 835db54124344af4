namespace Descent.Data;

/// <summary>
/// Parquet files: tables of whole and floating-point numbers, decimals, texts, truth values, dates and times, in row groups, with any of
/// the usual encodings and compressions. Only the columns that are wanted are read.
/// </summary>
/// <remarks>
/// Numbers, decimals among them, become the doubles nearest to their decimal writing, dates and times the texts that their CSV has; lists,
/// maps, structures and bytes are refused where they are needed. Memory: one row group of the wanted columns, beside the table.
/// </remarks>
public sealed class ParquetForm : IColumnForm
{
    ParquetForm()
    {
    }

    /// <summary>The form; it has no state.</summary>
    public static ParquetForm Instance { get; } = new();

    /// <inheritdoc/>
    public string Name => "Parquet";

    /// <inheritdoc/>
    public IReadOnlyList<string> Endings { get; } = [".parquet", ".parq"];

    /// <inheritdoc/>
    public bool Begins(ReadOnlySpan<byte> head) => head.StartsWith("PAR1"u8);

    /// <inheritdoc/>
    public IColumnSource Open(string path) => new ParquetColumns(path);
}
