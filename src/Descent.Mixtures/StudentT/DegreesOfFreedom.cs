using MathNet.Numerics.RootFinding;
using MathNet.Numerics;

namespace Descent.Mixtures.StudentT;

/// <summary>
/// The likelihood equations for the degrees of freedom ν of a Student-t law in d dimensions, solved by bisection on the side of the current
/// ν where the likelihood rises.
/// </summary>
static class DegreesOfFreedom
{
    public const double Least = 1e-2, Most = 1e5;

    /// <summary>Root of <c>log(ν/2) − ψ(ν/2) + 1 + c = 0</c>, c = mean of E[log u] − E[u]: the maximiser of Q.</summary>
    public static double OfExpected(double mean, double current) => Uphill(nu => Digammas(nu) + 1 + mean, current);

    /// <summary>
    /// Slope of the observed log-likelihood in ν, by 2/n, from the distances δ: the equation of <see cref="OfExpected"/> with u = (ν +
    /// d)/(ν + δ) at ν itself.
    /// </summary>
    public static double OfObserved(double[] distances, double[] weights, int dimension, double current)
    {
        return Uphill(Slope, current);

        double Slope(double nu)
        {
            double sum = 0, total = 0;
            for (int i = 0; i < distances.Length; i++)
            {
                double u = (nu + dimension) / (nu + distances[i]);
                sum += weights[i] * (Math.Log(u) - u);
                total += weights[i];
            }
            return Digammas(nu) - Digammas(nu + dimension) + 1 + (sum / total);
        }
    }

    /// <summary>
    /// The maximiser of <c>Σ w log t(δ; ν)</c> uphill from the current ν: the equation of <see cref="OfObserved"/>, by Brent's method, a
    /// handful of passes over the distances.
    /// </summary>
    public static double OfLikelihood(ReadOnlyMemory<double> distances, ReadOnlyMemory<double> weights, int dimension, double current)
    {
        double total = 0;
        foreach (double w in weights.Span) total += w;
        bool up = Slope(current) > 0;
        double near = current, far = current;
        do
        {
            near = far;
            far = Math.Clamp(up ? far * 1.5 : far / 1.5, Least, Most);
            if (far == near) return far;
        }
        while (Slope(far) > 0 == up);
        (double low, double high) = up ? (near, far) : (far, near);
        return Brent.TryFindRoot(Slope, low, high, 1e-14 * high, 100, out double root) ? root : near;

        double Slope(double nu)
        {
            double sum = 0;
            ReadOnlySpan<double> d = distances.Span, w = weights.Span;
            for (int i = 0; i < d.Length; i++)
            {
                // log u − u + 1 with u = 1 + e.
                double e = (dimension - d[i]) / (nu + d[i]);
                sum += w[i] * (ElementaryFunctions.LogOnePlus(e) - e);
            }
            return Digammas(nu) - Digammas(nu + dimension) + (sum / total);
        }
    }

    static double Digammas(double nu) => Math.Log(nu / 2) - SpecialFunctions.DiGamma(nu / 2);

    // The bracket grows by 1.5 until the slope changes its sign; two roots within one growth are not seen.
    static double Uphill(Func<double, double> slope, double current)
    {
        bool up = slope(current) > 0;
        double near = current, far = current;
        do
        {
            near = far;
            far = Math.Clamp(up ? far * 1.5 : far / 1.5, Least, Most);
            if (far == near) return far;
        }
        while (slope(far) > 0 == up);
        for (int i = 0; i < 100 && Math.Abs(far - near) > 1e-15 * near; i++)
        {
            double middle = 0.5 * (near + far);
            if (slope(middle) > 0 == up) near = middle;
            else far = middle;
        }
        return near;
    }
}
