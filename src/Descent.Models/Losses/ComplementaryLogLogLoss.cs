namespace Descent.Models.Losses;

/// <summary>
/// φ = −y log(1 − exp(−e^z)) + (1 − y)e^z: the negative log-likelihood of a binary target with the complementary log–log link, and of a
/// share y of trials in [0, 1]. Convex, for 1 − exp(−e^z) is log-concave in z.
/// </summary>
public readonly struct ComplementaryLogLogLoss : IMarginLoss
{
    // φ″ of a success rises to 0.4116 at e^z = 1.96 and falls again.
    const double Peak = 0.42, PeakAt = 0.673;

    /// <inheritdoc/>
    public string Name => "cloglog";

    /// <inheritdoc/>
    public double Smoothness => double.PositiveInfinity;

    /// <inheritdoc/>
    public double SelfConcordance => double.NaN;

    /// <inheritdoc/>
    public bool IsPiecewiseLinear => false;

    /// <inheritdoc/>
    public double Value(double z, double y)
    {
        double m = Math.Exp(z);
        return (y == 0 ? 0 : y * Success(m, z)) + (y == 1 ? 0 : (1 - y) * m);
    }

    /// <inheritdoc/>
    public double Derivative(double z, double y)
    {
        double m = Math.Exp(z);
        return (y == 1 ? 0 : (1 - y) * m) - (y == 0 ? 0 : y * Slope(m));
    }

    /// <inheritdoc/>
    public double Second(double z, double y)
    {
        double m = Math.Exp(z);
        return (y == 1 ? 0 : (1 - y) * m) + (y == 0 ? 0 : y * Bend(m));
    }

    /// <inheritdoc/>
    public double Least(double y) => y is 0 or 1 ? 0 : -(y * Math.Log(y)) - ((1 - y) * Math.Log(1 - y));

    /// <inheritdoc/>
    public double Conjugate(double u, double y)
    {
        (double low, double high) = Domain(y);
        if (u < low || u > high) return double.PositiveInfinity;
        // A failure alone has e^z: u log u − u.
        if (y == 0) return u > 0 ? u * (Math.Log(u) - 1) : 0;
        return u == 0 && y == 1 ? 0 : u == -1 && y == 1 ? 0 : MarginLosses.Conjugate(this, u, y).Value;
    }

    /// <inheritdoc/>
    public double ConjugateSize(double u, double y) => y == 0 ? Math.Abs(u) * (1 + Math.Abs(Math.Log(Math.Max(u, 1e-300))))
        : y == 1 && u is 0 or -1 ? 0 : MarginLosses.Conjugate(this, u, y).Size;

    /// <inheritdoc/>
    public (double Low, double High) Domain(double y) => (-y, y == 1 ? 0 : double.PositiveInfinity);

    /// <inheritdoc/>
    public (double Least, double Most) Curvatures(double z, double y, double t)
    {
        double low = Bend(Math.Exp(z - t)), high = Bend(Math.Exp(z + t));
        return ((y * Math.Min(low, high)) + (y == 1 ? 0 : (1 - y) * Math.Exp(z - t)),
            (y * (Math.Abs(z - PeakAt) <= t + 0.01 ? Peak : Math.Max(low, high))) + (y == 1 ? 0 : (1 - y) * Math.Exp(z + t)));
    }

    /// <inheritdoc/>
    public (double Value, double Slope) Sizes(double z, double y)
    {
        double m = Math.Exp(z), grown = 1 + Math.Abs(z), failed = y == 1 ? 0 : (1 - y) * m;
        return (((y == 0 ? 0 : y * (Success(m, z) + (m < 1 ? 1 : m < 800 ? m * Math.Exp(-m) : 0))) + failed) * grown,
            ((y == 0 ? 0 : y * Slope(m) * (1 + Math.Min(m, 800))) + failed) * grown);
    }

    /// <inheritdoc/>
    public void Evaluate(Span<double> z, ReadOnlySpan<double> y, Span<double> value) => MarginLosses.Each(this, z, y, value);

    // −log(1 − e^−m); for small m, 1 − e^−m is m(1 − m/2 + …).
    static double Success(double m, double z) => m > 0.7 ? -ElementaryFunctions.LogOnePlus(-Math.Exp(-m))
        : m < 1e-8 ? (m / 2) - z : -Math.Log(-ElementaryFunctions.ExpMinusOne(-m));

    // m/(e^m − 1), from 1 at m = 0 down to m·e^−m.
    static double Slope(double m) => m < 1e-8 ? 1 - (m / 2)
        : m > 40 ? (m < 800 ? m * Math.Exp(-m) : 0) : m / ElementaryFunctions.ExpMinusOne(m);

    // m(me^m − e^m + 1)/(e^m − 1)², of which the numerator loses digits near 0.
    static double Bend(double m)
    {
        if (m < 0.1)
        {
            double s = m * m;
            return (m / 2) - (s / 6) + (s * s / 180) - (s * s * s / 5040) + (s * s * s * s / 151200);
        }
        if (m > 40) return m < 800 ? m * (m - 1) * Math.Exp(-m) : 0;
        double e = ElementaryFunctions.ExpMinusOne(m);
        return m * (((m - 1) * e) + m) / (e * e);
    }
}
