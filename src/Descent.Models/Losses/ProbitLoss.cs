namespace Descent.Models.Losses;

/// <summary>
/// φ = −y log Φ(z) − (1 − y) log Φ(−z), Φ the standard normal distribution function: the negative log-likelihood of a binary target with
/// probit link, and of a share y of trials in [0, 1]. Convex, for log Φ is concave; 1-smooth.
/// </summary>
public readonly struct ProbitLoss : IMarginLoss
{
    /// <inheritdoc/>
    public string Name => "probit";

    /// <inheritdoc/>
    public double Smoothness => 1;

    /// <inheritdoc/>
    public double SelfConcordance => double.NaN;

    /// <inheritdoc/>
    public bool IsPiecewiseLinear => false;

    /// <inheritdoc/>
    public double Value(double z, double y) => y == 1 ? -NormalTail.LogCdf(z) : y == 0 ? -NormalTail.LogCdf(-z)
        : -(y * NormalTail.LogCdf(z)) - ((1 - y) * NormalTail.LogCdf(-z));

    /// <inheritdoc/>
    public double Derivative(double z, double y) => y == 1 ? -NormalTail.InverseMills(z) : y == 0 ? NormalTail.InverseMills(-z)
        : ((1 - y) * NormalTail.InverseMills(-z)) - (y * NormalTail.InverseMills(z));

    /// <inheritdoc/>
    public double Second(double z, double y) => y == 1 ? NormalTail.Curvature(z) : y == 0 ? NormalTail.Curvature(-z)
        : (y * NormalTail.Curvature(z)) + ((1 - y) * NormalTail.Curvature(-z));

    /// <inheritdoc/>
    public double Least(double y) => y is 0 or 1 ? 0 : -(y * Math.Log(y)) - ((1 - y) * Math.Log(1 - y));

    /// <inheritdoc/>
    public double Conjugate(double u, double y)
    {
        (double low, double high) = Domain(y);
        return u < low || u > high ? double.PositiveInfinity : u == 0 && y is 0 or 1 ? 0 : MarginLosses.Conjugate(this, u, y).Value;
    }

    /// <inheritdoc/>
    public double ConjugateSize(double u, double y) => u == 0 && y is 0 or 1 ? 0 : MarginLosses.Conjugate(this, u, y).Size;

    /// <inheritdoc/>
    public (double Low, double High) Domain(double y) =>
        (y > 0 ? double.NegativeInfinity : 0, y < 1 ? double.PositiveInfinity : 0);

    /// <inheritdoc/>
    /// <remarks>Either curvature is that of a truncated normal variable's lost variance, and falls or rises with z throughout.</remarks>
    public (double Least, double Most) Curvatures(double z, double y, double t) =>
        ((y * NormalTail.Curvature(z + t)) + ((1 - y) * NormalTail.Curvature(t - z)),
            (y * NormalTail.Curvature(z - t)) + ((1 - y) * NormalTail.Curvature(-t - z)));

    /// <inheritdoc/>
    public (double Value, double Slope) Sizes(double z, double y) => (Value(z, y) * (1 + (z * z)),
        ((y * NormalTail.InverseMills(z)) + ((1 - y) * NormalTail.InverseMills(-z))) * (1 + (z * z)));

    /// <inheritdoc/>
    public void Evaluate(Span<double> z, ReadOnlySpan<double> y, Span<double> value) => MarginLosses.Each(this, z, y, value);
}
