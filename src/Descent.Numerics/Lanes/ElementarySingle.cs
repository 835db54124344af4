using System.Runtime.CompilerServices;

namespace Descent.Numerics;

/// <summary>The functions of <see cref="Elementary"/> on floats:
/// the formulas of the doubles with shorter polynomials, written once for every width.</summary>
/// <remarks>Errors against exact values, measured over the whole range: at most 2.5 units in the last place.
/// NaN, infinities and subnormals as in IEEE 754.</remarks>
public static class ElementarySingle
{
    const float Magic = 12582912f, Log2E = 1.44269504f, Ln2Hi = 0.693359375f, Ln2Lo = -2.12194440e-4f;

    /// <summary>eˣ; overflows to ∞, underflows through the subnormals to 0, keeps NaN.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static V Exp<V>(V x)
        where V : struct, IBitLane<V, float>
    {
        V c = V.IfLess(V.All(89f), x, V.All(89f), x);
        c = V.IfLess(c, V.All(-104f), V.All(-104f), c);
        V magic = V.All(Magic), shifted = (c * V.All(Log2E)) + magic, n = shifted - magic;
        V p = Reduced(c, n) + V.All(1);
        // 2ⁿ in two factors, so that subnormal results round once.
        V k = V.SubtractBits(shifted, magic), half = V.ShiftDown(k, 1);
        return V.IfEqual(x, x, p * PowerOfTwo(half) * PowerOfTwo(V.SubtractBits(k, half)), x);
    }

    /// <summary>1/(1 + e⁻ˣ), in lanes of single precision; without overflow on either side.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static V Sigmoid<V>(V x)
        where V : struct, IBitLane<V, float>
    {
        V e = Exp(-V.Abs(x)), one = V.All(1);
        return V.IfLess(x, V.All(0), e, one) / (one + e);
    }

    /// <summary>ln(1 + eˣ), in lanes of single precision; without overflow for large x.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static V Softplus<V>(V x)
        where V : struct, IBitLane<V, float> => V.IfLess(x, V.All(0), V.All(0), x) + LogOnePlus(Exp(-V.Abs(x)));

    /// <summary>tanh |x| = t/(t + 2), t = e^{2|x|} − 1; what the sum and the quotient rounded off is taken back.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static V Tanh<V>(V x)
        where V : struct, IBitLane<V, float>
    {
        V a = V.Abs(x), two = V.All(2f), end = V.All(10f);
        a = V.IfLess(end, a, end, a);
        V magic = V.All(Magic), y = a + a, shifted = (y * V.All(Log2E)) + magic, n = shifted - magic;
        V scale = PowerOfTwo(V.SubtractBits(shifted, magic));
        V t = V.FusedMultiplyAdd(scale, Reduced(y, n), scale - V.All(1)), d = t + two, r = t / d;
        V lost = t - (d - two), rest = V.FusedMultiplyAdd(-r, d, t) - (r * lost);
        r += rest / d;
        r = V.IfAtLeast(a, end, V.All(1), r);
        return V.IfEqual(x, x, V.CopySign(r, x), x);
    }

    /// <summary>ln x; ln 0 = −∞, ln ∞ = ∞, NaN below 0.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static V Log<V>(V x)
        where V : struct, IBitLane<V, float>
    {
        V zero = V.All(0), least = V.All(1.17549435e-38f), v = V.IfLess(x, least, x * V.All(33554432f), x);
        V k = V.SubtractBits(V.ShiftDown(V.AddBits(v, V.AllBits(0x3F800000 - 0x3F3504F3)), 23), V.AllBits(127));
        V f = V.SubtractBits(v, V.ShiftUp(k, 23)) - V.All(1), s = f / (f + V.All(2f)), z = s * s;
        V r = V.All(0.24279078841f);
        r = V.FusedMultiplyAdd(r, z, V.All(0.28498786688f));
        r = V.FusedMultiplyAdd(r, z, V.All(0.40000972152f));
        r = V.FusedMultiplyAdd(r, z, V.All(0.66666662693f));
        r *= z;
        V half = V.All(0.5f) * f * f;
        // Numbers of at most 8 bits become floats exactly through the mantissa of 1.5·2²³.
        V n = V.AddBits(k, V.All(Magic)) - V.All(Magic);
        n -= V.IfLess(x, least, V.All(25f), zero);
        V low = V.FusedMultiplyAdd(s, half + r, n * V.All(9.0580006145e-06f));
        V y = V.FusedMultiplyAdd(n, V.All(6.9313812256e-01f), f - (half - low));
        y = V.IfEqual(x, zero, V.All(float.NegativeInfinity), y);
        y = V.IfEqual(x, V.All(float.PositiveInfinity), x, y);
        y = V.IfLess(x, zero, V.All(float.NaN), y);
        return V.IfEqual(x, x, y, x);
    }

    // 2ᵏ for an integer k in the low bits, −126 ≤ k ≤ 127.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    static V PowerOfTwo<V>(V k)
        where V : struct, IBitLane<V, float> => V.ShiftUp(V.AddBits(k, V.AllBits(127)), 23);

    // e^r − 1 for r = x − n ln 2, |r| ≤ ½ ln 2.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    static V Reduced<V>(V x, V n)
        where V : struct, IBitLane<V, float>
    {
        V r = V.FusedMultiplyAdd(n, V.All(-Ln2Hi), x);
        r = V.FusedMultiplyAdd(n, V.All(-Ln2Lo), r);
        V p = V.All(1f / 5040);
        p = V.FusedMultiplyAdd(p, r, V.All(1f / 720));
        p = V.FusedMultiplyAdd(p, r, V.All(1f / 120));
        p = V.FusedMultiplyAdd(p, r, V.All(1f / 24));
        p = V.FusedMultiplyAdd(p, r, V.All(1f / 6));
        p = V.FusedMultiplyAdd(p, r, V.All(0.5f));
        return V.FusedMultiplyAdd(p * r, r, r);
    }

    // ln(1 + e) for 0 ≤ e ≤ 1: 2·artanh(e/(2 + e)).
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    static V LogOnePlus<V>(V e)
        where V : struct, IBitLane<V, float>
    {
        V s = e / (e + V.All(2f)), q = s * s, p = V.All(2f / 15);
        p = V.FusedMultiplyAdd(p, q, V.All(2f / 13));
        p = V.FusedMultiplyAdd(p, q, V.All(2f / 11));
        p = V.FusedMultiplyAdd(p, q, V.All(2f / 9));
        p = V.FusedMultiplyAdd(p, q, V.All(2f / 7));
        p = V.FusedMultiplyAdd(p, q, V.All(2f / 5));
        p = V.FusedMultiplyAdd(p, q, V.All(2f / 3));
        return V.FusedMultiplyAdd(p * q, s, s + s);
    }
}
