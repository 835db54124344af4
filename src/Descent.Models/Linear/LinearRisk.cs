using System.Runtime.CompilerServices;
using Descent.Models.Losses;
using Descent.Oracles;
using Descent.StepSizes;

namespace Descent.Models.Linear;

/// <summary>The empirical risk of a loss of one margin on dense or sparse rows.
/// See <see cref="EmpiricalRisk{T}"/>; made by <see cref="Risk"/>.</summary>
/// <remarks>
/// Cost of a full gradient: 2·entries multiplications. Memory: up to 16 partial gradients. Full passes may run on several threads;
/// the object itself serves one caller at a time. What holds only for some losses or penalties is said by types of its own:
/// <see cref="PiecewiseLinearRisk{T, TRows, TLoss}"/> for losses with straight pieces,
/// and an <see cref="IDualCoordinateOracle{T}"/> where every parameter has one penalty λ &gt; 0
/// (<see cref="EmpiricalRisk{T}.Find{TOracle}"/>).
/// </remarks>
/// <typeparam name="T">Element type.</typeparam>
/// <typeparam name="TRows">Kind of rows.</typeparam>
/// <typeparam name="TLoss">Loss.</typeparam>
public abstract partial class LinearRisk<T, TRows, TLoss>
    : EmpiricalRisk<T>, ISgdBlockOracle<T>, ISlopeOracle<T>, ISupportOracle<T>, IColumnOracle<T>, IReplicableOracle<T>,
        ISummedShards, IRowSource
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
    where TRows : struct, IRows<T>
    where TLoss : struct, IMarginLoss
{
    private protected const int Chunk = 256;
    private protected readonly TRows rows;
    private protected readonly TLoss loss;
    private protected readonly double[] y;
    readonly RowSampler sampler;
    readonly double[] batchMargins = new double[Chunk], batchLabels = new double[Chunk], batchValues = new double[Chunk];
    readonly int shards;
    readonly T[][] partial;
    readonly double[][] margins, values;
    readonly double[] sums, biases;
    readonly double uniformRidge, lowest;
    double[]? exact;
    double[][]? grams, gramGradients;
    T[] point = [];
    Pass pass;

    /// <summary>Joins rows, labels, loss and options.</summary>
    private protected LinearRisk(TRows rows, double[] labels, TLoss loss, RiskOptions options)
        : base(rows.Count, rows.Columns, 1, labels, options)
    {
        this.rows = rows;
        this.loss = loss;
        // Asked at every step, and by a member that losses need not have: so asked once here.
        lowest = loss.LowestMargin;
        y = labels;
        sampler = new RowSampler(rows.Count);
        shards = Shards.Count(rows.Count, rows.Entries, Dimension);
        (partial, margins, values, sums, biases) = Room(shards);
        uniformRidge = Uniform(ridge.AsSpan(0, Columns), HasIntercept ? ridge[Columns] : 0);
    }

    /// <summary>Makes a replica of a risk.</summary>
    private protected LinearRisk(LinearRisk<T, TRows, TLoss> original)
        : base(original)
    {
        rows = original.rows;
        loss = original.loss;
        lowest = original.lowest;
        y = original.y;
        sampler = new RowSampler(rows.Count);
        shards = original.shards;
        (partial, margins, values, sums, biases) = Room(shards);
        uniformRidge = original.uniformRidge;
    }

    /// <inheritdoc/>
    public override string Name => loss.Name;

    /// <inheritdoc/>
    public override LossKind Kind => loss.Kind;

    /// <summary>The loss.</summary>
    public TLoss Loss => loss;

    /// <inheritdoc/>
    public override double LossSmoothness => loss.Smoothness;

    /// <inheritdoc/>
    public override double SelfConcordance => loss.SelfConcordance;

    /// <inheritdoc/>
    public override bool IsConvex => loss.IsConvex;

    /// <inheritdoc/>
    public override int PassParts => shards;

    /// <inheritdoc/>
    public override long Entries => rows.Entries;

    // Compiled at once at full strength: short runs would spend their time in unoptimised code.
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private protected override double SampleCore(ReadOnlySpan<T> w, Sample sample, Span<T> g)
    {
        RequireWhole();
        ReadOnlySpan<int> picked = sampler.Resolve(sample);
        double b = HasIntercept ? double.CreateTruncating(w[Columns]) : 0, value = 0, bias = 0,
            scale = (weights is null ? 1 : Count / totalWeight) / sample.Count;
        g.Clear();
        for (int k = 0; k < picked.Length; k += Chunk)
        {
            ReadOnlySpan<int> part = picked.Slice(k, Math.Min(Chunk, picked.Length - k));
            Span<double> z = batchMargins.AsSpan(0, part.Length), labels = batchLabels.AsSpan(0, part.Length),
                v = batchValues.AsSpan(0, part.Length);
            rows.Dots(part, w, z);
            for (int i = 0; i < part.Length; i++)
            {
                z[i] += b + OffsetOf(part[i]);
                labels[i] = y[part[i]];
            }
            loss.Evaluate(z, labels, v);
            for (int i = 0; i < part.Length; i++)
            {
                double a = weights is null ? scale : scale * weights[part[i]];
                v[i] = Share(v[i], a);
                z[i] = Share(z[i], a);
            }
            value += Vectors.Sum<double>(v);
            if (g.IsEmpty) continue;
            rows.AddScaled(part, z, g);
            bias += Vectors.Sum<double>(z);
        }
        if (!g.IsEmpty)
        {
            if (HasIntercept) g[Columns] = T.CreateTruncating(bias);
            AddRidge(w, g);
        }
        return value + RidgeValue(w);
    }

    private protected override void HessianProductCore(ReadOnlySpan<T> w, ReadOnlySpan<T> v, Span<T> hv)
    {
        exact ??= new double[3 * Dimension];
        Span<double> wide = exact.AsSpan(0, Dimension), direction = exact.AsSpan(Dimension, Dimension),
            result = exact.AsSpan(2 * Dimension);
        result.Clear();
        Vectors.Convert(w, wide);
        Vectors.Convert(v, direction);
        double b = HasIntercept ? wide[Columns] : 0, db = HasIntercept ? direction[Columns] : 0, bias = 0;
        for (int i = 0; i < Count; i++)
        {
            double omega = WeightOf(i);
            if (omega == 0) continue;
            double h = loss.Second(rows.DotExact(i, wide) + b + OffsetOf(i), y[i]) * omega;
            if (h == 0) continue;
            double t = h * (rows.DotExact(i, direction) + db);
            rows.AddScaledExact(i, t, result);
            bias += t;
        }
        if (HasIntercept) result[Columns] = bias;
        for (int j = 0; j < Dimension; j++) hv[j] = T.CreateTruncating(result[j] + (ridge[j] * direction[j]));
    }

    // A row that weighs nothing counts for nothing, whatever its loss: it may be infinite.
    static double Share(double value, double weight) => weight == 0 ? 0 : value * weight;

    double Weighed(double value, int example) => weights is null ? value : Share(value, weights[example]);
}
