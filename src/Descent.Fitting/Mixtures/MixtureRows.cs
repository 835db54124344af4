using Descent.Data;

namespace Descent.Fitting.Mixtures;

/// <summary>New rows under a saved mixture: responsibilities and log-densities.</summary>
sealed record MixtureRows
{
    /// <summary>n × k, row-major.</summary>
    public required double[] Shares { get; init; }

    public required double[] LogDensities { get; init; }

    public int Count => LogDensities.Length;

    public required string Summary { get; init; }

    /// <summary>What was assumed, left out or not used, for the error stream.</summary>
    public required IReadOnlyList<string> Notes { get; init; }

    /// <exception cref="DataException">The file lacks a column, or a value is none; the place is said.</exception>
    public static MixtureRows Load(SavedMixture model, DataSpec spec)
    {
        ReadingContract? reading = model.File.Data.Reading;
        DataSource[] sources = DataSource.OpenAll(spec.Files, spec.Encoding ?? (reading?.Encoding == "latin1" ? "latin1" : null));
        try
        {
            DataFormat found = spec.Format ?? FormatDetector.Detect(sources[0]);
            if (found != DataFormat.Csv)
                throw new DataException($"{sources[0].Name}: the mixture was fitted on a table with named columns, and this is "
                    + $"{found.ToString().ToUpperInvariant()} data.");
            FeatureSource[] columns = [.. model.Columns.Select(c => new FeatureSource(c))];
            ContractTable contract = new(reading, model.Columns.ToDictionary(c => c, _ => false, StringComparer.Ordinal));
            Table table = contract.Read(spec, sources);
            List<string> notes = [.. table.Notes, .. ReadingNotes.Skipped(table.Source, table.Skipped, table.FirstSkip)];
            contract.Fill(table, notes);
            contract.Extra(table, notes);
            double[] values = TableRows.Of(table, columns).Dense!;
            VariedColumns.RequireValues(table.Source, model.Columns, values, model.Family);
            return Of(model, values,
                $"{Text.Plural(table.RowCount, "row")}, {Text.Plural(table.Skipped, "row")} skipped", notes);
        }
        finally
        {
            foreach (DataSource s in sources) s.Dispose();
        }
    }

    static MixtureRows Of(SavedMixture model, double[] values, string summary, IReadOnlyList<string> notes)
    {
        int d = model.Columns.Count, k = model.Components, n = values.Length / d;
        double[] shares = new double[(long)n * k], logs = new double[n];
        for (int i = 0; i < n; i++) logs[i] = model.Allocate(values.AsSpan(i * d, d), shares.AsSpan(i * k, k));
        return new MixtureRows { Shares = shares, LogDensities = logs, Summary = summary, Notes = notes };
    }
}
