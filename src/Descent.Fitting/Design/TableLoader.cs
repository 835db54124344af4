using Descent.Data;

namespace Descent.Fitting.Design;

/// <summary>Turns a table into features: numbers as they are, text as one column a level but the reference level.</summary>
static class TableLoader
{
    public static LoadedData Load(FitSpec spec, DataInput input)
    {
        RequireTarget(spec);
        if (!input.IsTyped && TableReader.IsJson(input.Sources, OptionsOf(spec.Data, [], null))) RequireNoFields(spec.Data);
        ColumnChoice choice = new(spec.Data);
        List<string> cached = [];
        Table table = RankedTables.Load(spec, input, OptionsOf(spec.Data, choice.Texts, choice.IsNeeded) with
        {
            NeverFilled = [.. choice.NeverFilled],
            Threads = spec.Threads,
        }, cached);
        return Of(spec, choice, table, cached);
    }

    /// <summary>
    /// A table that was read already, with what is to be said of where it came from; rows that cannot be used go from it, and missing
    /// values are filled in.
    /// </summary>
    public static LoadedData Of(FitSpec spec, ColumnChoice choice, Table read, IReadOnlyList<string> cached)
    {
        RequireTarget(spec);
        List<string> notes =
            [ReadingNotes.HowRead(read), .. read.Notes, .. ReadingNotes.Skipped(read.Source, read.Skipped, read.FirstSkip), .. cached];
        choice.RequireRules(read);
        choice.Derived = DerivedColumns.Of(spec.Data, choice, read);
        (Table table, int left, string? first) = DerivedColumns.Add(spec.Data, read, choice.Derived);
        if (table.RowCount == 0) throw new DataException($"{read.Source}: no rows. All were left out; the first: {first}");
        notes.AddRange(ReadingNotes.Skipped(read.Source, left, first));
        Column? target = spec.Data.Formula is null ? choice.Require(table, choice.Target, "`Target`") : null;
        List<Column> columns = target is null ? [] : choice.Features(table, target, notes);
        SideColumns.LeaveWeightlessOut(spec.Data, choice, table, target, notes, spec.Model.WeightsAre == WeightMeaning.Frequency);
        TableDesign design = target is null ? FormulaDesign.Of(spec, choice, table, notes)
            : Plain(spec, choice, table, target, columns, notes);
        TargetLabels labels = design.Labels;
        double[]? weights = SideColumns.WeightsOf(spec.Data, table);
        if (design.Trials is { } trials) weights = [.. trials.Select((n, i) => n * (weights?[i] ?? 1))];
        if (labels.ClassWeights(spec) is { } byClass)
        {
            if (weights is null) weights = byClass;
            else
                for (int i = 0; i < weights.Length; i++) weights[i] *= byClass[i];
        }
        DerivedColumn[] used = [.. choice.Derived.Where(d => design.Columns.Any(c => c.Column.Name == d.Name))];
        int text = read.Columns.Count(c => c.IsText);
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
            Groups = SideColumns.Groups(spec.Data, choice, table, target),
            Clusters = SideColumns.Clusters(spec, choice, table, target),
            Classes = labels.Classes,
            Family = labels.Family,
            Target = design.Target,
            TargetLevel = labels.Level,
            Levels = design.Levels,
            Formula = design.Formula,
            Text = design.Text,
            Skipped = table.Skipped,
            RowNumber = table.RowNumber,
            Notes = notes,
            Refilled = design.Refilled,
            Reading = Contract(spec.Data, table, design.Columns, design.Means, design.Fills) with
            {
                Derived = used.Length == 0 ? null : used,
            },
            Table = spec.Output.Proof is null ? null : table,
            ClassFactors = labels.ClassFactors(spec),
            Lines =
            [
                $"{table.Source}: {Text.Plural(table.RowCount, "row")}, {Text.Plural(table.AllNames.Count, "column")} "
                    + $"({read.Columns.Count} used: {read.Columns.Count - text} numeric, {text} text), "
                    + $"{Text.Plural(table.Skipped, "row")} skipped",
                .. table.FirstSkip is { } why ? new[] { "first skipped: " + why } : [],
                labels.Summary,
                .. DerivedColumns.Lines(choice.Derived),
                .. design.Lines,
            ],
        };
    }

    /// <summary>Refuses what is said of separated text where the text is JSON lines.</summary>
    public static void RequireNoFields(DataSpec data)
    {
        if (data.Separator is not null || data.DecimalSign is not null || data.Header is not null || data.SkipLines > 0)
            throw new FitException($"`Separator`, `DecimalSign`, `Header` and `SkipLines` apply to CSV and TSV; {data.Files[0]} is read as "
                + "JSON lines.");
    }

    public static void RequireTarget(FitSpec spec)
    {
        if (spec.Data.Target is null && spec.Data.Formula is null)
            throw new FitException($"`Target = COL` (or COL=LEVEL) is needed for a table, or `Formula`. 'descent inspect "
                + $"{spec.Data.Files[0]}' lists the columns.");
    }

    // Numbers as they are, a column for each level of a text but the reference.
    static TableDesign Plain(FitSpec spec, ColumnChoice choice, Table table, Column target, List<Column> columns, List<string> notes)
    {
        OffsetSource? offset = OffsetSource.Of(spec.Data);
        double[]? offsets = SideColumns.Offsets(offset, choice, table, target);
        (double[] means, ColumnFill[] fills) = FillMissing(spec, table, columns, choice.Derived, notes);
        Dictionary<string, IReadOnlyList<string>> levels = new(StringComparer.Ordinal);
        List<string> lines = [];
        List<FeatureSource> features = FactorLevels.Expand(spec, table, columns, choice.IsNamed, levels, lines, notes);
        (IReadOnlyList<Column> words, IReadOnlyList<Column> hashed) = choice.HashedColumns(table, target);
        Column[] texts = [.. words, .. hashed];
        TextContract? text = texts.Length == 0 ? null : new()
        {
            Columns = [.. words.Select(c => c.Name)],
            Levels = hashed.Count == 0 ? null : [.. hashed.Select(c => c.Name)],
            NGrams = spec.Data.NGrams,
            HashBits = spec.Data.HashBits,
            TfIdf = spec.Data.TfIdf,
        };
        foreach (Column c in texts) features.AddRange(Hashed(spec, table, c, text!, lines));
        if (features.Count == 0)
            throw new FitException($"No features are left to fit on{(notes.Count > 1 ? ": " + string.Join("; ", notes.Skip(1)) : "")}. "
                + $"Name some with `Features = a,b,c`.");
        (double[]? trials, TargetLabels labels) = TableTargets.Of(spec, choice, table, target);
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
            Fills = fills,
            Refilled = !fills.Any(f => f.Column.HasFilled) ? null : train =>
            {
                foreach (ColumnFill fill in fills) fill.Refill(table, train);
                return TableRows.Of(table, features, text);
            },
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
        if (text.Levels?.Contains(c.Name) == true)
        {
            lines.Add($"column '{c.Name}': {Text.Plural(c.Levels.Count, "level")} hashed to {found.Length} of 2^{text.HashBits} columns");
            return found;
        }
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
        // What is filled in is of the training rows, which the reader does not know.
        Missing = Read(spec.Missing),
        MissingOf = spec.MissingOf.Select(m => (m.Key, Policy: Read(m.Value)))
            .Concat(spec.Dates.Select(d => DateSpec.Of(d).Column)
                .Select(d => (d, Policy: spec.RuleOf([d]).Policy == MissingPolicy.Skip ? MissingPolicy.Skip : MissingPolicy.Fail)))
            .DistinctBy(m => m.Item1).ToDictionary(m => m.Item1, m => m.Policy, StringComparer.Ordinal),
        MissingWords = spec.MissingWords,
        SkipBadRows = spec.SkipBadRows,
        TextColumns = text,
        Wanted = wanted,
        JsonLines = spec.Format is { } format ? format == DataFormat.JsonLines : null,
    };

    static MissingPolicy Read(MissingRule rule) => rule.Fills ? MissingPolicy.Keep : rule.Policy;

    // Means over the rows that train, held-out rows apart, NaN for text; what columns with a rule take is filled in.
    public static (double[] Means, ColumnFill[] Fills) FillMissing(FitSpec spec, Table table, List<Column> columns,
        IReadOnlyList<DerivedColumn> derived, List<string> notes)
    {
        int[] train = RowSplit.Of(spec, table.RowCount).Train;
        double[] means = [.. columns.Select(c => c.IsText ? double.NaN : MissingFill.Of(c.Numbers, train, MissingPolicy.Mean))];
        ColumnFill[] fills = [.. columns.Where(c => !derived.Any(d => d.Name == c.Name))
            .Select(c => ColumnFill.Of(table, c, spec.Data, train)).OfType<ColumnFill>()];
        foreach (ColumnFill fill in fills) fill.Fill(table, notes);
        return (means, fills);
    }

    /// <summary>How a table was read, for the model.</summary>
    public static ReadingContract Contract(DataSpec spec, Table table, IReadOnlyList<(string Name, Column Column)> columns, double[] means,
        IReadOnlyList<ColumnFill>? fills = null)
    {
        ReadingColumn[] kept = [.. columns.Zip(means, (c, mean) => new ReadingColumn
        {
            Name = c.Name,
            Kind = c.Column.IsText ? "text" : "number",
            Mean = double.IsFinite(mean) ? mean : null,
        }.With(fills?.FirstOrDefault(f => f.Column == c.Column)))];
        bool json = table.Format == DataFormat.JsonLines;
        return new ReadingContract
        {
            Format = json ? "jsonl" : "csv",
            Separator = json ? null : table.Separator.ToString(),
            Header = json ? null : table.HasHeader,
            DecimalSign = json ? null : table.DecimalSign.ToString(),
            Encoding = table.Encoding,
            MissingWords = spec.MissingWords.Count == 0 ? null : spec.MissingWords,
            Width = table.HasHeader ? null : table.AllNames.Count,
            SkipLines = spec.SkipLines is > 0 and var lines ? lines : null,
            Columns = kept,
        };
    }
}
