using Descent.Cli.Fitting;
using Descent.Cli.Models;
using Descent.Cli.Output;
using Descent.Data;

namespace Descent.Cli.Commands;

/// <summary>New rows under a saved model: margins, and labels where the data holds them.</summary>
sealed class ModelRows
{
    public required double[] Margins { get; init; }

    public required int Count { get; init; }

    public required int Outputs { get; init; }

    /// <summary>Labels as numbers or class numbers; null when the data holds none.</summary>
    public double[]? Labels { get; init; }

    public required string Summary { get; init; }

    public static ModelRows Load(string path, ModelFile model, FitRequest request, bool needLabels)
    {
        float[]? network = model.Network?.Load(path);
        DataFormat format = request.Format switch
        {
            null => FormatDetector.Detect(request.Data[0]),
            "libsvm" or "svmlight" => DataFormat.Libsvm,
            "idx" => DataFormat.Idx,
            _ => DataFormat.Csv,
        };
        bool numbered = model.Features.Count > 0 && model.Features[0].Index is not null;
        if (numbered != (format != DataFormat.Csv))
            throw new DataException($"{request.Data[0]}: the model was fitted on {(numbered ? "numbered columns (LIBSVM or IDX)" : "a table with named columns")}, this file is {format}.");
        return format switch
        {
            DataFormat.Libsvm => FromLibsvm(model, request, network),
            DataFormat.Idx => FromIdx(model, request, network),
            _ => FromTable(model, request, needLabels, network),
        };
    }

    static ModelRows FromLibsvm(ModelFile model, FitRequest request, float[]? network)
    {
        SparseData<double> data = LibsvmReader.Read<double>(request.Data, model.Features.Count, request.OnBadRow == "skip", request.MaxFeatures, request.ZeroBased ? true : null);
        return Of(model, data.Rows, LabelsOf(model, data.Labels, string.Join(" + ", request.Data)), $"{Text.Plural(data.Rows.Count, "row")}, {data.Skipped} rows skipped", network, string.Join(" + ", request.Data));
    }

    static ModelRows FromIdx(ModelFile model, FitRequest request, float[]? network)
    {
        IdxArray examples = IdxReader.Read(request.Data[0]);
        if (examples.ExampleLength != model.Features.Count)
            throw new DataException($"{request.Data[0]}: an example has {examples.ExampleLength} values; the model has {model.Features.Count} features.");
        for (int i = 0; i < examples.Values.Length; i++) examples.Values[i] *= model.IdxScale;
        double[]? labels = null;
        if (request.Labels is { } path)
        {
            IdxArray l = IdxReader.Read(path);
            if (l.Shape[0] != examples.Shape[0]) throw new DataException($"{path}: holds {l.Shape[0]} labels, but {request.Data[0]} holds {examples.Shape[0]} examples.");
            labels = LabelsOf(model, l.Values, path);
        }
        return Of(model, new DenseRows<double>(examples.Values, examples.Shape[0], examples.ExampleLength), labels, Text.Plural(examples.Shape[0], "row") + ", 0 rows skipped", network, request.Data[0]);
    }

    static ModelRows FromTable(ModelFile model, FitRequest request, bool needLabels, float[]? network)
    {
        FeatureSource[] features = [.. model.Features.Select(f => new FeatureSource(f.Column!, f.Level))];
        HashSet<string> text = [.. features.Where(f => f.Level is not null).Select(f => f.Column)], names = [.. features.Select(f => f.Column), model.Target];
        bool classes = model.Classes is not null;
        if (classes) text.Add(model.Target);
        Table table = CsvReader.Read(request.Data, TableLoader.OptionsOf(request, text, aliases => aliases.Any(names.Contains)));
        foreach (string c in text)
        {
            if (c == model.Target || table.Find(c) is not { } column || model.Levels?.TryGetValue(c, out IReadOnlyList<string>? known) != true) continue;
            string? strange = column.Levels.FirstOrDefault(l => !known!.Contains(l));
            if (strange is not null) throw new DataException($"{table.Source}, column '{c}': the level '{strange}' did not occur in the training data ({string.Join(", ", known!.Take(10))}). The model has no coefficient for it; leave such rows out.");
        }
        Column? target = table.Find(model.Target);
        if (target is null && needLabels) throw new DataException($"{table.Source}: has no column '{model.Target}' to compare the predictions with. Its columns are {string.Join(", ", table.AllNames)}.");
        double[]? labels = target is null ? null
            : target.IsText ? LabelsOfText(model, target, table.Source)
            : LabelsOf(model, target.Numbers, table.Source);
        return Of(model, new DenseRows<double>(TableLoader.Matrix(table, features), table.RowCount, features.Length), labels, $"{Text.Plural(table.RowCount, "row")}, {table.Skipped} rows skipped", network, table.Source);
    }

    static ModelRows Of<TRows>(ModelFile model, TRows rows, double[]? labels, string summary, float[]? network, string source)
        where TRows : struct, IRows<double> => new()
        {
            Margins = network is null ? Predictor.Margins(rows, model.Flat, model.Weights.Length, model.Intercepts is not null) : model.Network!.Predict(network, WholeRows.Of(rows, source), rows.Count),
            Count = rows.Count,
            Outputs = model.Network?.Build().Outputs ?? model.Weights.Length,
            Labels = labels,
            Summary = summary,
        };

    static double[] LabelsOf(ModelFile model, ReadOnlySpan<double> raw, string source)
    {
        if (model.Classes is not { } classes) return raw.ToArray();
        double[] labels = new double[raw.Length];
        for (int i = 0; i < raw.Length; i++) labels[i] = ClassOf(model, classes, Text.Exact(raw[i]), source, i);
        return labels;
    }

    static double[] LabelsOfText(ModelFile model, Column target, string source)
    {
        double[] labels = new double[target.Codes.Length];
        for (int i = 0; i < labels.Length; i++) labels[i] = ClassOf(model, model.Classes!, target.Levels[target.Codes[i]], source, i);
        return labels;
    }

    static double ClassOf(ModelFile model, IReadOnlyList<string> classes, string level, string source, int row)
    {
        for (int k = 0; k < classes.Count; k++)
            if (classes[k] == level || (Numeric(classes[k]) is { } a && a == Numeric(level))) return k;
        // Two classes where one is “not LEVEL”: everything else belongs there.
        if (classes.Count == 2 && classes[0].StartsWith("not ", StringComparison.Ordinal)) return 0;
        throw new DataException($"{source}, data row {row + 1}: the label '{level}' did not occur in the training data. Known are {string.Join(", ", classes)}.");
    }

    static double? Numeric(string s) => double.TryParse(s, System.Globalization.NumberStyles.Float, System.Globalization.CultureInfo.InvariantCulture, out double v) ? v : null;
}
