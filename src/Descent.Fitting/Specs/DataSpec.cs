using Descent.Data;

namespace Descent.Fitting;

/// <summary>
/// Which data, and how it is read. What is null is found out from the data, said, kept in the model and enforced when it predicts.
/// </summary>
/// <param name="Files">CSV, TSV, LIBSVM, VW or IDX files, plain, .gz, .zst or .br; several of one form are read one after another.</param>
public sealed record DataSpec(IReadOnlyList<string> Files)
{
    /// <summary>Target column, or COLUMN=LEVEL for one level against the rest; null for LIBSVM and IDX.</summary>
    public string? Target { get; init; }

    /// <summary>Columns to use; empty for all others than the target.</summary>
    public IReadOnlyList<string> Features { get; init; } = [];

    /// <summary>Columns to leave out.</summary>
    public IReadOnlyList<string> Exclude { get; init; } = [];

    /// <summary>Columns whose numbers are names of levels.</summary>
    public IReadOnlyList<string> Categorical { get; init; } = [];

    /// <summary>Reference levels, COLUMN=LEVEL; the first in order where none is given.</summary>
    public IReadOnlyList<string> Reference { get; init; } = [];

    /// <summary>Column of example weights ≥ 0; null for none.</summary>
    public string? WeightColumn { get; init; }

    /// <summary>Column that says which rows belong together, so that no fold splits them; null for none.</summary>
    public string? GroupColumn { get; init; }

    /// <summary>
    /// Column whose levels are clusters of rows that depend on each other, for cluster-robust standard errors;
    /// never a feature. Null for none.
    /// </summary>
    public string? Cluster { get; init; }

    /// <summary>IDX file of labels; null for none.</summary>
    public string? Labels { get; init; }

    /// <summary>Form of the files; null finds out.</summary>
    public DataFormat? Format { get; init; }

    /// <summary>Missing values: an error, their row left out, or the mean of the training rows.</summary>
    public MissingPolicy Missing { get; init; }

    /// <summary>Whether rows that cannot be read are left out and counted; an error otherwise.</summary>
    public bool SkipBadRows { get; init; }

    /// <summary>Whether the first row holds names; null finds out.</summary>
    public bool? Header { get; init; }

    /// <summary>Character between fields; null finds out.</summary>
    public char? Separator { get; init; }

    /// <summary>
    /// Lines to pass over at the start, ≥ 0; null: none for a fit, and as many as the fit passed over where its model is applied.
    /// </summary>
    public int? SkipLines { get; init; }

    /// <summary>Decimal sign, a point or a comma; null finds out.</summary>
    public char? DecimalSign { get; init; }

    /// <summary>utf-8, utf-16 or latin1; null finds out.</summary>
    public string? Encoding { get; init; }

    /// <summary>Words that mean a missing value, beside the empty field, NA and their like.</summary>
    public IReadOnlyList<string> MissingWords { get; init; } = [];

    /// <summary>Largest LIBSVM column number that is taken for meant.</summary>
    public int LargestColumn { get; init; } = LibsvmReader.DefaultLimit;

    /// <summary>Names of features are hashed to 2 to this power columns, 1 to 30.</summary>
    public int HashBits { get; init; } = 20;

    /// <summary>Whether LIBSVM columns are numbered from 0 though none is 0.</summary>
    public bool ZeroBased { get; init; }

    /// <summary>Whether what was read is kept so that it need not be read again, and where; by default what lies there is used.</summary>
    public CacheSpec Cache { get; init; } = new();

    internal IEnumerable<string> Faults()
    {
        if (Files.Count == 0) yield return "`Files` names no file.";
        if (HashBits is < 1 or > 30) yield return $"`HashBits` is {HashBits}; expected 1 to 30.";
        if (SkipLines < 0) yield return $"`SkipLines` is {SkipLines}; expected a number of lines ≥ 0.";
        if (DecimalSign is not (null or '.' or ',')) yield return $"`DecimalSign` is '{DecimalSign}'; expected . or ,.";
        if (Encoding is not (null or "utf-8" or "utf-16" or "latin1"))
            yield return $"`Encoding` is '{Encoding}'; expected utf-8, utf-16 or latin1.";
        foreach (string r in Reference)
            if (!r.Contains('=', StringComparison.Ordinal)) yield return $"`Reference = {r}`: expected COL=LEVEL.";
    }
}
