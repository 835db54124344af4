namespace Descent.Models.Losses;

/// <summary>φ = max(0, 1 − sz) with s = 2y − 1 for labels y ∈ {0, 1}: the support-vector machine.</summary>
public readonly struct HingeLoss : IPiecewiseLinearLoss
{
    /// <inheritdoc/>
    public string Name => "hinge";

    /// <inheritdoc/>
    public LossKind Kind => LossKind.Hinge;

    /// <inheritdoc/>
    public double Smoothness => double.PositiveInfinity;

    /// <inheritdoc/>
    public double SelfConcordance => double.NaN;

    /// <inheritdoc/>
    public bool IsPiecewiseLinear => true;

    /// <inheritdoc/>
    public double LowerSlope => 0;

    /// <inheritdoc/>
    public double UpperSlope => 1;

    /// <inheritdoc/>
    public (double Offset, double Turn) Margin(double y) => (1, (2 * y) - 1);

    /// <inheritdoc/>
    public double Value(double z, double y) => Math.Max(0, 1 - (((2 * y) - 1) * z));

    /// <inheritdoc/>
    public double Derivative(double z, double y)
    {
        double s = (2 * y) - 1;
        return s * z < 1 ? -s : 0;
    }

    /// <inheritdoc/>
    public double Follow(double z, double y, double c)
    {
        double s = (2 * y) - 1;
        return s * Math.Clamp(1 - (s * z), 0, c);
    }

    /// <inheritdoc/>
    public double Second(double z, double y) => 0;

    /// <inheritdoc/>
    public double Least(double y) => 0;

    /// <inheritdoc/>
    public double Conjugate(double u, double y)
    {
        double a = -((2 * y) - 1) * u;
        return a is >= 0 and <= 1 ? -a : double.PositiveInfinity;
    }

    /// <inheritdoc/>
    public (double Low, double High) Domain(double y) => y > 0.5 ? (-1, 0) : (0, 1);

    /// <inheritdoc/>
    public void Evaluate(Span<double> z, ReadOnlySpan<double> y, Span<double> value) => MarginLosses.Each(this, z, y, value);
}
