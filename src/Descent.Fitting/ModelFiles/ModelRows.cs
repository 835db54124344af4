using Descent.Data;

namespace Descent.Fitting.ModelFiles;

/// <summary>New rows under a saved model: margins, and labels where the data holds them.</summary>
sealed record ModelRows
{
    public required double[] Margins { get; init; }

    /// <summary>What of the margins has no coefficient; null for nothing.</summary>
    public double[]? Offsets { get; init; }

    /// <summary>Trials of each row, of which the labels are shares; null otherwise.</summary>
    public double[]? Trials { get; init; }

    /// <summary>The variances of the margins under a covariance of the coefficients, by asking the rows again.</summary>
    public required Func<ModelCovariance, double[]> Variances { get; init; }

    public required int Count { get; init; }

    public required int Outputs { get; init; }

    /// <summary>Labels as numbers or class numbers; null when the data holds none.</summary>
    public double[]? Labels { get; init; }

    public required string Summary { get; init; }

    /// <summary>Rows left out for a level that the model does not know, and why the first of them was.</summary>
    public int Strangers { get; init; }

    public string? FirstStranger { get; init; }

    /// <summary>Missing values of columns that were filled in, and with what.</summary>
    public IReadOnlyList<FilledValues> Filled { get; init; } = [];

    /// <summary>Rows whose margins the model has no mean for, the number of the first of them, and what is said of them; null for
    /// none.</summary>
    public string? Meanless(ModelFile model)
    {
        double lowest = ModelFamilies.Of(model.Model).LowestMargin;
        int count = Margins.Count(z => z <= lowest), first = Array.FindIndex(Margins, z => z <= lowest);
        return count == 0 || !double.IsFinite(lowest) ? null
            : $"{Text.Plural(count, "row")} {(count == 1 ? "has" : "have")} a linear predictor of at most {Text.Number(lowest)}, at which "
                + $"{Text.A(model.Model)} model has no mean; the first is row {Text.Count(first + 1)} of those predicted, with "
                + $"{Text.Number(Margins[first])}";
    }

    /// <summary>Entries in columns that the model has no coefficient for.</summary>
    public long Dropped { get; init; }

    /// <summary>What was assumed, left out or not used, for the error stream.</summary>
    public IReadOnlyList<string> Notes { get; init; } = [];

    /// <summary>The rows of a file under a model that lies at a path, where the weights of a network are beside it.</summary>
    public static ModelRows Load(string path, ModelFile model, DataSpec spec, bool needLabels) =>
        Load(model, model.Network?.Load(path), spec, needLabels);

    /// <summary>The rows of a file under a model and the weights of its network.</summary>
    public static ModelRows Load(ModelFile model, float[]? network, DataSpec spec, bool needLabels)
    {
        ReadingContract? reading = model.Data.Reading;
        using DataInput input = spec.Open(reading?.Encoding == "latin1" ? "latin1" : null);
        return FormatOf(model, spec, input) switch
        {
            DataFormat.Libsvm => FromLibsvm(model, spec, input.Sources, needLabels, network),
            DataFormat.Idx => FromArrays(model, spec, input.Sources, DataFormat.Idx, needLabels, network),
            DataFormat.Npy => FromArrays(model, spec, input.Sources, DataFormat.Npy, needLabels, network),
            DataFormat.Vw => FromVw(model, spec, input.Sources, needLabels, network),
            _ => TableModelRows.Load(model, spec, input, needLabels, network),
        };
    }

    // The format of the training data, unless another is named; content that is plainly of another kind is refused before it is misread.
    internal static DataFormat FormatOf(ModelFile model, DataSpec spec, DataInput first)
    {
        bool numbered = model.Features.Count > 0 && model.Features[0].Index is not null;
        string fitted = numbered ? "numbered columns (LIBSVM, VW, IDX or NPY)" : "a table with named columns";
        if (spec.Format is { } asked)
            return numbered == !IsTable(asked) ? asked
                : throw new DataException($"{first.Name}: the model was fitted on {fitted}; "
                    + $"`Format = {asked.ToString().ToLowerInvariant()}` is another kind of data.");
        DataFormat found = first.Detect();
        DataFormat expected = ReadingText.Format(model.Data.Reading?.Format)
            ?? (numbered && found == DataFormat.Csv ? DataFormat.Libsvm : found);
        // Tables are known by the names of their columns, however they are written.
        if (IsTable(found) && IsTable(expected)) return found;
        bool fits = found == expected
            || (found == DataFormat.Csv && expected == DataFormat.Libsvm && !first.IsTyped && LooksSparse(first.Sources[0]));
        return fits ? expected
            : throw new DataException($"{first.Name}: the model was fitted on {fitted}, this file is "
                + $"{found.ToString().ToUpperInvariant()}. Expected {expected.ToString().ToUpperInvariant()}; "
                + "name the format with `Format` if it is.");
    }

    static bool IsTable(DataFormat format) => format is DataFormat.Csv or DataFormat.JsonLines;

    // Rows with one entry or with words for labels say less than the model does: some line has an entry, or all are labels alone.
    static bool LooksSparse(DataSource source)
    {
        ReadOnlySpan<byte> head = source.Head;
        return head.Contains((byte)':') || head.IndexOfAnyExcept("0123456789+-.eE?\r\n \t"u8) < 0;
    }

    static ModelRows FromLibsvm(ModelFile model, DataSpec spec, DataSource[] sources, bool needLabels, float[]? network)
    {
        string source = string.Join(" + ", sources.Select(s => s.Name));
        LibsvmOptions options = new()
        {
            SkipBadRows = spec.SkipBadRows,
            Limit = int.MaxValue,
            ZeroBased = spec.ZeroBased ? true : model.Data.Reading?.ZeroBased,
            NeedLabels = needLabels,
        };
        return OfSparse(model, LibsvmReader.Read<double>(sources, options), needLabels, source, network);
    }

    internal static ModelRows OfSparse(ModelFile model, SparseData<double> data, bool needLabels, string source, float[]? network)
    {
        // Where the rows have columns of their own numbers, the model's are looked up among them.
        int[] numbers = [.. model.Features.Select(f => f.Index!.Value)];
        (CsrRows<double> rows, long dropped) = ColumnMap.Select(data.Widened(), numbers);
        double[]? labels = needLabels ? LabelsOf(model, data.Labels, ReadingNotes.Rest(source, data.Skipped)) : null;
        return Of(model, rows, labels, $"{Text.Plural(rows.Count, "row")}, {Text.Plural(data.Skipped, "row")} skipped", network,
            source) with
        {
            Dropped = dropped,
            Notes = [.. ReadingNotes.Skipped(source, data.Skipped, data.FirstSkip), .. DropNote(source, dropped)],
        };
    }

    internal static IEnumerable<string> DropNote(string source, long dropped)
    {
        if (dropped > 0)
            yield return $"{source}: {Text.Plural(dropped, "entry", "entries")} in columns that the model has no coefficient for not used";
    }

    // Names are hashed as they were for the fit; what the fit did not see has no weight.
    static ModelRows FromVw(ModelFile model, DataSpec spec, DataSource[] sources, bool needLabels, float[]? network)
    {
        string source = string.Join(" + ", sources.Select(s => s.Name));
        int bits = model.Data.Reading?.HashBits ?? throw new DataException($"{source}: is Vowpal Wabbit text, and the model was not fitted "
            + $"on names that are hashed.");
        SparseData<double> data = VwReader.Read(sources,
            new VwOptions { HashBits = bits, SkipBadRows = spec.SkipBadRows, NeedLabels = needLabels });
        return OfSparse(model, data, needLabels, source, network);
    }

    static ModelRows FromArrays(ModelFile model, DataSpec spec, DataSource[] sources, DataFormat format, bool needLabels,
        float[]? network)
    {
        ExampleArrays examples = ExampleArrays.Read(spec, sources, format);
        if (examples.Width != model.Features.Count || model.Features.Where((f, j) => f.Index != j).Any())
            throw new DataException($"{spec.Files[0]}: an example has {examples.Width} values; the model has {model.Features.Count} "
                + $"features{(examples.Width == model.Features.Count ? ", which are not the first columns" : "")}.");
        for (int i = 0; i < examples.Values.Length; i++) examples.Values[i] *= model.IdxScale;
        double[]? labels = needLabels && examples.Labels is { } y ? LabelsOf(model, y, examples.LabelSource) : null;
        return Of(model, new DenseRows<double>(examples.Values, examples.Count, examples.Width), labels,
            Text.Plural(examples.Count, "row") + ", 0 rows skipped", network, spec.Files[0]);
    }

    /// <summary>The same rows with offsets added to their margins.</summary>
    internal ModelRows Moved(double[]? offsets)
    {
        for (int i = 0; offsets is not null && i < Margins.Length; i++) Margins[i] += offsets[i / Outputs];
        return this with { Offsets = offsets };
    }

    internal static ModelRows Of<TRows>(ModelFile model, TRows rows, double[]? labels, string summary, float[]? network, string source)
        where TRows : struct, IRows<double>
    {
        if (model.Offset is { Given: true }) throw OffsetSource.Absent(source);
        return new()
        {
            Margins = network is null ? Predictor.Margins(rows, model.Flat, model.Weights.Length, model.Intercepts is not null)
                : model.Network!.Predict(network, WholeRows.Of(rows, source), rows.Count),
            Variances = c => c.Variances(rows),
            Count = rows.Count,
            Outputs = model.Network?.Build().Outputs ?? model.Weights.Length,
            Labels = labels,
            Summary = summary,
        };
    }

    internal static double[] LabelsOf(ModelFile model, ReadOnlySpan<double> raw, string source, Func<int, int>? row = null)
    {
        if (model.Classes is not { } classes)
        {
            ModelFamily family = ModelFamilies.Of(model.Model);
            for (int i = 0; i < raw.Length; i++) family.CheckLabel(raw[i], model.Target, source, row?.Invoke(i) ?? i + 1);
            return raw.ToArray();
        }
        double[] labels = new double[raw.Length];
        for (int i = 0; i < raw.Length; i++) labels[i] = ClassOf(model, classes, Text.Exact(raw[i]), source, row?.Invoke(i) ?? i + 1);
        return labels;
    }

    internal static double[] LabelsOfText(ModelFile model, Column target, Table table)
    {
        double[] labels = new double[target.Codes.Length];
        for (int i = 0; i < labels.Length; i++)
            labels[i] = ClassOf(model, model.Classes!, target.Levels[target.Codes[i]], table.Source, table.RowNumber(i));
        return labels;
    }

    static double ClassOf(ModelFile model, IReadOnlyList<string> classes, string level, string source, int row)
    {
        for (int k = 0; k < classes.Count; k++)
            if (classes[k] == level || (Numeric(classes[k]) is { } a && a == Numeric(level))) return k;
        // Two classes where one is “not LEVEL”: everything else belongs there.
        if (classes.Count == 2 && classes[0].StartsWith("not ", StringComparison.Ordinal)) return 0;
        throw new DataException($"{source}, data row {row}: the label '{level}' did not occur in the training data. Known are "
            + $"{Text.Names(classes)}. Mend the row or leave it out.");
    }

    static double? Numeric(string s) =>
        double.TryParse(s, System.Globalization.NumberStyles.Float, System.Globalization.CultureInfo.InvariantCulture, out double v) ? v
        : null;
}
