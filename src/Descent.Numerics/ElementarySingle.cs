using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace Descent.Numerics;

/// <summary>The functions of <see cref="ElementaryFunctions"/> on sixteen floats: the formulas of the doubles with shorter polynomials.</summary>
static class ElementarySingle
{
    const float Magic = 12582912f, Log2E = 1.44269504f, Ln2Hi = 0.693359375f, Ln2Lo = -2.12194440e-4f;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<float> Exp(Vector512<float> x)
    {
        Vector512<float> c = Vector512.ConditionalSelect(Vector512.GreaterThan(x, Vector512.Create(89f)), Vector512.Create(89f), x);
        c = Vector512.ConditionalSelect(Vector512.LessThan(c, Vector512.Create(-104f)), Vector512.Create(-104f), c);
        Vector512<float> shifted = (c * Vector512.Create(Log2E)) + Vector512.Create(Magic), n = shifted - Vector512.Create(Magic);
        Vector512<float> p = Reduced(c, n) + Vector512<float>.One;
        // 2ⁿ in two factors, so that subnormal results round once.
        Vector512<int> k = shifted.AsInt32() - Vector512.Create(Magic).AsInt32(), half = k >> 1;
        Vector512<float> s1 = ((half + Vector512.Create(127)) << 23).AsSingle(), s2 = ((k - half + Vector512.Create(127)) << 23).AsSingle();
        return Vector512.ConditionalSelect(Vector512.Equals(x, x), p * s1 * s2, x);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<float> Sigmoid(Vector512<float> x)
    {
        Vector512<float> e = Exp(-Vector512.Abs(x)), one = Vector512<float>.One;
        return Vector512.ConditionalSelect(Vector512.LessThan(x, Vector512<float>.Zero), e, one) / (one + e);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<float> Softplus(Vector512<float> x)
    {
        Vector512<float> above = Vector512.ConditionalSelect(Vector512.LessThan(x, Vector512<float>.Zero), Vector512<float>.Zero, x);
        return above + LogOnePlus(Exp(-Vector512.Abs(x)));
    }

    // tanh |x| = t/(t + 2), t = e^{2|x|} − 1; what the sum and the quotient rounded off is taken back.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<float> Tanh(Vector512<float> x)
    {
        Vector512<float> a = Vector512.Abs(x), two = Vector512.Create(2f), end = Vector512.Create(10f);
        a = Vector512.ConditionalSelect(Vector512.GreaterThan(a, end), end, a);
        Vector512<float> y = a + a, shifted = (y * Vector512.Create(Log2E)) + Vector512.Create(Magic), n = shifted - Vector512.Create(Magic);
        Vector512<float> scale = ((shifted.AsInt32() - Vector512.Create(Magic).AsInt32() + Vector512.Create(127)) << 23).AsSingle();
        Vector512<float> t = Vector512.FusedMultiplyAdd(scale, Reduced(y, n), scale - Vector512<float>.One), d = t + two, r = t / d;
        Vector512<float> lost = t - (d - two), rest = Vector512.FusedMultiplyAdd(-r, d, t) - (r * lost);
        r += rest / d;
        r = Vector512.ConditionalSelect(Vector512.GreaterThanOrEqual(a, end), Vector512<float>.One, r);
        return Vector512.ConditionalSelect(Vector512.Equals(x, x), r | (x & Vector512.Create(-0f)), x);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<float> Log(Vector512<float> x)
    {
        Vector512<float> tiny = Vector512.LessThan(x, Vector512.Create(1.17549435e-38f));
        Vector512<float> v = Vector512.ConditionalSelect(tiny, x * Vector512.Create(33554432f), x);
        Vector512<int> bits = v.AsInt32(), k = ((bits + Vector512.Create(0x3F800000 - 0x3F3504F3)) >> 23) - Vector512.Create(127);
        Vector512<float> f = (bits - (k << 23)).AsSingle() - Vector512<float>.One, s = f / (f + Vector512.Create(2f)), z = s * s;
        Vector512<float> r = Vector512.Create(0.24279078841f);
        r = Vector512.FusedMultiplyAdd(r, z, Vector512.Create(0.28498786688f));
        r = Vector512.FusedMultiplyAdd(r, z, Vector512.Create(0.40000972152f));
        r = Vector512.FusedMultiplyAdd(r, z, Vector512.Create(0.66666662693f));
        r *= z;
        Vector512<float> half = Vector512.Create(0.5f) * f * f;
        Vector512<float> n = Vector512.ConvertToSingle(k) - Vector512.ConditionalSelect(tiny, Vector512.Create(25f), Vector512<float>.Zero);
        Vector512<float> low = Vector512.FusedMultiplyAdd(s, half + r, n * Vector512.Create(9.0580006145e-06f));
        Vector512<float> y = Vector512.FusedMultiplyAdd(n, Vector512.Create(6.9313812256e-01f), f - (half - low));
        y = Vector512.ConditionalSelect(Vector512.Equals(x, Vector512<float>.Zero), Vector512.Create(float.NegativeInfinity), y);
        y = Vector512.ConditionalSelect(Vector512.Equals(x, Vector512.Create(float.PositiveInfinity)), x, y);
        y = Vector512.ConditionalSelect(Vector512.LessThan(x, Vector512<float>.Zero), Vector512.Create(float.NaN), y);
        return Vector512.ConditionalSelect(Vector512.Equals(x, x), y, x);
    }

    // e^r − 1 for r = x − n ln 2, |r| ≤ ½ ln 2.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    static Vector512<float> Reduced(Vector512<float> x, Vector512<float> n)
    {
        Vector512<float> r = Vector512.FusedMultiplyAdd(n, Vector512.Create(-Ln2Hi), x);
        r = Vector512.FusedMultiplyAdd(n, Vector512.Create(-Ln2Lo), r);
        Vector512<float> p = Vector512.Create(1f / 5040);
        p = Vector512.FusedMultiplyAdd(p, r, Vector512.Create(1f / 720));
        p = Vector512.FusedMultiplyAdd(p, r, Vector512.Create(1f / 120));
        p = Vector512.FusedMultiplyAdd(p, r, Vector512.Create(1f / 24));
        p = Vector512.FusedMultiplyAdd(p, r, Vector512.Create(1f / 6));
        p = Vector512.FusedMultiplyAdd(p, r, Vector512.Create(0.5f));
        return Vector512.FusedMultiplyAdd(p * r, r, r);
    }

    // ln(1 + e) for 0 ≤ e ≤ 1: 2·artanh(e/(2 + e)).
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    static Vector512<float> LogOnePlus(Vector512<float> e)
    {
        Vector512<float> s = e / (e + Vector512.Create(2f)), q = s * s, p = Vector512.Create(2f / 15);
        p = Vector512.FusedMultiplyAdd(p, q, Vector512.Create(2f / 13));
        p = Vector512.FusedMultiplyAdd(p, q, Vector512.Create(2f / 11));
        p = Vector512.FusedMultiplyAdd(p, q, Vector512.Create(2f / 9));
        p = Vector512.FusedMultiplyAdd(p, q, Vector512.Create(2f / 7));
        p = Vector512.FusedMultiplyAdd(p, q, Vector512.Create(2f / 5));
        p = Vector512.FusedMultiplyAdd(p, q, Vector512.Create(2f / 3));
        return Vector512.FusedMultiplyAdd(p * q, s, s + s);
    }
}
