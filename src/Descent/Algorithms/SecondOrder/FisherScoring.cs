using Descent.Oracles;
using Descent.Sets;

namespace Descent.Algorithms;

/// <summary>
/// M28: Fisher scoring, <c>w ← w − s I(w)⁻¹∇F(w)</c> with the expected curvature I in place of the Hessian, and step halving
/// (s = 1, ½, … 1/16, until F falls). On generalised linear models this is iteratively reweighted least squares, for any link;
/// with the canonical link I is the Hessian, and the steps are those of <see cref="Newton"/>.
/// I is positive semidefinite where the Hessian need not be, so that every step goes downhill.
/// A step costs one information matrix and d³/3 operations; memory 2d². Singular matrices are damped, and the run ends,
/// as in Newton's method; near the optimum the error falls by a constant factor a step,
/// the distance of I from the Hessian relative to I. Deterministic. Source: P 19.4; McCullagh and Nelder 1989, 2.5.
/// </summary>
public sealed record FisherScoring : IMethod<double, IFisherMatrixOracle<double>>, IMethod<float, IFisherMatrixOracle<float>>
{
    /// <inheritdoc/>
    public string Recursion => "w ← w − s I(w)⁻¹ ∇F(w),  I = E ∇²F,  s = 1, ½, … until F falls";

    /// <inheritdoc/>
    public Iteration<double> Start(IFisherMatrixOracle<double> oracle, ReadOnlySpan<double> start, Draws draws) =>
        new Newton().Start(new Expected<double>(oracle), start, draws);

    /// <inheritdoc/>
    public Iteration<float> Start(IFisherMatrixOracle<float> oracle, ReadOnlySpan<float> start, Draws draws) =>
        new Newton().Start(new Expected<float>(oracle), start, draws);

    /// <summary>The same objective, with the expected curvature for its curvature.</summary>
    sealed class Expected<T>(IFisherMatrixOracle<T> inner) : IHessianMatrixOracle<T>
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        public int Dimension => inner.Dimension;

        public BlockLayout Layout => inner.Layout;

        public OracleMeter Meter => inner.Meter;

        public IProximalMap? NonSmooth => inner.NonSmooth;

        public double Value(ReadOnlySpan<T> w) => inner.Value(w);

        public double Gradient(ReadOnlySpan<T> w, Span<T> g) => inner.Gradient(w, g);

        public double Curvature(ReadOnlySpan<T> w, Span<double> gradient, Span<double> hessian) => inner.Information(w, gradient, hessian);

        public void HessianProduct(ReadOnlySpan<T> w, ReadOnlySpan<T> v, Span<T> hv) =>
            throw new NotSupportedException("Fisher scoring forms the matrix; it asks for no products.");
    }
}
