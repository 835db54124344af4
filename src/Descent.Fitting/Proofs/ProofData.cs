using System.Runtime.InteropServices;
using System.Security.Cryptography;
using System.Text;
using Descent.Data;

namespace Descent.Fitting.Proofs;

/// <summary>Digests of data, and the problem of a proof made anew from data.</summary>
static class ProofData
{
    /// <summary>Reads the data as the proof says, compares the digests and codes the problem.</summary>
    /// <exception cref="ProofException">The data is not that of the proof.</exception>
    public static ProofProblem Read(ProofFile proof, IReadOnlyList<string> paths, IReadOnlyList<IColumnForm> forms) =>
        proof.Data.Format switch
        {
            "table" => FromTable(proof, paths, forms),
            "libsvm" => FromLibsvm(proof, paths),
            _ => throw new ProofException($"the data format '{proof.Data.Format}', which is not known."),
        };

    public static IReadOnlyList<ProofColumn> ColumnsOf(Table table) =>
        [.. table.Columns.Select(c => new ProofColumn(c.Name, IndexOf(table, c), c.IsText ? "text" : "number", DigestOf(c)))];

    /// <summary>Digest of labelled rows, by the column numbers of the file; without them the rows have them already.</summary>
    public static string DigestOf(CsrRows<double> rows, double[] labels, int[]? numbers = null)
    {
        using IncrementalHash hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        for (int i = 0; i < rows.Count; i++)
        {
            hash.AppendData(MemoryMarshal.AsBytes(labels.AsSpan(i, 1)));
            ReadOnlySpan<int> columns = rows.IndicesOf(i);
            if (numbers is not null) columns = Array.ConvertAll(columns.ToArray(), j => numbers[j]);
            hash.AppendData(MemoryMarshal.AsBytes(columns));
            hash.AppendData(MemoryMarshal.AsBytes(rows.ValuesOf(i)));
        }
        return Convert.ToHexStringLower(hash.GetHashAndReset());
    }

    /// <summary>Rows as index and value lists; the zeros of dense rows stay, so that a column keeps its place.</summary>
    public static (int[], double[])[] Rows(Slab<double> dense, int columns, IEnumerable<int> rows)
    {
        int[] all = [.. Enumerable.Range(0, columns)];
        return [.. rows.Select(i => (all, dense.Span((long)i * columns, columns).ToArray()))];
    }

    public static (int[], double[])[] Rows(CsrRows<double> sparse, IEnumerable<int> rows) =>
        [.. rows.Select(i => (sparse.IndicesOf(i).ToArray(), sparse.ValuesOf(i).ToArray()))];

    static ModelFamily FamilyOf(ProofTerms t) => ModelFamilies.Find(t.Model)
        ?? throw new ProofException($"the model '{t.Model}', which is not known.");

    static ProofLoss ProofOf(ProofTerms t) => FamilyOf(t).Proof ?? throw new ProofException($"the model '{t.Model}', which has no "
        + "proofs.");

    /// <summary>The problem of a proof, from features and labels of the rows that train.</summary>
    public static ProofProblem Problem(ProofTerms t, (int[], double[])[] rows, double[] labels, double[]? weights, int columns) => new()
    {
        Loss = ProofOf(t),
        Parameter = FamilyOf(t).Own switch
        {
            FamilyNumber.Quantile => t.Tau ?? throw new ProofException("a quantile model without its τ."),
            FamilyNumber.Threshold => t.Delta ?? throw new ProofException("a huber model without its δ."),
            _ => double.NaN,
        },
        Classes = ProofOf(t).ByClass ? t.Classes?.Count ?? throw new ProofException($"a {t.Model} model without its classes.") : 1,
        Reference = ProofOf(t).ByClass && (!FamilyOf(t).HasOutputs || t.Reference),
        Intercept = t.Intercept,
        PenaliseIntercept = t.PenaliseIntercept,
        L2 = t.L2,
        L1 = t.L1,
        Scales = t.Scales,
        Columns = columns,
        Rows = rows,
        Labels = labels,
        Weights = weights,
    };

    static ProofProblem FromTable(ProofFile proof, IReadOnlyList<string> paths, IReadOnlyList<IColumnForm> forms)
    {
        IReadOnlyList<ProofColumn> columns = proof.Data.Columns ?? [];
        HashSet<string> names = [.. columns.Select(c => c.Name)];
        DataSpec spec = new(paths)
        {
            Header = proof.Data.Header,
            Separator = proof.Data.Separator?[0],
            SkipLines = proof.Data.SkipLines,
            DecimalSign = proof.Data.DecimalSign is null or "," ? proof.Data.DecimalSign?[0] ?? '.'
                : throw new ProofException($"the decimal sign '{proof.Data.DecimalSign}', which is not known."),
            MissingWords = proof.Data.MissingWords ?? [],
            Encoding = proof.Data.Encoding,
            Missing = proof.Data.Missing == "skip" ? MissingPolicy.Skip : MissingPolicy.Fail,
            SkipBadRows = proof.Data.OnBadRow == "skip",
        };
        ProofTerms t = proof.Problem;
        using DataInput input = DataInput.Open(paths, spec.Encoding, forms);
        Table table = input.Read(
            TableLoader.OptionsOf(spec, [.. columns.Where(c => c.Kind == "text").Select(c => c.Name)], a => a.Any(names.Contains)));
        if (t.Weight is { } weight) table.Keep([.. Column(table, weight).Numbers.ToArray().Select(w => w != 0)]);
        RequireRows(proof, table.RowCount, table.Source);
        IReadOnlyList<ProofColumn> found = ColumnsOf(table);
        foreach (ProofColumn c in columns)
        {
            ProofColumn now = found.FirstOrDefault(f => f.Name == c.Name)
                ?? throw new ProofException($"a column '{c.Name}', which {table.Source} does not have.");
            if (now.Index != c.Index)
                throw new ProofException($"the column '{c.Name}' at position {c.Index + 1}; in {table.Source} it is column "
                    + $"{now.Index + 1}.");
            if (now.Kind != c.Kind || now.Sha256 != c.Sha256)
                throw new ProofException($"other values in column '{c.Name}' than {table.Source} holds: its digest differs.");
        }
        IReadOnlyList<ProofFeature> features = t.Features ?? [];
        foreach (string column in features.Where(f => f.Level is not null).Select(f => f.Column).Distinct())
            RequireLevels(t, table, column);
        (Slab<double>? dense, CsrRows<double>? sparse) = TableRows.Of(table,
            [.. features.Select(f => new FeatureSource(f.Column, f.Level))]);
        double[] labels = LabelsOf(t, Column(table, t.Target));
        double[]? weights = t.Weight is { } w ? Column(table, w).Numbers.ToArray() : null;
        int[] train = Train(proof);
        (int[], double[])[] rows = dense is { } x ? Rows(x, features.Count, train) : Rows(sparse!.Value, train);
        return Problem(t, rows, Pick(labels, train)!, Pick(WeightsOf(t, weights, labels), train), features.Count);
    }

    static ProofProblem FromLibsvm(ProofFile proof, IReadOnlyList<string> paths)
    {
        ProofTerms t = proof.Problem;
        int width = t.Width ?? throw new ProofException("LIBSVM data without a number of columns.");
        LibsvmOptions options =
            new() { SkipBadRows = proof.Data.OnBadRow == "skip", Limit = int.MaxValue - 1, ZeroBased = proof.Data.ZeroBased };
        SparseData<double> data = LibsvmReader.Read<double>(DataSource.OpenAll(paths, proof.Data.Encoding), options);
        RequireRows(proof, data.Rows.Count, string.Join(" + ", paths));
        (CsrRows<double> placed, long homeless) = Placed(t, data.Rows, width);
        if (DigestOf(data.Rows, data.Labels) != proof.Data.Sha256 || homeless > 0)
            throw new ProofException($"other rows than {string.Join(" + ", paths)} holds: the digest differs.");
        double[] labels = t.Classes is null ? data.Labels : [.. data.Labels.Select(y => ClassOf(t, Text.Exact(y)))];
        int[] train = Train(proof);
        return Problem(t, Rows(placed, train), Pick(labels, train)!, Pick(WeightsOf(t, null, labels), train), width);
    }

    // Rows under the numbers of the weights, and how many entries have none.
    static (CsrRows<double>, long) Placed(ProofTerms t, CsrRows<double> rows, int width)
    {
        if (t.Numbers is not { } numbers) return (rows, rows.Columns > width ? 1 : 0);
        for (int k = 0; k < numbers.Length; k++)
            if (numbers.Length != width || numbers[k] < 0 || (k > 0 && numbers[k] <= numbers[k - 1]))
                throw new ProofException("column numbers that are not ascending, or not as many as columns.");
        return ColumnMap.Select(rows, numbers);
    }

    static void RequireRows(ProofFile proof, int rows, string source)
    {
        if (rows != proof.Data.Rows) throw new ProofException($"{Text.Plural(proof.Data.Rows, "row")}; {source} has {Text.Count(rows)}.");
    }

    static void RequireLevels(ProofTerms t, Table table, string column)
    {
        if (t.Levels?.TryGetValue(column, out IReadOnlyList<string>? known) != true)
            throw new ProofException($"no levels of the text column '{column}'.");
        if (Column(table, column).Levels.FirstOrDefault(l => !known!.Contains(l)) is { } strange)
            throw new ProofException($"no level '{strange}' of column '{column}'.");
        foreach (ProofFeature f in t.Features!)
            if (f.Column == column && !known!.Contains(f.Level!))
                throw new ProofException($"a feature of the level '{f.Level}', which is not among those of column '{column}'.");
    }

    static int[] Train(ProofFile proof)
    {
        if (proof.Data.Train is not { } train) return [.. Enumerable.Range(0, proof.Data.Rows)];
        for (int i = 0; i < train.Length; i++)
            if (train[i] < 0 || train[i] >= proof.Data.Rows || (i > 0 && train[i] <= train[i - 1]))
                throw new ProofException("a list of training rows that is not ascending within the data.");
        return train;
    }

    static double[]? Pick(double[]? all, int[] rows) => all is null ? null : [.. rows.Select(i => all[i])];

    static double[]? WeightsOf(ProofTerms t, double[]? weights, double[] labels)
    {
        if (weights is not null && weights.Any(w => !(w >= 0))) throw new ProofException("weights below 0.");
        if (t.ClassWeights is not { } factor) return weights;
        if (t.Classes is null || factor.Length != t.Classes.Count || factor.Any(f => !(f >= 0)))
            throw new ProofException("weights of classes that do not fit to the classes.");
        // One rounding, as in the fit: the weight is the double nearest to the product.
        return [.. labels.Select((y, i) => (weights?[i] ?? 1) * factor[(int)y])];
    }

    static double[] LabelsOf(ProofTerms t, Column target)
    {
        if (t.Classes is null)
            return target.IsText ? throw new ProofException($"numbers in the target '{target.Name}', which holds text.")
                : target.Numbers.ToArray();
        return target.IsText ? [.. target.Codes.ToArray().Select(c => ClassOf(t, target.Levels[c]))]
            : [.. target.Numbers.ToArray().Select(y => ClassOf(t, Text.Exact(y)))];
    }

    static double ClassOf(ProofTerms t, string level)
    {
        IReadOnlyList<string> classes = t.Classes!;
        for (int k = classes.Count - 1; k >= 0; k--)
            if (classes[k] == level) return k;
        if (classes.Count == 2 && classes[0] == "not " + classes[1]) return 0;
        throw new ProofException($"no class '{level}'.");
    }

    static Column Column(Table table, string name) => table.Find(name)
        ?? throw new ProofException($"a column '{name}' that is not among those read.");

    static int IndexOf(Table table, Column column)
    {
        for (int i = 0; i < table.AllNames.Count; i++)
            if (table.AllNames[i] == column.Name) return i;
        throw new InvalidOperationException(column.Name);
    }

    static string DigestOf(Column c)
    {
        if (!c.IsText) return Convert.ToHexStringLower(SHA256.HashData(MemoryMarshal.AsBytes(c.Numbers)));
        using IncrementalHash hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        byte[][] levels = [.. c.Levels.Select(l => Encoding.UTF8.GetBytes(l + "\n"))];
        foreach (int code in c.Codes) hash.AppendData(levels[code]);
        return Convert.ToHexStringLower(hash.GetHashAndReset());
    }
}
