namespace Descent.Models.Losses;

/// <summary>
/// φ = y e^(−(p−1)z)/(p − 1) + e^((2−p)z)/(2 − p) for y ≥ 0 and 1 &lt; p &lt; 2: the negative log-likelihood, in units of the dispersion,
/// of a sum of a Poisson number of gamma variables with mean μ = e^z and variance proportional to μ^p, without terms that do not depend on
/// z. Convex: both terms are.
/// </summary>
/// <param name="power">p in (1, 2).</param>
public readonly struct TweedieLoss(double power) : IMarginLoss
{
    readonly double a = power - 1, b = 2 - power;

    /// <summary>p.</summary>
    public double Power { get; } = power;

    /// <inheritdoc/>
    public string Name => "tweedie";

    /// <inheritdoc/>
    public double Smoothness => double.PositiveInfinity;

    /// <inheritdoc/>
    public double SelfConcordance => Math.Max(a, b);

    /// <inheritdoc/>
    public bool IsPiecewiseLinear => false;

    /// <inheritdoc/>
    public double Value(double z, double y) => (y == 0 ? 0 : y * Elementary.Exp(-a * z) / a) + (Elementary.Exp(b * z) / b);

    /// <inheritdoc/>
    public double Derivative(double z, double y) => Elementary.Exp(b * z) - (y == 0 ? 0 : y * Elementary.Exp(-a * z));

    /// <inheritdoc/>
    public double Second(double z, double y) => (b * Elementary.Exp(b * z)) + (y == 0 ? 0 : a * y * Elementary.Exp(-a * z));

    /// <inheritdoc/>
    public double Least(double y) => y > 0 ? Math.Pow(y, b) / (a * b) : 0;

    /// <inheritdoc/>
    public double Conjugate(double u, double y)
    {
        if (y > 0) return MarginLosses.Conjugate(this, u, y).Value;
        // e^(bz) = u: (u log u − u)/b.
        return u < 0 ? double.PositiveInfinity : u > 0 ? u * (Math.Log(u) - 1) / b : 0;
    }

    /// <inheritdoc/>
    public double ConjugateSize(double u, double y) =>
        y > 0 ? MarginLosses.Conjugate(this, u, y).Size : Math.Abs(u) * (1 + Math.Abs(Math.Log(Math.Max(u, 1e-300)))) / b;

    /// <inheritdoc/>
    public (double Low, double High) Domain(double y) => (y > 0 ? double.NegativeInfinity : 0, double.PositiveInfinity);

    /// <inheritdoc/>
    public (double Least, double Most) Curvatures(double z, double y, double t) =>
        (Second(z, y) * Math.Exp(-SelfConcordance * t), Second(z, y) * Math.Exp(SelfConcordance * t));

    /// <inheritdoc/>
    public (double Value, double Slope) Sizes(double z, double y)
    {
        double grown = 1 + Math.Abs(z), falling = y == 0 ? 0 : y * Elementary.Exp(-a * z), rising = Elementary.Exp(b * z);
        return (((falling / a) + (rising / b)) * grown, (falling + rising) * grown);
    }

    /// <inheritdoc/>
    public void Evaluate(Span<double> z, ReadOnlySpan<double> y, Span<double> value) => MarginLosses.Each(this, z, y, value);
}
