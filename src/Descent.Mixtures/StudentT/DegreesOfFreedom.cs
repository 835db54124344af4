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
