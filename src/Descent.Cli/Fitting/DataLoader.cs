using System.Globalization;
using Descent.Cli.Output;
using Descent.Data;

namespace Descent.Cli.Fitting;

/// <summary>Reads the files of a request and turns them into features and labels.</summary>
static class DataLoader
{
    public static LoadedData Load(FitRequest request)
    {
        DataFormat format = request.Format switch
        {
            null => FormatDetector.Detect(request.Data[0]),
            "csv" or "tsv" => DataFormat.Csv,
            "libsvm" or "svmlight" => DataFormat.Libsvm,
            "idx" => DataFormat.Idx,
            _ => throw new UsageException($"--format is '{request.Format}'; expected csv, tsv, libsvm or idx."),
        };
        return format switch
        {
            DataFormat.Libsvm => FromLibsvm(request),
            DataFormat.Idx => FromIdx(request),
            _ => TableLoader.Load(request),
        };
    }

    static LoadedData FromLibsvm(FitRequest request)
    {
        RequireNoColumns(request, "LIBSVM");
        SparseData<double> data = LibsvmReader.Read<double>(request.Data, 0, request.OnBadRow == "skip", request.MaxFeatures, request.ZeroBased ? true : null);
        string source = string.Join(" + ", request.Data);
        TargetLabels target = TargetLabels.FromNumbers(request, data.Labels, "label", source);
        return new LoadedData
        {
            Source = source,
            Format = "LIBSVM",
            Features = [.. Enumerable.Range(0, data.Rows.Columns).Select(j => new FeatureSource("", null, j))],
            Sparse = data.Rows,
            Count = data.Rows.Count,
            Labels = target.Labels,
            Weights = target.ClassWeights(request),
            Classes = target.Classes,
            Model = target.Model,
            Target = "label",
            TargetLevel = target.Level,
            Skipped = data.Skipped,
            RawLabels = data.Labels,
            ZeroBased = data.ZeroBased,
            ClassFactors = target.ClassFactors(request),
            Lines =
            [
                $"{source}: LIBSVM, {Text.Plural(data.Rows.Count, "row")}, {Text.Count(data.Rows.Columns)} columns{(data.ZeroBased ? " (numbered from 0)" : "")}, {Text.Count(data.Rows.Entries)} non-zeros ({Text.Number((double)data.Rows.Entries / data.Rows.Count, "0.#")} a row), {data.Skipped} rows skipped",
                .. data.FirstSkip is { } why ? new[] { "first skipped: " + why } : [],
                target.Summary,
            ],
        };
    }

    static LoadedData FromIdx(FitRequest request)
    {
        RequireNoColumns(request, "IDX");
        if (request.Data.Count != 1) throw new UsageException("IDX data is one file of examples; its labels are named with --labels.");
        if (request.Labels is null) throw new UsageException($"{request.Data[0]} is an IDX file; name the file of its labels with --labels FILE.");
        IdxArray examples = IdxReader.Read(request.Data[0]), labels = IdxReader.Read(request.Labels);
        if (labels.Shape.Length != 1) throw new DataException($"{request.Labels}: has {labels.Shape.Length} dimensions; expected one label an example.");
        if (labels.Shape[0] != examples.Shape[0])
            throw new DataException($"{request.Labels}: holds {labels.Shape[0]} labels, but {request.Data[0]} holds {examples.Shape[0]} examples. Expected one label an example.");
        double scale = examples.IsByte ? 1.0 / 255 : 1;
        double[] values = examples.Values;
        for (int i = 0; i < values.Length; i++) values[i] *= scale;
        TargetLabels target = TargetLabels.FromNumbers(request, labels.Values, "label", request.Labels);
        return new LoadedData
        {
            Source = request.Data[0],
            Format = "IDX",
            Features = [.. Enumerable.Range(0, examples.ExampleLength).Select(j => new FeatureSource("", null, j))],
            Dense = values,
            Count = examples.Shape[0],
            Labels = target.Labels,
            Weights = target.ClassWeights(request),
            Classes = target.Classes,
            Model = target.Model,
            Target = "label",
            TargetLevel = target.Level,
            IdxScale = scale,
            Image = examples.Shape.Length == 3 ? examples.Shape[1..] : [],
            Lines =
            [
                $"{request.Data[0]}: IDX {string.Join("×", examples.Shape)}, {Text.Plural(examples.Shape[0], "row")}, {Text.Count(examples.ExampleLength)} columns{(examples.IsByte ? ", bytes divided by 255" : "")}, 0 rows skipped",
                target.Summary,
            ],
        };
    }

    static void RequireNoColumns(FitRequest request, string format)
    {
        if (request.Features.Count > 0 || request.WeightColumn is not null || request.Categorical.Count > 0 || request.Exclude.Count > 0)
            throw new UsageException($"{format} data has no column names; --features, --exclude, --categorical and --weight-col apply to CSV and TSV.");
        if (request.Target is { } t && !t.StartsWith("label", StringComparison.Ordinal))
            throw new UsageException($"{format} data has one target, its label; leave --target out or say --target label=LEVEL. Got '{t}'.");
    }
}
