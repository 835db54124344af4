namespace Descent.Data;

/// <summary>
/// How a CSV or TSV file is read. What is left open is inferred from the first records, and said in <see cref="Table.Notes"/>.
/// </summary>
public sealed record CsvOptions : TableOptions
{
    /// <summary>Separator; 0 for detection among comma, semicolon, tab, bar and blank.</summary>
    public char Separator { get; init; }

    /// <summary>Whether the first record holds names; null for detection.</summary>
    public bool? Header { get; init; }

    /// <summary>The decimal sign, '.' or ','; 0 for detection.</summary>
    public char Decimal { get; init; }

    /// <summary>
    /// utf-8, utf-16 or latin1; null for UTF-8, or UTF-16 where a byte order mark says so. Applies where the reader opens the files itself.
    /// </summary>
    public string? Encoding { get; init; }

    /// <summary>Threads that read; 0 for all of the machine. The table does not depend on it.</summary>
    public int Threads { get; init; }

    /// <summary>Lines to leave out before everything else.</summary>
    public int SkipLines { get; init; }

    /// <summary>Whether the text is JSON lines; null to tell by its first character.</summary>
    internal bool? JsonLines { get; init; }

    /// <summary>Records that decide how the rest is read; all of them are waited for where the text comes as it is written.</summary>
    internal int LookAt { get; init; } = 1000;
}
