namespace Descent.Autodiff.Operations;

/// <summary>A function of one number with its derivative.</summary>
/// <typeparam name="T">Element type.</typeparam>
interface IUnary<T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    static abstract string Name { get; }

    static abstract T Invoke(T x);

    /// <summary>The function of many numbers.</summary>
    static virtual void Map<F>(ReadOnlySpan<T> x, Span<T> y)
        where F : struct, IUnary<T>
    {
        for (int i = 0; i < y.Length; i++) y[i] = F.Invoke(x[i]);
    }

    /// <summary>The derivative in terms of input x and output y; null when it is zero everywhere.</summary>
    static abstract Var<T>? Derivative(Var<T> x, Var<T> y);

    /// <summary>The pullback of a cotangent: its product with the derivative; null when that is zero everywhere.</summary>
    static virtual Var<T>? Pull<F>(Var<T> cotangent, Var<T> x, Var<T> y)
        where F : struct, IUnary<T> => F.Derivative(x, y) is { } derivative ? Guarded.Times(cotangent, derivative) : null;
}
