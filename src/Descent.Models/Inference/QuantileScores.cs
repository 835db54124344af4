using MathNet.Numerics.Distributions;

namespace Descent.Models.Inference;

/// <summary>
/// What a sandwich for the τ-quantile takes in place of derivatives that its loss does not have: the slopes <c>ψᵢ = [rᵢ ≤ 0] − τ</c> of the
/// residuals rᵢ = yᵢ − zᵢ, and <c>f̂ᵢ = φ(rᵢ/h)/h</c>, whose mean in <c>Σ ωᵢf̂ᵢ xᵢxᵢᵀ</c> is that of the conditional densities at the
/// quantile (Powell 1991). The width is that of R's <c>quantreg</c> (<c>se = "ker"</c>): Hall and Sheather's b, halved until τ ± b lies in
/// (0, 1), <c>h = (Φ⁻¹(τ + b) − Φ⁻¹(τ − b)) min(s, IQR/1.34)</c> of the residuals.
/// </summary>
/// <remarks>Residuals within 10⁻⁶h are those of rows that the fit goes through; they count as below it. O(n log n).</remarks>
public sealed class QuantileScores
{
    const double OnTheFit = 1e-6;

    QuantileScores(double[] slopes, double[] curvatures, double width) => (Slopes, Curvatures, Width) = (slopes, curvatures, width);

    /// <summary>ψᵢ: the derivative of the loss by the margin.</summary>
    public double[] Slopes { get; }

    /// <summary>f̂ᵢ.</summary>
    public double[] Curvatures { get; }

    /// <summary>h, in the unit of the target.</summary>
    public double Width { get; }

    /// <summary>The scores of residuals at the fitted quantile.</summary>
    /// <param name="residuals">rᵢ, n of them.</param>
    /// <param name="tau">τ in (0, 1).</param>
    /// <param name="counts">How many rows each stands for, 0 for none; empty: one.</param>
    /// <param name="rounding">What residuals of this size and less are: nothing but rounding, taken as 0.</param>
    /// <returns>Null where the residuals have no spread between their quartiles, so that no density can be seen.</returns>
    public static QuantileScores? Of(ReadOnlySpan<double> residuals, double tau, ReadOnlySpan<double> counts = default,
        double rounding = 0)
    {
        double[] r = [.. residuals];
        for (int i = 0; i < r.Length; i++)
            if (Math.Abs(r[i]) <= rounding) r[i] = 0;
        double h = WidthOf(r, tau, counts);
        if (!(h > 0)) return null;
        double[] slopes = new double[r.Length], curvatures = new double[r.Length];
        for (int i = 0; i < r.Length; i++)
        {
            slopes[i] = (r[i] <= OnTheFit * h ? 1 : 0) - tau;
            curvatures[i] = Normal.PDF(0, 1, r[i] / h) / h;
        }
        return new(slopes, curvatures, h);
    }

    static double WidthOf(double[] residuals, double tau, ReadOnlySpan<double> counts)
    {
        double[] sorted = [.. residuals], weights = new double[residuals.Length];
        if (counts.IsEmpty) Array.Fill(weights, 1);
        else counts.CopyTo(weights);
        Array.Sort(sorted, weights);
        double n = weights.Sum(), mean = 0, squares = 0;
        for (int i = 0; i < sorted.Length; i++) mean += weights[i] * sorted[i] / n;
        for (int i = 0; i < sorted.Length; i++) squares += weights[i] * (sorted[i] - mean) * (sorted[i] - mean);
        double middle = Quantile(sorted, weights, n, 0.75) - Quantile(sorted, weights, n, 0.25);
        double spread = Math.Min(Math.Sqrt(squares / (n - 1)), middle / 1.34);
        double b = HallSheather(tau, n);
        while (tau - b <= 0 || tau + b >= 1) b /= 2;
        return (Normal.InvCDF(0, 1, tau + b) - Normal.InvCDF(0, 1, tau - b)) * spread;
    }

    // n^(−1/3) z^(2/3) (1.5 φ(x)²/(2x² + 1))^(1/3), x = Φ⁻¹(τ), z = Φ⁻¹(0.975).
    static double HallSheather(double tau, double n)
    {
        double x = Normal.InvCDF(0, 1, tau), density = Normal.PDF(0, 1, x), z = Normal.InvCDF(0, 1, 0.975);
        return Math.Cbrt(z * z * 1.5 * density * density / ((2 * x * x) + 1) / n);
    }

    // Type 7 of R, every number as often as its weight says.
    static double Quantile(double[] sorted, double[] weights, double n, double share)
    {
        double place = (n - 1) * share, whole = Math.Floor(place);
        double low = At(sorted, weights, whole);
        return low + ((place - whole) * (At(sorted, weights, whole + 1) - low));
    }

    static double At(double[] sorted, double[] weights, double rank)
    {
        double passed = 0;
        for (int i = 0; i < sorted.Length; i++)
            if ((passed += weights[i]) > rank) return sorted[i];
        return sorted[^1];
    }
}
