namespace Descent.Data;

/// <summary>A column of a source, before it is read.</summary>
/// <param name="Name">Its name; empty for none.</param>
/// <param name="Type">What it holds.</param>
public sealed record SourceColumn(string Name, ColumnType Type)
{
    /// <summary>
    /// What it holds that no cell of a table can, as “lists” or “bytes”; null where it can be read. Such a column is an error where it is
    /// needed, and passed over otherwise.
    /// </summary>
    public string? Unreadable { get; init; }
}
