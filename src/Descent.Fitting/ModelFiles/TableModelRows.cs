using Descent.Data;

namespace Descent.Fitting.ModelFiles;

/// <summary>Rows of a table under a saved model, read as the training data was.</summary>
static class TableModelRows
{
    public static ModelRows Load(ModelFile model, DataSpec spec, DataSource[] sources, bool needLabels, float[]? network)
    {
        FeatureSource[] features = [.. model.Features.Select(f => new FeatureSource(f.Column!, f.Level))];
        HashSet<string> needed = [.. features.Select(f => f.Column)];
        if (needLabels) needed.Add(model.Target);
        Table table = CsvReader.Read(sources,
            Options(model, spec, features, needLabels, aliases => needed.Contains(aliases[0]) || aliases.Any(needed.Contains)));
        RequireWidth(model.Data.Reading?.Width, table, model.Target);
        RequireColumns(table, features, model, needLabels);
        List<string> notes = [.. table.Notes, .. ReadingNotes.Skipped(table.Source, table.Skipped, table.FirstSkip)];
        int strangers = LeaveStrangersOut(model, spec, table, features, notes);
        Fill(model, table, features, notes);
        Extra(table, needed, model.Target, notes);
        double[]? labels = null;
        if (needLabels)
        {
            Column target = table.Find(model.Target)!;
            labels = target.IsText ? ModelRows.LabelsOfText(model, target, table.Source)
                : ModelRows.LabelsOf(model, target.Numbers, table.Source);
        }
        string summary = $"{Text.Plural(table.RowCount, "row")}, {Text.Plural(table.Skipped + strangers, "row")} skipped";
        (double[]? dense, CsrRows<double>? sparse) = TableRows.Of(table, features);
        ModelRows rows = sparse is { } s
            ? ModelRows.Of(model, s, labels, summary, network, table.Source)
            : ModelRows.Of(model, new DenseRows<double>(dense!, table.RowCount, features.Length), labels, summary, network, table.Source);
        return rows with { Notes = notes };
    }

    // The contract of the training data, where the command line does not say otherwise.
    static CsvOptions Options(ModelFile model, DataSpec spec, FeatureSource[] features, bool needLabels, Func<IReadOnlyList<string>,
        bool> wanted)
    {
        ReadingContract? reading = model.Data.Reading;
        HashSet<string> text = [.. features.Where(f => f.Level is not null).Select(f => f.Column)],
            numbers = [.. features.Where(f => f.Level is null).Select(f => f.Column)];
        if (needLabels) (model.Classes is null ? numbers : text).Add(model.Target);
        CsvOptions given = TableLoader.OptionsOf(spec, text, wanted);
        return given with
        {
            NumberColumns = numbers,
            NeverFilled = needLabels ? [model.Target] : [],
            Separator = given.Separator != 0 ? given.Separator : reading?.Separator?[0] ?? '\0',
            Header = given.Header ?? reading?.Header,
            SkipLines = spec.SkipLines ?? reading?.SkipLines ?? 0,
            Decimal = given.Decimal != 0 ? given.Decimal : reading?.DecimalSign?[0] ?? '\0',
            MissingWords = [.. spec.MissingWords, .. reading?.MissingWords ?? []],
        };
    }

    // Columns without names are known by position: only the target may be absent, and only where no other moves up by that.
    static void RequireWidth(int? width, Table table, string target)
    {
        if (width is not { } expected || table.AllNames.Count == expected) return;
        if (table.AllNames.Count == expected - 1 && target == "c" + expected) return;
        throw new DataException($"{table.Source}: has {Text.Plural(table.AllNames.Count, "column")}; the model was fitted on "
            + $"{expected} without names, which are known by their positions. Expected the same "
            + $"columns{(target == "c" + expected ? ", or all but the last, the target" : "")}.");
    }

    static void RequireColumns(Table table, FeatureSource[] features, ModelFile model, bool needLabels)
    {
        string[] absent = [.. features.Select(f => f.Column).Distinct().Where(c => table.Find(c) is null)];
        if (absent.Length > 0)
            throw new DataException($"{table.Source}: has no column '{absent[0]}', which the model "
                + $"needs{(absent.Length > 1 ? $" (nor {absent.Length - 1} others)" : "")}. Its columns are "
                + $"{Text.Names(table.AllNames)}, cut at separator {ReadingText.Name(table.Separator)}, "
                + $"{(table.HasHeader ? "named in the first row" : "without names")}, as in the training data; `Separator` and "
                + $"`Header` say otherwise.");
        if (needLabels && table.Find(model.Target) is null)
            throw new DataException($"{table.Source}: has no column '{model.Target}' to compare the predictions with. Its columns are "
                + $"{Text.Names(table.AllNames)}.");
    }

    // Levels that the training data did not have: an error, or with `OnBadRow = skip` rows that are left out and counted.
    static int LeaveStrangersOut(ModelFile model, DataSpec spec, Table table, FeatureSource[] features, List<string> notes)
    {
        bool[] stays = new bool[table.RowCount];
        Array.Fill(stays, true);
        string? first = null;
        foreach (string name in features.Where(f => f.Level is not null).Select(f => f.Column).Distinct())
        {
            if (table.Find(name) is not { } c || model.Levels?.TryGetValue(name, out IReadOnlyList<string>? levels) != true) continue;
            HashSet<string> known = [.. levels!.Select(table.LevelName)];
            bool[] strange = [.. c.Levels.Select(l => !known.Contains(l))];
            int at = Array.IndexOf(strange, true);
            if (at < 0) continue;
            string found = c.Levels[at] == "(missing)"
                ? "a value is missing"
                : $"the level '{c.Levels[at]}' did not occur in the training data ({Text.Names(levels!)})";
            string message = $"{table.Source}, column '{name}': {found}. "
                + "The model has no coefficient for it; leave such rows out with `OnBadRow = skip`.";
            if (!spec.SkipBadRows) throw new DataException(message);
            first ??= message;
            for (int i = 0; i < stays.Length; i++) stays[i] &= !strange[c.Codes[i]];
        }
        int left = stays.AsSpan().Count(false);
        if (left == stays.Length) throw new DataException($"{table.Source}: no rows. All were left out; the first: {first}");
        if (left > 0) table.Keep(stays);
        notes.AddRange(ReadingNotes.Skipped(table.Source, left, first));
        return left;
    }

    // Missing numbers take the means of the training rows, never those of the rows to be predicted.
    static void Fill(ModelFile model, Table table, FeatureSource[] features, List<string> notes)
    {
        Dictionary<string, double?> means = (model.Data.Reading?.Columns ?? [])
            .ToDictionary(c => c.Name, c => c.Mean, StringComparer.Ordinal);
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

    static void Extra(Table table, HashSet<string> needed, string target, List<string> notes)
    {
        HashSet<string> used = [.. table.Columns.Select(c => c.Name), .. needed, target];
        string[] extra = [.. table.AllNames.Where(n => !used.Contains(n))];
        if (extra.Length > 0)
            notes.Add($"{table.Source}: {Text.Plural(extra.Length, "column")} that the model does not use: {Text.Names(extra)}");
    }
}
