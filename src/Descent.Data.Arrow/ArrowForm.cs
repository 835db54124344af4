namespace Descent.Data;

/// <summary>
/// Arrow's files: IPC files, which Feather of version 2 is another name for, and IPC streams, plain or compressed within (LZ4, Zstandard),
/// with dictionaries.
/// </summary>
/// <remarks>
/// Numbers, decimals among them, become the doubles nearest to their decimal writing, dates and times the texts that their CSV has; lists,
/// structures, maps and bytes are refused where they are needed. Memory: one record batch, beside the table.
/// </remarks>
public sealed class ArrowForm : IColumnForm
{
    ArrowForm()
    {
    }

    /// <summary>The form; it has no state.</summary>
    public static ArrowForm Instance { get; } = new();

    /// <inheritdoc/>
    public string Name => "Arrow";

    /// <inheritdoc/>
    public IReadOnlyList<string> Endings { get; } = [".arrow", ".feather", ".arrows", ".ipc"];

    /// <inheritdoc/>
    public bool Begins(ReadOnlySpan<byte> head) => IsFile(head) || head.StartsWith((ReadOnlySpan<byte>)[0xFF, 0xFF, 0xFF, 0xFF]);

    /// <inheritdoc/>
    public IColumnSource Open(string path) => new ArrowColumns(path);

    /// <summary>Whether it is a file, which has its batches in a list at the end; a stream otherwise.</summary>
    internal static bool IsFile(ReadOnlySpan<byte> head) => head.StartsWith("ARROW1"u8);
}
