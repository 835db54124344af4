using Descent.Data;

namespace Descent.Fitting.Design;

/// <summary>Reads the files of a request, each opened once, and turns them into features and labels; what was assumed or not used is said on the error stream.</summary>
static class DataLoader
{
    public static LoadedData Load(FitRequest request)
    {
        DataFormat? asked = ReadingText.Format(request.Format);
        DataSource[] sources = DataSource.OpenAll(request.Data, request.Encoding);
        LoadedData data;
        try
        {
            data = (asked ?? FormatDetector.Detect(sources[0])) switch
            {
                DataFormat.Libsvm => FromLibsvm(request, sources),
                DataFormat.Idx => FromIdx(request, sources),
                _ => TableLoader.Load(request, sources),
            };
        }
        finally
        {
            foreach (DataSource s in sources) s.Dispose();
        }
        return data;
    }

    static LoadedData FromLibsvm(FitRequest request, DataSource[] sources)
    {
        RequireNoColumns(request, "LIBSVM");
        LibsvmOptions options = new() { SkipBadRows = ReadingText.SkipBadRows(request.OnBadRow), Limit = request.MaxFeatures, ZeroBased = request.ZeroBased ? true : null };
        SparseData<double> data = LibsvmReader.Read<double>(sources, options);
        string source = string.Join(" + ", sources.Select(s => s.Name));
        TargetLabels target = TargetLabels.FromNumbers(request, data.Labels, "label", source);
        // Columns without an entry have no say: the fit is over those that occur.
        int[] numbers = ColumnMap.Occurring(data.Rows);
        bool gaps = numbers.Length > 0 && numbers.Length < data.Rows.Columns;
        if (numbers.Length == 0) numbers = [0];
        CsrRows<double> rows = gaps ? ColumnMap.Select(data.Rows, numbers).Rows : data.Rows;
        string of = gaps ? $"{Text.Count(numbers.Length)} of {Text.Count(data.Rows.Columns)} columns occur" : $"{Text.Count(data.Rows.Columns)} columns";
        return new LoadedData
        {
            Source = source,
            Format = "LIBSVM",
            Features = [.. numbers.Select(j => new FeatureSource("", null, j))],
            Sparse = rows,
            Count = rows.Count,
            Labels = target.Labels,
            Weights = target.ClassWeights(request),
            Classes = target.Classes,
            Model = target.Model,
            Target = "label",
            TargetLevel = target.Level,
            Skipped = data.Skipped,
            Reading = new ReadingContract { Format = "libsvm", ZeroBased = data.ZeroBased, Encoding = sources[0].Encoding },
            Notes =
            [
                $"{source}: read as LIBSVM: columns numbered from {(data.ZeroBased ? "0" : request.ZeroBased ? "0" : "1")}",
                .. sources.Where(s => s.EndsInCarriageReturns).Select(s => $"{s.Name}: lines end in carriage returns alone"),
                .. ReadingNotes.Skipped(source, data.Skipped, data.FirstSkip),
            ],
            RawLabels = data.Labels,
            ZeroBased = data.ZeroBased,
            ClassFactors = target.ClassFactors(request),
            Lines =
            [
                $"{source}: LIBSVM, {Text.Plural(rows.Count, "row")}, {of}{(data.ZeroBased ? " (numbered from 0)" : "")}, {Text.Count(rows.Entries)} non-zeros ({Text.Number((double)rows.Entries / rows.Count, "0.#")} a row), {Text.Plural(data.Skipped, "row")} skipped",
                .. data.FirstSkip is { } why ? new[] { "first skipped: " + why } : [],
                target.Summary,
            ],
        };
    }

    static LoadedData FromIdx(FitRequest request, DataSource[] sources)
    {
        RequireNoColumns(request, "IDX");
        if (sources.Length != 1) throw new UsageException("IDX data is one file of examples; its labels are named with --labels.");
        if (request.Labels is null) throw new UsageException($"{request.Data[0]} is an IDX file; name the file of its labels with --labels FILE.");
        IdxArray examples = IdxReader.Read(sources[0]), labels = IdxReader.Read(request.Labels);
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
            Reading = new ReadingContract { Format = "idx" },
            Notes = [$"{request.Data[0]}: read as IDX: {string.Join("×", examples.Shape)}{(examples.IsByte ? ", bytes divided by 255" : "")}"],
            Lines =
            [
                $"{request.Data[0]}: IDX {string.Join("×", examples.Shape)}, {Text.Plural(examples.Shape[0], "row")}, {Text.Count(examples.ExampleLength)} columns{(examples.IsByte ? ", bytes divided by 255" : "")}, 0 rows skipped",
                target.Summary,
            ],
        };
    }

    static void RequireNoColumns(FitRequest request, string format)
    {
        if (request.Features.Count > 0 || request.WeightColumn is not null || request.Categorical.Count > 0 || request.Exclude.Count > 0 || request.Reference.Count > 0)
            throw new UsageException($"{format} data has no column names; --features, --exclude, --categorical, --reference and --weight-col apply to CSV and TSV.");
        if (request.Separator is not null || request.DecimalSign is not null || request.MissingWords.Count > 0 || request.Header != "auto" || request.SkipLines > 0)
            throw new UsageException($"--separator, --decimal, --missing-words, --header and --skip-lines apply to CSV and TSV; {request.Data[0]} is read as {format}.");
        if (request.Target is { } t && t != "label" && !t.StartsWith("label=", StringComparison.Ordinal))
            throw new UsageException($"{format} data has one target, its label; leave --target out or say --target label=LEVEL. Got '{t}'.");
    }
}
