namespace Descent.Models.Losses;

/// <summary>φ = ρ_τ(y − z), <c>ρ_τ(r) = r(τ − [r &lt; 0])</c>: the τ-quantile;
/// with <c>scale</c> 2 and τ = ½ the absolute loss |y − z|.</summary>
/// <param name="tau">τ in (0, 1).</param>
/// <param name="scale">Factor before the loss.</param>
public readonly struct PinballLoss(double tau, double scale = 1) : IPiecewiseLinearLoss
{
    /// <summary>τ.</summary>
    public double Tau { get; } = tau;

    /// <summary>Factor before the loss.</summary>
    public double Scale { get; } = scale;

    /// <inheritdoc/>
    public string Name => Kind == LossKind.Absolute ? "absolute" : "quantile";

    /// <inheritdoc/>
    public LossKind Kind => Scale == 2 && Tau == 0.5 ? LossKind.Absolute : LossKind.Quantile;

    /// <inheritdoc/>
    public double Smoothness => double.PositiveInfinity;

    /// <inheritdoc/>
    public double SelfConcordance => double.NaN;

    /// <inheritdoc/>
    public bool IsPiecewiseLinear => true;

    /// <inheritdoc/>
    public double LowerSlope => -Domain(0).High;

    /// <inheritdoc/>
    public double UpperSlope => -Domain(0).Low;

    /// <inheritdoc/>
    public (double Offset, double Turn) Margin(double y) => (y, 1);

    /// <inheritdoc/>
    public double Value(double z, double y)
    {
        double r = y - z;
        return Scale * (r >= 0 ? Tau * r : (Tau - 1) * r);
    }

    /// <inheritdoc/>
    public double Derivative(double z, double y) => z < y ? -Scale * Tau : z > y ? Scale * (1 - Tau) : 0;

    /// <inheritdoc/>
    public double Follow(double z, double y, double c) =>
        z < y ? Math.Min(y - z, c * Scale * Tau) : -Math.Min(z - y, c * Scale * (1 - Tau));

    /// <inheritdoc/>
    public double Second(double z, double y) => 0;

    /// <inheritdoc/>
    public double Least(double y) => 0;

    /// <inheritdoc/>
    public double Conjugate(double u, double y) =>
        u >= -Scale * Tau && u <= Scale * (1 - Tau) ? u * y : double.PositiveInfinity;

    /// <inheritdoc/>
    public (double Low, double High) Domain(double y) => (-Scale * Tau, Scale * (1 - Tau));

    /// <inheritdoc/>
    public void Evaluate(Span<double> z, ReadOnlySpan<double> y, Span<double> value) => MarginLosses.Each(this, z, y, value);
}
