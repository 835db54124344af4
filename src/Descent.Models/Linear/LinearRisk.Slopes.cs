using Descent.Oracles;

namespace Descent.Models.Linear;

// One slope an example: what tables of gradients (SAG, SAGA) use.
public abstract partial class LinearRisk<T, TRows, TLoss>
{
    /// <inheritdoc/>
    public bool SupportOnly => rows.IsSparse && uniformRidge == 0 && NonSmooth is null;

    /// <inheritdoc/>
    public double CommonPenalty => rows.IsSparse && NonSmooth is null ? uniformRidge : double.NaN;

    /// <inheritdoc/>
    public int InterceptIndex => HasIntercept ? Columns : -1;

    /// <inheritdoc/>
    public ReadOnlySpan<int> Examples(Sample sample) => sampler.Resolve(sample);

    /// <inheritdoc/>
    public ReadOnlySpan<int> IndicesOf(int example) => rows.IndicesOf(example);

    /// <inheritdoc/>
    public ReadOnlySpan<T> ValuesOf(int example) => rows.ValuesOf(example);

    /// <inheritdoc/>
    public bool IsPenalised => uniformRidge != 0 || NonSmooth is not null;

    /// <inheritdoc/>
    public RowLook Look(ReadOnlySpan<T> w, int example)
    {
        RequireWhole();
        Meter.CountGradients(1);
        double z = Margin(w, example);
        return new(z, loss.Value(z, y[example]), loss.Derivative(z, y[example]),
            weights is null ? 1 : weights[example] * Count / totalWeight);
    }

    /// <inheritdoc/>
    public double Follow(int example, double margin, double time)
    {
        double moved = loss.Follow(margin, y[example], time);
        return double.IsNaN(moved) ? -time * loss.Derivative(Proximal(margin, time, y[example]), y[example]) : moved;
    }

    /// <inheritdoc/>
    public double Slope(ReadOnlySpan<T> w, int example, out double value)
    {
        RequireWhole();
        Meter.CountGradients(1);
        double weight = weights is null ? 1 : weights[example] * Count / totalWeight, z = Margin(w, example);
        Span<double> one = [z], label = [y[example]], loss1 = [0];
        loss.Evaluate(one, label, loss1);
        value = Share(loss1[0], weight);
        return Share(one[0], weight);
    }

    double Margin(ReadOnlySpan<T> w, int example) =>
        rows.Dot(example, w[..Columns]) + (HasIntercept ? double.CreateTruncating(w[Columns]) : 0) + OffsetOf(example);

    /// <inheritdoc/>
    public double Slopes(ReadOnlySpan<T> w, ReadOnlySpan<int> examples, Span<double> slopes)
    {
        RequireWhole();
        Meter.CountGradients(examples.Length);
        double b = HasIntercept ? double.CreateTruncating(w[Columns]) : 0, value = 0;
        for (int k = 0; k < examples.Length; k += Chunk)
        {
            ReadOnlySpan<int> part = examples.Slice(k, Math.Min(Chunk, examples.Length - k));
            Span<double> z = slopes.Slice(k, part.Length), labels = batchLabels.AsSpan(0, part.Length),
                v = batchValues.AsSpan(0, part.Length);
            rows.Dots(part, w[..Columns], z);
            for (int i = 0; i < part.Length; i++)
            {
                z[i] += b + OffsetOf(part[i]);
                labels[i] = y[part[i]];
            }
            loss.Evaluate(z, labels, v);
            for (int i = 0; weights is not null && i < part.Length; i++)
            {
                double a = weights[part[i]] * Count / totalWeight;
                v[i] = Share(v[i], a);
                z[i] = Share(z[i], a);
            }
            value += Vectors.Sum<double>(v);
        }
        return (value / examples.Length) + RidgeValue(w);
    }

    /// <inheritdoc/>
    public void AddRows(ReadOnlySpan<int> examples, ReadOnlySpan<double> u, Span<T> g)
    {
        rows.AddScaled(examples, u, g[..Columns]);
        if (HasIntercept) g[Columns] += T.CreateTruncating(Vectors.Sum(u));
    }

    /// <inheritdoc/>
    public void AddPenalty(ReadOnlySpan<T> w, Span<T> g) => AddRidge(w, g);
}
