namespace Descent.Data;

/// <summary>A form of files that hold typed columns.</summary>
public interface IColumnForm
{
    /// <summary>Its name, as “Parquet”.</summary>
    string Name { get; }

    /// <summary>How names of its files end, as <c>.parquet</c>, by which they are found in a folder.</summary>
    IReadOnlyList<string> Endings { get; }

    /// <summary>Whether a file that begins with these bytes, 8 of them or the whole of it, is one.</summary>
    bool Begins(ReadOnlySpan<byte> head);

    /// <summary>Opens a file and reads what it says of its columns.</summary>
    /// <exception cref="DataException">It cannot be opened, or is damaged.</exception>
    IColumnSource Open(string path);
}
