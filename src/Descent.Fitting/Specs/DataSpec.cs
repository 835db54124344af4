using Descent.Data;

namespace Descent.Fitting;

/// <summary>
/// Which data, and how it is read. What is null is found out from the data, said, kept in the model and enforced when it predicts.
/// </summary>
/// <param name="Files">CSV, TSV, LIBSVM, VW, IDX, NPY or NPZ files, plain, .gz, .zst or .br; several of one form are read one after
/// another.</param>
public sealed record DataSpec(IReadOnlyList<string> Files)
{
    /// <summary>Rows that do not lie in files of text: a query, typed columns; <see cref="Files"/> then holds its name alone. Null for
    /// none.</summary>
    public ColumnOrigin? Origin { get; init; }

    /// <summary>Forms of files with typed columns that are known by their first bytes; empty for none.</summary>
    public IReadOnlyList<IColumnForm> Forms { get; init; } = [];

    /// <summary>
    /// Target and terms in R's writing, <c>log(price) ~ log(carat) + cut</c>, instead of <see cref="Target"/>, <see cref="Features"/> and
    /// what else chooses columns; null for none.
    /// </summary>
    public Formula? Formula { get; init; }

    /// <summary>Target column, or COLUMN=LEVEL for one level against the rest; null for LIBSVM, IDX and NPY.</summary>
    public string? Target { get; init; }

    /// <summary>Columns to use; empty for all others than the target.</summary>
    public IReadOnlyList<string> Features { get; init; } = [];

    /// <summary>Columns to leave out.</summary>
    public IReadOnlyList<string> Exclude { get; init; } = [];

    /// <summary>Columns whose numbers are names of levels.</summary>
    public IReadOnlyList<string> Categorical { get; init; } = [];

    /// <summary>Columns of text whose words become hashed columns of counts; empty for none.</summary>
    public IReadOnlyList<string> TextColumns { get; init; } = [];

    /// <summary>Columns of many levels, each level of which is hashed to a column of its own; empty for none.</summary>
    public IReadOnlyList<string> HashColumns { get; init; } = [];

    /// <summary>Runs of up to so many neighbouring words are features of <see cref="TextColumns"/>, 1 to 3.</summary>
    public int NGrams { get; init; } = 1;

    /// <summary>
    /// Whether counts of words are multiplied by <c>ln((1 + n)/(1 + df)) + 1</c>, of the n training rows df having the word, and the
    /// features of each text are scaled to Euclidean length 1; counts otherwise.
    /// </summary>
    public bool TfIdf { get; init; }

    /// <summary>Reference levels, COLUMN=LEVEL; the first in order where none is given.</summary>
    public IReadOnlyList<string> Reference { get; init; } = [];

    /// <summary>The levels of a target whose classes have an order, the lowest first; empty for numbers, which have one.</summary>
    public IReadOnlyList<string> TargetLevels { get; init; } = [];

    /// <summary>Column of example weights ≥ 0; null for none.</summary>
    public string? WeightColumn { get; init; }

    /// <summary>Column that is 1 where the target's time ends with an event and 0 where it was censored; never a feature. Null for
    /// none.</summary>
    public string? Event { get; init; }

    /// <summary>Column of the numbers of trials of which the target counts the successes; never a feature. Null for none.</summary>
    public string? Trials { get; init; }

    /// <summary>Column of the numbers of failures beside the target's successes; never a feature. Null for none.</summary>
    public string? Failures { get; init; }

    /// <summary>Column that is added to the margin <c>x·w + b</c> as it is, without a coefficient; never a feature. Null for
    /// none.</summary>
    public string? Offset { get; init; }

    /// <summary>
    /// Column of exposures above 0 (time, area, population), whose logarithm is added to the margin without a coefficient; never a
    /// feature. With a log link the model is one of rates. Null for none.
    /// </summary>
    public string? Exposure { get; init; }

    /// <summary>
    /// Column that says which rows belong together, so that no fold splits them; for chains, which rows are one sequence. Null for none.
    /// </summary>
    public string? GroupColumn { get; init; }

    /// <summary>
    /// Column whose levels are clusters of rows that depend on each other, for cluster-robust standard errors;
    /// never a feature. Null for none.
    /// </summary>
    public string? Cluster { get; init; }

    /// <summary>IDX or NPY file of labels; null for none, or for those of an NPZ archive.</summary>
    public string? Labels { get; init; }

    /// <summary>Form of the files; null finds out.</summary>
    public DataFormat? Format { get; init; }

    /// <summary>Missing values: an error, their row left out, or the mean, median or mode of the training rows in their place.</summary>
    public MissingRule Missing { get; init; }

    /// <summary>Columns that have a rule of their own, by their names; the others have <see cref="Missing"/>.</summary>
    public IReadOnlyDictionary<string, MissingRule> MissingOf { get; init; } = new Dictionary<string, MissingRule>();

    /// <summary>
    /// Columns of dates, COLUMN (ISO 8601) or COLUMN=FORMAT (as .NET writes them, <c>dd.MM.yyyy HH:mm</c>), of which
    /// <see cref="DateParts"/> make columns of numbers.
    /// </summary>
    public IReadOnlyList<string> Dates { get; init; } = [];

    /// <summary>
    /// What is made of each date: year, month (1 to 12), weekday (1 for Monday to 7), hour (0 to 23), elapsed (days since 1970-01-01, with
    /// the time of the day as their fraction), each called COLUMN_PART; factor(PART) makes levels of it. Elapsed where none is named.
    /// </summary>
    public IReadOnlyList<string> DateParts { get; init; } = [];

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

    /// <summary>Names of features, words of texts and levels of <see cref="HashColumns"/> are hashed to 2 to this power columns,
    /// 1 to 30.</summary>
    public int HashBits { get; init; } = 20;

    /// <summary>Whether LIBSVM columns are numbered from 0 though none is 0.</summary>
    public bool ZeroBased { get; init; }

    /// <summary>Whether what was read is kept so that it need not be read again, and where; by default what lies there is used.</summary>
    public CacheSpec Cache { get; init; } = new();

    /// <summary>Rows from elsewhere than files of text.</summary>
    public static DataSpec Of(ColumnOrigin origin)
    {
        ArgumentNullException.ThrowIfNull(origin);
        return new([origin.Name]) { Origin = origin };
    }

    /// <summary>The files that are read, which no output may replace.</summary>
    internal IReadOnlyList<string> Inputs => [.. Origin?.Paths ?? Files, .. Labels is { } l ? new[] { l } : []];

    /// <summary>Whether the data can be read a second time.</summary>
    internal bool IsRepeatable => !Files.Contains("-");

    /// <summary>Opens what is to be read.</summary>
    /// <param name="encoding">Of text, where none is said here; null to find out.</param>
    /// <exception cref="FitException">Columns are typed, and something is said of how text is read.</exception>
    internal DataInput Open(string? encoding = null)
    {
        if (Origin is { } origin) return DataInput.Of(origin);
        // Who names a form means one of text or arrays.
        DataInput input = DataInput.Open(Files, Encoding ?? encoding, Format is null ? Forms : []);
        if (!input.IsTyped || !SaysHowTextIsRead) return input;
        input.Dispose();
        throw new FitException($"`Header`, `Separator`, `SkipLines`, `DecimalSign` and `Encoding` apply to text; {input.Name} has typed "
            + "columns. Leave them out.");
    }

    /// <summary>The rule of a column that answers to these names.</summary>
    internal MissingRule RuleOf(IReadOnlyList<string> names)
    {
        foreach (string name in names)
            if (MissingOf.TryGetValue(name, out MissingRule own)) return own;
        return Missing;
    }

    /// <summary>Whether some column may have values filled in.</summary>
    internal bool Fills => Missing.Fills || MissingOf.Values.Any(r => r.Fills);

    bool SaysHowTextIsRead => Header is not null || Separator is not null || SkipLines > 0 || DecimalSign is not null
        || Encoding is not null;

    /// <summary>The level of the target that is asked for against the rest; null for none.</summary>
    internal string? Level => Formula is not null ? Formula.Level : Target?.Split('=', 2) is [_, var level] ? level : null;

    /// <summary>All columns of a table that are hashed.</summary>
    internal IEnumerable<string> Hashed => TextColumns.Concat(HashColumns);

    internal IEnumerable<string> Faults()
    {
        if (Formula is not null)
        {
            foreach ((bool given, string setting, string instead) in ((bool, string, string)[])
            [
                (Target is not null, "`Target`", "the target stands before '~'"),
                (Features.Count > 0, "`Features`", "the columns stand after '~'"),
                (Exclude.Count > 0, "`Exclude`", "'. - x' leaves x out of all others"),
                (Categorical.Count > 0, "`Categorical`", "C(x) takes a column as levels"),
                (Reference.Count > 0, "`Reference`", "C(x, ref = LEVEL) names the reference"),
                (Offset is not null, "`Offset`", "offset(x) is a term"),
                (Exposure is not null, "`Exposure`", "offset(log(x)) is a term"),
            ])
                if (given) yield return $"`Formula` says what {setting} would: {instead}; leave {setting} out.";
        }
        if (Formula is null && Target?.Contains('~', StringComparison.Ordinal) == true)
            yield return $"`Target` is '{Target}', which is a formula: give it as `Formula`.";
        if (TextColumns.Count > 0 && Formula is not null)
            yield return "`TextColumns` and `Formula`: a formula has no words of texts; name columns in `Features` instead.";
        if (HashColumns.Count > 0 && Formula is not null)
            yield return "`HashColumns` and `Formula`: a formula has no hashed levels; name columns in `Features` instead.";
        foreach (string fault in MissingFaults().Concat(DateSpec.Faults(this))) yield return fault;
        if (NGrams is < 1 or > 3) yield return $"`NGrams` is {NGrams}; expected 1 to 3.";
        if (TextColumns.Count == 0 && (NGrams != 1 || TfIdf))
            yield return $"{(TfIdf ? "`TfIdf = true`" : "`NGrams`")} is for words of texts: name their columns in `TextColumns`.";
        if (Files.Count == 0) yield return "`Files` names no file.";
        if (Origin is not null && (Format is not null || Labels is not null || SaysHowTextIsRead))
            yield return "`Format`, `Labels`, `Header`, `Separator`, `SkipLines`, `DecimalSign` and `Encoding` are for files; "
                + $"{Files[0]} has typed columns. Leave them out.";
        if (Event is not null && (Trials ?? Failures) is not null)
            yield return "`Event` is for times and `Trials` for counts; give one of the two.";
        if (Trials is not null && Failures is not null) yield return "`Trials` and `Failures` say the same twice; give one of the two.";
        if (HashBits is < 1 or > 30) yield return $"`HashBits` is {HashBits}; expected 1 to 30.";
        if (SkipLines < 0) yield return $"`SkipLines` is {SkipLines}; expected a number of lines ≥ 0.";
        if (DecimalSign is not (null or '.' or ',')) yield return $"`DecimalSign` is '{DecimalSign}'; expected . or ,.";
        if (Encoding is not (null or "utf-8" or "utf-16" or "latin1"))
            yield return $"`Encoding` is '{Encoding}'; expected utf-8, utf-16 or latin1.";
        if (TargetLevels.GroupBy(l => l).FirstOrDefault(g => g.Count() > 1) is { } twice)
            yield return $"`TargetLevels` names '{twice.Key}' twice.";
        foreach (string r in Reference)
            if (!r.Contains('=', StringComparison.Ordinal)) yield return $"`Reference = {r}`: expected COL=LEVEL.";
    }

    // What is filled in is a guess, and what a fit is measured or weighted by is none.
    IEnumerable<string> MissingFaults()
    {
        foreach (var (name, rule) in MissingOf.Append(new("*", Missing)))
        {
            if (rule.Indicator && !rule.Fills)
                yield return $"`Missing = {(name == "*" ? "" : name + "=")}{rule}`: an indicator goes with mean, median or mode.";
            string? part = name == (Formula is null ? Target?.Split('=', 2)[0] : null) || Formula?.LeftNames.Contains(name) == true
                ? "target"
                : name == WeightColumn ? "column of weights" : name == Offset || name == Exposure ? "offset"
                : Formula?.OffsetNames.Contains(name) == true ? "offset" : name == GroupColumn || name == Cluster ? "column of groups"
                : name == Trials || name == Failures || name == Event ? "column of counts or events" : null;
            if (part is not null && rule.Fills)
                yield return $"`Missing = {name}={rule}`: '{name}' is the {part}, in which nothing is filled in; expected fail or skip.";
        }
    }
}
