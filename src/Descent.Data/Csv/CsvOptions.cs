namespace Descent.Data;

/// <summary>
/// How a CSV or TSV file is read. What is left open is inferred from the first records, and said in <see cref="Table.Notes"/>.
/// </summary>
public sealed record CsvOptions
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

    /// <summary>Lines to leave out before everything else.</summary>
    public int SkipLines { get; init; }

    /// <summary>Policy for missing values.</summary>
    public MissingPolicy Missing { get; init; }

    /// <summary>Words that mean a missing value, besides the empty field, NA, N/A, NaN, null, None and ?.</summary>
    public IReadOnlyCollection<string> MissingWords { get; init; } = [];

    /// <summary>Columns in which a missing value is never kept or filled in: the row is left out unless the policy is to fail.</summary>
    public IReadOnlyCollection<string> NeverFilled { get; init; } = [];

    /// <summary>Whether rows that cannot be read are left out and counted, instead of being errors.</summary>
    public bool SkipBadRows { get; init; }

    /// <summary>Columns that are text whatever they look like.</summary>
    public IReadOnlyCollection<string> TextColumns { get; init; } = [];

    /// <summary>Columns that are numbers whatever they look like.</summary>
    public IReadOnlyCollection<string> NumberColumns { get; init; } = [];

    /// <summary>
    /// Whether the caller takes numbers alone: remedies then speak neither of levels nor of means in the place of what is missing.
    /// </summary>
    public bool NumbersOnly { get; init; }

    /// <summary>Whether the text is JSON lines; null to tell by its first character.</summary>
    internal bool? JsonLines { get; init; }

    /// <summary>Records that decide how the rest is read; all of them are waited for where the text comes as it is written.</summary>
    internal int LookAt { get; init; } = 1000;

    /// <summary>Whether a column that answers to these names is needed; null for all. The others are passed over.</summary>
    public Func<IReadOnlyList<string>, bool>? Wanted { get; init; }
}
