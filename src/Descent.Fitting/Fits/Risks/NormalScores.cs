using MathNet.Numerics.Distributions;

namespace Descent.Fitting.Fits;

/// <summary>What a sorted sample of normal numbers would look like.</summary>
static class NormalScores
{
    /// <summary>Φ⁻¹((i − a)/(n + 1 − 2a)), i = 1 … n, with a = 3/8 up to ten values and ½ beyond (Blom; Hazen).</summary>
    public static double[] Of(int n)
    {
        double a = n <= 10 ? 0.375 : 0.5;
        return [.. Enumerable.Range(1, n).Select(i => Normal.InvCDF(0, 1, (i - a) / (n + 1 - (2 * a))))];
    }

    /// <summary>Intercept and slope of the line through the quartiles of a sorted sample and those of the normal distribution.</summary>
    public static (double Intercept, double Slope) QuartileLine(double[] sorted)
    {
        double q1 = Quantile(sorted, 0.25), q3 = Quantile(sorted, 0.75), slope = (q3 - q1) / (2 * Normal.InvCDF(0, 1, 0.75));
        return ((q1 + q3) / 2, slope);
    }

    // Linear between the order statistics.
    static double Quantile(double[] sorted, double p)
    {
        double at = p * (sorted.Length - 1);
        int k = (int)Math.Min(Math.Floor(at), sorted.Length - 2.0);
        return sorted.Length == 1 ? sorted[0] : sorted[k] + ((at - k) * (sorted[k + 1] - sorted[k]));
    }
}
