using Descent.Models.Losses;

namespace Descent.Fitting.Families;

/// <summary>The fit of an intercept alone beside the offsets: what a null deviance is of.</summary>
static class NullFit
{
    /// <summary>
    /// argmin over b of <c>Σ wᵢ φ(b + oᵢ; yᵢ)</c>, φ convex, by Newton's method between bounds that close in: where a step leaves them or
    /// does not halve the slope, the middle is taken. ±∞ where the slope has one sign everywhere that is tried.
    /// </summary>
    /// <param name="rows">Labels, weights and offsets.</param>
    /// <param name="loss">φ.</param>
    public static double Intercept<TLoss>(MeasuredRows rows, TLoss loss)
        where TLoss : struct, IMarginLoss
    {
        double low = double.NegativeInfinity, high = double.PositiveInfinity, b = 0, reach = 1, before = double.PositiveInfinity;
        for (int k = 0; k < 500; k++)
        {
            (double slope, double bend) = At(rows, loss, b);
            if (slope == 0 || (k > 0 && !(high - low > 1e-16 * Math.Abs(b)))) return b;
            if (slope > 0) high = b;
            else low = b;
            double next = b - (slope / bend);
            bool inside = next > low && next < high && Math.Abs(next - b) <= reach, halved = Math.Abs(slope) <= before / 2;
            before = Math.Abs(slope);
            if (double.IsInfinity(low) || double.IsInfinity(high))
            {
                if (!inside) next = slope > 0 ? b - reach : b + reach;
                reach *= 2;
                if (reach > 1e9) return slope > 0 ? double.NegativeInfinity : double.PositiveInfinity;
            }
            else if (!inside || !halved)
            {
                next = low + ((high - low) / 2);
            }
            if (next == b) return b;
            b = next;
        }
        return b;
    }

    static (double Slope, double Bend) At<TLoss>(MeasuredRows rows, TLoss loss, double b)
        where TLoss : struct, IMarginLoss
    {
        double slope = 0, bend = 0;
        for (int i = 0; i < rows.Count; i++)
        {
            double z = b + rows.OffsetOf(i), w = rows.WeightOf(i), y = rows.Labels[i];
            if (w == 0) continue;
            slope += w * loss.Derivative(z, y);
            bend += w * loss.Second(z, y);
        }
        return (slope, bend);
    }
}
