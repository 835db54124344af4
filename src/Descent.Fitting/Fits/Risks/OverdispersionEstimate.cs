using MathNet.Numerics;

namespace Descent.Fitting.Fits;

/// <summary>θ = 1/α of negative binomial counts, given their means: the root of the derivative of the log-likelihood.</summary>
static class OverdispersionEstimate
{
    /// <summary>θ̂, by Newton's method in log θ between bounds that close in; +∞ where the likelihood rises up to Poisson.</summary>
    /// <param name="labels">Counts.</param>
    /// <param name="weights">Weights; null for 1.</param>
    /// <param name="margins">log μ.</param>
    /// <param name="theta">Where to start.</param>
    /// <param name="error">1/√(observed information) at θ̂.</param>
    public static double Of(double[] labels, double[]? weights, double[] margins, double theta, out double error)
    {
        double low = 1e-8, high = 1e8, slope, bend;
        for (int k = 0; k < 200; k++)
        {
            (slope, bend) = At(labels, weights, margins, theta);
            if (slope > 0) low = theta;
            else high = theta;
            double next = bend > 0 ? theta + (slope / bend) : double.NaN;
            if (!(next > low && next < high)) next = Math.Sqrt(low * high);
            if (Math.Abs(next - theta) <= 1e-14 * theta) break;
            theta = next;
        }
        error = At(labels, weights, margins, theta).Bend is > 0 and var information ? 1 / Math.Sqrt(information) : double.NaN;
        return theta > 0.99e8 ? double.PositiveInfinity : theta;
    }

    // The score and minus its derivative.
    static (double Slope, double Bend) At(double[] labels, double[]? weights, double[] margins, double theta)
    {
        double slope = 0, bend = 0, own = SpecialFunctions.DiGamma(theta), ownBend = Trigamma(theta);
        for (int i = 0; i < labels.Length; i++)
        {
            double w = weights?[i] ?? 1, y = labels[i], mean = Math.Exp(margins[i]), sum = theta + mean;
            if (w == 0) continue;
            slope += w * (SpecialFunctions.DiGamma(theta + y) - own - ElementaryFunctions.LogOnePlus(mean / theta) + ((mean - y) / sum));
            bend += w * (ownBend - Trigamma(theta + y) - (1 / theta) + (2 / sum) - ((y + theta) / (sum * sum)));
        }
        return (slope, bend);
    }

    // ψ′ by its recurrence and its asymptotic series (Abramowitz and Stegun 6.4.6, 6.4.12).
    static double Trigamma(double x)
    {
        double sum = 0;
        for (; x < 12; x++) sum += 1 / (x * x);
        double s = 1 / (x * x);
        double tail = (1.0 / 6) - (s * ((1.0 / 30) - (s * ((1.0 / 42) - (s * ((1.0 / 30) - (s * 5.0 / 66)))))));
        return sum + (1 / x) + (s / 2) + (s / x * tail);
    }
}
