using Descent.Data;

namespace Descent.Fitting.ModelFiles;

/// <summary>A table for a saved model, read as the training data was where the caller does not say otherwise.</summary>
/// <param name="reading">How the training data was read; null in models of older versions.</param>
/// <param name="features">The columns that the model needs.</param>
sealed class ContractTable(ReadingContract? reading, FeatureSource[] features)
{
    readonly HashSet<string> needed = [.. features.Select(f => f.Column)];

    /// <summary>The column of the target; empty for a model without one.</summary>
    public string Target { get; init; } = "";

    /// <summary>The columns of the model's offset; null without one.</summary>
    public OffsetSource? Offset { get; init; }

    /// <summary>The column of events beside times; null without one.</summary>
    public string? Event { get; init; }

    /// <summary>The column of trials or failures; null without one.</summary>
    public TrialSource? Trials { get; init; }

    /// <summary>Whether the table has to hold the target.</summary>
    public bool NeedsTarget { get; init; }

    /// <summary>Whether the target is text.</summary>
    public bool TargetIsText { get; init; }

    public Table Read(DataSpec spec, IReadOnlyList<DataSource> sources)
    {
        if (NeedsTarget) needed.Add(Target);
        needed.UnionWith(Beside());
        Table table = CsvReader.Read(sources, Options(spec));
        RequireWidth(table);
        RequireColumns(table);
        return table;
    }

    // Missing numbers take the means of the training rows, never those of the rows to be predicted.
    public void Fill(Table table, List<string> notes)
    {
        Dictionary<string, double?> means = (reading?.Columns ?? []).ToDictionary(c => c.Name, c => c.Mean, StringComparer.Ordinal);
        foreach (FeatureSource f in features)
        {
            if (f.Level is not null || table.Find(f.Column) is not { IsText: false, Missing: > 0 } c) continue;
            double? mean = means.GetValueOrDefault(f.Column);
            int filled = c.FillMissing(mean ?? double.NaN);
            if (filled > 0 && mean is null)
                throw new DataException($"{table.Source}, column '{f.Column}': a value is missing, and the model keeps no mean of the "
                    + $"training data for it. Fit the model again, or leave such rows out with `Missing = skip`.");
            if (filled > 0)
                notes.Add($"{table.Source}, column '{f.Column}': {Text.Plural(filled, "missing value")} filled in with the training "
                    + $"mean {Text.Number(mean!.Value)}");
        }
    }

    /// <summary>Says which columns were not used.</summary>
    public void Extra(Table table, List<string> notes)
    {
        HashSet<string> used = [.. table.Columns.Select(c => c.Name), .. needed, Target];
        string[] extra = [.. table.AllNames.Where(n => !used.Contains(n))];
        if (extra.Length > 0)
            notes.Add($"{table.Source}: {Text.Plural(extra.Length, "column")} that the model does not use: {Text.Names(extra)}");
    }

    // Columns of numbers beside the features: of the offset always, of the trials where the target is asked about.
    IEnumerable<string> Beside() => [.. Offset?.Columns() ?? [], .. NeedsTarget && Trials is { } t ? [t.Column()] : (string[])[],
        .. NeedsTarget && Event is { } e ? [e] : (string[])[]];

    CsvOptions Options(DataSpec spec)
    {
        HashSet<string> text = [.. features.Where(f => f.Level is not null).Select(f => f.Column)],
            numbers = [.. features.Where(f => f.Level is null).Select(f => f.Column)];
        if (NeedsTarget) (TargetIsText ? text : numbers).Add(Target);
        numbers.UnionWith(Beside());
        CsvOptions given = TableLoader.OptionsOf(spec, text, aliases => needed.Contains(aliases[0]) || aliases.Any(needed.Contains));
        return given with
        {
            NumberColumns = numbers,
            NeverFilled = [.. NeedsTarget ? [Target] : (string[])[], .. Beside()],
            Separator = given.Separator != 0 ? given.Separator : reading?.Separator?[0] ?? '\0',
            Header = given.Header ?? reading?.Header,
            SkipLines = spec.SkipLines ?? reading?.SkipLines ?? 0,
            Decimal = given.Decimal != 0 ? given.Decimal : reading?.DecimalSign?[0] ?? '\0',
            MissingWords = [.. spec.MissingWords, .. reading?.MissingWords ?? []],
        };
    }

    // Columns without names are known by position: only the target may be absent, and only where no other moves up by that.
    void RequireWidth(Table table)
    {
        if (reading?.Width is not { } expected || table.AllNames.Count == expected) return;
        if (table.AllNames.Count == expected - 1 && Target == "c" + expected) return;
        throw new DataException($"{table.Source}: has {Text.Plural(table.AllNames.Count, "column")}; the model was fitted on "
            + $"{expected} without names, which are known by their positions. Expected the same "
            + $"columns{(Target == "c" + expected ? ", or all but the last, the target" : "")}.");
    }

    void RequireColumns(Table table)
    {
        string[] absent = [.. features.Select(f => f.Column).Distinct().Where(c => table.Find(c) is null)];
        if (absent.Length > 0)
            throw new DataException($"{table.Source}: has no column '{absent[0]}', which the model "
                + $"needs{(absent.Length > 1 ? $" (nor {absent.Length - 1} others)" : "")}. Its columns are "
                + $"{Text.Names(table.AllNames)}, cut at separator {ReadingText.Name(table.Separator)}, "
                + $"{(table.HasHeader ? "named in the first row" : "without names")}, as in the training data; `Separator` and "
                + $"`Header` say otherwise.");
        if ((Beside()).FirstOrDefault(c => table.Find(c) is null) is { } moved)
            throw new DataException($"{table.Source}: has no column '{moved}', which {(Offset?.Columns().Contains(moved) == true
                ? $"the model's offset {Offset} is made of" : "the target is told from")}. Its columns are "
                + $"{Text.Names(table.AllNames)}.");
        if (NeedsTarget && table.Find(Target) is null)
            throw new DataException($"{table.Source}: has no column '{Target}' to compare the predictions with. Its columns are "
                + $"{Text.Names(table.AllNames)}.");
    }
}
