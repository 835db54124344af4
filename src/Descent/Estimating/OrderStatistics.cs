using Descent.Approximation;

namespace Descent.Estimating;

/// <summary>Quantiles of numbers that are all at hand.</summary>
static class OrderStatistics
{
    /// <summary>The sample quantile (R's type 7) with the interval between order statistics <c>nτ ∓ z√(nτ(1−τ))</c>,
    /// which holds for every continuous law.</summary>
    public static QuantileEstimate Of(ReadOnlySpan<double> numbers, double tau, double level)
    {
        double[] sorted = numbers.ToArray();
        Array.Sort(sorted);
        int n = sorted.Length;
        double spread = StandardNormal.TwoSided(level) * Math.Sqrt(n * tau * (1 - tau));
        int low = (int)Math.Floor((n * tau) - spread), high = (int)Math.Ceiling((n * tau) + spread) + 1;
        double from = low < 1 ? double.NegativeInfinity : sorted[low - 1], to = high > n ? double.PositiveInfinity : sorted[high - 1];
        double error = double.IsFinite(to - from) ? (to - from) / (2 * StandardNormal.TwoSided(level)) : double.NaN;
        return new QuantileEstimate(tau, At(sorted, tau), from, to, n) { StandardError = error };
    }

    /// <summary>The quantile of sorted numbers, linear between neighbours (R's type 7).</summary>
    public static double At(ReadOnlySpan<double> sorted, double tau)
    {
        double place = (sorted.Length - 1) * tau;
        int k = Math.Min((int)place, sorted.Length - 1);
        return k + 1 < sorted.Length ? sorted[k] + ((place - k) * (sorted[k + 1] - sorted[k])) : sorted[k];
    }
}
