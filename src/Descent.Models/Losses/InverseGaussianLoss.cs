namespace Descent.Models.Losses;

/// <summary>
/// φ = ½ y e^(−2z) − e^(−z) for y &gt; 0: the negative log-likelihood of an inverse Gaussian variable of mean μ = e^z in units of its
/// dispersion, without terms that do not depend on z. <b>Not convex</b> where y &lt; μ/2.
/// </summary>
public readonly struct InverseGaussianLoss : IMarginLoss
{
    /// <inheritdoc/>
    public string Name => "inverse-gaussian";

    /// <inheritdoc/>
    public bool IsConvex => false;

    /// <inheritdoc/>
    public double Smoothness => double.PositiveInfinity;

    /// <inheritdoc/>
    public double SelfConcordance => double.NaN;

    /// <inheritdoc/>
    public bool IsPiecewiseLinear => false;

    /// <inheritdoc/>
    public double Value(double z, double y)
    {
        double e = Elementary.Exp(-z);
        return e * ((0.5 * y * e) - 1);
    }

    /// <inheritdoc/>
    public double Derivative(double z, double y)
    {
        double e = Elementary.Exp(-z);
        return e * (1 - (y * e));
    }

    /// <inheritdoc/>
    public double Second(double z, double y)
    {
        double e = Elementary.Exp(-z);
        return e * ((2 * y * e) - 1);
    }

    /// <inheritdoc/>
    public double Least(double y) => -0.5 / y;

    /// <inheritdoc/>
    /// <remarks>Of no use to a bound, for φ is not convex: +∞ but at u = 0.</remarks>
    public double Conjugate(double u, double y) => u == 0 ? 0.5 / y : double.PositiveInfinity;

    /// <inheritdoc/>
    public (double Low, double High) Domain(double y) => (double.NegativeInfinity, double.PositiveInfinity);

    /// <inheritdoc/>
    public (double Least, double Most) Curvatures(double z, double y, double t)
    {
        double e = Elementary.Exp(-z), grown = Math.Exp(t), shrunk = Math.Exp(-t);
        return (e * ((2 * y * e * shrunk * shrunk) - grown), e * ((2 * y * e * grown * grown) - shrunk));
    }

    /// <inheritdoc/>
    public (double Value, double Slope) Sizes(double z, double y)
    {
        double e = Elementary.Exp(-z);
        return (e * ((0.5 * y * e) + 1), e * (1 + (y * e)));
    }

    /// <inheritdoc/>
    public void Evaluate(Span<double> z, ReadOnlySpan<double> y, Span<double> value) => MarginLosses.Each(this, z, y, value);
}
