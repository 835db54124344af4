namespace Descent.Oracles;

/// <summary>An objective whose whole Hessian can be formed: for moderate d.</summary>
/// <typeparam name="T">Element type of the iterate.</typeparam>
public interface IHessianMatrixOracle<T> : IHessianOracle<T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    /// <summary>Writes ∇F(w) and the upper triangle of ∇²F(w) (row-major, d×d), both in double precision, and returns F(w).</summary>
    double Curvature(ReadOnlySpan<T> w, Span<double> gradient, Span<double> hessian);
}
