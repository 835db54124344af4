using Descent.Data;
using Descent.Data.Files;

namespace Descent.Fitting.Mixtures;

/// <summary>Reads the columns of a mixture: numbers of a table, or arrays.</summary>
static class MixtureLoader
{
    /// <exception cref="DataException">The files are no table of numbers; the place is said.</exception>
    /// <exception cref="FitException">A column that is asked for is not there.</exception>
    public static MixtureData Load(DataSpec spec, MixtureFamily family)
    {
        string[] faults = [.. Faults(spec, family)];
        if (faults.Length > 0) throw new FitException(string.Join(" ", faults));
        if (spec.Cache.Folder is { } folder) Room.Folder = folder;
        using DataInput input = spec.Open();
        DataFormat found = spec.Format ?? input.Detect();
        MixtureData data = found switch
        {
            DataFormat.Csv or DataFormat.JsonLines => OfTable(spec, input, family),
            DataFormat.Npy or DataFormat.Idx => OfExamples(spec, input, found, family),
            _ => throw new DataException($"{input.Name}: is {found.ToString().ToUpperInvariant()} data; a mixture is fitted to "
                + "the columns of a table or of an array (CSV, JSON lines, Parquet, Arrow, NPY, IDX, a query)."),
        };
        return Placed(data, family);
    }

    // Where the rows lie, and what must be in memory beside them, where that is not memory as usual.
    static MixtureData Placed(MixtureData data, MixtureFamily family)
    {
        if (!data.Values.IsMapped) return data;
        if (family.HoldsRows)
            throw new DataException($"{data.Source}: {Text.Plural(data.Count, "row")} of {Text.Plural(data.Columns.Count, "column")} take "
                + $"{Text.Bytes(data.Bytes)}, more than memory has room for, and a {family.Name} model holds all of them. Use fewer rows "
                + $"or columns (`Features`, `Exclude`), allow more memory, or fit a family that reads rows from a file: "
                + $"{Text.Names([.. MixtureFamilies.All.Where(f => !f.HoldsRows).Select(f => f.Name)])}.");
        double beside = data.Count * ((data.Weights.Length > 0 ? 2.0 * sizeof(double) : 0) + sizeof(int));
        MemoryLimit.Require((Int128)beside + MemoryLimit.Program,
            $"{data.Source}: beside the rows, which lie in a file, a mixture of {Text.Plural(data.Count, "row")}");
        return data with
        {
            Notes = [.. data.Notes, $"memory: the rows take {Text.Bytes(data.Bytes)} and lie in a mapped file; weights and the order of a "
                + $"pass in mini-batches take at most {Text.Bytes(beside)}"],
        };
    }

    static MixtureData OfExamples(DataSpec spec, DataInput input, DataFormat format, MixtureFamily family)
    {
        string form = format == DataFormat.Idx ? "IDX" : "NPY";
        if (family.HasTarget)
            throw new FitException($"{form} data has no column names, and a {family.Name} mixture explains one of its columns by the "
                + "others; write it as a table.");
        DataLoader.RequireNoColumns(spec, form);
        ExampleArrays examples = ExampleArrays.Read(spec, input.Sources, format);
        double[] values = examples.Scaled();
        string shape = string.Join("×", examples.Shape);
        for (int i = 0; i < values.Length; i++)
            if (!double.IsFinite(values[i]))
                throw new DataException(FormattableString.Invariant(
                    $"{input.Name}: row {(i / examples.Width) + 1}, column {(i % examples.Width) + 1} is {values[i]}; expected finite ")
                    + "numbers.");
        return new MixtureData
        {
            Source = input.Name,
            Columns = [.. Enumerable.Range(1, examples.Width).Select(j => $"x{j}")],
            Values = values,
            Notes = [$"{input.Name}: read as {examples.Form}: {shape}{(examples.Scale != 1 ? ", bytes divided by 255" : "")}",
                .. examples.Labels is null ? [] : new[] { $"{examples.LabelSource}: labels are not used" }],
            Reading = new ReadingContract { Format = examples.Form.ToLowerInvariant() },
            Line = $"{input.Name}: {examples.Form} {shape}, {Text.Plural(examples.Count, "row")}, {Text.Count(examples.Width)} columns "
                + $"(x1 … x{examples.Width})",
        };
    }

    /// <summary>What a family has no use for, and what it lacks.</summary>
    public static IEnumerable<string> Faults(DataSpec spec, MixtureFamily family)
    {
        foreach (string fault in spec.Faults()) yield return fault;
        if (spec.Dates.Count > 0) yield return "`Dates` mean nothing to a mixture, which takes numbers.";
        foreach (var (name, rule) in spec.MissingOf.Append(new("", spec.Missing)).Where(m => m.Value.Fills))
            yield return $"`Missing = {(name.Length > 0 ? name + "=" : "")}{rule}`: a {MissingFill.Word(rule.Policy)} in the place "
                + "of a missing value would make a component of its own; expected fail or skip.";
        if (family.HasTarget && spec.Target is null)
            yield return $"a {family.Name} mixture explains a target by the other columns; name it in `Target`.";
        if (!family.HasTarget && spec.Target is not null)
            yield return $"`Target` means nothing to a {family.Name} mixture, which has no target. Leave it out.";
        if (spec.Target?.Contains('=', StringComparison.Ordinal) == true)
            yield return $"`Target = {spec.Target}`: a mixture takes numbers, not levels; make a column of 0 and 1.";
        if (spec.Trials is not null && !family.HasTrials)
            yield return $"`Trials` means nothing to a {family.Name} mixture, whose rows count no successes. Leave it out.";
        if (spec.WeightColumn is not null && !family.HasWeights)
            yield return $"`WeightColumn` means nothing to a {family.Name} model, whose rows follow each other. Leave it out.";
        if (spec.GroupColumn is not null && !family.HasSequences)
            yield return $"`Groups` tells the sequences of a chain apart and means nothing to a {family.Name} mixture. Leave it out.";
        if (spec.Labels is not null || spec.Cluster is not null) yield return "`Labels` and `Cluster` mean nothing to a mixture.";
        if (spec.Categorical.Count > 0 || new ColumnChoice(spec).Factors.Count > 0)
            yield return "`Categorical` and factor(…) mean nothing to a mixture, which takes numbers.";
    }

    /// <exception cref="FitException">Lengths do not fit, or a number is not finite.</exception>
    public static MixtureData OfArrays(double[,] x, IReadOnlyList<string>? names, double[]? targets = null)
    {
        int n = x.GetLength(0), d = x.GetLength(1);
        if (n == 0 || d == 0) throw new FitException($"x is {n} × {d}; expected at least one row and one column.");
        if (names is not null && names.Count != d) throw new FitException($"{names.Count} names are given for {d} columns.");
        if (targets is not null && targets.Length != n) throw new FitException($"{targets.Length} targets are given for {n} rows.");
        double[] values = new double[x.Length];
        Buffer.BlockCopy(x, 0, values, 0, checked(x.Length * sizeof(double)));
        for (int i = 0; i < values.Length; i++)
            if (!double.IsFinite(values[i]))
                throw new FitException(FormattableString.Invariant(
                    $"x[{i / d}, {i % d}] is {values[i]}; expected finite numbers. Leave the row out."));
        for (int i = 0; i < targets?.Length; i++)
            if (!double.IsFinite(targets[i]))
                throw new FitException(FormattableString.Invariant($"y[{i}] is {targets[i]}; expected finite numbers. Leave the row out."));
        return new MixtureData
        {
            Source = "arrays",
            Columns = names ?? [.. Enumerable.Range(1, d).Select(j => $"x{j}")],
            Values = values,
            Target = targets is null ? null : "y",
            Targets = targets is null ? [] : [.. targets],
            Line = $"arrays: {Text.Count(n)} × {Text.Count(d)}",
        };
    }

    static MixtureData OfTable(DataSpec spec, DataInput input, MixtureFamily family)
    {
        ColumnChoice choice = new(spec);
        string[] beside = [.. new[] { spec.Target, spec.Trials, spec.WeightColumn }.OfType<string>()];
        List<string> cached = [];
        // Named columns have to hold numbers: a text among them is an error with its line.
        CsvOptions reading = TableLoader.OptionsOf(spec, [], choice.IsNeeded) with
        {
            NumberColumns = [.. spec.Features, .. beside],
            NumbersOnly = true,
        };
        Table table = input.Read(family.HasHoles ? Holed(reading, spec) : reading, spec.Cache, cached);
        return OfTable(spec, choice, table, [ReadingNotes.HowRead(table), .. table.Notes,
            .. ReadingNotes.Skipped(table.Source, table.Skipped, table.FirstSkip), .. cached]);
    }

    // Missing values stay, where rows with them are not to be left out; a weight has to be there.
    static CsvOptions Holed(CsvOptions reading, DataSpec spec)
    {
        if (reading.Missing != MissingPolicy.Fail) return reading;
        Dictionary<string, MissingPolicy> own = new(reading.MissingOf, StringComparer.Ordinal);
        if (spec.WeightColumn is { } w) own.TryAdd(w, MissingPolicy.Fail);
        return reading with { Missing = MissingPolicy.Keep, MissingOf = own };
    }

    /// <summary>Columns of a table that is at hand; rows of weight 0 leave it.</summary>
    /// <exception cref="DataException">A column that is used holds text, or lacks a value; the place is said.</exception>
    /// <exception cref="FitException">A column that is asked for is not there.</exception>
    public static MixtureData Of(DataSpec spec, Table table, MixtureFamily family)
    {
        ColumnChoice choice = new(spec);
        foreach (Column c in table.Columns.Where(c => !c.IsText && !family.HasHoles && choice.IsNeeded(c.Aliases)))
            for (int i = 0; i < table.RowCount; i++)
                if (double.IsNaN(c.Numbers[i]))
                    throw new DataException($"{table.Place(i)}, column '{c.Name}': the value is missing. Leave the row out of the table, "
                        + $"or fit {MixtureFamilies.MissingNormal.Name}.");
        return Placed(OfTable(spec, choice, table, []), family);
    }

    static MixtureData OfTable(DataSpec spec, ColumnChoice choice, Table table, List<string> notes)
    {
        Column? target = Numbers(table, choice, spec.Target, "`Target`"), trials = Numbers(table, choice, spec.Trials, "`Trials`");
        if (target is not null && target == trials) throw new FitException($"`Trials` names the target '{target.Name}'.");
        List<Column> columns = choice.Features(table, target, notes);
        SideColumns.LeaveWeightlessOut(spec, choice, table, target, notes);
        double[]? weights = SideColumns.WeightsOf(spec, table);
        foreach (Column c in columns) RequireNumbers(table, c);
        if (columns.Count == 0) throw new FitException("No columns are left to fit on. Name some with `Features = a,b,c`.");
        Slab<double> dense = TableRows.InRoom(table, [.. columns.Select(c => new FeatureSource(c.Name))]);
        double[] means = [.. columns.Select(c => Mean(c.Numbers))];
        int[] lengths = Sequences(table, SideColumns.Groups(spec, choice, table, target), spec.GroupColumn);
        return new MixtureData
        {
            Source = table.Source,
            Columns = [.. columns.Select(c => c.Name)],
            Values = dense,
            Target = target?.Name,
            Targets = target?.Numbers.ToArray() ?? [],
            TrialsColumn = trials?.Name,
            Trials = trials?.Numbers.ToArray() ?? [],
            Weights = weights ?? [],
            SequenceColumn = spec.GroupColumn,
            Lengths = lengths,
            Skipped = table.Skipped,
            RowNumber = table.RowNumber,
            Notes = notes,
            Reading = TableLoader.Contract(spec, table, [.. columns.Select(c => (c.Name, c))], means),
            Line = $"{table.Source}: {Text.Plural(table.RowCount, "row")}, {columns.Count} of {Text.Plural(table.AllNames.Count, "column")}"
                + $" used ({Text.Names([.. columns.Select(c => c.Name)])}{Beside(target, trials, weights, lengths, spec)}), "
                + $"{Text.Plural(table.Skipped, "row")} skipped",
        };
    }

    static string Beside(Column? target, Column? trials, double[]? weights, int[] lengths, DataSpec spec) =>
        (target is null ? "" : $"; target {target.Name}") + (trials is null ? "" : $", trials {trials.Name}")
            + (weights is null ? "" : $"; weights {spec.WeightColumn}")
            + (lengths.Length == 0 ? "" : $"; {Text.Plural(lengths.Length, "sequence")} by {spec.GroupColumn}");

    /// <summary>Lengths of runs of rows of one group; none for no groups.</summary>
    /// <exception cref="DataException">A group comes twice.</exception>
    public static int[] Sequences(Table table, int[]? groups, string? column)
    {
        List<int> lengths = [];
        HashSet<int> seen = [];
        for (int i = 0; i < groups?.Length; i++)
        {
            if (i > 0 && groups[i] == groups[i - 1]) lengths[^1]++;
            else if (seen.Add(groups[i])) lengths.Add(1);
            else
                throw new DataException($"{table.Place(i)}, column '{column}': the rows of this sequence do not follow each "
                    + "other. Sort the rows by sequence and time.");
        }
        return [.. lengths];
    }

    static Column? Numbers(Table table, ColumnChoice choice, string? name, string option)
    {
        if (name is null) return null;
        Column c = choice.Require(table, name, option);
        RequireNumbers(table, c);
        return c;
    }

    static double Mean(ReadOnlySpan<double> values)
    {
        double sum = 0;
        int seen = 0;
        foreach (double x in values)
        {
            if (double.IsNaN(x)) continue;
            sum += x;
            seen++;
        }
        return seen > 0 ? sum / seen : 0;
    }

    static void RequireNumbers(Table table, Column c)
    {
        if (!c.IsText) return;
        int row = 0;
        while (row < c.Codes.Length - 1 && IsNumber(c.Levels[c.Codes[row]], table.DecimalSign)) row++;
        throw new DataException($"{table.Place(row)}, column '{c.Name}': found '{c.Levels[c.Codes[row]]}', and a mixture "
            + $"takes numbers. Leave the column out with `Exclude = {c.Name}`, or name the others in `Features`.");
    }

    static bool IsNumber(string text, char sign) => double.TryParse(sign == ',' ? text.Replace(',', '.') : text,
        System.Globalization.NumberStyles.Float, System.Globalization.CultureInfo.InvariantCulture, out _);
}
