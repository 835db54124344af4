namespace Descent.Oracles;

/// <summary>An objective whose exact value and gradient can be asked.</summary>
/// <typeparam name="T">Element type of the iterate.</typeparam>
public interface IGradientOracle<T> : IOracle
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    /// <summary>F(w). <c>w</c>: iterate, length d.</summary>
    double Value(ReadOnlySpan<T> w);

    /// <summary>Writes ∇F(w) to <paramref name="g"/> and returns F(w). Both spans have length d.</summary>
    double Gradient(ReadOnlySpan<T> w, Span<T> g);
}
