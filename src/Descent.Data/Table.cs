namespace Descent.Data;

/// <summary>A table read from a file: columns of one length.</summary>
public sealed class Table
{
    internal Table(string source, IReadOnlyList<Column> columns, IReadOnlyList<string> allNames, int rows, int skipped, string? firstSkip, long bytes, char separator, bool header)
    {
        Source = source;
        Columns = columns;
        AllNames = allNames;
        RowCount = rows;
        Skipped = skipped;
        FirstSkip = firstSkip;
        Bytes = bytes;
        Separator = separator;
        HasHeader = header;
    }

    /// <summary>Where it came from.</summary>
    public string Source { get; }

    /// <summary>The columns that were read.</summary>
    public IReadOnlyList<Column> Columns { get; }

    /// <summary>Names of all columns of the file.</summary>
    public IReadOnlyList<string> AllNames { get; }

    /// <summary>Number of rows.</summary>
    public int RowCount { get; }

    /// <summary>Rows that were left out.</summary>
    public int Skipped { get; }

    /// <summary>Why the first of them was left out.</summary>
    public string? FirstSkip { get; }

    /// <summary>Bytes read, after decompression.</summary>
    public long Bytes { get; }

    /// <summary>The separator found.</summary>
    public char Separator { get; }

    /// <summary>Whether the first line was taken as names.</summary>
    public bool HasHeader { get; }

    /// <summary>A column by its name, by c1, c2, … (its position), or null.</summary>
    public Column? Find(string name)
    {
        foreach (Column c in Columns)
            if (c.Aliases.Contains(name)) return c;
        return null;
    }
}
