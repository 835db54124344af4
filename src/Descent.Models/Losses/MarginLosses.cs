namespace Descent.Models.Losses;

/// <summary>What losses of one margin have in common.</summary>
static class MarginLosses
{
    /// <summary>Values and derivatives example by example, for losses without a vector form.</summary>
    public static void Each<TLoss>(TLoss loss, Span<double> z, ReadOnlySpan<double> y, Span<double> value)
        where TLoss : struct, IMarginLoss
    {
        for (int i = 0; i < z.Length; i++)
        {
            value[i] = loss.Value(z[i], y[i]);
            z[i] = loss.Derivative(z[i], y[i]);
        }
    }

    /// <summary>
    /// <c>φ*(u) = uz − φ(z)</c> at the z where φ′(z) = u, by Newton's method between bisections, for a strictly convex loss without a
    /// closed form; and what its rounding is in proportion to. Never below the supremum but by rounding: uz − φ(z) is concave, so that it
    /// rises by no more than |φ′(z) − u| times the width of what brackets the z, which is added. +∞ where no z is bracketed.
    /// </summary>
    /// <param name="loss">φ.</param>
    /// <param name="u">Inside the interval of the slopes.</param>
    /// <param name="y">The label.</param>
    public static (double Value, double Size) Conjugate<TLoss>(TLoss loss, double u, double y)
        where TLoss : struct, IMarginLoss
    {
        if (!Bracket(loss, u, y, out double low, out double high)) return (double.PositiveInfinity, double.PositiveInfinity);
        double z = low + ((high - low) / 2), h = loss.Derivative(z, y) - u, width = double.PositiveInfinity;
        // Each second step halves the bracket at least: 1 100 of them are as many as there are doubles to halve.
        for (int k = 0; k < 2200 && h != 0; k++)
        {
            if (h > 0) high = z;
            else low = z;
            double next = z - (h / loss.Second(z, y));
            if (!(next > low && next < high) || high - low > width / 2) next = low + ((high - low) / 2);
            width = high - low;
            if (!(next > low && next < high)) break;
            z = next;
            h = loss.Derivative(z, y) - u;
        }
        double left = h == 0 ? 0 : Math.Abs(h) * Math.Max(high - z, z - low);
        return ((u * z) - loss.Value(z, y) + left, Math.Abs(u * z) + (4 * loss.Sizes(z, y).Value) + left);
    }

    // φ′ − u rises through 0 between the two, from 0 by doubled steps.
    static bool Bracket<TLoss>(TLoss loss, double u, double y, out double low, out double high)
        where TLoss : struct, IMarginLoss
    {
        (low, high) = (0, 0);
        double h = loss.Derivative(0, y) - u;
        for (double reach = 1; reach <= 1e8; reach *= 2)
        {
            double z = h > 0 ? -reach : reach, at = loss.Derivative(z, y) - u;
            (low, high) = h > 0 ? (z, high) : (low, z);
            if (double.IsNaN(at)) return false;
            if (h > 0 ? at <= 0 : at >= 0) return true;
            (low, high) = h > 0 ? (low, z) : (z, high);
        }
        return false;
    }
}
