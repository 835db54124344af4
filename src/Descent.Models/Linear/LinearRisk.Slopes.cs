using Descent.Models.Losses;
using Descent.Oracles;

namespace Descent.Models.Linear;

// One slope an example: what tables of gradients (SAG, SAGA) and dual coordinate steps (SDCA) use.
public sealed partial class LinearRisk<T, TRows, TLoss>
{
    double[]? rowNorms;

    /// <inheritdoc/>
    public double DualPenalty { get; }

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
    public double Slope(ReadOnlySpan<T> w, int example, out double value)
    {
        Meter.CountGradients(1);
        double weight = weights is null ? 1 : weights[example] * Count / totalWeight, z = rows.Dot(example, w[..Columns]) + (HasIntercept ? double.CreateTruncating(w[Columns]) : 0);
        Span<double> one = [z], label = [y[example]], loss1 = [0];
        loss.Evaluate(one, label, loss1);
        value = loss1[0] * weight;
        return one[0] * weight;
    }

    /// <inheritdoc/>
    public double Slopes(ReadOnlySpan<T> w, ReadOnlySpan<int> examples, Span<double> slopes)
    {
        Meter.CountGradients(examples.Length);
        double b = HasIntercept ? double.CreateTruncating(w[Columns]) : 0, value = 0;
        for (int k = 0; k < examples.Length; k += Chunk)
        {
            ReadOnlySpan<int> part = examples.Slice(k, Math.Min(Chunk, examples.Length - k));
            Span<double> z = slopes.Slice(k, part.Length), labels = batchLabels.AsSpan(0, part.Length), v = batchValues.AsSpan(0, part.Length);
            rows.Dots(part, w[..Columns], z);
            for (int i = 0; i < part.Length; i++)
            {
                z[i] += b;
                labels[i] = y[part[i]];
            }
            loss.Evaluate(z, labels, v);
            for (int i = 0; weights is not null && i < part.Length; i++)
            {
                double a = weights[part[i]] * Count / totalWeight;
                v[i] *= a;
                z[i] *= a;
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

    /// <inheritdoc/>
    public double DualStep(int example, Span<T> w, ref double u)
    {
        Meter.CountGradients(1);
        double omega = WeightOf(example), penalty = DualPenalty, q = omega * RowNorms[example] / penalty, label = y[example];
        double z = rows.Dot(example, w[..Columns]) + (HasIntercept ? double.CreateTruncating(w[Columns]) : 0), c = z + (q * u);
        double slope = q > 0 ? (c - Proximal(c, q, label)) / q : loss.Derivative(z, label);
        // Rounding must not carry the dual variable out of the conjugate's domain.
        var (low, high) = loss.Domain(label);
        slope = Math.Min(high, Math.Max(low, slope));
        double move = -omega / penalty * (slope - u);
        u = slope;
        rows.AddScaled(example, T.CreateTruncating(move), w[..Columns]);
        if (HasIntercept) w[Columns] += T.CreateTruncating(move);
        Span<double> one = [z], labels = [label], value = [0];
        loss.Evaluate(one, labels, value);
        return value[0];
    }

    /// <inheritdoc/>
    public bool RestsAtBounds => loss.IsPiecewiseLinear;

    // Squared row norms, the constant of the intercept included, made when a dual step first asks.
    double[] RowNorms
    {
        get
        {
            if (rowNorms is not null) return rowNorms;
            double[] made = new double[Count];
            for (int i = 0; i < made.Length; i++) made[i] = SquaredRowNorm(i);
            return rowNorms = made;
        }
    }

    /// <inheritdoc/>
    public int DualPass(Span<int> examples, Span<T> w, Span<double> u, ref DualSlopes seen)
    {
        if (!loss.IsPiecewiseLinear) throw new InvalidOperationException($"The {loss.Name} loss has no kink at which dual variables could come to rest.");
        double[] norms = RowNorms;
        double penalty = DualPenalty, least = seen.Least, most = seen.Most;
        Span<T> p = w[..Columns];
        int stay = examples.Length, asked = 0;
        for (int k = 0; k < stay; asked++)
        {
            int i = examples[k];
            double label = y[i], omega = WeightOf(i), z = rows.Dot(i, p) + (HasIntercept ? double.CreateTruncating(w[Columns]) : 0);
            var (low, high) = loss.Domain(label);
            // φ*(u) = u·kink. For the hinge the variable is turned so that both classes have the interval [0, 1], and slopes of both can be compared.
            double turn = loss is HingeLoss ? 1 - (2 * label) : 1, slope = turn * (z - (low < 0 ? loss.Conjugate(low, label) / low : loss.Conjugate(high, label) / high)), t = turn * u[i];
            if (turn < 0) (low, high) = (-high, -low);
            bool bottom = t <= low, top = t >= high;
            if ((bottom && slope < seen.Below) || (top && slope > seen.Above))
            {
                (examples[k], examples[--stay]) = (examples[stay], i);
                continue;
            }
            k++;
            double inward = bottom ? Math.Max(0, slope) : top ? Math.Min(0, slope) : slope;
            (least, most) = (Math.Min(least, inward), Math.Max(most, inward));
            if (inward == 0 || omega == 0) continue;
            double q = omega * norms[i] / penalty, next = q > 0 ? Math.Clamp(t + (slope / q), low, high) : slope > 0 ? high : low, move = -omega / penalty * turn * (next - t);
            u[i] = turn * next;
            rows.AddScaled(i, T.CreateTruncating(move), p);
            if (HasIntercept) w[Columns] += T.CreateTruncating(move);
        }
        Meter.CountGradients(asked);
        seen = seen with { Least = least, Most = most };
        return stay;
    }

    // The root of z + qφ′(z) = c, which is increasing in z; it lies between c and c − qφ′(c). Newton steps, halving the bracket when they leave it or do not halve the residual:
    // between the flat ends of a saturating slope Newton's method alone goes to and fro.
    double Proximal(double c, double q, double label)
    {
        double at = loss.Derivative(c, label), low = Math.Min(c, c - (q * at)), high = Math.Max(c, c - (q * at)), z = c, before = double.PositiveInfinity;
        for (int k = 0; k < 200 && high > low; k++)
        {
            double h = z + (q * loss.Derivative(z, label)) - c;
            if (h == 0) return z;
            if (h > 0) high = z;
            else low = z;
            double next = z - (h / (1 + (q * loss.Second(z, label))));
            if (!(next > low && next < high) || Math.Abs(h) > before / 2) next = low + ((high - low) / 2);
            before = Math.Abs(h);
            if (next == z || next <= low || next >= high) return next;
            z = next;
        }
        return z;
    }

    static bool AllEqual(ReadOnlySpan<double> values)
    {
        foreach (double v in values)
            if (v != values[0]) return false;
        return true;
    }
}
