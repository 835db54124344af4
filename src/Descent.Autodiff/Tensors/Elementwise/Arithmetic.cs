using System.Runtime.CompilerServices;

namespace Descent.Autodiff.Operations;

readonly struct Plus<T> : IBinary<T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    public static string Name => "+";

    public static T Invoke(T a, T b) => a + b;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Invoke<V>(ref V a, V b)
        where V : struct, ILane<V, T> => a += b;

    public static Var<T> First(Var<T> cotangent, Var<T> a, Var<T> b) => cotangent;

    public static Var<T> Second(Var<T> cotangent, Var<T> a, Var<T> b) => cotangent;
}

readonly struct Minus<T> : IBinary<T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    public static string Name => "−";

    public static T Invoke(T a, T b) => a - b;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Invoke<V>(ref V a, V b)
        where V : struct, ILane<V, T> => a -= b;

    public static Var<T> First(Var<T> cotangent, Var<T> a, Var<T> b) => cotangent;

    public static Var<T> Second(Var<T> cotangent, Var<T> a, Var<T> b) => -cotangent;
}

readonly struct Times<T> : IBinary<T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    public static string Name => "×";

    public static T Invoke(T a, T b) => a * b;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Invoke<V>(ref V a, V b)
        where V : struct, ILane<V, T> => a *= b;

    public static Var<T> First(Var<T> cotangent, Var<T> a, Var<T> b) => Guarded.Times(cotangent, b);

    public static Var<T> Second(Var<T> cotangent, Var<T> a, Var<T> b) => Guarded.Times(cotangent, a);
}

readonly struct Over<T> : IBinary<T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    public static string Name => "÷";

    public static T Invoke(T a, T b) => a / b;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Invoke<V>(ref V a, V b)
        where V : struct, ILane<V, T> => a /= b;

    public static Var<T> First(Var<T> cotangent, Var<T> a, Var<T> b) => Guarded.Over(cotangent, b);

    public static Var<T> Second(Var<T> cotangent, Var<T> a, Var<T> b) => -Guarded.Over(Guarded.Over(Guarded.Times(cotangent, a), b), b);
}
