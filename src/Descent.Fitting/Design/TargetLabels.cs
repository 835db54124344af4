using System.Globalization;
using Descent.Data;

namespace Descent.Fitting.Design;

/// <summary>
/// Turns the raw target into labels of a model: picks the model when none is named, maps levels to class numbers, checks the range.
/// </summary>
sealed class TargetLabels
{
    public required ModelFamily Family { get; init; }

    public required double[] Labels { get; init; }

    public IReadOnlyList<string>? Classes { get; init; }

    public string? Level { get; init; }

    public required string Summary { get; init; }

    public static TargetLabels FromNumbers(FitSpec spec, string? level, ReadOnlySpan<double> raw, string name, string source,
        Func<int, int>? row = null)
    {
        SortedSet<double> distinct = [];
        foreach (double v in raw)
        {
            distinct.Add(v);
            if (distinct.Count > 1000) break;
        }
        ModelFamily family = spec.Model.Family ?? Guess(distinct, level);
        RequireTrials(family, name);
        if (!family.HasClasses) return Regression(family, raw, name, source, row ?? (i => i + 1));
        if (distinct.Count > 1000)
            throw new FitException($"`Family = {family}` needs classes, but the target '{name}' takes more than 1000 values. Did you "
                + $"mean `Family = linear`?");
        List<string> levels = [.. distinct.Select(v => Text.Exact(v))];
        int[] codes = new int[raw.Length];
        double[] sorted = [.. distinct];
        for (int i = 0; i < raw.Length; i++) codes[i] = Array.BinarySearch(sorted, raw[i]);
        return Classification(spec, family, codes, levels, level is null ? null : Normal(level), name, source);
    }

    public static TargetLabels FromText(FitSpec spec, string? level, ReadOnlySpan<int> codes, IReadOnlyList<string> levels, string name,
        string source)
    {
        // Levels in ordinal order, as R's factors; numbers by value.
        string[] sorted = [.. Formulas.Levels.Order(levels)];
        Dictionary<string, int> place = new(StringComparer.Ordinal);
        for (int k = 0; k < sorted.Length; k++) place[sorted[k]] = k;
        int[] rank = [.. levels.Select(l => place[l])], mapped = new int[codes.Length];
        bool[] seen = new bool[sorted.Length];
        for (int i = 0; i < codes.Length; i++) seen[mapped[i] = rank[codes[i]]] = true;
        if (spec.Model.Family is { } named) RequireTrials(named, name);
        ModelFamily family = spec.Model.Family
            ?? (level is not null || seen.Count(s => s) <= 2 ? ModelFamilies.Logistic : ModelFamilies.Softmax);
        if (!family.HasClasses)
            throw new FitException($"`Family = {family}` needs numbers, but the target '{name}' is text "
                + $"({string.Join(", ", sorted.Take(4))}{(sorted.Length > 4 ? ", …" : "")}). Use `Family = logistic` with "
                + $"{Asking(spec, name, "LEVEL")}, or `Family = softmax`.");
        return Classification(spec, family, mapped, sorted, level, name, source);
    }

    /// <summary>Example weights from `ClassWeights`; null without it.</summary>
    public double[]? ClassWeights(FitSpec spec) => ClassFactors(spec) is { } factor ? Array.ConvertAll(Labels, y => factor[(int)y]) : null;

    /// <summary>The factor of each class from `ClassWeights`; null without it.</summary>
    public double[]? ClassFactors(FitSpec spec)
    {
        if (spec.Model.ClassWeights is not { } asked) return null;
        if (Classes is null) throw new FitException($"`ClassWeights` needs a model of classes; `Family = {Family}` is a regression.");
        double[] counts = new double[Classes.Count], factor = new double[Classes.Count];
        foreach (double y in Labels) counts[(int)y]++;
        Array.Fill(factor, 1);
        if (asked.Factors is { } factors)
        {
            foreach (var (level, w) in factors) factor[PlaceOf(level)] = w;
            return factor;
        }
        int present = counts.Count(c => c > 0);
        for (int k = 0; k < factor.Length; k++) factor[k] = counts[k] > 0 ? Labels.Length / (counts[k] * present) : 0;
        return factor;
    }

    int PlaceOf(string level)
    {
        int k = Classes!.ToList().IndexOf(level);
        return k >= 0 ? k : throw new FitException($"`ClassWeights`: '{level}' is no level of the target "
            + $"({string.Join(", ", Classes!)}). Example: `ClassWeights = {Classes![^1]}:3` or `ClassWeights = balanced`.");
    }

    static string Normal(string level) => double.TryParse(level, NumberStyles.Float, CultureInfo.InvariantCulture, out double v)
        ? Text.Exact(v) : level;

    // How a target is asked for: in the formula where there is one.
    static string Asking(FitSpec spec, string name, string? level) => spec.Data.Formula is null
        ? $"`Target = {name}{(level is null ? "" : "=" + level)}`"
        : $"'{(level is null ? $"C({name})" : $"{name} = {level}")} ~ …' in `Formula`";

    static ModelFamily Guess(SortedSet<double> distinct, string? level)
    {
        if (level is not null) return ModelFamilies.Logistic;
        if (distinct.Count == 2 && distinct.Max == 1 && distinct.Min is 0 or -1) return ModelFamilies.Logistic;
        return ModelFamilies.Linear;
    }

    static void RequireTrials(ModelFamily family, string name)
    {
        if (family.Labels == LabelKind.Times)
            throw new FitException($"`Family = {family}` needs to know which times end with an event: name the column with "
                + $"`Event`, 1 for an event and 0 for a censored time, beside the times in '{name}'.");
        if (family.Labels == LabelKind.Shares)
            throw new FitException($"`Family = {family}` counts successes among trials: name the column of the trials with "
                + $"`Trials`, or that of the failures with `Failures`, beside the target '{name}'.");
    }

    /// <summary>Times, negative where censored.</summary>
    public static TargetLabels Times(ModelFamily family, double[] labels, string name) => new()
    {
        Family = family,
        Labels = labels,
        Summary = $"target {name}: {Text.Plural(labels.Count(t => t > 0), "event")} among {Text.Plural(labels.Length, "row")}, the others "
            + $"censored; times {Text.Number(labels.Min(Math.Abs))} … {Text.Number(labels.Max(Math.Abs))}",
    };

    /// <summary>Shares of trials.</summary>
    public static TargetLabels Shares(ModelFamily family, double[] shares, double[] trials, string name)
    {
        double all = Vectors.Sum<double>(trials), won = 0;
        for (int i = 0; i < shares.Length; i++) won += shares[i] * trials[i];
        return new TargetLabels
        {
            Family = family,
            Labels = shares,
            Summary = $"target {name}: {Text.Number(Math.Round(won))} successes of {Text.Number(all)} trials in "
                + $"{Text.Plural(shares.Length, "row")}",
        };
    }

    static TargetLabels Regression(ModelFamily family, ReadOnlySpan<double> raw, string name, string source,
        Func<int, int> row)
    {
        double[] labels = raw.ToArray();
        family.CheckLabels(labels, name, source, i => row(i));
        double mean = Vectors.Sum<double>(labels) / labels.Length;
        return new TargetLabels
        {
            Family = family,
            Labels = labels,
            Summary = $"target {name}: mean {Text.Number(mean)}, range {Text.Number(labels.Min())} … {Text.Number(labels.Max())}"
        };
    }

    // Numbers have an order of their own; that of words is for the caller to say.
    static List<int> InOrder(FitSpec spec, IReadOnlyList<string> levels, List<int> present, string name)
    {
        if (spec.Data.TargetLevels is not { Count: > 0 } order)
        {
            return levels.All(l => double.TryParse(l, NumberStyles.Float, CultureInfo.InvariantCulture, out _)) ? present
                : throw new FitException($"the target '{name}' is text, whose order is not known: give its levels, the lowest first, for "
                    + $"example `TargetLevels = {string.Join(',', present.Take(12).Select(k => levels[k]))}`.");
        }
        List<int> found = [];
        foreach (string asked in order)
        {
            int k = levels.ToList().FindIndex(l => l == asked || l == Normal(asked));
            if (k < 0 || !present.Contains(k))
                throw new FitException($"`TargetLevels`: no row has the level '{asked}' of the target '{name}'. Its levels are "
                    + $"{string.Join(", ", present.Take(12).Select(p => levels[p]))}.");
            found.Add(k);
        }
        return present.Except(found).ToArray() is [var left, ..]
            ? throw new FitException($"`TargetLevels` does not say where it stands: the target has the level '{levels[left]}' too.")
            : found;
    }

    static TargetLabels Classification(FitSpec spec, ModelFamily family, int[] codes, IReadOnlyList<string> levels, string? level,
        string name, string source)
    {
        int[] counts = new int[levels.Count];
        foreach (int c in codes) counts[c]++;
        List<int> present = [.. Enumerable.Range(0, levels.Count).Where(k => counts[k] > 0)];
        if (present.Count < 2)
            throw new DataException($"{source}, column '{name}': only one class occurs ({levels[present[0]]}, {codes.Length} rows). "
                + $"Expected at least two; nothing can be learnt from one.");
        if (family.Labels == LabelKind.Ordered) present = InOrder(spec, levels, present, name);
        if (family.Labels is LabelKind.Classes or LabelKind.Ordered)
        {
            if (level is not null)
                throw new FitException($"{Asking(spec, name, level)} asks for one level against the rest, which is `Family = logistic`; "
                    + $"`Family = {family}` takes {Asking(spec, name, null)}.");
            double[] classes = new double[codes.Length];
            for (int i = 0; i < codes.Length; i++) classes[i] = present.IndexOf(codes[i]);
            return new TargetLabels
            {
                Family = family,
                Labels = classes,
                Classes = [.. present.Select(k => levels[k])],
                Summary = $"target {name}: {present.Count} classes, "
                    + string.Join(", ", present.Take(12).Select(k => $"{levels[k]} ({counts[k]})")) + (present.Count > 12 ? ", …" : ""),
            };
        }
        int positive = level is not null ? levels.ToList().IndexOf(level) : present[^1];
        if (positive < 0 || counts[positive] == 0)
            throw new FitException($"{Asking(spec, name, level)}: no row has this level. The levels are "
                + $"{string.Join(", ", present.Take(10).Select(k => levels[k]))}.");
        if (level is null && present.Count > 2)
            throw new FitException($"`Family = {family}` needs two classes, but the target '{name}' has {present.Count}: "
                + $"{string.Join(", ", present.Take(8).Select(k => levels[k]))}{(present.Count > 8 ? ", …" : "")}. Name one against "
                + $"the rest with {Asking(spec, name, levels[present[0]])}, or use `Family = softmax`.");
        if (counts[positive] == codes.Length)
            throw new DataException($"{source}, column '{name}': every row is {levels[positive]}. Expected at least two classes.");
        string other = level is not null && present.Count > 2 ? "not " + levels[positive] : levels[present.First(k => k != positive)];
        return new TargetLabels
        {
            Family = family,
            Labels = Array.ConvertAll(codes, c => c == positive ? 1.0 : 0.0),
            Classes = [other, levels[positive]],
            Level = levels[positive],
            Summary = $"target {name}: {levels[positive]} is the positive class ({Text.Count(counts[positive])} of "
                + $"{Text.Count(codes.Length)} rows), {other} the other",
        };
    }
}
