using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace Descent.Numerics;

/// <summary>Exponential, logistic function and softplus on eight doubles at a time, with the same bits on every machine.</summary>
/// <remarks>
/// Only correctly rounded operations are used (product, quotient, fused multiply-add), in one fixed order. Errors against exact values, measured
/// over the whole range: below 1.5 units in the last place for the exponential, below 2.5 for the others.
/// </remarks>
public static class Elementary
{
    const double Magic = 6755399441055744.0; // 1.5·2⁵²: adding it rounds to the nearest integer, kept in the low bits.
    const double Log2E = 1.4426950408889634, Ln2Hi = 0.69314718055994529, Ln2Lo = 2.3190468138462996e-17;

    /// <summary>e^x for eight values; overflows to ∞, underflows through the subnormals to 0, keeps NaN.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<double> Exp(Vector512<double> x)
    {
        Vector512<double> c = Vector512.ConditionalSelect(Vector512.GreaterThan(x, Vector512.Create(709.8)), Vector512.Create(709.8), x);
        c = Vector512.ConditionalSelect(Vector512.LessThan(c, Vector512.Create(-746.0)), Vector512.Create(-746.0), c);
        Vector512<double> shifted = (c * Vector512.Create(Log2E)) + Vector512.Create(Magic);
        Vector512<double> n = shifted - Vector512.Create(Magic);
        Vector512<double> r = Vector512.FusedMultiplyAdd(n, Vector512.Create(-Ln2Hi), c);
        r = Vector512.FusedMultiplyAdd(n, Vector512.Create(-Ln2Lo), r);
        // e^r − 1 − r = r²·(Σ rᵏ/(k+2)!): pairs, fours and eights of terms side by side, which a single value waits less long for than for one term after another.
        Vector512<double> r2 = r * r, r4 = r2 * r2, r8 = r4 * r4;
        Vector512<double> p01 = Vector512.FusedMultiplyAdd(Vector512.Create(1.0 / 6), r, Vector512.Create(0.5));
        Vector512<double> p23 = Vector512.FusedMultiplyAdd(Vector512.Create(1.0 / 120), r, Vector512.Create(1.0 / 24));
        Vector512<double> p45 = Vector512.FusedMultiplyAdd(Vector512.Create(1.0 / 5040), r, Vector512.Create(1.0 / 720));
        Vector512<double> p67 = Vector512.FusedMultiplyAdd(Vector512.Create(1.0 / 362880), r, Vector512.Create(1.0 / 40320));
        Vector512<double> p89 = Vector512.FusedMultiplyAdd(Vector512.Create(1.0 / 39916800), r, Vector512.Create(1.0 / 3628800));
        Vector512<double> pab = Vector512.FusedMultiplyAdd(Vector512.Create(1.0 / 6227020800), r, Vector512.Create(1.0 / 479001600));
        Vector512<double> low = Vector512.FusedMultiplyAdd(p23, r2, p01), middle = Vector512.FusedMultiplyAdd(p67, r2, p45), high = Vector512.FusedMultiplyAdd(pab, r2, p89);
        Vector512<double> p = Vector512.FusedMultiplyAdd(high, r8, Vector512.FusedMultiplyAdd(middle, r4, low));
        p = Vector512.FusedMultiplyAdd(p, r2, r) + Vector512<double>.One;
        // 2ⁿ in two factors, so that subnormal results round once and 2¹⁰²⁴ is reached.
        Vector512<long> k = shifted.AsInt64() - Vector512.Create(Magic).AsInt64();
        Vector512<long> half = k >> 1;
        Vector512<double> s1 = ((half + Vector512.Create(1023L)) << 52).AsDouble();
        Vector512<double> s2 = ((k - half + Vector512.Create(1023L)) << 52).AsDouble();
        return Vector512.ConditionalSelect(Vector512.Equals(x, x), p * s1 * s2, x);
    }

    /// <summary><c>log(1 + e)</c> for <c>0 ≤ e ≤ 1</c>, accurate for tiny <c>e</c>: <c>2·artanh(e/(2+e))</c>.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<double> LogOnePlus(Vector512<double> e)
    {
        Vector512<double> s = e / (e + Vector512.Create(2.0)), q = s * s;
        Vector512<double> p = Vector512.Create(2.0 / 35);
        p = Vector512.FusedMultiplyAdd(p, q, Vector512.Create(2.0 / 33));
        p = Vector512.FusedMultiplyAdd(p, q, Vector512.Create(2.0 / 31));
        p = Vector512.FusedMultiplyAdd(p, q, Vector512.Create(2.0 / 29));
        p = Vector512.FusedMultiplyAdd(p, q, Vector512.Create(2.0 / 27));
        p = Vector512.FusedMultiplyAdd(p, q, Vector512.Create(2.0 / 25));
        p = Vector512.FusedMultiplyAdd(p, q, Vector512.Create(2.0 / 23));
        p = Vector512.FusedMultiplyAdd(p, q, Vector512.Create(2.0 / 21));
        p = Vector512.FusedMultiplyAdd(p, q, Vector512.Create(2.0 / 19));
        p = Vector512.FusedMultiplyAdd(p, q, Vector512.Create(2.0 / 17));
        p = Vector512.FusedMultiplyAdd(p, q, Vector512.Create(2.0 / 15));
        p = Vector512.FusedMultiplyAdd(p, q, Vector512.Create(2.0 / 13));
        p = Vector512.FusedMultiplyAdd(p, q, Vector512.Create(2.0 / 11));
        p = Vector512.FusedMultiplyAdd(p, q, Vector512.Create(2.0 / 9));
        p = Vector512.FusedMultiplyAdd(p, q, Vector512.Create(2.0 / 7));
        p = Vector512.FusedMultiplyAdd(p, q, Vector512.Create(2.0 / 5));
        p = Vector512.FusedMultiplyAdd(p, q, Vector512.Create(2.0 / 3));
        return Vector512.FusedMultiplyAdd(p * q, s, s + s);
    }

    /// <summary>For each margin z and label y ∈ [0, 1]: softplus(z) − y·z and σ(z) − y, the logistic loss and its derivative.</summary>
    /// <param name="z">Margins; overwritten by the derivatives.</param>
    /// <param name="y">Labels.</param>
    /// <param name="value">Losses.</param>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Logistic(Span<double> z, ReadOnlySpan<double> y, Span<double> value)
    {
        ref double z0 = ref MemoryMarshal.GetReference(z);
        ref double y0 = ref MemoryMarshal.GetReference(y);
        ref double v0 = ref MemoryMarshal.GetReference(value);
        nuint n = (nuint)z.Length, i = 0;
        for (; i + 8 <= n; i += 8)
        {
            LogisticLane(Vector512.LoadUnsafe(ref z0, i), Vector512.LoadUnsafe(ref y0, i), out Vector512<double> v, out Vector512<double> d);
            v.StoreUnsafe(ref v0, i);
            d.StoreUnsafe(ref z0, i);
        }
        if (i == n) return;
        LogisticLane(Vectors.LoadPart(ref z0, i, n), Vectors.LoadPart(ref y0, i, n), out Vector512<double> vt, out Vector512<double> dt);
        for (int k = 0; i < n; i++, k++)
        {
            value[(int)i] = vt[k];
            z[(int)i] = dt[k];
        }
    }

    /// <summary>The logistic loss of one example with the bits of <see cref="Logistic"/>; returns the derivative.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static double LogisticOne(double z, double y, out double value)
    {
        LogisticLane(Vector512.Create(z), Vector512.Create(y), out Vector512<double> v, out Vector512<double> d);
        value = v.ToScalar();
        return d.ToScalar();
    }

    /// <summary>The derivative of the logistic loss alone, <c>σ(z) − y</c>, with the bits of <see cref="Logistic"/>.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static double LogisticDerivative(double z, double y)
    {
        double e = Exp(Vector512.CreateScalarUnsafe(-Math.Abs(z))).ToScalar();
        return (z >= 0 ? (1 - y) - (y * e) : ((1 - y) * e) - y) / (1 + e);
    }

    /// <summary>e^x for a whole vector, in place.</summary>
    public static void Exp(Span<double> x)
    {
        ref double x0 = ref MemoryMarshal.GetReference(x);
        nuint n = (nuint)x.Length, i = 0;
        for (; i + 8 <= n; i += 8) Exp(Vector512.LoadUnsafe(ref x0, i)).StoreUnsafe(ref x0, i);
        if (i == n) return;
        Vector512<double> t = Exp(Vectors.LoadPart(ref x0, i, n));
        for (int k = 0; i < n; i++, k++) x[(int)i] = t[k];
    }

    /// <summary>e^x of one number with the bits of the vector form.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static double Exp(double x) => Exp(Vector512.CreateScalarUnsafe(x)).ToScalar();

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    static void LogisticLane(Vector512<double> z, Vector512<double> y, out Vector512<double> value, out Vector512<double> derivative)
    {
        Vector512<double> e = Exp(-Vector512.Abs(z)), one = Vector512<double>.One;
        Vector512<double> positive = Vector512.GreaterThanOrEqual(z, Vector512<double>.Zero);
        // σ(z) − y over one denominator: for y = 1 it is −σ(−z), which a well-classified example must not lose to the rounding of σ − 1.
        Vector512<double> rest = one - y;
        derivative = Vector512.ConditionalSelect(positive, rest - (y * e), (rest * e) - y) / (one + e);
        // max(z,0) − y·z is exact for y ∈ {0, 1}, so a well-classified example keeps its tiny loss.
        value = LogOnePlus(e) + (Vector512.ConditionalSelect(positive, z, Vector512<double>.Zero) - (y * z));
    }
}
