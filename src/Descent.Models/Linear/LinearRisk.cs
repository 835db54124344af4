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

    enum Pass
    {
        Value,
        Gradient,
        Curvature,
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

    internal override (double Least, double Most) CurvaturesNear(int example, double z, double t) => loss.Curvatures(z, y[example], t);

    internal override (double Value, double Slope) RoundingSizes(int example, double z) => loss.Sizes(z, y[example]);

    internal override double ConjugateSizeAt(int example, double u) => loss.ConjugateSize(u, y[example]);

    /// <inheritdoc/>
    public override double SlopeBound(int example) =>
        loss.Domain(y[example]) is var (low, high) ? Math.Max(-low, high) : double.PositiveInfinity;

    /// <inheritdoc/>
    public override int PassParts => shards;

    /// <inheritdoc/>
    public override long Entries => rows.Entries;

    /// <inheritdoc/>
    public override void Products(ReadOnlySpan<double> w, Span<double> z)
    {
        double b = HasIntercept ? w[Columns] : 0;
        if (typeof(T) == typeof(double)) rows.Dots(0, System.Runtime.InteropServices.MemoryMarshal.Cast<double, T>(w), z[..Count]);
        else
            for (int i = 0; i < Count; i++) z[i] = rows.DotExact(i, w);
        for (int i = 0; i < Count; i++) z[i] += b;
    }

    /// <inheritdoc/>
    public override void Adjoint(ReadOnlySpan<double> u, Span<double> v)
    {
        v.Clear();
        double bias = 0;
        Span<double> a = batchValues;
        for (int first = 0; first < Count; first += Chunk)
        {
            int take = Math.Min(Chunk, Count - first);
            for (int i = 0; i < take; i++)
            {
                a[i] = Share(u[first + i], WeightOf(first + i));
                bias += a[i];
            }
            AddExact(first, a[..take], v);
        }
        if (HasIntercept) v[Columns] = bias;
    }

    /// <inheritdoc/>
    public override double LossAt(int example, ReadOnlySpan<double> z, Span<double> u)
    {
        u[0] = loss.Derivative(z[0], y[example]);
        return loss.Value(z[0], y[example]);
    }

    /// <inheritdoc/>
    public override void LossesAt(ReadOnlySpan<double> z, Span<double> u, Span<double> losses)
    {
        z.CopyTo(u);
        loss.Evaluate(u, y, losses);
    }

    /// <inheritdoc/>
    public override void CurvatureAt(int example, ReadOnlySpan<double> z, ReadOnlySpan<double> dz, Span<double> result) =>
        result[0] = loss.Second(z[0], y[example]) * dz[0];

    /// <inheritdoc/>
    public override double ConjugateAt(int example, ReadOnlySpan<double> u) => loss.Conjugate(u[0], y[example]);

    /// <inheritdoc/>
    public override double FeasibleScale(int example, ReadOnlySpan<double> u)
    {
        var (low, high) = loss.Domain(y[example]);
        if (u[0] > high) return Math.Max(0, high / u[0]);
        if (u[0] < low) return Math.Max(0, low / u[0]);
        return double.IsNaN(u[0]) ? double.NaN : 1;
    }

    /// <inheritdoc/>
    public override double LeastLoss(int example) => loss.Least(y[example]);

    /// <inheritdoc/>
    public override double SquaredRowNorm(int example) => rows.SquaredNorm(example) + (HasIntercept ? 1 : 0);

    void IRowSource.AddRow(int i, double a, Span<double> target)
    {
        rows.AddScaledExact(i, a, target);
        if (HasIntercept) target[Columns] += a;
    }

    void IShardWork.Run(int shard)
    {
        int first = Shards.Start(Count, shard, shards), end = Shards.Start(Count, shard + 1, shards);
        sums[shard] = 0;
        biases[shard] = 0;
        if (pass == Pass.Gradient) partial[shard].AsSpan().Clear();
        for (; first < end; first += Chunk) RunChunk(shard, first, Math.Min(Chunk, end - first));
    }

    void ISummedShards.Show(int shard, ISummandVisitor visitor)
    {
        visitor.Take(sums.AsSpan(shard, 1));
        if (pass == Pass.Gradient)
        {
            visitor.Take(biases.AsSpan(shard, 1));
            visitor.Take(partial[shard].AsSpan());
        }
        else if (pass == Pass.Curvature)
        {
            visitor.Take(gramGradients![shard].AsSpan());
            visitor.Take(grams![shard].AsSpan());
        }
    }

    internal override int ReadRow(int example, Span<int> columns, Span<double> values) =>
        RowReader.Read<T, TRows>(rows, example, columns, values);

    internal override void Magnitudes(ReadOnlySpan<double> a, Span<double> result)
    {
        for (int i = 0; i < Count; i++) result[i] = RowReader.Magnitude<T, TRows>(rows, i, a)
            + (HasIntercept ? a[Columns] : 0) + Math.Abs(OffsetOf(i));
    }

    internal override void AdjointMagnitudes(ReadOnlySpan<double> a, Span<double> result)
    {
        result.Clear();
        for (int i = 0; i < Count; i++)
        {
            RowReader.AddMagnitude<T, TRows>(rows, i, a[i], result);
            if (HasIntercept) result[Columns] += a[i];
        }
    }

    internal override bool AddWeightedGram(ReadOnlySpan<double> h, Span<double> gram)
    {
        for (int first = 0; first < Count; first += Chunk) AddGram(first, h.Slice(first, Math.Min(Chunk, Count - first)), gram);
        return true;
    }

    internal override int LongestRow => RowReader.Longest<T, TRows>(rows);

    private protected override double ValueCore(ReadOnlySpan<T> w)
    {
        Go(Pass.Value, w);
        return (Total(sums) / totalWeight) + RidgeValue(w);
    }

    private protected override double GradientCore(ReadOnlySpan<T> w, Span<T> g)
    {
        for (int s = 0; s < shards; s++) partial[s] ??= new T[Dimension];
        Go(Pass.Gradient, w);
        partial[0].AsSpan().CopyTo(g);
        for (int s = 1; s < shards; s++) Vectors.AddScaled(T.One, partial[s], g);
        Vectors.Scale(T.CreateTruncating(1 / totalWeight), g);
        if (HasIntercept) g[Columns] = T.CreateTruncating(Total(biases) / totalWeight);
        AddRidge(w, g);
        return (Total(sums) / totalWeight) + RidgeValue(w);
    }

    private protected override double CurvatureCore(ReadOnlySpan<T> w, Span<double> gradient, Span<double> hessian)
    {
        int used = Math.Max(1, Math.Min(shards, (int)(8_000_000L / Math.Max(1, (long)Dimension * Dimension))));
        grams ??= new double[shards][];
        gramGradients ??= new double[shards][];
        // Few partial matrices when they are large: then shard s adds to matrix s mod used, which only one thread may do.
        bool serial = used < shards;
        for (int s = 0; s < shards; s++)
        {
            grams[s] ??= serial && s > 0 ? grams[0] : new double[Dimension * Dimension];
            gramGradients[s] ??= serial && s > 0 ? gramGradients[0] : new double[Dimension];
            grams[s].AsSpan().Clear();
            gramGradients[s].AsSpan().Clear();
        }
        Go(Pass.Curvature, w, serial);
        for (int s = 0; s < (serial ? 1 : shards); s++)
        {
            Vectors.AddScaled(1, grams[s], hessian);
            Vectors.AddScaled(1, gramGradients[s], gradient);
        }
        Vectors.Scale(1 / totalWeight, hessian);
        Vectors.Scale(1 / totalWeight, gradient);
        return Total(sums) / totalWeight;
    }

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

    // Buffers of the shards of a full pass; gradients are made when they are first wanted.
    static (T[][] Partial, double[][] Margins, double[][] Values, double[] Sums, double[] Biases) Room(int shards)
    {
        double[][] margins = new double[shards][], values = new double[shards][];
        for (int s = 0; s < shards; s++) (margins[s], values[s]) = (new double[Chunk], new double[Chunk]);
        return (new T[shards][], margins, values, new double[shards], new double[shards]);
    }

    static double Total(ReadOnlySpan<double> parts)
    {
        double sum = 0;
        foreach (double p in parts) sum += p;
        return sum;
    }

    void Go(Pass what, ReadOnlySpan<T> w, bool serial = false)
    {
        if (point.Length == 0) point = new T[Dimension];
        w.CopyTo(point);
        pass = what;
        if (serial)
            for (int s = 0; s < shards; s++) ((IShardWork)this).Run(s);
        else
            workers.Run(this, shards);
    }

    void RunChunk(int shard, int first, int take)
    {
        Span<double> z = margins[shard].AsSpan(0, take), v = values[shard].AsSpan(0, take);
        rows.Dots(first, point, z);
        if (HasIntercept)
        {
            double b = double.CreateTruncating(point[Columns]);
            for (int i = 0; i < take; i++) z[i] += b;
        }
        AddOffsets(first, z);
        if (pass == Pass.Curvature) AddCurvature(shard, first, z);
        loss.Evaluate(z, y.AsSpan(first, take), v);
        if (weights is not null)
        {
            for (int i = 0; i < take; i++)
            {
                v[i] = Share(v[i], weights[first + i]);
                z[i] = Share(z[i], weights[first + i]);
            }
        }
        sums[shard] += Vectors.Sum<double>(v);
        if (pass == Pass.Gradient)
        {
            rows.AddScaled(first, z, partial[shard]);
            if (HasIntercept) biases[shard] += Vectors.Sum<double>(z);
        }
        else if (pass == Pass.Curvature)
        {
            double[] g = gramGradients![shard];
            AddExact(first, z, g);
            if (HasIntercept) g[Columns] += Vectors.Sum<double>(z);
        }
    }

    // A row that weighs nothing counts for nothing, whatever its loss: it may be infinite.
    static double Share(double value, double weight) => weight == 0 ? 0 : value * weight;

    double Weighed(double value, int example) => weights is null ? value : Share(value, weights[example]);

    void AddCurvature(int shard, int first, ReadOnlySpan<double> z)
    {
        Span<double> h = values[shard].AsSpan(0, z.Length);
        for (int i = 0; i < z.Length; i++) h[i] = Weighed(loss.Second(z[i], y[first + i]), first + i);
        AddGram(first, h, grams![shard]);
    }

    private protected void AddGram(int first, ReadOnlySpan<double> h, Span<double> gram)
    {
        rows.AddGram(first, h, gram, Dimension);
        if (!HasIntercept) return;
        // The column of ones: Σ h x in the last column, Σ h in the corner.
        double[] column = System.Buffers.ArrayPool<double>.Shared.Rent(Columns + 1);
        column.AsSpan(0, Columns + 1).Clear();
        AddExact(first, h, column);
        for (int j = 0; j < Columns; j++) gram[(j * Dimension) + Columns] += column[j];
        gram[(Columns * Dimension) + Columns] += Vectors.Sum(h);
        System.Buffers.ArrayPool<double>.Shared.Return(column);
    }

    // Σ a[k]·x_(first+k) in double precision; four rows at a time where the rows are doubles themselves.
    void AddExact(int first, ReadOnlySpan<double> a, Span<double> target)
    {
        if (typeof(T) == typeof(double)) rows.AddScaled(first, a, System.Runtime.InteropServices.MemoryMarshal.Cast<double, T>(target));
        else
            for (int i = 0; i < a.Length; i++) rows.AddScaledExact(first + i, a[i], target);
    }
}
