namespace Descent.Approximation;

/// <summary>Quantiles of the standard normal and of Student's t, for intervals.</summary>
public static class StandardNormal
{
    /// <summary>z with <c>P(|Z| ≤ z) = level</c>.</summary>
    public static double TwoSided(double level)
    {
        if (level is not (> 0 and < 1))
            throw new ArgumentOutOfRangeException(nameof(level),
                FormattableString.Invariant($"The level must lie in (0, 1); got {level}."));
        return Quantile((1 + level) / 2);
    }

    /// <summary>Φ⁻¹(p) for p in (0, 1), relative error below 1.2e-9. Source: Acklam's rational approximation, 2003.</summary>
    public static double Quantile(double p)
    {
        if (p is not (> 0 and < 1))
            throw new ArgumentOutOfRangeException(nameof(p), FormattableString.Invariant($"The probability must lie in (0, 1); got {p}."));
        if (p > 0.5) return -Quantile(1 - p);
        if (p < 0.02425)
        {
            double q = Math.Sqrt(-2 * Math.Log(p));
            return (((((((((-7.784894002430293e-03 * q) - 3.223964580411365e-01) * q) - 2.400758277161838) * q) - 2.549732539343734) * q)
                + 4.374664141464968) * q + 2.938163982698783)
                / ((((((((7.784695709041462e-03 * q) + 3.224671290700398e-01) * q) + 2.445134137142996) * q) + 3.754408661907416) * q) + 1);
        }
        double c = p - 0.5, r = c * c;
        double above =
            (((((((((-3.969683028665376e+01 * r) + 2.209460984245205e+02) * r) - 2.759285104469687e+02) * r) + 1.383577518672690e+02) * r)
                - 3.066479806614716e+01) * r) + 2.506628277459239;
        double below =
            ((((((((((-5.447609879822406e+01 * r) + 1.615858368580409e+02) * r) - 1.556989798598866e+02) * r) + 6.680131188771972e+01) * r)
                - 1.328068155288572e+01) * r) + 1);
        return above * c / below;
    }

    /// <summary>
    /// t with <c>P(|T| ≤ t) = level</c>: by halving on the law itself up to ν = 30, by the expansion of Fisher and Cornish to 1/ν⁴ beyond
    /// (error below 2e-6 at 95 %).
    /// </summary>
    internal static double StudentTwoSided(double level, int degrees)
    {
        double z = TwoSided(level), s = z * z, v = degrees;
        if (degrees <= 30) return StudentByHalving(level, degrees);
        double g1 = (s + 1) * z / 4, g2 = ((((5 * s) + 16) * s) + 3) * z / 96, g3 = ((((((3 * s) + 19) * s) + 17) * s) - 15) * z / 384;
        return z + (g1 / v) + (g2 / (v * v)) + (g3 / (v * v * v));
    }

    // In the angle φ with t = √ν tan φ the law is a finite sum of powers of cos φ. Source: Abramowitz and Stegun 1964, 26.7.3 and 26.7.4.
    static double StudentByHalving(double level, int degrees)
    {
        double low = 0, high = Math.PI / 2;
        for (int i = 0; i < 60; i++)
        {
            double middle = (low + high) / 2;
            if (StudentCentral(middle, degrees) < level) low = middle;
            else high = middle;
        }
        return Math.Sqrt(degrees) * Math.Tan(low);
    }

    static double StudentCentral(double angle, int degrees)
    {
        double cos = Math.Cos(angle), sin = Math.Sin(angle), term = degrees % 2 == 1 ? cos : 1, sum = 0;
        for (int k = degrees % 2 == 1 ? 3 : 2; k <= degrees; k += 2)
        {
            sum += term;
            term *= cos * cos * (k - 1) / k;
        }
        return degrees % 2 == 1 ? 2 / Math.PI * (angle + (sin * sum)) : sin * sum;
    }
}
