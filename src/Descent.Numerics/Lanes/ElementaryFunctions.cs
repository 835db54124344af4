using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace Descent.Numerics;

/// <summary>Exponential, logarithm, hyperbolic tangent, logistic function and softplus of whole spans,
/// at the width that the processor has.</summary>
/// <remarks>
/// The formulas are those of <see cref="Elementary"/> and <see cref="ElementarySingle"/>:
/// the same bits at any vector width, whatever the place of an entry in its span. Errors,
/// measured over the whole range against exact values: at most 2.5 units in the last place. NaN, infinities and subnormals as in IEEE 754.
/// </remarks>
public static class ElementaryFunctions
{
    /// <summary>
    /// e^x − 1 to a few last places, however small x is: by Kahan's form (u − 1)x/log u with u = e^x, where the rounding of u cancels.
    /// </summary>
    public static double ExpMinusOne(double x)
    {
        double u = Math.Exp(x);
        if (u == 1) return x;
        return u - 1 == -1 || double.IsInfinity(u) ? u - 1 : (u - 1) * x / Math.Log(u);
    }

    /// <summary>y = eˣ. The spans may be the same.</summary>
    public static void Exp<T>(ReadOnlySpan<T> x, Span<T> y)
        where T : unmanaged, IBinaryFloatingPointIeee754<T> => Map<T, ExpMap>(x, y);

    /// <summary>y = ln x. The spans may be the same.</summary>
    public static void Log<T>(ReadOnlySpan<T> x, Span<T> y)
        where T : unmanaged, IBinaryFloatingPointIeee754<T> => Map<T, LogMap>(x, y);

    /// <summary>y = tanh x. The spans may be the same.</summary>
    public static void Tanh<T>(ReadOnlySpan<T> x, Span<T> y)
        where T : unmanaged, IBinaryFloatingPointIeee754<T> => Map<T, TanhMap>(x, y);

    /// <summary>y = 1/(1 + e⁻ˣ). The spans may be the same.</summary>
    public static void Sigmoid<T>(ReadOnlySpan<T> x, Span<T> y)
        where T : unmanaged, IBinaryFloatingPointIeee754<T> => Map<T, SigmoidMap>(x, y);

    /// <summary>y = ln(1 + eˣ). The spans may be the same.</summary>
    public static void Softplus<T>(ReadOnlySpan<T> x, Span<T> y)
        where T : unmanaged, IBinaryFloatingPointIeee754<T> => Map<T, SoftplusMap>(x, y);

    /// <summary>
    /// log(1 + x) of one number within 3 units in the last place for x &gt; −1: in log(s)·x/(s − 1) the rounding of s = 1 + x cancels. The
    /// runtime's LogP1 is log(1 + x) as it stands, with no digit right for small x. Source: Higham (2002), 1.14.1.
    /// </summary>
    public static T LogOnePlus<T>(T x)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        T s = T.One + x;
        if (s == T.One) return x;
        return T.IsInfinity(s) ? s : T.Log(s) * (x / (s - T.One));
    }

    static void Map<T, F>(ReadOnlySpan<T> x, Span<T> y)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
        where F : struct, IMap<double>, IMap<float>
    {
        if (y.Length != x.Length) throw new ArgumentException($"{x.Length} values need as much room; got {y.Length}.");
        if (typeof(T) == typeof(double)) Run<double, F>(MemoryMarshal.Cast<T, double>(x), MemoryMarshal.Cast<T, double>(y));
        else if (typeof(T) == typeof(float)) Run<float, F>(MemoryMarshal.Cast<T, float>(x), MemoryMarshal.Cast<T, float>(y));
        else throw new NotSupportedException($"Elementary functions are there for float and double, not {typeof(T).Name}.");
    }

    static void Run<T, F>(ReadOnlySpan<T> x, Span<T> y)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
        where F : struct, IMap<T>
    {
        ref T x0 = ref MemoryMarshal.GetReference(x);
        ref T y0 = ref MemoryMarshal.GetReference(y);
        nuint i = 0, n = (nuint)x.Length;
        if (Vector512.IsHardwareAccelerated) Sweep<T, F, Lane512<T>>(ref x0, ref y0, ref i, n);
        if (Vector256.IsHardwareAccelerated) Sweep<T, F, Lane256<T>>(ref x0, ref y0, ref i, n);
        if (Vector128.IsHardwareAccelerated) Sweep<T, F, Lane128<T>>(ref x0, ref y0, ref i, n);
        Sweep<T, F, Lane1<T>>(ref x0, ref y0, ref i, n);
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    static void Sweep<T, F, V>(ref T x, ref T y, ref nuint start, nuint n)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
        where F : struct, IMap<T>
        where V : struct, IBitLane<V, T>
    {
        nuint i = start, step = (nuint)V.Count;
        for (; i + step <= n; i += step) F.Invoke(V.Load(ref x, i)).Store(ref y, i);
        start = i;
    }

    interface IMap<T>
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        static abstract V Invoke<V>(V x)
            where V : struct, IBitLane<V, T>;
    }

    readonly struct ExpMap : IMap<double>, IMap<float>
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        static V IMap<double>.Invoke<V>(V x) => Elementary.Exp(x);

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        static V IMap<float>.Invoke<V>(V x) => ElementarySingle.Exp(x);
    }

    readonly struct LogMap : IMap<double>, IMap<float>
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        static V IMap<double>.Invoke<V>(V x) => Elementary.Log(x);

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        static V IMap<float>.Invoke<V>(V x) => ElementarySingle.Log(x);
    }

    readonly struct TanhMap : IMap<double>, IMap<float>
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        static V IMap<double>.Invoke<V>(V x) => Elementary.Tanh(x);

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        static V IMap<float>.Invoke<V>(V x) => ElementarySingle.Tanh(x);
    }

    readonly struct SigmoidMap : IMap<double>, IMap<float>
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        static V IMap<double>.Invoke<V>(V x) => Elementary.Sigmoid(x);

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        static V IMap<float>.Invoke<V>(V x) => ElementarySingle.Sigmoid(x);
    }

    readonly struct SoftplusMap : IMap<double>, IMap<float>
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        static V IMap<double>.Invoke<V>(V x) => Elementary.Softplus(x);

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        static V IMap<float>.Invoke<V>(V x) => ElementarySingle.Softplus(x);
    }
}
