using System.Globalization;
using Descent.Data;

namespace Descent.Fitting.Design;

/// <summary>Turns the raw target into labels of a model: picks the model when none is named, maps levels to class numbers, checks the range.</summary>
sealed class TargetLabels
{
    public required string Model { get; init; }

    public required double[] Labels { get; init; }

    public IReadOnlyList<string>? Classes { get; init; }

    public string? Level { get; init; }

    public required string Summary { get; init; }

    public static TargetLabels FromNumbers(FitRequest request, ReadOnlySpan<double> raw, string name, string source)
    {
        SortedSet<double> distinct = [];
        foreach (double v in raw)
        {
            distinct.Add(v);
            if (distinct.Count > 1000) break;
        }
        string? level = LevelOf(request);
        string model = request.Model ?? Guess(distinct, level);
        if (model is not ("logistic" or "hinge" or "softmax")) return Regression(model, raw, name, source);
        if (distinct.Count > 1000) throw new UsageException($"--model {model} needs classes, but the target '{name}' takes more than 1000 values. Did you mean --model linear?");
        List<string> levels = [.. distinct.Select(v => Text.Exact(v))];
        int[] codes = new int[raw.Length];
        double[] sorted = [.. distinct];
        for (int i = 0; i < raw.Length; i++) codes[i] = Array.BinarySearch(sorted, raw[i]);
        return Classification(model, codes, levels, level is null ? null : Normal(level), name, source);
    }

    public static TargetLabels FromText(FitRequest request, ReadOnlySpan<int> codes, IReadOnlyList<string> levels, string name, string source)
    {
        string? level = LevelOf(request);
        // Levels in ordinal order, as R's factors; numbers by value.
        string[] sorted = [.. FactorLevels.Order(levels)];
        Dictionary<string, int> place = new(StringComparer.Ordinal);
        for (int k = 0; k < sorted.Length; k++) place[sorted[k]] = k;
        int[] rank = [.. levels.Select(l => place[l])], mapped = new int[codes.Length];
        bool[] seen = new bool[sorted.Length];
        for (int i = 0; i < codes.Length; i++) seen[mapped[i] = rank[codes[i]]] = true;
        string model = request.Model ?? (level is not null || seen.Count(s => s) <= 2 ? "logistic" : "softmax");
        if (model is not ("logistic" or "hinge" or "softmax"))
            throw new UsageException($"--model {model} needs numbers, but the target '{name}' is text ({string.Join(", ", sorted.Take(4))}{(sorted.Length > 4 ? ", …" : "")}). Use --model logistic with --target {name}=LEVEL, or --model softmax.");
        return Classification(model, mapped, sorted, level, name, source);
    }

    /// <summary>Example weights from --class-weight; null without it.</summary>
    public double[]? ClassWeights(FitRequest request) => ClassFactors(request) is { } factor ? Array.ConvertAll(Labels, y => factor[(int)y]) : null;

    /// <summary>The factor of each class from --class-weight; null without it.</summary>
    public double[]? ClassFactors(FitRequest request)
    {
        if (request.ClassWeight is not { } text) return null;
        if (Classes is null) throw new UsageException($"--class-weight needs a model of classes; --model {Model} is a regression.");
        double[] counts = new double[Classes.Count], factor = new double[Classes.Count];
        foreach (double y in Labels) counts[(int)y]++;
        Array.Fill(factor, 1);
        if (text == "balanced")
        {
            for (int k = 0; k < factor.Length; k++) factor[k] = counts[k] > 0 ? Labels.Length / (counts[k] * counts.Count(c => c > 0)) : 0;
        }
        else
        {
            foreach (string part in text.Split(','))
            {
                int colon = part.LastIndexOf(':');
                int k = colon < 0 ? -1 : Classes.ToList().IndexOf(part[..colon].Trim());
                if (colon < 0 || k < 0 || !double.TryParse(part.AsSpan(colon + 1), NumberStyles.Float, CultureInfo.InvariantCulture, out double w) || !(w >= 0) || !double.IsFinite(w))
                    throw new UsageException($"--class-weight: '{part}' is not LEVEL:WEIGHT with a level of the target ({string.Join(", ", Classes)}) and a weight ≥ 0. Example: --class-weight {Classes[^1]}:3 or --class-weight balanced.");
                factor[k] = w;
            }
        }
        return factor;
    }

    static string Normal(string level) => double.TryParse(level, NumberStyles.Float, CultureInfo.InvariantCulture, out double v) ? Text.Exact(v) : level;

    static string? LevelOf(FitRequest request)
    {
        int at = request.Target?.IndexOf('=', StringComparison.Ordinal) ?? -1;
        return at < 0 ? null : request.Target![(at + 1)..];
    }

    static string Guess(SortedSet<double> distinct, string? level)
    {
        if (level is not null) return "logistic";
        if (distinct.Count == 2 && distinct.Max == 1 && distinct.Min is 0 or -1) return "logistic";
        return "linear";
    }

    static TargetLabels Regression(string model, ReadOnlySpan<double> raw, string name, string source)
    {
        double[] labels = raw.ToArray();
        if (model == "poisson")
        {
            for (int i = 0; i < labels.Length; i++)
                if (labels[i] < 0) throw new DataException($"{source}, data row {i + 1}, column '{name}': found {Text.Exact(labels[i])}, expected a count ≥ 0 for the Poisson model.");
            if (labels.All(y => y == 0)) throw new DataException($"{source}, column '{name}': all counts are 0; the Poisson model has no finite fit. Expected at least one positive count.");
        }
        double mean = Vectors.Sum<double>(labels) / labels.Length;
        return new TargetLabels { Model = model, Labels = labels, Summary = $"target {name}: mean {Text.Number(mean)}, range {Text.Number(labels.Min())} … {Text.Number(labels.Max())}" };
    }

    static TargetLabels Classification(string model, int[] codes, IReadOnlyList<string> levels, string? level, string name, string source)
    {
        int[] counts = new int[levels.Count];
        foreach (int c in codes) counts[c]++;
        List<int> present = [.. Enumerable.Range(0, levels.Count).Where(k => counts[k] > 0)];
        if (present.Count < 2)
            throw new DataException($"{source}, column '{name}': only one class occurs ({levels[present[0]]}, {codes.Length} rows). Expected at least two; nothing can be learnt from one.");
        if (model == "softmax")
        {
            if (level is not null) throw new UsageException($"--target {name}={level} asks for one level against the rest, which is --model logistic; --model softmax takes --target {name}.");
            double[] classes = new double[codes.Length];
            for (int i = 0; i < codes.Length; i++) classes[i] = present.IndexOf(codes[i]);
            return new TargetLabels
            {
                Model = model,
                Labels = classes,
                Classes = [.. present.Select(k => levels[k])],
                Summary = $"target {name}: {present.Count} classes, " + string.Join(", ", present.Take(12).Select(k => $"{levels[k]} ({counts[k]})")) + (present.Count > 12 ? ", …" : ""),
            };
        }
        int positive = level is not null ? levels.ToList().IndexOf(level) : present[^1];
        if (positive < 0 || counts[positive] == 0)
            throw new UsageException($"--target {name}={level}: no row has this level. The levels are {string.Join(", ", present.Take(10).Select(k => levels[k]))}.");
        if (level is null && present.Count > 2)
            throw new UsageException($"--model {model} needs two classes, but the target '{name}' has {present.Count}: {string.Join(", ", present.Take(8).Select(k => levels[k]))}{(present.Count > 8 ? ", …" : "")}. Name one against the rest with --target {name}={levels[present[0]]}, or use --model softmax.");
        if (counts[positive] == codes.Length) throw new DataException($"{source}, column '{name}': every row is {levels[positive]}. Expected at least two classes.");
        string other = level is not null && present.Count > 2 ? "not " + levels[positive] : levels[present.First(k => k != positive)];
        return new TargetLabels
        {
            Model = model,
            Labels = Array.ConvertAll(codes, c => c == positive ? 1.0 : 0.0),
            Classes = [other, levels[positive]],
            Level = levels[positive],
            Summary = $"target {name}: {levels[positive]} is the positive class ({Text.Count(counts[positive])} of {Text.Count(codes.Length)} rows), {other} the other",
        };
    }
}
