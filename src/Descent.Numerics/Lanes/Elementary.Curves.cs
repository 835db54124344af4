using System.Runtime.CompilerServices;

namespace Descent.Numerics;

// Hyperbolic tangent and logarithm.
public static partial class Elementary
{
    /// <summary>tanh x by <c>t/(t + 2)</c> with <c>t = e^{2|x|} − 1</c>, which does not cancel near 0.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static V Tanh<V>(V x)
        where V : struct, IBitLane<V, double>
    {
        V a = V.Abs(x), two = V.All(2.0), end = V.All(22.0);
        a = V.IfLess(end, a, end, a);
        V t = ExpMinusOne(a + a), d = t + two, r = t / d;
        // What the sum and the quotient rounded off is taken back: the error of t alone is left.
        V lost = t - (d - two), rest = V.FusedMultiplyAdd(-r, d, t) - (r * lost);
        r += rest / d;
        r = V.IfAtLeast(a, end, V.All(1), r);
        return V.IfEqual(x, x, V.CopySign(r, x), x);
    }

    /// <summary>
    /// ln x: x = 2ᵏ(1 + f), √½ &lt; 1 + f ≤ √2, and ln(1 + f) by the odd series in f/(2 + f);
    /// the coefficients are those of fdlibm's minimax polynomial. ln 0 = −∞, ln ∞ = ∞, NaN below 0.
    /// </summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static V Log<V>(V x)
        where V : struct, IBitLane<V, double>
    {
        V zero = V.All(0), least = V.All(2.2250738585072014e-308), v = V.IfLess(x, least, x * V.All(18014398509481984.0), x);
        V k = V.SubtractBits(V.ShiftDown(V.AddBits(v, V.AllBits(0x3FF0000000000000L - 0x3FE6A09E667F3BCDL)), 52), V.AllBits(1023));
        V m = V.SubtractBits(v, V.ShiftUp(k, 52));
        V f = m - V.All(1), s = f / (f + V.All(2.0)), z = s * s;
        V r = V.All(1.479819860511658591e-01);
        r = V.FusedMultiplyAdd(r, z, V.All(1.531383769920937332e-01));
        r = V.FusedMultiplyAdd(r, z, V.All(1.818357216161805012e-01));
        r = V.FusedMultiplyAdd(r, z, V.All(2.222219843214978396e-01));
        r = V.FusedMultiplyAdd(r, z, V.All(2.857142874366239149e-01));
        r = V.FusedMultiplyAdd(r, z, V.All(3.999999999940941908e-01));
        r = V.FusedMultiplyAdd(r, z, V.All(6.666666666666735130e-01));
        r *= z;
        V half = V.All(0.5) * f * f;
        // Numbers of at most 11 bits become doubles exactly through the mantissa of 1.5·2⁵².
        V n = V.AddBits(k, V.All(Magic)) - V.All(Magic);
        n -= V.IfLess(x, least, V.All(54.0), zero);
        V low = V.FusedMultiplyAdd(s, half + r, n * V.All(1.90821492927058770002e-10));
        V y = V.FusedMultiplyAdd(n, V.All(6.93147180369123816490e-01), f - (half - low));
        y = V.IfEqual(x, zero, V.All(double.NegativeInfinity), y);
        y = V.IfEqual(x, V.All(double.PositiveInfinity), x, y);
        y = V.IfLess(x, zero, V.All(double.NaN), y);
        return V.IfEqual(x, x, y, x);
    }

    // For 0 ≤ x ≤ 44: 2ⁿ(e^r − 1) + (2ⁿ − 1), r = x − n ln 2.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    static V ExpMinusOne<V>(V x)
        where V : struct, IBitLane<V, double>
    {
        V magic = V.All(Magic), shifted = (x * V.All(Log2E)) + magic, n = shifted - magic;
        V r = V.FusedMultiplyAdd(n, V.All(-Ln2Hi), x);
        r = V.FusedMultiplyAdd(n, V.All(-Ln2Lo), r);
        V p = V.All(1.0 / 87178291200);
        p = V.FusedMultiplyAdd(p, r, V.All(1.0 / 6227020800));
        p = V.FusedMultiplyAdd(p, r, V.All(1.0 / 479001600));
        p = V.FusedMultiplyAdd(p, r, V.All(1.0 / 39916800));
        p = V.FusedMultiplyAdd(p, r, V.All(1.0 / 3628800));
        p = V.FusedMultiplyAdd(p, r, V.All(1.0 / 362880));
        p = V.FusedMultiplyAdd(p, r, V.All(1.0 / 40320));
        p = V.FusedMultiplyAdd(p, r, V.All(1.0 / 5040));
        p = V.FusedMultiplyAdd(p, r, V.All(1.0 / 720));
        p = V.FusedMultiplyAdd(p, r, V.All(1.0 / 120));
        p = V.FusedMultiplyAdd(p, r, V.All(1.0 / 24));
        p = V.FusedMultiplyAdd(p, r, V.All(1.0 / 6));
        p = V.FusedMultiplyAdd(p, r, V.All(0.5));
        p = V.FusedMultiplyAdd(p * r, r, r);
        V scale = PowerOfTwo(V.SubtractBits(shifted, magic));
        return V.FusedMultiplyAdd(scale, p, scale - V.All(1));
    }
}
