using Descent.Data;

namespace Descent.Fitting.Mixtures;

/// <summary>New rows under a saved mixture: responsibilities, log-densities, and what else the family says of rows.</summary>
sealed record MixtureRows
{
    public required MixtureReading Reading { get; init; }

    public required int Count { get; init; }

    public required string Summary { get; init; }

    /// <summary>What was assumed, left out or not used, for the error stream.</summary>
    public required IReadOnlyList<string> Notes { get; init; }

    /// <exception cref="DataException">The file lacks a column, or a value is none; the place is said.</exception>
    public static MixtureRows Load(SavedMixture model, DataSpec spec, bool needsTarget = false)
    {
        ReadingContract? reading = model.File.Data.Reading;
        using DataInput input = spec.Open(reading?.Encoding == "latin1" ? "latin1" : null);
        DataFormat found = spec.Format ?? input.Detect();
        if (reading?.Format is "npy" or "idx") return OfExamples(model, spec, input, found);
        if (found is not (DataFormat.Csv or DataFormat.JsonLines))
            throw new DataException($"{input.Name}: the mixture was fitted on a table with named columns, and this is "
                + $"{found.ToString().ToUpperInvariant()} data.");
        FeatureSource[] columns = [.. model.Columns.Take(model.File.Features).Select(c => new FeatureSource(c))];
        Dictionary<string, bool> needed = columns.ToDictionary(c => c.Column, _ => false, StringComparer.Ordinal), targets = [];
        if (model.File.Target is { } target) targets[target] = false;
        ContractTable contract = new(reading, needed)
        {
            Targets = targets,
            NeedsTarget = needsTarget && model.Family.HasTarget,
            KeepsMissing = model.Family.HasHoles,
            Optional = [.. new[] { model.File.Target, model.File.Trials, model.File.Sequences }.OfType<string>()],
        };
        Table table = contract.Read(spec, input);
        List<string> notes = [.. table.Notes, .. ReadingNotes.Skipped(table.Source, table.Skipped, table.FirstSkip)];
        if (!model.Family.HasHoles) notes.AddRange(contract.Fill(spec, table).Select(f => f.Note(table.Source)));
        contract.Extra(table, notes);
        return Of(model, table, columns, notes);
    }

    static MixtureRows OfExamples(SavedMixture model, DataSpec spec, DataInput input, DataFormat found)
    {
        if (found is not (DataFormat.Npy or DataFormat.Idx))
            throw new DataException($"{input.Name}: the mixture was fitted on {model.File.Data.Reading!.Format.ToUpperInvariant()} data, "
                + $"and this is {found.ToString().ToUpperInvariant()} data.");
        ExampleArrays examples = ExampleArrays.Read(spec, input.Sources, found);
        if (examples.Width != model.File.Features)
            throw new DataException($"{input.Name}: has {examples.Width} columns; the mixture was fitted on {model.File.Features}.");
        return new MixtureRows
        {
            Reading = model.Family.Read(model, examples.Scaled(), []),
            Count = examples.Count,
            Summary = Text.Plural(examples.Count, "row"),
            Notes = [],
        };
    }

    static MixtureRows Of(SavedMixture model, Table table, FeatureSource[] columns, List<string> notes)
    {
        double[] rows = Rows(model, table, TableRows.InMemory(table, columns));
        int width = model.RowLength, n = table.RowCount;
        for (int i = 0; i < n; i++)
            VariedColumns.RequireRow(table.Source, model.Columns, rows.AsSpan(i * width, width), model.File.Features,
                table.RowNumber(i), model.Family);
        int[] lengths = [];
        if (model.File.Sequences is { } by)
            lengths = MixtureLoader.Sequences(table, SideColumns.Groups(new DataSpec([]) { GroupColumn = by },
                new ColumnChoice(new DataSpec([])), table, null), by);
        try
        {
            return new MixtureRows
            {
                Reading = model.Family.Read(model, rows, lengths),
                Count = n,
                Summary = $"{Text.Plural(n, "row")}, {Text.Plural(table.Skipped, "row")} skipped",
                Notes = notes,
            };
        }
        catch (ArgumentException e)
        {
            throw new DataException($"{table.Source}: {e.Message}", e);
        }
    }

    // Columns, target and trials side by side; NaN for a target that the table does not hold.
    static double[] Rows(SavedMixture model, Table table, double[] values)
    {
        int width = model.RowLength, d = model.File.Features;
        if (width == d) return values;
        Column?[] beside = [.. model.Columns.Skip(d).Select(table.Find)];
        if (beside[0] is not null && beside.Length > 1 && beside[1] is null)
            throw new DataException($"{table.Source}: has the target '{model.File.Target}', but not its trials '{model.File.Trials}'.");
        foreach (Column? c in beside)
            if (c is { IsText: true }) throw new DataException($"{table.Source}, column '{c.Name}': holds text; the model needs numbers.");
        double[] rows = new double[table.RowCount * width];
        for (int i = 0; i < table.RowCount; i++)
        {
            values.AsSpan(i * d, d).CopyTo(rows.AsSpan(i * width));
            for (int b = 0; b < beside.Length; b++)
                rows[(i * width) + d + b] = beside[0] is null ? double.NaN : beside[b]!.Numbers[i];
        }
        return rows;
    }
}
