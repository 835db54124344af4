using Descent.Numerics;

namespace Descent.Models.Losses;

/// <summary>φ = e^z − yz for counts y ≥ 0: the negative log-likelihood with log link,
/// without the term log y! that does not depend on z.</summary>
public readonly struct PoissonLoss : IMarginLoss
{
    /// <inheritdoc/>
    public string Name => "poisson";

    /// <inheritdoc/>
    public LossKind Kind => LossKind.Poisson;

    /// <inheritdoc/>
    public double Smoothness => double.PositiveInfinity;

    /// <inheritdoc/>
    public double SelfConcordance => 1;

    /// <inheritdoc/>
    public bool IsPiecewiseLinear => false;

    /// <inheritdoc/>
    public double Value(double z, double y) => Elementary.Exp(z) - (y * z);

    /// <inheritdoc/>
    public double Derivative(double z, double y) => Elementary.Exp(z) - y;

    /// <inheritdoc/>
    // e^(−z) falls along a straight line of slope −1 where y = 0, and to 1/y exponentially otherwise.
    public double Follow(double z, double y, double c) => y == 0
        ? -ElementaryFunctions.LogOnePlus(c * Math.Exp(z))
        : -ElementaryFunctions.LogOnePlus((1 - (Math.Exp(z) / y)) * ElementaryFunctions.ExpMinusOne(-y * c));

    /// <inheritdoc/>
    public double Second(double z, double y) => Elementary.Exp(z);

    /// <inheritdoc/>
    public double Least(double y) => y > 0 ? y - (y * Math.Log(y)) : 0;

    /// <inheritdoc/>
    public double Conjugate(double u, double y)
    {
        double s = u + y;
        if (s < 0) return double.PositiveInfinity;
        return s > 0 ? s * (Math.Log(s) - 1) : 0;
    }

    /// <inheritdoc/>
    public (double Low, double High) Domain(double y) => (-y, double.PositiveInfinity);

    /// <inheritdoc/>
    public void Evaluate(Span<double> z, ReadOnlySpan<double> y, Span<double> value)
    {
        for (int i = 0; i < z.Length; i++) value[i] = -y[i] * z[i];
        Elementary.Exp(z);
        for (int i = 0; i < z.Length; i++)
        {
            value[i] += z[i];
            z[i] -= y[i];
        }
    }
}
