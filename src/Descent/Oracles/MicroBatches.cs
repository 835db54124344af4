using Descent.Sets;

namespace Descent.Oracles;

/// <summary>
/// Gradient accumulation: a sample of B examples is cut by position into K parts, <c>g = Σ_k (B_k/B)·g_k</c> in the order of the parts.
/// Ranks share the parts, so that K, and not the number of ranks, decides the bits; parts are smaller, so that less memory is used.
/// </summary>
/// <remarks>
/// Value and gradient of a sample cost what they cost at once, plus K·d additions; memory K·d. Full passes are the inner oracle's own.
/// Differs from the sample taken whole by rounding alone, but where the loss draws numbers of its own (dropout).
/// Source: C algorithm 13 (data-parallel SGD): M workers, sums, wait for all.
/// </remarks>
/// <typeparam name="T">Element type.</typeparam>
public sealed class MicroBatches<T> : IFiniteSumOracle<T>, ISummedShards
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    readonly IFiniteSumOracle<T> inner;
    readonly Workers ranks;
    readonly T[] partial, point;
    readonly double[] values;
    Sample whole;
    bool wantGradient;

    /// <summary>Cuts the samples of an oracle.</summary>
    /// <param name="inner">The oracle; one part of it is asked at a time in each rank.</param>
    /// <param name="parts">K, at least 1.</param>
    /// <param name="ranks">The ranks that share the parts; null for this process alone. It has one thread: the oracle serves one
    /// caller.</param>
    /// <exception cref="ArgumentException">K &lt; 1, or ranks with several threads.</exception>
    public MicroBatches(IFiniteSumOracle<T> inner, int parts, Workers? ranks = null)
    {
        this.inner = Guard.Given("The oracle", inner, nameof(MicroBatches<T>));
        Parts = (int)Guard.AtLeast("The number of parts", parts, 1, nameof(MicroBatches<T>));
        this.ranks = ranks ?? new Workers();
        if (this.ranks.Count > 1)
            throw new ArgumentException("Parts of a sample are shared among ranks, not threads: the oracle serves one caller at a time.");
        (partial, point, values) = (new T[(long)parts * inner.Dimension], new T[inner.Dimension], new double[parts]);
    }

    /// <summary>K.</summary>
    public int Parts { get; }

    /// <inheritdoc/>
    public int Dimension => inner.Dimension;

    /// <inheritdoc/>
    public BlockLayout Layout => inner.Layout;

    /// <inheritdoc/>
    public OracleMeter Meter => inner.Meter;

    /// <inheritdoc/>
    public IProximalMap? NonSmooth => inner.NonSmooth;

    /// <inheritdoc/>
    public int Population => inner.Population;

    /// <inheritdoc/>
    public int Count => inner.Count;

    /// <inheritdoc/>
    public double Value(ReadOnlySpan<T> w) => inner.Value(w);

    /// <inheritdoc/>
    public double Gradient(ReadOnlySpan<T> w, Span<T> g) => inner.Gradient(w, g);

    /// <inheritdoc/>
    public double Value(ReadOnlySpan<T> w, Sample sample)
    {
        Meter.CountValues(sample.Count);
        return Evaluate(w, sample, false);
    }

    /// <inheritdoc/>
    public double Gradient(ReadOnlySpan<T> w, Sample sample, Span<T> g)
    {
        Guard.Length("Gradient", Dimension, g.Length);
        Meter.CountGradients(sample.Count);
        double value = Evaluate(w, sample, true);
        partial.AsSpan(0, Dimension).CopyTo(g);
        for (int k = 1; k < Used; k++) Vectors.AddScaled(T.One, PartialOf(k), g);
        return value;
    }

    void IShardWork.Run(int shard)
    {
        int first = Start(shard), count = Start(shard + 1) - first;
        Sample part = whole with { First = whole.First + first, Count = count };
        double share = (double)count / whole.Count;
        values[shard] = share * (wantGradient ? inner.Gradient(point, part, PartialOf(shard)) : inner.Value(point, part));
        if (wantGradient) Vectors.Scale(T.CreateTruncating(share), PartialOf(shard));
    }

    void ISummedShards.Show(int shard, ISummandVisitor visitor)
    {
        visitor.Take(values.AsSpan(shard, 1));
        if (wantGradient) visitor.Take(PartialOf(shard));
    }

    // A sample of fewer examples than parts has a part an example.
    int Used => Math.Min(Parts, whole.Count);

    int Start(int part) => (int)((long)whole.Count * part / Used);

    Span<T> PartialOf(int part) => partial.AsSpan(part * Dimension, Dimension);

    // Every rank counts the whole sample, so that all spend the same budget.
    double Evaluate(ReadOnlySpan<T> w, Sample sample, bool gradient)
    {
        w.CopyTo(point);
        (whole, wantGradient) = (sample, gradient);
        bool paused = Meter.Paused;
        Meter.Paused = true;
        ranks.Run(this, Used);
        Meter.Paused = paused;
        double value = 0;
        for (int k = 0; k < Used; k++) value += values[k];
        return value;
    }
}
