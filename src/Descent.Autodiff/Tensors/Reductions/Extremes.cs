using System.Runtime.CompilerServices;

namespace Descent.Autodiff.Operations;

readonly struct Larger<T> : IBinary<T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    public static string Name => "Maximum";

    public static T Invoke(T a, T b) => T.Max(a, b);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Invoke<V>(ref V a, V b)
        where V : struct, ILane<V, T> => a = V.Max(a, b);

    public static Var<T> First(Var<T> cotangent, Var<T> a, Var<T> b) => Guarded.Times(cotangent, 1 - (b - a).Step());

    public static Var<T> Second(Var<T> cotangent, Var<T> a, Var<T> b) => Guarded.Times(cotangent, (b - a).Step());
}

readonly struct Smaller<T> : IBinary<T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    public static string Name => "Minimum";

    public static T Invoke(T a, T b) => T.Min(a, b);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Invoke<V>(ref V a, V b)
        where V : struct, ILane<V, T> => a = V.Min(a, b);

    public static Var<T> First(Var<T> cotangent, Var<T> a, Var<T> b) => Guarded.Times(cotangent, 1 - (a - b).Step());

    public static Var<T> Second(Var<T> cotangent, Var<T> a, Var<T> b) => Guarded.Times(cotangent, (a - b).Step());
}
