namespace Descent.Oracles;

/// <summary>An objective of which Hessian–vector products can be asked.</summary>
/// <typeparam name="T">Element type of the iterate.</typeparam>
public interface IHessianOracle<T> : IGradientOracle<T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    /// <summary>Writes <c>∇²F(w) v</c> to <paramref name="hv"/>.</summary>
    void HessianProduct(ReadOnlySpan<T> w, ReadOnlySpan<T> v, Span<T> hv);
}
