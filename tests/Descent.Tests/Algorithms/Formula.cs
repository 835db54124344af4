using Descent.Testing;

namespace Descent.Tests.Algorithms;

/// <summary>An objective from three functions, for the corner at hand.</summary>
sealed class Formula(int dimension, Func<double[], double> value, Func<double[], double[]> gradient,
    Func<double[], double[]>? hessian = null) : AnalyticOracle<double>(dimension)
{
    public override double Optimum => double.NaN;

    public override ReadOnlySpan<double> Minimiser => default;

    public override double Smoothness => double.PositiveInfinity;

    public override double StrongConvexity => 0;

    protected override double ValueCore(ReadOnlySpan<double> w) => value(w.ToArray());

    protected override double GradientCore(ReadOnlySpan<double> w, Span<double> g)
    {
        gradient(w.ToArray()).CopyTo(g);
        return value(w.ToArray());
    }

    protected override void HessianCore(ReadOnlySpan<double> w, Span<double> h) =>
        (hessian ?? throw new NotSupportedException())(w.ToArray()).CopyTo(h);
}
