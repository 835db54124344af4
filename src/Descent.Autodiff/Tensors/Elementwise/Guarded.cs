using System.Runtime.CompilerServices;

namespace Descent.Autodiff.Operations;

/// <summary>a·b, and 0 where a = 0 whatever b is.</summary>
readonly struct TimesOrZero<T> : IBinary<T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    public static string Name => "×, nothing of nothing";

    public static T Invoke(T a, T b) => a == T.Zero ? T.Zero : a * b;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Invoke<V>(ref V a, V b)
        where V : struct, ILane<V, T> => a = V.WhereZero(a, a, a * b);

    public static Var<T> First(Var<T> cotangent, Var<T> a, Var<T> b) => Guarded.Product(cotangent, Guarded.Tame(b, a));

    public static Var<T> Second(Var<T> cotangent, Var<T> a, Var<T> b) => Guarded.Product(cotangent, a);
}

/// <summary>a/b, and 0 where a = 0 whatever b is.</summary>
readonly struct OverOrZero<T> : IBinary<T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    public static string Name => "÷, nothing of nothing";

    public static T Invoke(T a, T b) => a == T.Zero ? T.Zero : a / b;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Invoke<V>(ref V a, V b)
        where V : struct, ILane<V, T> => a = V.WhereZero(a, a, a / b);

    public static Var<T> First(Var<T> cotangent, Var<T> a, Var<T> b) => Guarded.Product(cotangent, Guarded.Tame(1 / b, a));

    public static Var<T> Second(Var<T> cotangent, Var<T> a, Var<T> b) =>
        -Guarded.Product(cotangent, Guarded.Quotient(Guarded.Quotient(a, b), b));
}

/// <summary>0 where the second is zero and the first is not finite, 1 elsewhere; constant.</summary>
readonly struct Harmless<T> : IBinary<T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    public static string Name => "0·∞ mask";

    public static T Invoke(T a, T b) => b == T.Zero && !T.IsFinite(a) ? T.Zero : T.One;

    // a − a is 0 for finite a and a NaN for the others.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Invoke<V>(ref V a, V b)
        where V : struct, ILane<V, T> => a = V.WhereZero(a - a, V.All(T.One), V.WhereZero(b, V.All(T.Zero), V.All(T.One)));

    public static Var<T> First(Var<T> cotangent, Var<T> a, Var<T> b) => cotangent.Tape.Constant(0).BroadcastTo(cotangent.Shape);

    public static Var<T> Second(Var<T> cotangent, Var<T> a, Var<T> b) => First(cotangent, a, b);
}

/// <summary>
/// Products and quotients of cotangents. Behind a choice a cotangent is exactly zero where the branch was not taken,
/// and must stay so where the branch's derivative is infinite or not a number: there, 0·∞ counts as 0.
/// </summary>
static class Guarded
{
    public static Var<T> Product<T>(Var<T> cotangent, Var<T> derivative)
        where T : unmanaged, IBinaryFloatingPointIeee754<T> => Binary<T, TimesOrZero<T>>.Of(cotangent, derivative);

    public static Var<T> Quotient<T>(Var<T> cotangent, Var<T> by)
        where T : unmanaged, IBinaryFloatingPointIeee754<T> => Binary<T, OverOrZero<T>>.Of(cotangent, by);

    /// <summary>A factor, and 0 where it is not finite beside a zero: what the product with that zero is differentiated by.</summary>
    public static Var<T> Tame<T>(Var<T> factor, Var<T> beside)
        where T : unmanaged, IBinaryFloatingPointIeee754<T> => Product(Binary<T, Harmless<T>>.Of(factor, beside), factor);

    /// <summary>The product of a cotangent and a derivative; guarded on tapes that hold a choice.</summary>
    public static Var<T> Times<T>(Var<T> cotangent, Var<T> derivative)
        where T : unmanaged, IBinaryFloatingPointIeee754<T> =>
            cotangent.Tape.HasChoices ? Product(cotangent, derivative) : cotangent * derivative;

    /// <summary>The quotient of a cotangent; guarded on tapes that hold a choice.</summary>
    public static Var<T> Over<T>(Var<T> cotangent, Var<T> by)
        where T : unmanaged, IBinaryFloatingPointIeee754<T> => cotangent.Tape.HasChoices ? Quotient(cotangent, by) : cotangent / by;
}
