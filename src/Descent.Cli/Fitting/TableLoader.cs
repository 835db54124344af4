using Descent.Cli.Output;
using Descent.Data;

namespace Descent.Cli.Fitting;

/// <summary>Turns a table into features: numbers as they are, text as one column a level but the reference level.</summary>
static class TableLoader
{
    const int MostLevels = 1000;

    public static LoadedData Load(FitRequest request)
    {
        if (request.Target is null) throw new UsageException($"--target COL (or COL=LEVEL) is needed for a table. 'descent inspect {request.Data[0]}' lists the columns.");
        string targetName = request.Target.Split('=')[0];
        (List<string> wanted, List<string> factors) = Parse(request);
        Table table = Read(request, targetName, wanted, factors);
        string source = table.Source;
        Column target = Require(table, targetName, "--target");
        List<Column> columns = Choose(request, table, targetName, wanted);
        List<string> notes = [];
        Dictionary<string, IReadOnlyList<string>> levels = new(StringComparer.Ordinal);
        List<FeatureSource> features = Expand(request, columns, table.RowCount, wanted.Count > 0, levels, notes);
        if (features.Count == 0) throw new UsageException("No features are left to fit on. Name some with --features a,b,c.");
        TargetLabels labels = target.IsText
            ? TargetLabels.FromText(request, target.Codes, target.Levels, targetName, source)
            : TargetLabels.FromNumbers(request, target.Numbers, targetName, source);
        double[]? weights = Weights(request, table);
        if (labels.ClassWeights(request) is { } byClass)
        {
            if (weights is null) weights = byClass;
            else
                for (int i = 0; i < weights.Length; i++) weights[i] *= byClass[i];
        }
        int text = table.Columns.Count(c => c.IsText);
        return new LoadedData
        {
            Source = source,
            Format = "table",
            Features = features,
            Dense = Matrix(table, features),
            Count = table.RowCount,
            Labels = labels.Labels,
            Weights = weights,
            Classes = labels.Classes,
            Model = labels.Model,
            Target = target.Name,
            TargetLevel = labels.Level,
            Levels = levels,
            Skipped = table.Skipped,
            Table = request.Proof is null ? null : table,
            ClassFactors = labels.ClassFactors(request),
            Lines =
            [
                $"{source}: {Text.Plural(table.RowCount, "row")}, {Text.Plural(table.AllNames.Count, "column")} ({table.Columns.Count} used: {table.Columns.Count - text} numeric, {text} text), {Text.Count(table.Skipped)} rows skipped",
                .. table.FirstSkip is { } why ? new[] { "first skipped: " + why } : [],
                labels.Summary,
                .. notes,
            ],
        };
    }

    /// <summary>The features of a fitted model on new rows; every column and level has to be known.</summary>
    public static double[] Matrix(Table table, IReadOnlyList<FeatureSource> features)
    {
        int d = features.Count;
        double[] x = new double[(long)table.RowCount * d];
        for (int j = 0; j < d; j++)
        {
            FeatureSource f = features[j];
            Column c = table.Find(f.Column) ?? throw new DataException($"{table.Source}: has no column '{f.Column}', which the model needs. Its columns are {string.Join(", ", table.AllNames)}.");
            if (f.Level is null)
            {
                if (c.IsText) throw new DataException($"{table.Source}, column '{f.Column}': holds text, but the model was fitted on numbers.");
                ReadOnlySpan<double> v = c.Numbers;
                for (int i = 0; i < v.Length; i++) x[((long)i * d) + j] = v[i];
            }
            else
            {
                int code = c.Levels.ToList().IndexOf(f.Level);
                if (code < 0) continue;
                ReadOnlySpan<int> v = c.Codes;
                for (int i = 0; i < v.Length; i++) x[((long)i * d) + j] = v[i] == code ? 1 : 0;
            }
        }
        return x;
    }

    public static CsvOptions OptionsOf(FitRequest request, IReadOnlyCollection<string> text, Func<IReadOnlyList<string>, bool>? wanted) => new()
    {
        Separator = SeparatorOf(request),
        Header = request.Header switch
        {
            "auto" => null,
            "yes" => true,
            "no" => false,
            _ => throw new UsageException($"--header is '{request.Header}'; expected auto, yes or no."),
        },
        SkipLines = request.SkipLines,
        Missing = request.Missing switch
        {
            "fail" => MissingPolicy.Fail,
            "skip" => MissingPolicy.Skip,
            "mean" => MissingPolicy.Mean,
            _ => throw new UsageException($"--missing is '{request.Missing}'; expected fail, skip or mean."),
        },
        SkipBadRows = request.OnBadRow switch
        {
            "fail" => false,
            "skip" => true,
            _ => throw new UsageException($"--on-bad-row is '{request.OnBadRow}'; expected fail or skip."),
        },
        TextColumns = text,
        Wanted = wanted,
    };

    static char SeparatorOf(FitRequest request) => request.Separator switch
    {
        null => request.Format == "tsv" ? '\t' : '\0',
        "tab" or "\\t" or "\t" => '\t',
        "space" or " " => ' ',
        { Length: 1 } s => s[0],
        _ => throw new UsageException($"--separator is '{request.Separator}'; expected one character, 'tab' or 'space'."),
    };

    static (List<string> Names, List<string> Factors) Parse(FitRequest request)
    {
        List<string> names = [], factors = [.. request.Categorical];
        foreach (string f in request.Features)
        {
            string name = f.Trim();
            foreach (string wrapper in (ReadOnlySpan<string>)["factor(", "C("])
            {
                if (!name.StartsWith(wrapper, StringComparison.Ordinal) || !name.EndsWith(')')) continue;
                name = name[wrapper.Length..^1];
                factors.Add(name);
            }
            names.Add(name);
        }
        return (names, factors);
    }

    static Table Read(FitRequest request, string target, List<string> wanted, List<string> factors)
    {
        bool Needed(IReadOnlyList<string> names) => names.Contains(target) || (request.WeightColumn is { } weight && names.Contains(weight))
            || (wanted.Count > 0 ? names.Any(wanted.Contains) : !names.Any(request.Exclude.Contains));
        return CsvReader.Read(request.Data, OptionsOf(request, factors, Needed));
    }

    static Column Require(Table table, string name, string option) => table.Find(name)
        ?? throw new UsageException($"{option}: there is no column '{name}' in {table.Source}. The columns are {string.Join(", ", table.AllNames)}.");

    static List<Column> Choose(FitRequest request, Table table, string target, List<string> wanted)
    {
        foreach (string name in request.Exclude.Concat(request.Categorical))
            if (!table.AllNames.Contains(name)) Require(table, name, "--exclude or --categorical");
        if (wanted.Count == 0) return [.. table.Columns.Where(c => !c.Aliases.Contains(target) && !(request.WeightColumn is { } w && c.Aliases.Contains(w)))];
        List<Column> chosen = [];
        foreach (string name in wanted)
        {
            if (name == target) throw new UsageException($"--features names the target '{name}' itself.");
            Column c = Require(table, name, "--features");
            if (!chosen.Contains(c)) chosen.Add(c);
        }
        return chosen;
    }

    static List<FeatureSource> Expand(FitRequest request, List<Column> columns, int rows, bool named, Dictionary<string, IReadOnlyList<string>> levels, List<string> notes)
    {
        Dictionary<string, string> references = new(StringComparer.Ordinal);
        foreach (string r in request.Reference)
        {
            string[] parts = r.Split('=', 2);
            if (parts.Length != 2) throw new UsageException($"--reference '{r}': expected COL=LEVEL.");
            references[parts[0]] = parts[1];
        }
        List<FeatureSource> features = [];
        foreach (Column c in columns)
        {
            if (!c.IsText)
            {
                features.Add(new FeatureSource(c.Name));
                continue;
            }
            bool manyLevels = c.Levels.Count > MostLevels || (rows > 20 && c.Levels.Count > rows / 2);
            if (manyLevels && !named)
            {
                notes.Add($"column '{c.Name}' is left out: {c.Levels.Count} distinct texts in {rows} rows look like an identifier (name it in --features to use it)");
                continue;
            }
            List<string> order = Order(c);
            if (references.TryGetValue(c.Name, out string? reference))
            {
                if (!order.Remove(reference)) throw new UsageException($"--reference {c.Name}={reference}: no row has this level. The levels are {string.Join(", ", order.Take(10))}.");
                order.Insert(0, reference);
            }
            levels[c.Name] = order;
            notes.Add($"column '{c.Name}': {order.Count} levels, reference {order[0]}");
            features.AddRange(order.Skip(1).Select(l => new FeatureSource(c.Name, l)));
        }
        return features;
    }

    // Levels that are numbers in numeric order, others in ordinal order.
    static List<string> Order(Column c)
    {
        if (c.Levels.All(l => double.TryParse(l, System.Globalization.NumberStyles.Float, System.Globalization.CultureInfo.InvariantCulture, out _)))
            return [.. c.Levels.OrderBy(l => double.Parse(l, System.Globalization.CultureInfo.InvariantCulture))];
        return [.. c.Levels.Order(StringComparer.Ordinal)];
    }

    static double[]? Weights(FitRequest request, Table table)
    {
        if (request.WeightColumn is not { } name) return null;
        Column c = Require(table, name, "--weight-col");
        if (c.IsText) throw new DataException($"{table.Source}, column '{name}': holds text; expected weights ≥ 0.");
        double[] weights = c.Numbers.ToArray();
        double sum = 0;
        for (int i = 0; i < weights.Length; i++)
        {
            if (weights[i] < 0) throw new DataException($"{table.Source}, data row {i + 1}, column '{name}': found {Text.Exact(weights[i])}, expected a weight ≥ 0.");
            sum += weights[i];
        }
        if (sum <= 0) throw new DataException($"{table.Source}, column '{name}': all weights are 0; expected at least one positive.");
        return weights;
    }
}
