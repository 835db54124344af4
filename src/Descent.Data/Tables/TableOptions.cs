namespace Descent.Data;

/// <summary>How the cells of a table are taken, whatever it is read from: text, a query, a file of typed columns.</summary>
public abstract record TableOptions
{
    /// <summary>Policy for missing values.</summary>
    public MissingPolicy Missing { get; init; }

    /// <summary>Policies of columns by their names, where they are not <see cref="Missing"/>.</summary>
    public IReadOnlyDictionary<string, MissingPolicy> MissingOf { get; init; } = new Dictionary<string, MissingPolicy>();

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

    /// <summary>Whether a column that answers to these names is needed; null for all. The others are passed over.</summary>
    public Func<IReadOnlyList<string>, bool>? Wanted { get; init; }

    /// <summary>The policy of a column that answers to these names.</summary>
    internal MissingPolicy PolicyOf(IReadOnlyList<string> names)
    {
        foreach (string name in names)
            if (MissingOf.TryGetValue(name, out MissingPolicy own)) return own;
        return Missing;
    }
}
