using Descent.Numerics;

namespace Descent.Models.Losses;

/// <summary>φ = log(1 + e^z) − yz for labels y ∈ {0, 1}; labels ±1 are mapped to 0 and 1, which gives log(1 + e^(−yz)).</summary>
public readonly struct LogisticLoss : IMarginLoss
{
    /// <inheritdoc/>
    public string Name => "logistic";

    /// <inheritdoc/>
    public double Smoothness => 0.25;

    /// <inheritdoc/>
    public double SelfConcordance => 1;

    /// <inheritdoc/>
    public bool IsPiecewiseLinear => false;

    /// <inheritdoc/>
    public double Value(double z, double y)
    {
        Elementary.LogisticOne(z, y, out double value);
        return value;
    }

    /// <inheritdoc/>
    public double Derivative(double z, double y) => Elementary.LogisticDerivative(z, y);

    /// <inheritdoc/>
    public double Second(double z, double y)
    {
        double e = Elementary.Exp(-Math.Abs(z)), s = 1 + e;
        return e / (s * s);
    }

    /// <inheritdoc/>
    public double Least(double y) => 0;

    /// <inheritdoc/>
    public double Conjugate(double u, double y)
    {
        double s = u + y;
        if (s < 0 || s > 1) return double.PositiveInfinity;
        // For y = 1 the complement is −u exactly; this keeps tiny probabilities.
        double rest = y == 1 ? -u : 1 - s;
        return (s > 0 ? s * Math.Log(s) : 0) + (rest > 0 ? rest * Math.Log(rest) : 0);
    }

    /// <inheritdoc/>
    public (double Low, double High) Domain(double y) => (-y, 1 - y);

    /// <inheritdoc/>
    public void Evaluate(Span<double> z, ReadOnlySpan<double> y, Span<double> value) => Elementary.Logistic(z, y, value);
}
