using Descent.Data;

namespace Descent.Fitting.ModelFiles;

/// <summary>Rows of a table under a saved model, read as the training data was.</summary>
static class TableModelRows
{
    public static ModelRows Load(ModelFile model, DataSpec spec, DataInput input, bool needLabels, float[]? network)
    {
        ContractTable contract = ContractOf(model, needLabels);
        Table table = contract.Read(spec, input);
        List<string> notes = [.. table.Notes, .. ReadingNotes.Skipped(table.Source, table.Skipped, table.FirstSkip)];
        ModelRows rows = Of(model, spec, contract, table, needLabels, network, notes);
        notes.AddRange(ReadingNotes.Skipped(table.Source, rows.Strangers, rows.FirstStranger));
        return rows.Count > 0 ? rows
            : throw new DataException($"{table.Source}: no rows. All were left out; the first: {rows.FirstStranger}");
    }

    /// <summary>The rows of a table that was read; none where all are left out.</summary>
    public static ModelRows Of(ModelFile model, DataSpec spec, ContractTable contract, Table come, bool needLabels, float[]? network,
        List<string> notes)
    {
        (Table table, int strangers, string? firstStranger) = contract.Derive(spec, come);
        FilledValues[] filled = [.. contract.Fill(spec, table)];
        FeatureSource[] features = [.. model.Features.Select(f =>
            new FeatureSource(f.Column ?? "", f.Level) { Term = f.Column is null ? f.Name : null, Hash = f.Hash, Idf = f.Idf })];
        if (model.Terms is null && table.RowCount > 0)
        {
            (int left, string? first) = LeaveStrangersOut(model, spec, table, features);
            (strangers, firstStranger) = (strangers + left, firstStranger ?? first);
        }
        if (table.RowCount == 0)
        {
            return new()
            {
                Margins = [],
                Variances = _ => [],
                Count = 0,
                Outputs = 1,
                Summary = "",
                Strangers = strangers,
                FirstStranger = firstStranger
            };
        }
        notes.AddRange(filled.Select(f => f.Note(table.Source)));
        contract.Extra(table, notes);
        FormulaRows? rows = null;
        if (model.Terms is { } formula)
        {
            (rows, int left) = FormulaDesign.Of(spec, formula, table, needLabels, notes);
            notes.AddRange(ReadingNotes.Skipped(table.Source, strangers, firstStranger));
            strangers += left;
            if (formula.Scale is { } scale) notes.Add($"{table.Source}: {scale}");
        }
        (double[]? trials, double[]? labels) = needLabels ? LabelsOf(model, table, rows) : (null, null);
        string summary = $"{Text.Plural(table.RowCount, "row")}, {Text.Plural(table.Skipped + strangers, "row")} skipped";
        (Slab<double>? dense, CsrRows<double>? sparse) = rows is null ? TableRows.Of(table, features, model.Text)
            : TableRows.Of(table, TermPart.Of(model.Terms!.Bound.Terms(rows)), features.Length);
        ModelRows found = sparse is { } s
            ? ModelRows.Of(model, s, labels, summary, network, table.Source)
            : ModelRows.Of(model, new DenseRows<double>(dense!.Value, table.RowCount, features.Length), labels, summary, network,
                table.Source);
        double[]? offsets = rows is null ? model.Offset?.Read(table) : model.Terms!.Bound.Offset(rows);
        return found.Moved(offsets) with
        {
            Notes = notes,
            Trials = trials,
            Filled = filled,
            Strangers = model.Terms is null ? strangers : 0,
            FirstStranger = firstStranger
        };
    }

    /// <summary>What a table has to hold for a model.</summary>
    public static ContractTable ContractOf(ModelFile model, bool needLabels)
    {
        IReadOnlyDictionary<string, bool> columns = model.Terms?.Bound.Columns ?? model.Features.GroupBy(f => f.Column!)
            .ToDictionary(g => g.Key, g => g.First() is { Level: not null } or { Hash: not null }, StringComparer.Ordinal);
        return new(model.Data.Reading, columns)
        {
            Targets = model.Terms?.Bound.TargetColumns ?? new Dictionary<string, bool> { [model.Target] = model.Classes is not null },
            NeedsTarget = needLabels,
            OffsetColumns = model.Terms?.Bound.Formula.OffsetNames ?? [],
            Offset = model.Terms is null ? model.Offset : null,
            Trials = model.Trials,
            Event = model.Event,
        };
    }

    static (double[]? Trials, double[] Labels) LabelsOf(ModelFile model, Table table, FormulaRows? rows)
    {
        if (model.Trials is { } source) return source.Read(table, table.Find(model.Target)!);
        if (model.Event is { } ending) return (null, SurvivalTimes.Read(table, table.Find(model.Target)!, ending));
        if (rows is not null && model.Terms!.Bound.TargetClass is null)
            return (null, ModelRows.LabelsOf(model, model.Terms.Bound.TargetNumbers(rows), table.Source, table.RowNumber));
        Column target = table.Find(model.Target)!;
        return (null, target.IsText ? ModelRows.LabelsOfText(model, target, table)
            : ModelRows.LabelsOf(model, target.Numbers, table.Source, table.RowNumber));
    }

    // Levels that the training data did not have: an error, or with `OnBadRow = skip` rows that are left out and counted.
    static (int Count, string? First) LeaveStrangersOut(ModelFile model, DataSpec spec, Table table, FeatureSource[] features)
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
            string found = c.Levels[at] == Column.MissingLevel
                ? "a value is missing"
                : $"the level '{c.Levels[at]}' did not occur in the training data ({Text.Names(levels!)})";
            string message = $"{table.Source}, column '{name}': {found}. "
                + "The model has no coefficient for it; leave such rows out with `OnBadRow = skip`.";
            if (!spec.SkipBadRows) throw new DataException(message);
            first ??= message;
            for (int i = 0; i < stays.Length; i++) stays[i] &= !strange[c.Codes[i]];
        }
        int left = stays.AsSpan().Count(false);
        if (left > 0) table.Keep(stays);
        return (left, first);
    }
}
