namespace Descent.Autodiff.Operations;

/// <summary>A function of two numbers with its pullbacks.</summary>
/// <typeparam name="T">Element type.</typeparam>
interface IBinary<T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    static abstract string Name { get; }

    static abstract T Invoke(T a, T b);

    /// <summary>The same on a lane, in place.</summary>
    static abstract void Invoke<V>(ref V a, V b)
        where V : struct, ILane<V, T>;

    static abstract Var<T> First(Var<T> cotangent, Var<T> a, Var<T> b);

    static abstract Var<T> Second(Var<T> cotangent, Var<T> a, Var<T> b);
}
