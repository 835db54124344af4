namespace Descent.Models.Losses;

/// <summary>
/// φ = yz − log z for y &gt; 0 and z &gt; 0, +∞ for z ≤ 0: the negative log-likelihood of a gamma variable of mean μ = 1/z in units of its
/// dispersion, without terms that do not depend on z. Convex, and a barrier: it grows without bound as z falls to 0, so that no minimum
/// lies on the edge. φ less its least value 1 + log y is half the unit deviance. The canonical link: φ″ = 1/z² does not depend on y.
/// </summary>
public readonly struct GammaInverseLoss : IMarginLoss
{
    /// <inheritdoc/>
    public string Name => "gamma-inverse";

    /// <inheritdoc/>
    public double Smoothness => double.PositiveInfinity;

    /// <summary>NaN: |φ‴| = 2φ″^(3/2), which no multiple of φ″ bounds.</summary>
    public double SelfConcordance => double.NaN;

    /// <inheritdoc/>
    public bool IsPiecewiseLinear => false;

    /// <inheritdoc/>
    public double LowestMargin => 0;

    /// <inheritdoc/>
    public double Value(double z, double y) => z > 0 ? (y * z) - Math.Log(z) : Outside(z, double.PositiveInfinity);

    /// <inheritdoc/>
    /// <remarks>−∞ for z ≤ 0: uphill is towards the edge.</remarks>
    public double Derivative(double z, double y) => z > 0 ? y - (1 / z) : Outside(z, double.NegativeInfinity);

    /// <inheritdoc/>
    public double Second(double z, double y) => z > 0 ? 1 / z / z : Outside(z, double.PositiveInfinity);

    /// <inheritdoc/>
    public double Least(double y) => 1 + Math.Log(y);

    /// <inheritdoc/>
    public double Conjugate(double u, double y) => u < y ? -1 - Math.Log(y - u) : double.PositiveInfinity;

    /// <inheritdoc/>
    public double ConjugateSize(double u, double y) => 2 + Math.Abs(Math.Log(Math.Max(y - u, 1e-300)));

    /// <inheritdoc/>
    public (double Low, double High) Domain(double y) => (double.NegativeInfinity, y);

    /// <inheritdoc/>
    public (double Least, double Most) Curvatures(double z, double y, double t) =>
        (z + t > 0 ? 1 / (z + t) / (z + t) : 0, z - t > 0 ? 1 / (z - t) / (z - t) : double.PositiveInfinity);

    /// <inheritdoc/>
    public (double Value, double Slope) Sizes(double z, double y) => ((y * Math.Abs(z)) + Math.Abs(Math.Log(Math.Abs(z))),
        y + (1 / Math.Abs(z)));

    /// <inheritdoc/>
    public void Evaluate(Span<double> z, ReadOnlySpan<double> y, Span<double> value) => MarginLosses.Each(this, z, y, value);

    // A margin that is no number has no loss.
    static double Outside(double z, double edge) => double.IsNaN(z) ? double.NaN : edge;
}
