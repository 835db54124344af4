namespace Descent.Models.Losses;

/// <summary>φ = ½r² for |r| ≤ δ, δ|r| − ½δ² beyond, with r = z − y.</summary>
/// <param name="delta">δ &gt; 0, in the unit of the target.</param>
public readonly struct HuberLoss(double delta) : IMarginLoss
{
    /// <summary>δ.</summary>
    public double Delta { get; } = delta;

    /// <inheritdoc/>
    public string Name => "huber";

    /// <inheritdoc/>
    public LossKind Kind => LossKind.Huber;

    /// <inheritdoc/>
    public double Smoothness => 1;

    /// <inheritdoc/>
    public double SelfConcordance => double.NaN;

    /// <inheritdoc/>
    public bool IsPiecewiseLinear => false;

    /// <inheritdoc/>
    public double Value(double z, double y)
    {
        double r = Math.Abs(z - y);
        return r <= Delta ? 0.5 * r * r : Delta * (r - (0.5 * Delta));
    }

    /// <inheritdoc/>
    public double Derivative(double z, double y)
    {
        double r = z - y;
        return r > Delta ? Delta : r < -Delta ? -Delta : r;
    }

    /// <inheritdoc/>
    public double Follow(double z, double y, double c)
    {
        double r = z - y, beyond = Math.Max(0, Math.Abs(r) - Delta), straight = beyond / Delta;
        if (c <= straight) return -Math.CopySign(Delta * c, r);
        return -Math.CopySign(beyond, r) + Flows.Squared(Math.CopySign(Math.Min(Math.Abs(r), Delta), r), c - straight);
    }

    /// <inheritdoc/>
    public double Second(double z, double y) => Math.Abs(z - y) <= Delta ? 1 : 0;

    /// <inheritdoc/>
    public double Least(double y) => 0;

    /// <inheritdoc/>
    public double Conjugate(double u, double y) => Math.Abs(u) <= Delta ? u * ((0.5 * u) + y) : double.PositiveInfinity;

    /// <inheritdoc/>
    public (double Low, double High) Domain(double y) => (-Delta, Delta);

    /// <inheritdoc/>
    public void Evaluate(Span<double> z, ReadOnlySpan<double> y, Span<double> value) => MarginLosses.Each(this, z, y, value);
}
