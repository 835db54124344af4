namespace Descent.Data;

/// <summary>How a CSV or TSV file is read.</summary>
public sealed record CsvOptions
{
    /// <summary>Separator; 0 for detection among comma, semicolon, tab, bar and blank.</summary>
    public char Separator { get; init; }

    /// <summary>Whether the first line holds names; null for detection.</summary>
    public bool? Header { get; init; }

    /// <summary>Lines to leave out before everything else.</summary>
    public int SkipLines { get; init; }

    /// <summary>Policy for missing values.</summary>
    public MissingPolicy Missing { get; init; }

    /// <summary>Whether rows that cannot be read are left out and counted, instead of being errors.</summary>
    public bool SkipBadRows { get; init; }

    /// <summary>Columns that are text whatever they look like.</summary>
    public IReadOnlyCollection<string> TextColumns { get; init; } = [];

    /// <summary>Whether a column that answers to these names is needed; null for all. The others are passed over.</summary>
    public Func<IReadOnlyList<string>, bool>? Wanted { get; init; }
}
