using System.Runtime.CompilerServices;
using Descent.Oracles;
using Descent.StepSizes;

namespace Descent.Models.Linear;

// Blocks of plain SGD steps in one loop, and replicas that take them side by side.
public abstract partial class LinearRisk<T, TRows, TLoss>
{
    /// <inheritdoc/>
    public bool PrefersBlocks(int batch) => !double.IsNaN(uniformRidge) && (rows.IsSparse || batch == 1);

    /// <inheritdoc/>
    public bool TruncatesInBlocks => rows.IsSparse && Lasso.Length > 0;

    /// <inheritdoc/>
    public double SgdBlock(Span<T> w, SampleStream samples, IStepSize stepSize, long firstStep, long count)
    {
        ArgumentNullException.ThrowIfNull(samples);
        ArgumentNullException.ThrowIfNull(stepSize);
        Guard.Length("SgdBlock", Dimension, w.Length);
        RequireWhole();
        return rows.IsSparse ? SparseBlock(w, samples, stepSize, firstStep, count) : DenseBlock(w, samples, stepSize, firstStep, count);
    }

    /// <inheritdoc/>
    public IStochasticOracle<T> Replicate() => new PlainLinearRisk<T, TRows, TLoss>(this);

    // w = s·p on the penalised part: the decay of a step is one product with s, and a step touches the non-zeros alone.
    double SparseBlock(Span<T> w, SampleStream samples, IStepSize stepSize, long step, long count)
    {
        Span<T> p = w[..Columns];
        double s = 1, b = HasIntercept ? double.CreateTruncating(w[Columns]) : 0, last = 0, unit = weights is null
            ? 1
            : Count / totalWeight;
        LazyTruncation<T>? lazy = Lasso.Length > 0 ? truncation ??= new LazyTruncation<T>(Lasso[..Columns].ToArray()) : null;
        double interceptPenalty = HasIntercept && Lasso.Length > 0 ? Lasso[Columns] : 0;
        int batch = samples.Batch;
        // Rows in file order stream by themselves; in any other order they are asked for ahead.
        bool far = samples.Order != SampleOrder.Sequential;
        while (count > 0)
        {
            Sample run = samples.NextRun(count);
            ReadOnlySpan<int> picked = sampler.Resolve(run);
            Meter.CountGradients(picked.Length);
            for (int k = 0; k < picked.Length; k += batch, step++, count--)
            {
                double eta = stepSize.Next(new StepInfo(step)), decay = 1 - (eta * uniformRidge);
                if (batch == 1)
                {
                    if (far) Ahead(picked, k);
                    int i = picked[k];
                    lazy?.Settle(rows.IndicesOf(i), p);
                    double z = (s * rows.Dot(i, p)) + b + OffsetOf(i),
                        r = Weighed(loss.Derivative(z, y[i]) * unit, i);
                    if (count == 1) last = Weighed(loss.Value(z, y[i]) * unit, i);
                    s = Decay(p, s, decay, lazy);
                    rows.AddScaled(i, T.CreateTruncating(-eta * r / s), p);
                    if (HasIntercept) b -= eta * r;
                }
                else
                {
                    ReadOnlySpan<int> part = picked.Slice(k, Math.Min(batch, picked.Length - k));
                    double value = SparseBatch(part, p, ref s, ref b, eta, decay, unit, lazy, count == 1);
                    if (count == 1) last = value;
                }
                lazy?.Add(eta / s);
                if (interceptPenalty > 0) b = Math.CopySign(Math.Max(0, Math.Abs(b) - (eta * interceptPenalty)), b);
            }
        }
        lazy?.SettleAll(p);
        if (s != 1) Vectors.Scale(T.CreateTruncating(s), p);
        if (HasIntercept) w[Columns] = T.CreateTruncating(b);
        return last;
    }

    double SparseBatch(
        ReadOnlySpan<int> picked, Span<T> p, ref double s, ref double b, double eta, double decay, double unit, LazyTruncation<T>? lazy,
        bool valued)
    {
        double bias = 0, value = 0;
        for (int i = 0; lazy is not null && i < picked.Length; i++) lazy.Settle(rows.IndicesOf(picked[i]), p);
        double share = unit / picked.Length;
        for (int k = 0; k < picked.Length; k += Chunk)
        {
            // A batch larger than a chunk would see its own first updates; margins of the whole batch are kept instead.
            ReadOnlySpan<int> part = picked.Slice(k, Math.Min(Chunk, picked.Length - k));
            for (int i = 0; i < part.Length; i++)
            {
                double z = (s * rows.Dot(part[i], p)) + b + OffsetOf(part[i]),
                    r = Weighed(loss.Derivative(z, y[part[i]]) * share, part[i]);
                if (valued) value += Weighed(loss.Value(z, y[part[i]]) * share, part[i]);
                Wide(picked.Length)[k + i] = r;
                bias += r;
            }
        }
        s = Decay(p, s, decay, lazy);
        for (int i = 0; i < picked.Length; i++) rows.AddScaled(picked[i], T.CreateTruncating(-eta * wide[i] / s), p);
        if (HasIntercept) b -= eta * bias;
        return value;
    }

    double[] wide = [];
    LazyTruncation<T>? truncation;

    double[] Wide(int length)
    {
        if (wide.Length < length) wide = new double[length];
        return wide;
    }

    /// <inheritdoc/>
    /// <remarks>First where the rows begin and their labels, a few rows later their entries.</remarks>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void Ahead(ReadOnlySpan<int> picked, int k)
    {
        if (k + 16 < picked.Length)
        {
            rows.PrefetchStart(picked[k + 16]);
            Prefetch.Read(ref y[picked[k + 16]]);
        }
        if (k + 8 < picked.Length) rows.PrefetchEntries(picked[k + 8]);
    }

    static double Decay(Span<T> p, double s, double decay, LazyTruncation<T>? lazy)
    {
        s *= decay;
        // Far from 1 the scale would eat precision (or is zero or negative): put it into the vector.
        if (Math.Abs(s) is > 1e-6 and < 1e6) return s;
        lazy?.SettleAll(p);
        Vectors.Scale(T.CreateTruncating(s), p);
        return 1;
    }

    double DenseBlock(Span<T> w, SampleStream samples, IStepSize stepSize, long step, long count)
    {
        Span<T> p = w[..Columns];
        double b = HasIntercept ? double.CreateTruncating(w[Columns]) : 0, last = 0, unit = weights is null ? 1 : Count / totalWeight;
        bool far = samples.Order != SampleOrder.Sequential;
        while (count > 0)
        {
            ReadOnlySpan<int> picked = sampler.Resolve(samples.NextRun(count));
            Meter.CountGradients(picked.Length);
            for (int k = 0; k < picked.Length; k++, step++, count--)
            {
                if (far) Ahead(picked, k);
                int i = picked[k];
                double eta = stepSize.Next(new StepInfo(step));
                double z = rows.Dot(i, p) + b + OffsetOf(i), r = Weighed(loss.Derivative(z, y[i]) * unit, i);
                if (count == 1) last = Weighed(loss.Value(z, y[i]) * unit, i);
                rows.DecayAndAdd(i, T.CreateTruncating(1 - (eta * uniformRidge)), T.CreateTruncating(-eta * r), p);
                if (HasIntercept) b -= eta * r;
            }
        }
        if (HasIntercept) w[Columns] = T.CreateTruncating(b);
        return last;
    }

    static double Uniform(ReadOnlySpan<double> penalties, double intercept)
    {
        if (intercept != 0) return double.NaN;
        double first = penalties.IsEmpty ? 0 : penalties[0];
        foreach (double p in penalties)
            if (p != first) return double.NaN;
        return first;
    }
}
