using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace Descent.Numerics;

/// <summary>Exponential, logarithm, hyperbolic tangent, logistic function and softplus of whole spans, eight doubles or sixteen floats at a time.</summary>
/// <remarks>
/// Only correctly rounded operations in one fixed order: the same bits at any vector width, whatever the place of an entry in its span. Errors, measured over the whole range against
/// exact values: at most 2.5 units in the last place. NaN, infinities and subnormals as in IEEE 754.
/// </remarks>
public static partial class ElementaryFunctions
{
    const double Magic = 6755399441055744.0, Log2E = 1.4426950408889634, Ln2Hi = 0.69314718055994529, Ln2Lo = 2.3190468138462996e-17;

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

    // The last, short part goes through the same lanes, so that an entry's bits do not depend on its place.
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    static void Map<T, F>(ReadOnlySpan<T> x, Span<T> y)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
        where F : struct, IMap
    {
        if (y.Length != x.Length) throw new ArgumentException($"{x.Length} values need as much room; got {y.Length}.");
        if (typeof(T) != typeof(double) && typeof(T) != typeof(float)) throw new NotSupportedException($"Elementary functions are there for float and double, not {typeof(T).Name}.");
        ref T x0 = ref MemoryMarshal.GetReference(x);
        ref T y0 = ref MemoryMarshal.GetReference(y);
        nuint n = (nuint)x.Length, i = 0;
        if (typeof(T) == typeof(float))
        {
            for (; i + 16 <= n; i += 16) F.Invoke(Vector512.LoadUnsafe(ref Unsafe.As<T, float>(ref x0), i)).StoreUnsafe(ref Unsafe.As<T, float>(ref y0), i);
        }
        else
        {
            for (; i + 8 <= n; i += 8) F.Invoke(Vector512.LoadUnsafe(ref Unsafe.As<T, double>(ref x0), i)).StoreUnsafe(ref Unsafe.As<T, double>(ref y0), i);
        }
        if (i == n) return;
        Span<T> rest = stackalloc T[16];
        rest.Clear();
        x[(int)i..].CopyTo(rest);
        ref T r0 = ref MemoryMarshal.GetReference(rest);
        if (typeof(T) == typeof(float)) F.Invoke(Vector512.LoadUnsafe(ref Unsafe.As<T, float>(ref r0))).StoreUnsafe(ref Unsafe.As<T, float>(ref r0));
        else F.Invoke(Vector512.LoadUnsafe(ref Unsafe.As<T, double>(ref r0))).StoreUnsafe(ref Unsafe.As<T, double>(ref r0));
        rest[..(int)(n - i)].CopyTo(y[(int)i..]);
    }

    interface IMap
    {
        static abstract Vector512<double> Invoke(Vector512<double> x);

        static abstract Vector512<float> Invoke(Vector512<float> x);
    }

    readonly struct ExpMap : IMap
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public static Vector512<double> Invoke(Vector512<double> x) => Elementary.Exp(x);

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public static Vector512<float> Invoke(Vector512<float> x) => ElementarySingle.Exp(x);
    }

    readonly struct SigmoidMap : IMap
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public static Vector512<float> Invoke(Vector512<float> x) => ElementarySingle.Sigmoid(x);

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public static Vector512<double> Invoke(Vector512<double> x)
        {
            // e^(−|x|) does not overflow, and both sides keep their relative precision.
            Vector512<double> e = Elementary.Exp(-Vector512.Abs(x)), one = Vector512<double>.One;
            return Vector512.ConditionalSelect(Vector512.LessThan(x, Vector512<double>.Zero), e, one) / (one + e);
        }
    }

    readonly struct SoftplusMap : IMap
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public static Vector512<float> Invoke(Vector512<float> x) => ElementarySingle.Softplus(x);

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public static Vector512<double> Invoke(Vector512<double> x)
        {
            Vector512<double> above = Vector512.ConditionalSelect(Vector512.LessThan(x, Vector512<double>.Zero), Vector512<double>.Zero, x);
            return above + Elementary.LogOnePlus(Elementary.Exp(-Vector512.Abs(x)));
        }
    }

    // tanh |x| = t/(t + 2) with t = e^{2|x|} − 1, which does not cancel near 0.
    readonly struct TanhMap : IMap
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public static Vector512<float> Invoke(Vector512<float> x) => ElementarySingle.Tanh(x);

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public static Vector512<double> Invoke(Vector512<double> x)
        {
            Vector512<double> a = Vector512.Abs(x), two = Vector512.Create(2.0);
            a = Vector512.ConditionalSelect(Vector512.GreaterThan(a, Vector512.Create(22.0)), Vector512.Create(22.0), a);
            Vector512<double> t = ExpMinusOne(a + a), d = t + two, r = t / d;
            // What the sum and the quotient rounded off is taken back: the error of t alone is left.
            Vector512<double> lost = t - (d - two), rest = Vector512.FusedMultiplyAdd(-r, d, t) - (r * lost);
            r += rest / d;
            r = Vector512.ConditionalSelect(Vector512.GreaterThanOrEqual(a, Vector512.Create(22.0)), Vector512<double>.One, r);
            Vector512<double> sign = x & Vector512.Create(-0.0);
            return Vector512.ConditionalSelect(Vector512.Equals(x, x), r | sign, x);
        }

        // For 0 ≤ x ≤ 44: 2ⁿ(e^r − 1) + (2ⁿ − 1), r = x − n ln 2.
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        static Vector512<double> ExpMinusOne(Vector512<double> x)
        {
            Vector512<double> shifted = (x * Vector512.Create(Log2E)) + Vector512.Create(Magic), n = shifted - Vector512.Create(Magic);
            Vector512<double> r = Vector512.FusedMultiplyAdd(n, Vector512.Create(-Ln2Hi), x);
            r = Vector512.FusedMultiplyAdd(n, Vector512.Create(-Ln2Lo), r);
            Vector512<double> p = Vector512.Create(1.0 / 87178291200);
            p = Vector512.FusedMultiplyAdd(p, r, Vector512.Create(1.0 / 6227020800));
            p = Vector512.FusedMultiplyAdd(p, r, Vector512.Create(1.0 / 479001600));
            p = Vector512.FusedMultiplyAdd(p, r, Vector512.Create(1.0 / 39916800));
            p = Vector512.FusedMultiplyAdd(p, r, Vector512.Create(1.0 / 3628800));
            p = Vector512.FusedMultiplyAdd(p, r, Vector512.Create(1.0 / 362880));
            p = Vector512.FusedMultiplyAdd(p, r, Vector512.Create(1.0 / 40320));
            p = Vector512.FusedMultiplyAdd(p, r, Vector512.Create(1.0 / 5040));
            p = Vector512.FusedMultiplyAdd(p, r, Vector512.Create(1.0 / 720));
            p = Vector512.FusedMultiplyAdd(p, r, Vector512.Create(1.0 / 120));
            p = Vector512.FusedMultiplyAdd(p, r, Vector512.Create(1.0 / 24));
            p = Vector512.FusedMultiplyAdd(p, r, Vector512.Create(1.0 / 6));
            p = Vector512.FusedMultiplyAdd(p, r, Vector512.Create(0.5));
            p = Vector512.FusedMultiplyAdd(p * r, r, r);
            Vector512<double> scale = ((shifted.AsInt64() - Vector512.Create(Magic).AsInt64() + Vector512.Create(1023L)) << 52).AsDouble();
            return Vector512.FusedMultiplyAdd(scale, p, scale - Vector512<double>.One);
        }
    }

    // x = 2ᵏ(1 + f), √½ < 1 + f ≤ √2, and ln(1 + f) by the odd series in f/(2 + f); the coefficients are those of fdlibm's minimax polynomial.
    readonly struct LogMap : IMap
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public static Vector512<float> Invoke(Vector512<float> x) => ElementarySingle.Log(x);

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public static Vector512<double> Invoke(Vector512<double> x)
        {
            Vector512<double> tiny = Vector512.LessThan(x, Vector512.Create(2.2250738585072014e-308));
            Vector512<double> v = Vector512.ConditionalSelect(tiny, x * Vector512.Create(18014398509481984.0), x);
            Vector512<long> bits = v.AsInt64(), shifted = bits + Vector512.Create(0x3FF0000000000000L - 0x3FE6A09E667F3BCDL);
            Vector512<long> k = (shifted >> 52) - Vector512.Create(1023L);
            Vector512<double> m = (bits - (k << 52)).AsDouble();
            Vector512<double> f = m - Vector512<double>.One, s = f / (f + Vector512.Create(2.0)), z = s * s;
            Vector512<double> r = Vector512.Create(1.479819860511658591e-01);
            r = Vector512.FusedMultiplyAdd(r, z, Vector512.Create(1.531383769920937332e-01));
            r = Vector512.FusedMultiplyAdd(r, z, Vector512.Create(1.818357216161805012e-01));
            r = Vector512.FusedMultiplyAdd(r, z, Vector512.Create(2.222219843214978396e-01));
            r = Vector512.FusedMultiplyAdd(r, z, Vector512.Create(2.857142874366239149e-01));
            r = Vector512.FusedMultiplyAdd(r, z, Vector512.Create(3.999999999940941908e-01));
            r = Vector512.FusedMultiplyAdd(r, z, Vector512.Create(6.666666666666735130e-01));
            r *= z;
            Vector512<double> half = Vector512.Create(0.5) * f * f;
            // Numbers of at most 11 bits become doubles exactly through the mantissa of 1.5·2⁵².
            Vector512<double> n = (k + Vector512.Create(Magic).AsInt64()).AsDouble() - Vector512.Create(Magic);
            n -= Vector512.ConditionalSelect(tiny, Vector512.Create(54.0), Vector512<double>.Zero);
            Vector512<double> low = Vector512.FusedMultiplyAdd(s, half + r, n * Vector512.Create(1.90821492927058770002e-10));
            Vector512<double> y = Vector512.FusedMultiplyAdd(n, Vector512.Create(6.93147180369123816490e-01), f - (half - low));
            // ln 0 = −∞, ln ∞ = ∞, and below 0 there is none.
            y = Vector512.ConditionalSelect(Vector512.Equals(x, Vector512<double>.Zero), Vector512.Create(double.NegativeInfinity), y);
            y = Vector512.ConditionalSelect(Vector512.Equals(x, Vector512.Create(double.PositiveInfinity)), x, y);
            y = Vector512.ConditionalSelect(Vector512.LessThan(x, Vector512<double>.Zero), Vector512.Create(double.NaN), y);
            return Vector512.ConditionalSelect(Vector512.Equals(x, x), y, x);
        }
    }
}
