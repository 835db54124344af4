namespace Descent.Estimating;

/// <summary>
/// A value a that many numbers have, and whether it is the quantile τ: <c>F(a−) &lt; τ &lt; F(a)</c>, by four standard errors each.
/// </summary>
sealed class Atom(double value, double tau, long below, long upTo, long count)
{
    /// <summary>a.</summary>
    public double Value => value;

    /// <summary>Whether all numbers so far say so.</summary>
    public bool Holds => below < (count * tau) - Doubt(count, tau) && (count * tau) + Doubt(count, tau) < upTo;

    /// <summary>The atom at the quantile of sorted numbers; null without one.</summary>
    public static Atom? At(ReadOnlySpan<double> sorted, double tau)
    {
        int n = sorted.Length;
        double a = sorted[(int)(n * tau)];
        int first = sorted.IndexOf(a), last = sorted.LastIndexOf(a);
        Atom found = new(a, tau, first, last + 1, n);
        return found.Holds ? found : null;
    }

    /// <summary>Counts further numbers.</summary>
    public void Add(ReadOnlySpan<double> numbers)
    {
        foreach (double x in numbers)
        {
            if (x < value) below++;
            if (x <= value) upTo++;
        }
        count += numbers.Length;
    }

    static double Doubt(long count, double tau) => 4 * Math.Sqrt(count * tau * (1 - tau));
}
