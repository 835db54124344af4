namespace Descent.Testing;

/// <summary><c>F(x, y) = (1 − x)² + 100(y − x²)²</c>, a curved valley with its minimum 0 at (1, 1). Source: Rosenbrock 1960.</summary>
/// <typeparam name="T">Element type.</typeparam>
public sealed class Rosenbrock<T>() : AnalyticOracle<T>(2)
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    static readonly double[] One = [1, 1];

    /// <inheritdoc/>
    public override double Optimum => 0;

    /// <inheritdoc/>
    public override ReadOnlySpan<double> Minimiser => One;

    /// <inheritdoc/>
    public override double Smoothness => double.PositiveInfinity;

    /// <inheritdoc/>
    public override double StrongConvexity => 0;

    /// <inheritdoc/>
    protected override double ValueCore(ReadOnlySpan<T> w)
    {
        double x = double.CreateTruncating(w[0]), y = double.CreateTruncating(w[1]), v = y - (x * x);
        return ((1 - x) * (1 - x)) + (100 * v * v);
    }

    /// <inheritdoc/>
    protected override double GradientCore(ReadOnlySpan<T> w, Span<T> g)
    {
        double x = double.CreateTruncating(w[0]), y = double.CreateTruncating(w[1]), v = y - (x * x);
        g[0] = T.CreateTruncating((-2 * (1 - x)) - (400 * x * v));
        g[1] = T.CreateTruncating(200 * v);
        return ValueCore(w);
    }

    /// <inheritdoc/>
    protected override void HessianCore(ReadOnlySpan<T> w, Span<double> hessian)
    {
        double x = double.CreateTruncating(w[0]), y = double.CreateTruncating(w[1]);
        hessian[0] = 2 - (400 * (y - (3 * x * x)));
        hessian[1] = -400 * x;
        hessian[3] = 200;
    }
}
