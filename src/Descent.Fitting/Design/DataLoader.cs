using Descent.Data;
using Descent.Data.Caching;
using Descent.Data.Files;

namespace Descent.Fitting.Design;

/// <summary>
/// Reads the files of a request, each opened once, and turns them into features and labels; what was assumed or not used is said on the
/// error stream.
/// </summary>
static class DataLoader
{
    public static LoadedData Load(FitSpec spec)
    {
        DataFormat? asked = spec.Data.Format;
        if (spec.Data.Cache.Folder is { } folder) Room.Folder = folder;
        using DataInput input = RankedInput.Open(spec);
        LoadedData data = MemoryNote.Checked((asked ?? input.Detect()) switch
        {
            DataFormat.Libsvm => FromLibsvm(spec, input.Sources),
            DataFormat.Idx => FromArrays(spec, input.Sources, DataFormat.Idx),
            DataFormat.Npy => FromArrays(spec, input.Sources, DataFormat.Npy),
            DataFormat.Vw => FromVw(spec, input.Sources),
            _ => TableLoader.Load(spec, input),
        });
        input.Dispose();
        return data with { BytesRead = input.BytesRead };
    }

    static LoadedData FromLibsvm(FitSpec spec, DataSource[] sources)
    {
        RequireNoColumns(spec.Data, "LIBSVM");
        LibsvmOptions options =
            new()
            {
                SkipBadRows = spec.Data.SkipBadRows,
                Limit = spec.Data.LargestColumn,
                ZeroBased = spec.Data.ZeroBased ? true : null,
                Compact = true,
                Threads = spec.Threads
            };
        List<string> notes = [];
        SparseData<double> data = RankedRows.Load(spec, sources, options, notes);
        string from = data.ZeroBased || spec.Data.ZeroBased ? "0" : "1";
        notes.Insert(0, $"{SourceOf(sources)}: read as LIBSVM: columns numbered from {from}");
        return FromSparse(spec, sources, data, "LIBSVM", data.ZeroBased ? " (numbered from 0)" : "", notes,
            new ReadingContract { Format = "libsvm", ZeroBased = data.ZeroBased, Encoding = sources[0].Encoding });
    }

    static LoadedData FromVw(FitSpec spec, DataSource[] sources)
    {
        RequireNoColumns(spec.Data, "Vowpal Wabbit");
        SparseData<double> data = VwReader.Read(sources,
            new VwOptions { HashBits = spec.Data.HashBits, SkipBadRows = spec.Data.SkipBadRows });
        return FromSparse(spec, sources, data, "VW", $" of 2^{spec.Data.HashBits} that names are hashed to",
            [$"{SourceOf(sources)}: read as Vowpal Wabbit text"],
            new ReadingContract { Format = "vw", HashBits = spec.Data.HashBits, Encoding = sources[0].Encoding });
    }

    static string SourceOf(DataSource[] sources) => string.Join(" + ", sources.Select(s => s.Name));

    static LoadedData FromSparse(FitSpec spec, DataSource[] sources, SparseData<double> data, string form, string numbering,
        List<string> notes, ReadingContract contract)
    {
        string source = SourceOf(sources);
        TargetLabels target = TargetLabels.FromNumbers(spec, spec.Data.Level, data.Labels, "label",
            ReadingNotes.Rest(source, data.Skipped));
        double[]? byClass = target.ClassWeights(spec);
        // The fit is over the columns that occur.
        CsrRows<double> rows = data.Rows;
        int[] numbers = data.Numbers ?? [.. Enumerable.Range(0, rows.Entries == 0 ? 1 : rows.Columns)];
        string of = data.Numbers is not null ? $"{Text.Count(numbers.Length)} of {Text.Count(data.TextColumns)} columns occur"
            : $"{Text.Count(data.TextColumns)} columns";
        return new LoadedData
        {
            Source = source,
            Format = form,
            Features = [.. numbers.Select(j => new FeatureSource("", null, j))],
            Sparse = rows,
            Count = rows.Count,
            Labels = target.Labels,
            Weights = data.Weights is null ? byClass : byClass is null ? data.Weights : [.. data.Weights.Zip(byClass, (a, b) => a * b)],
            Classes = target.Classes,
            Family = target.Family,
            Target = "label",
            TargetLevel = target.Level,
            Skipped = data.Skipped,
            Reading = contract,
            Notes =
            [
                notes[0],
                .. sources.Where(s => s.EndsInCarriageReturns).Select(s => $"{s.Name}: lines end in carriage returns alone"),
                .. ReadingNotes.Skipped(source, data.Skipped, data.FirstSkip),
                .. notes.Skip(1),
            ],
            RawLabels = data.Labels,
            ZeroBased = data.ZeroBased,
            ClassFactors = target.ClassFactors(spec),
            Lines =
            [
                $"{source}: {form}, {Text.Plural(rows.Count, "row")}, {of}{numbering}, "
                    + $"{Text.Count(rows.Entries)} non-zeros ({Text.Number((double)rows.Entries / rows.Count, "0.#")} a row), "
                    + $"{Text.Plural(data.Skipped, "row")} skipped",
                .. data.FirstSkip is { } why ? new[] { "first skipped: " + why } : [],
                target.Summary,
            ],
        };
    }

    static LoadedData FromArrays(FitSpec spec, DataSource[] sources, DataFormat format)
    {
        string name = spec.Data.Files[0];
        RequireNoColumns(spec.Data, format == DataFormat.Idx ? "IDX" : "NPY");
        ExampleArrays examples = ExampleArrays.Read(spec.Data, sources, format);
        if (examples.Labels is not { } labels)
            throw new FitException($"{name} is an {examples.Form} file; name the file of its labels with `Labels = FILE`.");
        double[] values = examples.Scaled();
        TargetLabels target = TargetLabels.FromNumbers(spec, spec.Data.Level, labels, "label", examples.LabelSource);
        string shape = string.Join("×", examples.Shape), scaled = examples.Scale != 1 ? ", bytes divided by 255" : "";
        return new LoadedData
        {
            Source = name,
            Format = examples.Form,
            Features = [.. Enumerable.Range(0, examples.Width).Select(j => new FeatureSource("", null, j))],
            Dense = values,
            Count = examples.Count,
            Labels = target.Labels,
            Weights = target.ClassWeights(spec),
            Classes = target.Classes,
            Family = target.Family,
            Target = "label",
            TargetLevel = target.Level,
            IdxScale = examples.Scale,
            Image = examples.Shape.Length == 3 ? examples.Shape[1..] : [],
            Reading = new ReadingContract { Format = examples.Form.ToLowerInvariant() },
            Notes = [$"{name}: read as {examples.Form}: {shape}{scaled}"],
            Lines =
            [
                $"{name}: {examples.Form} {shape}, {Text.Plural(examples.Count, "row")}, {Text.Count(examples.Width)} columns{scaled}, "
                    + "0 rows skipped",
                target.Summary,
            ],
        };
    }

    public static void RequireNoColumns(DataSpec data, string format)
    {
        if (data.Formula is not null)
            throw new FitException($"{format} data has no column names, which `Formula` is made of; it applies to CSV and TSV.");
        if (data.Features.Count > 0 || data.WeightColumn is not null || data.GroupColumn is not null
            || data.Cluster is not null || data.Offset is not null || data.Exposure is not null
            || data.Event is not null || data.Trials is not null || data.Failures is not null
            || data.Categorical.Count > 0 || data.Hashed.Any()
            || data.Exclude.Count > 0 || data.Reference.Count > 0 || data.MissingOf.Count > 0 || data.Dates.Count > 0)
            throw new FitException($"{format} data has no column names; `Features`, `Exclude`, `Categorical`, `Reference`, `TextColumns`, "
                + $"`HashColumns`, `Dates`, rules for missing values of columns, `Cluster`, `WeightColumn`, "
                + $"`Offset`, `Exposure`, `Trials`, `Failures`, `Event` and `Groups` apply to "
                + $"CSV and TSV.");
        if (data.Separator is not null || data.DecimalSign is not null || data.MissingWords.Count > 0
            || data.Header is not null || data.SkipLines > 0)
            throw new FitException($"`Separator`, `DecimalSign`, `MissingWords`, `Header` and `SkipLines` apply to CSV and TSV; "
                + $"{data.Files[0]} is read as {format}.");
        if (data.Target is { } t && t != "label" && !t.StartsWith("label=", StringComparison.Ordinal))
            throw new FitException($"{format} data has one target, its label; leave `Target` out or say `Target = label=LEVEL`. Got "
                + $"'{t}'.");
    }
}
