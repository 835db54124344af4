using Descent.Models.Losses;
using Descent.Oracles;

namespace Descent.Models.Linear;

// Steps along dual coordinates (SDCA), for the risks that offer them.
public abstract partial class LinearRisk<T, TRows, TLoss>
{
    double[]? rowNorms;

    // λ, the same for all parameters where this is asked.
    private protected double Penalty => ridge[0];

    private protected double StepDual(int example, Span<T> w, ref double u)
    {
        Meter.CountGradients(1);
        double omega = WeightOf(example), q = omega * RowNorms[example] / Penalty, label = y[example];
        double z = rows.Dot(example, w[..Columns]) + (HasIntercept ? double.CreateTruncating(w[Columns]) : 0)
            + OffsetOf(example), c = z + (q * u);
        double slope = q > 0 ? (c - Proximal(c, q, label)) / q : loss.Derivative(z, label);
        // Rounding must not carry the dual variable out of the conjugate's domain.
        var (low, high) = loss.Domain(label);
        slope = Math.Min(high, Math.Max(low, slope));
        double move = -omega / Penalty * (slope - u);
        u = slope;
        rows.AddScaled(example, T.CreateTruncating(move), w[..Columns]);
        if (HasIntercept) w[Columns] += T.CreateTruncating(move);
        Span<double> one = [z], labels = [label], value = [0];
        loss.Evaluate(one, labels, value);
        return value[0];
    }

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

    private protected int PassDual(Span<int> examples, Span<T> w, Span<double> u, ref DualSlopes seen)
    {
        if (!loss.IsPiecewiseLinear)
            throw new InvalidOperationException($"The {loss.Name} loss has no kink at which dual variables could come to rest.");
        double[] norms = RowNorms;
        double penalty = Penalty, least = seen.Least, most = seen.Most;
        Span<T> p = w[..Columns];
        int stay = examples.Length, asked = 0;
        for (int k = 0; k < stay; asked++)
        {
            // Rows come in random order: without this half of the time is spent waiting for memory.
            if (k + 8 < stay) Expect(examples[k + 8], u, norms);
            if (k + 4 < stay) rows.PrefetchEntries(examples[k + 4]);
            int i = examples[k];
            double label = y[i], omega = WeightOf(i),
                z = rows.Dot(i, p) + (HasIntercept ? double.CreateTruncating(w[Columns]) : 0) + OffsetOf(i);
            var (low, high) = loss.Domain(label);
            // φ*(u) = u·kink. For the hinge the variable is turned so that both classes have the interval [0,
            // 1], and slopes of both can be compared.
            double turn = loss is HingeLoss ? 1 - (2 * label) : 1,
                slope = turn * (z - (low < 0 ? loss.Conjugate(low, label) / low : loss.Conjugate(high, label) / high)), t = turn * u[i];
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
            double q = omega * norms[i] / penalty, next = q > 0 ? Math.Clamp(t + (slope / q), low, high) : slope > 0 ? high : low,
                move = -omega / penalty * turn * (next - t);
            u[i] = turn * next;
            rows.AddScaled(i, T.CreateTruncating(move), p);
            if (HasIntercept) w[Columns] += T.CreateTruncating(move);
        }
        Meter.CountGradients(asked);
        seen = seen with { Least = least, Most = most };
        return stay;
    }

    // What a step asks of an example before its row.
    void Expect(int example, Span<double> u, double[] norms)
    {
        rows.PrefetchStart(example);
        Prefetch.Read(ref u[example]);
        Prefetch.Read(ref norms[example]);
        Prefetch.Read(ref y[example]);
    }

    // The root of z + qφ′(z) = c, which is increasing in z; it lies between c and c − qφ′(c).
    // Newton steps, halving the bracket when they leave it or do not halve the residual:
    // between the flat ends of a saturating slope Newton's method alone goes to and fro.
    double Proximal(double c, double q, double label)
    {
        double at = loss.Derivative(c, label), low = Math.Min(c, c - (q * at)), high = Math.Max(c, c - (q * at)), z = c,
            before = double.PositiveInfinity;
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
}
