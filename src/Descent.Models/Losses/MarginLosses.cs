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
    /// <c>φ*(u) = uz − φ(z)</c> at the z where φ′(z) = u, by bisection sped up by Newton's method, for a strictly convex loss without a
    /// closed form; an error ε of z costs φ″ε²/2. At most 200 evaluations.
    /// </summary>
    /// <param name="loss">φ.</param>
    /// <param name="u">Inside the interval of the slopes.</param>
    /// <param name="y">The label.</param>
    public static double Conjugate<TLoss>(TLoss loss, double u, double y)
        where TLoss : struct, IMarginLoss
    {
        double z = 0, low = double.NegativeInfinity, high = double.PositiveInfinity, reach = 1;
        for (int k = 0; k < 200; k++)
        {
            double h = loss.Derivative(z, y) - u;
            if (h == 0) break;
            if (h > 0) high = z;
            else low = z;
            double next = z - (h / loss.Second(z, y));
            bool open = double.IsInfinity(low) || double.IsInfinity(high);
            if (!(next > low && next < high) || (open && Math.Abs(next - z) > reach))
                next = !open ? low + ((high - low) / 2) : h > 0 ? z - reach : z + reach;
            if (open) reach *= 2;
            if (next == z || next <= low || next >= high || Math.Abs(next) > 1e8) break;
            z = next;
        }
        return (u * z) - loss.Value(z, y);
    }
}
