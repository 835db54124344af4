using Descent.Models.Certificates;
using Descent.Numerics;

namespace Descent.Models.Losses;

/// <summary>φ = log(1 + e^z) − yz for labels y ∈ {0, 1}, or shares y of trials between; labels ±1 are mapped to 0 and 1, which gives
/// log(1 + e^(−yz)).</summary>
public readonly struct LogisticLoss : IMarginLoss
{
    /// <inheritdoc/>
    public string Name => "logistic";

    /// <inheritdoc/>
    public LossKind Kind => LossKind.Logistic;

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
    public double Follow(double z, double y, double c) =>
        y == 1 ? Flows.Logistic(z, c) : y == 0 ? -Flows.Logistic(-z, c) : double.NaN;

    /// <inheritdoc/>
    public double Second(double z, double y)
    {
        double e = Elementary.Exp(-Math.Abs(z)), s = 1 + e;
        return e / (s * s);
    }

    /// <inheritdoc/>
    public double Least(double y) => y is 0 or 1 ? 0 : -(y * Math.Log(y)) - ((1 - y) * Math.Log(1 - y));

    /// <inheritdoc/>
    public double Conjugate(double u, double y)
    {
        double s = u + y;
        if (s < 0 || s > 1) return double.PositiveInfinity;
        // For y = 1 the complement is −u exactly; this keeps tiny probabilities, and log(1 + x) their logarithms.
        double rest = y == 1 ? -u : 1 - s;
        double logS = y == 1 ? ElementaryFunctions.LogOnePlus(u) : Math.Log(s);
        double logRest = y == 0 ? ElementaryFunctions.LogOnePlus(-u) : Math.Log(rest);
        return (s > 0 ? s * logS : 0) + (rest > 0 ? rest * logRest : 0);
    }

    /// <inheritdoc/>
    public (double Low, double High) Domain(double y) => (-y, 1 - y);

    /// <inheritdoc/>
    public void Evaluate(Span<double> z, ReadOnlySpan<double> y, Span<double> value) => Elementary.Logistic(z, y, value);
}
