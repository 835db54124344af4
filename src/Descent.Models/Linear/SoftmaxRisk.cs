using Descent.Models.Certificates;
using Descent.Models.Losses;
using Descent.Oracles;

namespace Descent.Models.Linear;

/// <summary>
/// The empirical risk of softmax regression over K classes, <c>ℓ = log Σ_k e^{z_k} − z_y</c>. With a penalty all K weight vectors are free;
/// without one the first class is the reference with weights 0, so that the optimum is unique, and K − 1 vectors are fitted.
/// </summary>
/// <remarks>Parameters: weight vectors class after class, then intercepts.
/// Cost of a full gradient: 2K·entries multiplications. Labels are 0 … K−1.</remarks>
/// <typeparam name="T">Element type.</typeparam>
/// <typeparam name="TRows">Kind of rows.</typeparam>
public sealed partial class SoftmaxRisk<T, TRows> : EmpiricalRisk<T>, ISlopeOracle<T>, IReplicableOracle<T>, ISummedShards
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
    where TRows : struct, IRows<T>
{
    const int Chunk = 128;
    readonly TRows rows;
    readonly int outputs;
    readonly int[] y;
    readonly RowSampler sampler;
    readonly int shards;
    readonly T[][] partial;
    readonly double[][] margins, column;
    readonly double[] sums;
    T[] point = [];
    bool wantGradient;

    /// <summary>Joins rows, labels and options.</summary>
    public SoftmaxRisk(TRows rows, double[] labels, int classes, RiskOptions options)
        : base(rows.Count, rows.Columns, Free(classes, options), labels, options)
    {
        this.rows = rows;
        Classes = classes;
        outputs = Outputs;
        y = Array.ConvertAll(labels, l => (int)l);
        foreach (int label in y)
            if (label < 0 || label >= classes) throw new ArgumentException($"Class numbers need to lie in 0 … {classes - 1}; got "
                + $"{label}.");
        sampler = new RowSampler(rows.Count);
        shards = Shards.Count(rows.Count, rows.Entries * outputs, Dimension);
        (partial, margins, column, sums) = Room();
    }

    SoftmaxRisk(SoftmaxRisk<T, TRows> original)
        : base(original)
    {
        rows = original.rows;
        outputs = original.outputs;
        Classes = original.Classes;
        y = original.y;
        sampler = new RowSampler(rows.Count);
        shards = original.shards;
        (partial, margins, column, sums) = Room();
    }

    /// <summary>Number of classes K.</summary>
    public int Classes { get; }

    /// <summary>Whether class 0 is the reference with weights 0.</summary>
    public bool HasReference => outputs < Classes;

    /// <inheritdoc/>
    public override string Name => "softmax";

    /// <inheritdoc/>
    public override LossKind Kind => LossKind.Softmax;

    /// <inheritdoc/>
    public override double LossSmoothness => 0.5;

    /// <inheritdoc/>
    public override double SelfConcordance => double.NaN;

    /// <inheritdoc/>
    public override double SlopeBound(int example) => Math.Sqrt(2);

    /// <inheritdoc/>
    public override int PassParts => shards;

    /// <inheritdoc/>
    public override long Entries => rows.Entries;

    int Shift => HasReference ? 1 : 0;

    /// <inheritdoc/>
    public IStochasticOracle<T> Replicate() => new SoftmaxRisk<T, TRows>(this);

    (T[][] Partial, double[][] Margins, double[][] Column, double[] Sums) Room()
    {
        double[][] room = new double[shards + 1][], one = new double[shards + 1][];
        for (int s = 0; s <= shards; s++) (room[s], one[s]) = (new double[Chunk * outputs], new double[Chunk]);
        return (new T[shards][], room, one, new double[shards]);
    }

    void IShardWork.Run(int shard)
    {
        int first = Shards.Start(Count, shard, shards), end = Shards.Start(Count, shard + 1, shards);
        sums[shard] = 0;
        if (wantGradient) partial[shard].AsSpan().Clear();
        Span<int> numbers = stackalloc int[Chunk];
        for (; first < end; first += Chunk)
        {
            int take = Math.Min(Chunk, end - first);
            for (int i = 0; i < take; i++) numbers[i] = first + i;
            sums[shard] += RunRows(shard, numbers[..take], point, wantGradient ? partial[shard] : default, 1);
        }
    }

    void ISummedShards.Show(int shard, ISummandVisitor visitor)
    {
        visitor.Take(sums.AsSpan(shard, 1));
        if (wantGradient) visitor.Take(partial[shard].AsSpan());
    }

    private protected override double ValueCore(ReadOnlySpan<T> w) => Full(w, false);

    private protected override double GradientCore(ReadOnlySpan<T> w, Span<T> g)
    {
        for (int s = 0; s < shards; s++) partial[s] ??= new T[Dimension];
        double value = Full(w, true);
        partial[0].AsSpan().CopyTo(g);
        for (int s = 1; s < shards; s++) Vectors.AddScaled(T.One, partial[s], g);
        Vectors.Scale(T.CreateTruncating(1 / totalWeight), g);
        AddRidge(w, g);
        return value;
    }

    private protected override double SampleCore(ReadOnlySpan<T> w, Sample sample, Span<T> g)
    {
        ReadOnlySpan<int> picked = sampler.Resolve(sample);
        double scale = (weights is null ? 1 : Count / totalWeight) / sample.Count, value = 0;
        g.Clear();
        for (int k = 0; k < picked.Length; k += Chunk)
            value += RunRows(shards, picked.Slice(k, Math.Min(Chunk, picked.Length - k)), w, g, scale);
        if (!g.IsEmpty) AddRidge(w, g);
        return value + RidgeValue(w);
    }

    private protected override void HessianProductCore(ReadOnlySpan<T> w, ReadOnlySpan<T> v, Span<T> hv)
    {
        double[] wide = new double[Dimension], direction = new double[Dimension], result = new double[Dimension];
        double[] z = new double[outputs], dz = new double[outputs], d = new double[outputs];
        Vectors.Convert(w, wide);
        Vectors.Convert(v, direction);
        for (int i = 0; i < Count; i++)
        {
            MarginsOf(i, wide, z);
            MarginsOf(i, direction, dz);
            CurvatureAt(i, z, dz, d);
            double omega = WeightOf(i);
            for (int k = 0; k < outputs; k++)
            {
                rows.AddScaledExact(i, omega * d[k], result.AsSpan(k * Columns, Columns));
                if (HasIntercept) result[(outputs * Columns) + k] += omega * d[k];
            }
        }
        for (int j = 0; j < Dimension; j++) hv[j] = T.CreateTruncating(result[j] + (ridge[j] * direction[j]));
    }

    static int Free(int classes, RiskOptions options)
    {
        ArgumentNullException.ThrowIfNull(options);
        if (classes < 2) throw new ArgumentException($"Softmax needs at least 2 classes; got {classes}.");
        return options.L2 > 0 || options.L1 > 0 ? classes : classes - 1;
    }

    void MarginsOf(int i, ReadOnlySpan<double> w, Span<double> z)
    {
        for (int k = 0; k < outputs; k++)
            z[k] = rows.DotExact(i, w.Slice(k * Columns, Columns)) + (HasIntercept ? w[(outputs * Columns) + k] : 0);
    }

    double Full(ReadOnlySpan<T> w, bool gradient)
    {
        if (point.Length == 0) point = new T[Dimension];
        w.CopyTo(point);
        wantGradient = gradient;
        workers.Run(this, shards);
        double sum = 0;
        foreach (double s in sums) sum += s;
        return (sum / totalWeight) + RidgeValue(w);
    }

    double RunRows(int slot, ReadOnlySpan<int> picked, ReadOnlySpan<T> w, Span<T> g, double scale)
    {
        double[] z = margins[slot], one = column[slot];
        double value = 0;
        int take = picked.Length;
        for (int k = 0; k < outputs; k++)
        {
            rows.Dots(picked, w.Slice(k * Columns, Columns), one.AsSpan(0, take));
            double b = HasIntercept ? double.CreateTruncating(w[(outputs * Columns) + k]) : 0;
            for (int i = 0; i < take; i++) z[(i * outputs) + k] = one[i] + b;
        }
        for (int i = 0; i < take; i++)
        {
            double omega = scale * (weights is null ? 1 : weights[picked[i]]);
            Span<double> u = z.AsSpan(i * outputs, outputs);
            value += omega * Softmax(u, y[picked[i]]);
            if (g.IsEmpty) continue;
            for (int k = 0; k < outputs; k++) u[k] *= omega;
        }
        if (g.IsEmpty) return value;
        for (int k = 0; k < outputs; k++)
        {
            double bias = 0;
            for (int i = 0; i < take; i++)
            {
                one[i] = z[(i * outputs) + k];
                bias += one[i];
            }
            rows.AddScaled(picked, one.AsSpan(0, take), g.Slice(k * Columns, Columns));
            if (HasIntercept) g[(outputs * Columns) + k] += T.CreateTruncating(bias);
        }
        return value;
    }

    // Margins in, probabilities out (without the reference class).
    double Probabilities(Span<double> z)
    {
        double top = HasReference ? 0 : double.NegativeInfinity;
        foreach (double v in z) top = Math.Max(top, v);
        double total = HasReference ? Elementary.Exp(-top) : 0;
        for (int k = 0; k < z.Length; k++) z[k] -= top;
        Elementary.Exp(z);
        foreach (double v in z) total += v;
        for (int k = 0; k < z.Length; k++) z[k] /= total;
        return top + Math.Log(total);
    }

    // Margins in, derivatives out. Margins are taken less the own class's, so that a small loss and a small derivative keep their digits.
    double Softmax(Span<double> z, int label)
    {
        int own = label - Shift;
        double margin = own >= 0 ? z[own] : 0, top = HasReference ? Math.Max(0, -margin) : 0, others = 0;
        foreach (double v in z) top = Math.Max(top, v - margin);
        for (int k = 0; k < z.Length; k++) z[k] -= margin + top;
        Elementary.Exp(z);
        for (int k = 0; k < z.Length; k++)
            if (k != own) others += z[k];
        if (HasReference && own >= 0) others += Elementary.Exp(-margin - top);
        double total = Elementary.Exp(-top) + others;
        for (int k = 0; k < z.Length; k++) z[k] /= total;
        if (own >= 0) z[own] = -others / total;
        return top == 0 ? ElementaryFunctions.LogOnePlus(others) : top + Math.Log(total);
    }
}
