namespace Descent.Models.Losses;

/// <summary>
/// φ = z + y e^(−z) for y &gt; 0: the negative log-likelihood of a gamma variable of mean μ = e^z in units of its dispersion, without terms
/// that do not depend on z. Convex; φ less its least value 1 + log y is half the unit deviance.
/// </summary>
public readonly struct GammaLoss : IMarginLoss
{
    /// <inheritdoc/>
    public string Name => "gamma";

    /// <inheritdoc/>
    public double Smoothness => double.PositiveInfinity;

    /// <inheritdoc/>
    public double SelfConcordance => 1;

    /// <inheritdoc/>
    public bool IsPiecewiseLinear => false;

    /// <inheritdoc/>
    public double Value(double z, double y) => z + (y * Elementary.Exp(-z));

    /// <inheritdoc/>
    public double Derivative(double z, double y) => 1 - (y * Elementary.Exp(-z));

    /// <inheritdoc/>
    public double Second(double z, double y) => y * Elementary.Exp(-z);

    /// <inheritdoc/>
    public double Least(double y) => 1 + Math.Log(y);

    /// <inheritdoc/>
    public double Conjugate(double u, double y)
    {
        double s = 1 - u;
        return s < 0 ? double.PositiveInfinity : s > 0 ? s * (Math.Log(s / y) - 1) : 0;
    }

    /// <inheritdoc/>
    public double ConjugateSize(double u, double y) => (1 + Math.Abs(u)) * (2 + Math.Abs(Math.Log(Math.Max(1 - u, 1e-300) / y)));

    /// <inheritdoc/>
    public (double Low, double High) Domain(double y) => (double.NegativeInfinity, 1);

    /// <inheritdoc/>
    public (double Least, double Most) Curvatures(double z, double y, double t) =>
        (y * Elementary.Exp(-z - t), y * Elementary.Exp(t - z));

    /// <inheritdoc/>
    public (double Value, double Slope) Sizes(double z, double y)
    {
        double ratio = y * Elementary.Exp(-z);
        return (Math.Abs(z) + ratio, 1 + ratio);
    }

    /// <inheritdoc/>
    public void Evaluate(Span<double> z, ReadOnlySpan<double> y, Span<double> value) => MarginLosses.Each(this, z, y, value);
}
