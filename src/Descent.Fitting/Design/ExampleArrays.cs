using Descent.Data;

namespace Descent.Fitting.Design;

/// <summary>Examples that are arrays of one shape, and their labels, from IDX and NPY files and from NPZ archives.</summary>
sealed record ExampleArrays
{
    /// <summary>IDX or NPY.</summary>
    public required string Form { get; init; }

    /// <summary>Lengths of the dimensions; the first counts the examples.</summary>
    public required int[] Shape { get; init; }

    public required double[] Values { get; init; }

    /// <summary>What the values are to be multiplied by: 1/255 for bytes of IDX files.</summary>
    public double Scale { get; init; } = 1;

    /// <summary>One label an example; null where there are none.</summary>
    public double[]? Labels { get; init; }

    /// <summary>Where the labels came from, for messages.</summary>
    public string LabelSource { get; init; } = "";

    public int Count => Shape[0];

    public int Width => Values.Length / Shape[0];

    /// <summary>The values times the scale.</summary>
    public double[] Scaled()
    {
        if (Scale != 1)
            for (int i = 0; i < Values.Length; i++) Values[i] *= Scale;
        return Values;
    }

    /// <summary>The examples of a request, with the labels that it names or that lie in the same archive.</summary>
    /// <exception cref="DataException">A file is damaged, or there is not one label an example.</exception>
    public static ExampleArrays Read(DataSpec spec, DataSource[] sources, DataFormat format)
    {
        string name = format == DataFormat.Idx ? "IDX" : "NPY";
        if (sources.Length != 1)
            throw new FitException($"{name} data is one file of examples; its labels are named with `Labels`. Got {sources.Length} files.");
        ExampleArrays examples = format == DataFormat.Idx ? OfIdx(IdxReader.Read(sources[0])) : OfNpy(sources[0]);
        if (spec.Labels is { } path) examples = examples with { Labels = LabelsIn(path), LabelSource = path };
        if (examples.Labels is { } y && y.Length != examples.Count)
            throw new DataException($"{examples.LabelSource}: holds {y.Length} labels, but {spec.Files[0]} holds {examples.Count} "
                + "examples. Expected one label an example.");
        return examples;
    }

    static ExampleArrays OfIdx(IdxArray a) =>
        new() { Form = "IDX", Shape = a.Shape, Values = a.Values, Scale = a.IsByte ? 1.0 / 255 : 1 };

    static ExampleArrays OfNpy(DataSource source)
    {
        if (!NpzReader.IsArchive(source)) return Of(NpyReader.Read(source));
        IReadOnlyList<(string Name, NpyArray Array)> arrays = NpzReader.Read(source);
        (_, NpyArray x) = One(arrays, a => a.Shape.Length > 1, ["X", "x"], "examples, of two or more dimensions", source.Name);
        if (!arrays.Any(a => a.Array.Shape.Length == 1)) return Of(x);
        (string name, NpyArray y) = One(arrays, a => a.Shape.Length == 1, ["y", "Y"], "labels, of one dimension", source.Name);
        return Of(x) with { Labels = y.Values, LabelSource = $"{source.Name}, array '{name}'" };
    }

    static ExampleArrays Of(NpyArray a) => new() { Form = "NPY", Shape = a.Shape, Values = a.Values };

    // The one of its kind, or the one that has the name.
    static (string, NpyArray) One(IReadOnlyList<(string Name, NpyArray Array)> arrays, Func<NpyArray, bool> kind, string[] names,
        string what, string source)
    {
        (string Name, NpyArray Array)[] found = [.. arrays.Where(a => kind(a.Array))];
        if (found.Length > 1 && found.Where(a => names.Contains(a.Name)).ToArray() is [var named]) return named;
        return found.Length == 1 ? found[0]
            : throw new DataException($"{source}: holds {(found.Length == 0 ? "no" : found.Length)} arrays of {what}: "
                + $"{string.Join(", ", arrays.Select(a => $"{a.Name} ({string.Join("×", a.Array.Shape)})"))}. Expected one, or one named "
                + $"{names[0]}.");
    }

    static double[] LabelsIn(string path)
    {
        using DataSource source = DataSource.Open(path);
        (int[] shape, double[] values) = FormatDetector.Detect(source) switch
        {
            DataFormat.Idx when IdxReader.Read(source) is var a => (a.Shape, a.Values),
            DataFormat.Npy when !NpzReader.IsArchive(source) && NpyReader.Read(source) is var a => (a.Shape, a.Values),
            _ => throw new DataException($"{path}: is no file of labels. Expected IDX or NPY with one label an example."),
        };
        return shape.Skip(1).All(n => n == 1) ? values
            : throw new DataException($"{path}: is {string.Join("×", shape)}; expected one label an example.");
    }
}
