using Descent.Data;

namespace Descent.Fitting.ModelFiles;

/// <summary>A table for a saved model, read as the training data was where the caller does not say otherwise.</summary>
/// <param name="reading">How the training data was read; null in models of older versions.</param>
/// <param name="columns">The columns that the model needs, and whether they hold text.</param>
sealed class ContractTable(ReadingContract? reading, IReadOnlyDictionary<string, bool> columns)
{
    readonly DerivedColumn[] derived = [.. (reading?.Derived ?? []).Where(d => columns.ContainsKey(d.Name))];
    readonly Dictionary<string, bool> read = Sources(reading, columns);
    readonly Dictionary<string, ReadingColumn> known = (reading?.Columns ?? []).ToDictionary(c => c.Name, StringComparer.Ordinal);
    readonly HashSet<string> needed = [.. Sources(reading, columns).Keys];

    /// <summary>The columns of the target, and whether they hold text; none for a model without one.</summary>
    public IReadOnlyDictionary<string, bool> Targets { get; init; } = new Dictionary<string, bool>();

    /// <summary>The columns of the model's offset; null without one.</summary>
    public OffsetSource? Offset { get; init; }

    /// <summary>Columns that are read where the table has them.</summary>
    public IReadOnlyList<string> Optional { get; init; } = [];

    /// <summary>Columns of the offset of a formula, in which nothing is filled in.</summary>
    public IReadOnlyList<string> OffsetColumns { get; init; } = [];

    /// <summary>The column of events beside times; null without one.</summary>
    public string? Event { get; init; }

    /// <summary>The column of trials or failures; null without one.</summary>
    public TrialSource? Trials { get; init; }

    /// <summary>Whether missing values stay missing, for a model that has a likelihood for such rows.</summary>
    public bool KeepsMissing { get; init; }

    /// <summary>Whether the table has to hold the target.</summary>
    public bool NeedsTarget { get; init; }

    public Table Read(DataSpec spec, DataInput input)
    {
        Table table = input.Read(Options(spec));
        Require(table);
        return table;
    }

    /// <summary>The same columns of an input whose rows are taken as they come.</summary>
    public CsvOptions StreamOptions(DataSpec spec)
    {
        CsvOptions options = Options(spec);
        // What the model says of the reading needs no look; names do, and without a model that says, the first records decide.
        bool open = options.Separator == 0 || options.Header is null || options.Decimal == 0;
        return options with { LookAt = open ? TableStream.LookAt : options.Header == true ? 2 : 1 };
    }

    /// <summary>The columns that every row has to have.</summary>
    public IReadOnlyList<string> Needed => [.. needed];

    /// <summary>Refuses a table that lacks what the model needs.</summary>
    public void Require(Table table)
    {
        RequireWidth(table);
        RequireColumns(table);
    }

    /// <summary>The table with the columns that the model makes of others.</summary>
    /// <exception cref="DataException">A row has no date.</exception>
    public (Table Table, int Left, string? First) Derive(DataSpec spec, Table table) => DerivedColumns.Add(spec, table, derived);

    /// <summary>
    /// Fills missing values in with what the training rows say, never with what those that are to be predicted do: as the model was
    /// fitted, where the caller does not say otherwise.
    /// </summary>
    /// <exception cref="DataException">The model keeps nothing to fill in.</exception>
    public IReadOnlyList<FilledValues> Fill(DataSpec spec, Table table)
    {
        List<FilledValues> all = [];
        foreach ((string name, bool isText) in read)
        {
            if (table.Find(name) is not { Missing: > 0 } c || c.IsText != isText) continue;
            ReadingColumn? kept = known.GetValueOrDefault(name);
            string word = RuleOf(spec, c.Aliases, kept);
            double? number = word == "mean" ? kept?.Mean : kept?.Missing == word ? kept.Number : null;
            string? text = kept?.Missing == word ? kept.Text : null;
            int filled = !isText ? c.FillMissing(number ?? double.NaN) : word == "mode" && text is not null ? c.FillMissing(text) : 0;
            if (!isText && filled > 0 && number is null)
                throw new DataException($"{table.Source}, column '{name}': a value is missing, and the model keeps no {word} of the "
                    + $"training data for it. Fit the model again, or leave such rows out with `Missing = skip`.");
            if (filled > 0) all.Add(new(name, filled, $"training {word} {(isText ? $"'{text}'" : Text.Number(number!.Value))}"));
        }
        return all;
    }

    // The caller's word for a column, for all columns, the model's own.
    static string RuleOf(DataSpec spec, IReadOnlyList<string> names, ReadingColumn? kept)
    {
        foreach (string name in names)
            if (spec.MissingOf.TryGetValue(name, out MissingRule own)) return MissingFill.Word(own.Policy);
        return spec.Missing.Policy == MissingPolicy.Fail && kept?.Missing is { } word ? word : MissingFill.Word(spec.Missing.Policy);
    }

    // The columns that are read for those that the model uses.
    static Dictionary<string, bool> Sources(ReadingContract? reading, IReadOnlyDictionary<string, bool> columns)
    {
        Dictionary<string, DerivedColumn> made = (reading?.Derived ?? []).ToDictionary(d => d.Name, StringComparer.Ordinal);
        Dictionary<string, bool> sources = new(StringComparer.Ordinal);
        foreach ((string name, bool isText) in columns)
            if (made.TryGetValue(name, out DerivedColumn? d)) sources[d.Of] = d.OfText;
            else sources[name] = isText;
        return sources;
    }

    /// <summary>Says which columns were not used.</summary>
    public void Extra(Table table, List<string> notes)
    {
        HashSet<string> used = [.. table.Columns.Select(c => c.Name), .. needed, .. Targets.Keys];
        string[] extra = [.. table.AllNames.Where(n => !used.Contains(n))];
        if (extra.Length > 0)
            notes.Add($"{table.Source}: {Text.Plural(extra.Length, "column")} that the model does not use: {Text.Names(extra)}");
    }

    // Columns of numbers beside the features: of the offset always, of the trials where the target is asked about.
    IEnumerable<string> Beside() => [.. Offset?.Columns() ?? [], .. NeedsTarget && Trials is { } t ? [t.Column()] : (string[])[],
        .. NeedsTarget && Event is { } e ? [e] : (string[])[]];

    CsvOptions Options(DataSpec spec)
    {
        if (NeedsTarget) needed.UnionWith(Targets.Keys);
        needed.UnionWith(Beside());
        IEnumerable<KeyValuePair<string, bool>> all = NeedsTarget ? read.Concat(Targets) : read;
        HashSet<string> text = [.. all.Where(c => c.Value).Select(c => c.Key)], numbers = [.. all.Where(c => !c.Value).Select(c => c.Key)];
        numbers.UnionWith(Beside());
        CsvOptions given = TableLoader.OptionsOf(spec, text, aliases => aliases.Any(needed.Contains) || aliases.Any(Optional.Contains));
        return given with
        {
            NumberColumns = numbers,
            Missing = KeepsMissing && given.Missing == MissingPolicy.Fail ? MissingPolicy.Keep : given.Missing,
            MissingOf = PoliciesOf(spec, given),
            NeverFilled = [.. NeedsTarget ? Targets.Keys : [], .. Beside(), .. OffsetColumns],
            Separator = given.Separator != 0 ? given.Separator : reading?.Separator?[0] ?? '\0',
            Header = given.Header ?? reading?.Header,
            SkipLines = spec.SkipLines ?? reading?.SkipLines ?? 0,
            Decimal = given.Decimal != 0 ? given.Decimal : reading?.DecimalSign?[0] ?? '\0',
            MissingWords = [.. spec.MissingWords, .. reading?.MissingWords ?? []],
        };
    }

    // A value that the model has something for stays to be filled in; a date has to be there.
    Dictionary<string, MissingPolicy> PoliciesOf(DataSpec spec, CsvOptions given)
    {
        Dictionary<string, MissingPolicy> policies = new(given.MissingOf, StringComparer.Ordinal);
        foreach (string name in read.Keys.Where(n => !policies.ContainsKey(n)))
            if (derived.Any(d => d.Of == name && d.IsOfDate()))
                policies[name] = given.Missing == MissingPolicy.Skip ? MissingPolicy.Skip : MissingPolicy.Fail;
            else if (known.GetValueOrDefault(name)?.Missing is not null && spec.Missing.Policy == MissingPolicy.Fail)
                policies[name] = MissingPolicy.Keep;
        return policies;
    }

    // Columns without names are known by position: only the target may be absent, and only where no other moves up by that.
    void RequireWidth(Table table)
    {
        if (reading?.Width is not { } expected || table.AllNames.Count == expected) return;
        if (table.AllNames.Count == expected - 1 && Targets.ContainsKey("c" + expected)) return;
        throw new DataException($"{table.Source}: has {Text.Plural(table.AllNames.Count, "column")}; the model was fitted on "
            + $"{expected} without names, which are known by their positions. Expected the same "
            + $"columns{(Targets.ContainsKey("c" + expected) ? ", or all but the last, the target" : "")}.");
    }

    void RequireColumns(Table table)
    {
        string[] absent = [.. read.Keys.Where(c => table.Find(c) is null)];
        if (absent.Length > 0)
            throw new DataException($"{table.Source}: has no column '{absent[0]}', which the model "
                + $"needs{(absent.Length > 1 ? $" (nor {absent.Length - 1} others)" : "")}. Its columns are "
                + Text.Names(table.AllNames) + (table.Form is not null ? "." : $", cut at separator {ReadingText.Name(table.Separator)}, "
                + $"{(table.HasHeader ? "named in the first row" : "without names")}, as in the training data; `Separator` and "
                + $"`Header` say otherwise."));
        if ((Beside()).FirstOrDefault(c => table.Find(c) is null) is { } moved)
            throw new DataException($"{table.Source}: has no column '{moved}', which {(Offset?.Columns().Contains(moved) == true
                ? $"the model's offset {Offset} is made of" : "the target is told from")}. Its columns are "
                + $"{Text.Names(table.AllNames)}.");
        if (NeedsTarget && Targets.Keys.FirstOrDefault(t => table.Find(t) is null) is { } target)
            throw new DataException($"{table.Source}: has no column '{target}' to compare the predictions with. Its columns are "
                + $"{Text.Names(table.AllNames)}.");
    }
}
