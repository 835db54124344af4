namespace Descent.Models.Losses;

/// <summary>φ = ½(z − y)².</summary>
public readonly struct SquaredLoss : IMarginLoss
{
    /// <inheritdoc/>
    public string Name => "linear";

    /// <inheritdoc/>
    public LossKind Kind => LossKind.Linear;

    /// <inheritdoc/>
    public double Smoothness => 1;

    /// <inheritdoc/>
    public double SelfConcordance => 0;

    /// <inheritdoc/>
    public bool IsPiecewiseLinear => false;

    /// <inheritdoc/>
    public double Value(double z, double y) => 0.5 * (z - y) * (z - y);

    /// <inheritdoc/>
    public double Derivative(double z, double y) => z - y;

    /// <inheritdoc/>
    public double Follow(double z, double y, double c) => Flows.Squared(z - y, c);

    /// <inheritdoc/>
    public double Second(double z, double y) => 1;

    /// <inheritdoc/>
    public double Least(double y) => 0;

    /// <inheritdoc/>
    public double Conjugate(double u, double y) => u * ((0.5 * u) + y);

    /// <inheritdoc/>
    public (double Low, double High) Domain(double y) => (double.NegativeInfinity, double.PositiveInfinity);

    /// <inheritdoc/>
    public void Evaluate(Span<double> z, ReadOnlySpan<double> y, Span<double> value)
    {
        for (int i = 0; i < z.Length; i++)
        {
            double r = z[i] - y[i];
            value[i] = 0.5 * r * r;
            z[i] = r;
        }
    }
}
