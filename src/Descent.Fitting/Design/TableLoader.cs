using Descent.Data;

namespace Descent.Fitting.Design;

/// <summary>Turns a table into features: numbers as they are, text as one column a level but the reference level.</summary>
static class TableLoader
{
    public static LoadedData Load(FitSpec spec, IReadOnlyList<DataSource> sources)
    {
        if (spec.Data.Target is null)
            throw new FitException($"`Target = COL` (or COL=LEVEL) is needed for a table. 'descent inspect {spec.Data.Files[0]}' lists "
                + $"the columns.");
        ColumnChoice choice = new(spec.Data);
        Table table =
            CsvReader.Read(sources, OptionsOf(spec.Data, choice.Texts, choice.IsNeeded) with { NeverFilled = [.. choice.NeverFilled] });
        List<string> notes =
            [ReadingNotes.HowRead(table), .. table.Notes, .. ReadingNotes.Skipped(table.Source, table.Skipped, table.FirstSkip)];
        Column target = choice.Require(table, choice.Target, "`Target`");
        List<Column> columns = choice.Features(table, target, notes);
        double[]? weights = Weights(spec.Data, choice, table, target, notes);
        int[]? clusters = Clusters(spec, choice, table, target);
        double[] means = FillMeans(spec, table, columns, notes);
        Dictionary<string, IReadOnlyList<string>> levels = new(StringComparer.Ordinal);
        List<string> lines = [];
        List<FeatureSource> features = FactorLevels.Expand(spec, table, columns, choice.IsNamed, levels, lines, notes);
        if (features.Count == 0)
            throw new FitException($"No features are left to fit on{(notes.Count > 1 ? ": " + string.Join("; ", notes.Skip(1)) : "")}. "
                + $"Name some with `Features = a,b,c`.");
        TargetLabels labels = Labels(spec, choice, table, target);
        if (labels.ClassWeights(spec) is { } byClass)
        {
            if (weights is null) weights = byClass;
            else
                for (int i = 0; i < weights.Length; i++) weights[i] *= byClass[i];
        }
        (double[]? dense, CsrRows<double>? sparse) = TableRows.Of(table, features);
        int text = table.Columns.Count(c => c.IsText);
        return new LoadedData
        {
            Source = table.Source,
            Format = "table",
            Features = features,
            Dense = dense,
            Sparse = sparse,
            Count = table.RowCount,
            Labels = labels.Labels,
            Weights = weights,
            Groups = Groups(spec.Data, choice, table, target),
            Clusters = clusters,
            Classes = labels.Classes,
            Family = labels.Family,
            Target = target.Name,
            TargetLevel = labels.Level,
            Levels = levels,
            Skipped = table.Skipped,
            Notes = notes,
            Reading = Contract(spec.Data, table, columns, means, levels),
            Table = spec.Output.Proof is null ? null : table,
            ClassFactors = labels.ClassFactors(spec),
            Lines =
            [
                $"{table.Source}: {Text.Plural(table.RowCount, "row")}, {Text.Plural(table.AllNames.Count, "column")} "
                    + $"({table.Columns.Count} used: {table.Columns.Count - text} numeric, {text} text), "
                    + $"{Text.Plural(table.Skipped, "row")} skipped",
                .. table.FirstSkip is { } why ? new[] { "first skipped: " + why } : [],
                labels.Summary,
                .. lines,
            ],
        };
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

    static TargetLabels Labels(FitSpec spec, ColumnChoice choice, Table table, Column target)
    {
        if (!target.IsText) return TargetLabels.FromNumbers(spec, target.Numbers, choice.Target, table.Source);
        // A level is asked for in any spelling of its number.
        FitSpec spelt = choice.Level is null ? spec
            : spec with { Data = spec.Data with { Target = choice.Target + "=" + table.LevelName(choice.Level) } };
        return TargetLabels.FromText(spelt, target.Codes, target.Levels, choice.Target, table.Source);
    }

    /// <summary>Weights of the rows, null for none: rows of weight 0 say nothing and go, and so do the levels that only they
    /// have.</summary>
    public static double[]? Weights(DataSpec spec, ColumnChoice choice, Table table, Column? target, List<string> notes)
    {
        if (spec.WeightColumn is not { } name) return null;
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
        return c.Numbers.ToArray();
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

    static int[]? Clusters(FitSpec spec, ColumnChoice choice, Table table, Column target)
    {
        if (spec.Data.Cluster is not { } name) return null;
        Column c = choice.Require(table, name, "`Cluster`");
        if (c == target) throw new FitException($"`Cluster` names the target '{target.Name}'.");
        if (spec.Data.WeightColumn is { } w && c.Aliases.Contains(w))
            throw new FitException($"'{name}' is named in `Cluster` and in `WeightColumn`.");
        return c.Codes.ToArray();
    }

    // Means over the rows that train, held-out rows apart; filled in where they are asked for. NaN for text.
    static double[] FillMeans(FitSpec spec, Table table, List<Column> columns, List<string> notes)
    {
        int[] train = RowSplit.Of(spec, table.RowCount).Train;
        double[] means = new double[columns.Count];
        for (int j = 0; j < means.Length; j++)
        {
            means[j] = columns[j].IsText ? double.NaN : Mean(columns[j].Numbers, train);
            if (columns[j].IsText || columns[j].Missing == 0) continue;
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
    public static ReadingContract Contract(DataSpec spec, Table table, IReadOnlyList<Column> columns, double[] means,
        Dictionary<string, IReadOnlyList<string>> levels)
    {
        List<ReadingColumn> kept = [];
        for (int j = 0; j < means.Length; j++)
        {
            if (columns[j].IsText && !levels.ContainsKey(columns[j].Name)) continue;
            kept.Add(new ReadingColumn
            {
                Name = columns[j].Name,
                Kind = columns[j].IsText ? "text"
                : "number",
                Mean = double.IsFinite(means[j]) ? means[j] : null
            });
        }
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
