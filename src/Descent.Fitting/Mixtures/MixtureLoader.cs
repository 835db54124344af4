using Descent.Data;

namespace Descent.Fitting.Mixtures;

/// <summary>Reads the columns of a mixture: numbers of a table, or arrays.</summary>
static class MixtureLoader
{
    /// <exception cref="DataException">The files are no table of numbers; the place is said.</exception>
    /// <exception cref="FitException">A column that is asked for is not there.</exception>
    public static MixtureData Load(DataSpec spec)
    {
        string[] faults = [.. Faults(spec)];
        if (faults.Length > 0) throw new FitException(string.Join(" ", faults));
        DataSource[] sources = DataSource.OpenAll(spec.Files, spec.Encoding);
        try
        {
            DataFormat found = FormatDetector.Detect(sources[0]);
            if (found != DataFormat.Csv)
                throw new DataException($"{sources[0].Name}: is {found.ToString().ToUpperInvariant()} data; a mixture is fitted to the "
                    + "columns of a table (CSV or TSV).");
            return OfTable(spec, sources);
        }
        finally
        {
            foreach (DataSource s in sources) s.Dispose();
        }
    }

    /// <summary>What a mixture has no use for.</summary>
    public static IEnumerable<string> Faults(DataSpec spec)
    {
        foreach (string fault in spec.Faults()) yield return fault;
        if (spec.Missing is not (MissingPolicy.Fail or MissingPolicy.Skip))
            yield return $"`Missing = {ReadingText.Of(spec.Missing)}`: a mean in the place of a missing value would make a component of "
                + "its own; expected fail or skip.";
        if (spec.Target is not null || spec.WeightColumn is not null || spec.Labels is not null)
            yield return "`Target`, `WeightColumn` and `Labels` mean nothing to a mixture.";
        if (spec.Categorical.Count > 0 || new ColumnChoice(spec).Factors.Count > 0)
            yield return "`Categorical` and factor(…) mean nothing to a mixture, which takes numbers.";
    }

    /// <exception cref="FitException">Lengths do not fit, or a number is not finite.</exception>
    public static MixtureData OfArrays(double[,] x, IReadOnlyList<string>? names)
    {
        int n = x.GetLength(0), d = x.GetLength(1);
        if (n == 0 || d == 0) throw new FitException($"x is {n} × {d}; expected at least one row and one column.");
        if (names is not null && names.Count != d) throw new FitException($"{names.Count} names are given for {d} columns.");
        double[] values = new double[x.Length];
        Buffer.BlockCopy(x, 0, values, 0, checked(x.Length * sizeof(double)));
        for (int i = 0; i < values.Length; i++)
            if (!double.IsFinite(values[i]))
                throw new FitException(FormattableString.Invariant(
                    $"x[{i / d}, {i % d}] is {values[i]}; expected finite numbers. Leave the row out."));
        return new MixtureData
        {
            Source = "arrays",
            Columns = names ?? [.. Enumerable.Range(1, d).Select(j => $"x{j}")],
            Values = values,
            Line = $"arrays: {Text.Count(n)} × {Text.Count(d)}",
        };
    }

    static MixtureData OfTable(DataSpec spec, DataSource[] sources)
    {
        ColumnChoice choice = new(spec);
        // Named columns have to hold numbers: a text among them is an error with its line.
        Table table = CsvReader.Read(sources,
            TableLoader.OptionsOf(spec, [], choice.IsNeeded) with { NumberColumns = [.. spec.Features], NumbersOnly = true });
        List<string> notes =
            [ReadingNotes.HowRead(table), .. table.Notes, .. ReadingNotes.Skipped(table.Source, table.Skipped, table.FirstSkip)];
        List<Column> columns = choice.Features(table, null, notes);
        foreach (Column c in columns) RequireNumbers(table, c);
        if (columns.Count == 0) throw new FitException("No columns are left to fit on. Name some with `Features = a,b,c`.");
        (double[]? dense, _) = TableRows.Of(table, [.. columns.Select(c => new FeatureSource(c.Name))]);
        double[] means = [.. columns.Select(c => Mean(c.Numbers))];
        return new MixtureData
        {
            Source = table.Source,
            Columns = [.. columns.Select(c => c.Name)],
            Values = dense!,
            Skipped = table.Skipped,
            Notes = notes,
            Reading = TableLoader.Contract(spec, table, [.. columns.Select(c => (c.Name, c))], means),
            Line = $"{table.Source}: {Text.Plural(table.RowCount, "row")}, {columns.Count} of {Text.Plural(table.AllNames.Count, "column")}"
                + $" used ({Text.Names([.. columns.Select(c => c.Name)])}), {Text.Plural(table.Skipped, "row")} skipped",
        };
    }

    static double Mean(ReadOnlySpan<double> values)
    {
        double sum = 0;
        foreach (double x in values) sum += x;
        return sum / values.Length;
    }

    static void RequireNumbers(Table table, Column c)
    {
        if (!c.IsText) return;
        int row = 0;
        while (row < c.Codes.Length - 1 && IsNumber(c.Levels[c.Codes[row]], table.DecimalSign)) row++;
        throw new DataException($"{table.Source}, data row {row + 1}, column '{c.Name}': found '{c.Levels[c.Codes[row]]}', and a mixture "
            + $"takes numbers. Leave the column out with `Exclude = {c.Name}`, or name the others in `Features`.");
    }

    static bool IsNumber(string text, char sign) => double.TryParse(sign == ',' ? text.Replace(',', '.') : text,
        System.Globalization.NumberStyles.Float, System.Globalization.CultureInfo.InvariantCulture, out _);
}
