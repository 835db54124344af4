using Descent.Data;
using Descent.Data.Caching;

namespace Descent.Fitting.Design;

/// <summary>Turns a table into features: numbers as they are, text as one column a level but the reference level.</summary>
static class TableLoader
{
    public static LoadedData Load(FitSpec spec, IReadOnlyList<DataSource> sources)
    {
        RequireTarget(spec);
        ColumnChoice choice = new(spec.Data);
        List<string> cached = [];
        Table table = TableCache.Read(sources, OptionsOf(spec.Data, choice.Texts, choice.IsNeeded) with
        {
            NeverFilled = [.. choice.NeverFilled],
        }, spec.Data.Cache, cached);
        return Of(spec, choice, table, cached);
    }

    /// <summary>
    /// A table that was read already, with what is to be said of where it came from; rows that cannot be used go from it, and missing
    /// values are filled in.
    /// </summary>
    public static LoadedData Of(FitSpec spec, ColumnChoice choice, Table table, IReadOnlyList<string> cached)
    {
        RequireTarget(spec);
        List<string> notes =
            [ReadingNotes.HowRead(table), .. table.Notes, .. ReadingNotes.Skipped(table.Source, table.Skipped, table.FirstSkip), .. cached];
        Column? target = spec.Data.Formula is null ? choice.Require(table, choice.Target, "`Target`") : null;
        List<Column> columns = target is null ? [] : choice.Features(table, target, notes);
        LeaveWeightlessOut(spec.Data, choice, table, target, notes, spec.Model.WeightsAre == WeightMeaning.Frequency);
        TableDesign design = target is null ? FormulaDesign.Of(spec, choice, table, notes)
            : Plain(spec, choice, table, target, columns, notes);
        TargetLabels labels = design.Labels;
        double[]? weights = WeightsOf(spec.Data, table);
        if (design.Trials is { } trials) weights = [.. trials.Select((n, i) => n * (weights?[i] ?? 1))];
        if (labels.ClassWeights(spec) is { } byClass)
        {
            if (weights is null) weights = byClass;
            else
                for (int i = 0; i < weights.Length; i++) weights[i] *= byClass[i];
        }
        int text = table.Columns.Count(c => c.IsText);
        return new LoadedData
        {
            Source = table.Source,
            Format = "table",
            Features = design.Features,
            Dense = design.Rows.Dense,
            Sparse = design.Rows.Sparse,
            Count = table.RowCount,
            Labels = labels.Labels,
            Weights = weights,
            Trials = design.Trials,
            TrialSource = TrialSource.Of(spec.Data),
            Event = spec.Data.Event,
            Offsets = design.Offsets,
            Offset = design.Offset,
            Groups = Groups(spec.Data, choice, table, target),
            Clusters = Clusters(spec, choice, table, target),
            Classes = labels.Classes,
            Family = labels.Family,
            Target = design.Target,
            TargetLevel = labels.Level,
            Levels = design.Levels,
            Formula = design.Formula,
            Text = design.Text,
            Skipped = table.Skipped,
            Notes = notes,
            Reading = Contract(spec.Data, table, design.Columns, design.Means),
            Table = spec.Output.Proof is null ? null : table,
            ClassFactors = labels.ClassFactors(spec),
            Lines =
            [
                $"{table.Source}: {Text.Plural(table.RowCount, "row")}, {Text.Plural(table.AllNames.Count, "column")} "
                    + $"({table.Columns.Count} used: {table.Columns.Count - text} numeric, {text} text), "
                    + $"{Text.Plural(table.Skipped, "row")} skipped",
                .. table.FirstSkip is { } why ? new[] { "first skipped: " + why } : [],
                labels.Summary,
                .. design.Lines,
            ],
        };
    }

    static void RequireTarget(FitSpec spec)
    {
        if (spec.Data.Target is null && spec.Data.Formula is null)
            throw new FitException($"`Target = COL` (or COL=LEVEL) is needed for a table, or `Formula`. 'descent inspect "
                + $"{spec.Data.Files[0]}' lists the columns.");
    }

    // Numbers as they are, a column for each level of a text but the reference.
    static TableDesign Plain(FitSpec spec, ColumnChoice choice, Table table, Column target, List<Column> columns, List<string> notes)
    {
        OffsetSource? offset = OffsetSource.Of(spec.Data);
        double[]? offsets = Offsets(offset, choice, table, target);
        double[] means = FillMeans(spec, table, columns, notes);
        Dictionary<string, IReadOnlyList<string>> levels = new(StringComparer.Ordinal);
        List<string> lines = [];
        List<FeatureSource> features = FactorLevels.Expand(spec, table, columns, choice.IsNamed, levels, lines, notes);
        IReadOnlyList<Column> texts = choice.HashedColumns(table, target);
        TextContract? text = texts.Count == 0 ? null : new()
        {
            Columns = [.. texts.Select(c => c.Name)],
            NGrams = spec.Data.NGrams,
            HashBits = spec.Data.HashBits,
            TfIdf = spec.Data.TfIdf,
        };
        foreach (Column c in texts) features.AddRange(Hashed(spec, table, c, text!, lines));
        if (features.Count == 0)
            throw new FitException($"No features are left to fit on{(notes.Count > 1 ? ": " + string.Join("; ", notes.Skip(1)) : "")}. "
                + $"Name some with `Features = a,b,c`.");
        (double[]? trials, TargetLabels labels) = LabelsOf(spec, choice, table, target);
        // A text that was left out is no part of what the model needs.
        (Column Column, double Mean)[] used = [.. columns.Zip(means).Where(c => !c.First.IsText || levels.ContainsKey(c.First.Name))];
        return new TableDesign
        {
            Features = features,
            Rows = TableRows.Of(table, features, text),
            Text = text,
            Trials = trials,
            Labels = labels,
            Target = target.Name,
            Columns = [.. used.Select(u => u.Column).Concat(texts).Select(c => (c.Name, c))],
            Means = [.. used.Select(u => u.Mean), .. texts.Select(_ => double.NaN)],
            Levels = levels,
            Offset = offset,
            Offsets = offsets,
            Lines = lines,
        };
    }

    static FeatureSource[] Hashed(FitSpec spec, Table table, Column c, TextContract text, List<string> lines)
    {
        FeatureSource[] found = [.. TextPart.Learn(c.Name, c, RowSplit.Of(spec, table.RowCount).Train, text)];
        if (found.Length == 0)
            throw new DataException($"{table.Source}, column '{c.Name}': no training row has a word (two letters or digits at least). Name "
                + "another column in `TextColumns`.");
        string runs = text.NGrams == 1 ? "words" : $"runs of up to {text.NGrams} words";
        lines.Add($"column '{c.Name}': {runs} hashed to {found.Length} of 2^{text.HashBits} columns, {(text.TfIdf ? "tf-idf" : "counts")}");
        return found;
    }

    public static CsvOptions OptionsOf(DataSpec spec, IReadOnlyCollection<string> text, Func<IReadOnlyList<string>, bool>? wanted) => new()
    {
        Separator = spec.Separator ?? '\0',
        Header = spec.Header,
        Decimal = spec.DecimalSign ?? '\0',
        SkipLines = spec.SkipLines ?? 0,
        // Means are those of the training rows, which the reader does not know.
        Missing = spec.Missing == MissingPolicy.Mean ? MissingPolicy.Keep : spec.Missing,
        MissingWords = spec.MissingWords,
        SkipBadRows = spec.SkipBadRows,
        TextColumns = text,
        Wanted = wanted,
    };

    /// <summary>The labels that a column is, with its trials where it counts successes among them.</summary>
    public static (double[]? Trials, TargetLabels Labels) LabelsOf(FitSpec spec, ColumnChoice choice, Table table, Column target) =>
        TrialSource.Of(spec.Data) is { } source ? Shares(spec, source, choice, table, target)
            : (null, spec.Data.Event is { } ending ? Times(spec, ending, choice, table, target) : Labels(spec, choice, table, target));

    // A level is asked for in any spelling of its number.
    static TargetLabels Labels(FitSpec spec, ColumnChoice choice, Table table, Column target) => !target.IsText
        ? TargetLabels.FromNumbers(spec, choice.Level, target.Numbers, choice.Target, table.Source)
        : TargetLabels.FromText(spec, choice.Level is null ? null : table.LevelName(choice.Level), target.Codes, target.Levels,
            choice.Target, table.Source);

    /// <summary>Weights of the rows that are left, null for none.</summary>
    public static double[]? WeightsOf(DataSpec spec, Table table) =>
        spec.WeightColumn is { } name ? table.Find(name)!.Numbers.ToArray() : null;

    /// <summary>Rows of weight 0 say nothing: they go, and so do the levels that only they have.</summary>
    public static void LeaveWeightlessOut(DataSpec spec, ColumnChoice choice, Table table, Column? target, List<string> notes,
        bool whole = false)
    {
        if (spec.WeightColumn is not { } name) return;
        Column c = choice.Require(table, name, "`WeightColumn`");
        if (c == target) throw new FitException($"`WeightColumn` names the target '{name}'.");
        if (c.IsText) throw new DataException($"{table.Source}, column '{name}': holds text; expected weights ≥ 0.");
        ReadOnlySpan<double> w = c.Numbers;
        bool[] counts = new bool[w.Length];
        for (int i = 0; i < w.Length; i++)
        {
            if (w[i] < 0)
                throw new DataException($"{table.Source}, data row {i + 1}, column '{name}': found {Text.Exact(w[i])}, expected a "
                    + $"weight ≥ 0.");
            if (whole && w[i] != Math.Floor(w[i]))
                throw new DataException($"{table.Source}, data row {i + 1}, column '{name}': found {Text.Exact(w[i])}, expected a whole "
                    + "number, for `WeightsAre = frequency` says how often a row is repeated.");
            counts[i] = w[i] > 0;
        }
        int none = counts.AsSpan().Count(false);
        if (none == counts.Length)
            throw new DataException($"{table.Source}, column '{name}': all weights are 0; expected at least one positive.");
        if (none > 0)
        {
            notes.Add($"{table.Source}: {Text.Plural(none, "row")} of weight 0 left out");
            table.Keep(counts);
        }
    }

    static (double[]?, TargetLabels) Shares(FitSpec spec, TrialSource source, ColumnChoice choice, Table table, Column target)
    {
        ModelFamily family = ModelFamilies.OfTrials(spec.Model.Family);
        if (choice.Level is not null)
            throw new FitException($"`Target = {choice.Target}={choice.Level}` asks for a level, but with {(source.Trials is null
                ? "`Failures`" : "`Trials`")} the target is a column of counts.");
        if (choice.Require(table, source.Column(), source.Trials is null ? "`Failures`" : "`Trials`") == target)
            throw new FitException($"{(source.Trials is null ? "`Failures`" : "`Trials`")} names the target '{target.Name}'.");
        (double[] trials, double[] shares) = source.Read(table, target);
        return (trials, TargetLabels.Shares(family, shares, trials, target.Name));
    }

    static TargetLabels Times(FitSpec spec, string ending, ColumnChoice choice, Table table, Column target)
    {
        ModelFamily family = spec.Model.Family ?? ModelFamilies.Cox;
        if (family.Labels != LabelKind.Times)
            throw new FitException($"`Event` says which times end with an event; `Family = {family}` has no times. Use cox.");
        if (choice.Require(table, ending, "`Event`") == target) throw new FitException($"`Event` names the target '{target.Name}'.");
        return TargetLabels.Times(family, SurvivalTimes.Read(table, target, ending), target.Name);
    }

    static double[]? Offsets(OffsetSource? offset, ColumnChoice choice, Table table, Column target)
    {
        if (offset is null) return null;
        foreach ((string? name, string setting) in new[] { (offset.Column, "`Offset`"), (offset.Exposure, "`Exposure`") })
            if (name is not null && choice.Require(table, name, setting) == target)
                throw new FitException($"{setting} names the target '{target.Name}'.");
        return offset.Read(table);
    }

    /// <summary>The group of each row, null for none: rows of one value, of one text, belong together.</summary>
    public static int[]? Groups(DataSpec spec, ColumnChoice choice, Table table, Column? target)
    {
        if (spec.GroupColumn is not { } name) return null;
        Column c = choice.Require(table, name, "`Groups`");
        if (c == target) throw new FitException($"`Groups` names the target '{name}'.");
        if (c.IsText) return c.Codes.ToArray();
        Dictionary<double, int> numbers = [];
        int[] groups = new int[table.RowCount];
        for (int i = 0; i < groups.Length; i++)
        {
            if (!numbers.TryGetValue(c.Numbers[i], out int g)) numbers.Add(c.Numbers[i], g = numbers.Count);
            groups[i] = g;
        }
        return groups;
    }

    static int[]? Clusters(FitSpec spec, ColumnChoice choice, Table table, Column? target)
    {
        if (spec.Data.Cluster is not { } name) return null;
        Column c = choice.Require(table, name, "`Cluster`");
        if (c == target) throw new FitException($"`Cluster` names the target '{c.Name}'.");
        if (spec.Data.WeightColumn is { } w && c.Aliases.Contains(w))
            throw new FitException($"'{name}' is named in `Cluster` and in `WeightColumn`.");
        return c.Codes.ToArray();
    }

    // Means over the rows that train, held-out rows apart; filled in where they are asked for. NaN for text.
    public static double[] FillMeans(FitSpec spec, Table table, List<Column> columns, List<string> notes)
    {
        int[] train = RowSplit.Of(spec, table.RowCount).Train;
        double[] means = new double[columns.Count];
        for (int j = 0; j < means.Length; j++)
        {
            means[j] = columns[j].IsText ? double.NaN : Mean(columns[j].Numbers, train);
            if (columns[j].IsText || columns[j].Missing == 0 || spec.Data.Missing is MissingPolicy.Fail or MissingPolicy.Skip) continue;
            int filled = columns[j].FillMissing(means[j]);
            if (filled > 0 && double.IsNaN(means[j]))
                throw new DataException($"{table.Source}, column '{columns[j].Name}': no training row has a value, so there is no mean "
                    + $"to fill in. Leave the column out with `Exclude = {columns[j].Name}`.");
            if (filled > 0)
                notes.Add($"{table.Source}, column '{columns[j].Name}': {Text.Plural(filled, "missing value")} filled in with the mean "
                    + $"{Text.Number(means[j])}");
        }
        return means;
    }

    static double Mean(ReadOnlySpan<double> values, int[] rows)
    {
        double sum = 0;
        int count = 0;
        foreach (int i in rows)
        {
            if (double.IsNaN(values[i])) continue;
            sum += values[i];
            count++;
        }
        return sum / count;
    }

    /// <summary>How a table was read, for the model.</summary>
    public static ReadingContract Contract(DataSpec spec, Table table, IReadOnlyList<(string Name, Column Column)> columns, double[] means)
    {
        ReadingColumn[] kept = [.. columns.Zip(means, (c, mean) => new ReadingColumn
        {
            Name = c.Name,
            Kind = c.Column.IsText ? "text" : "number",
            Mean = double.IsFinite(mean) ? mean : null,
        })];
        return new ReadingContract
        {
            Format = "csv",
            Separator = table.Separator.ToString(),
            Header = table.HasHeader,
            DecimalSign = table.DecimalSign.ToString(),
            Encoding = table.Encoding,
            MissingWords = spec.MissingWords.Count == 0 ? null : spec.MissingWords,
            Width = table.HasHeader ? null : table.AllNames.Count,
            SkipLines = spec.SkipLines is > 0 and var lines ? lines : null,
            Columns = kept,
        };
    }
}
