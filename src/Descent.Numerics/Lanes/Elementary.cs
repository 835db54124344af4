using System.Runtime.CompilerServices;

namespace Descent.Numerics;

/// <summary>Exponential, logarithm, hyperbolic tangent, logistic function and softplus of doubles, written once for every width.</summary>
/// <remarks>
/// Only correctly rounded operations are used (sum, product, quotient, fused multiply-add), in one fixed order:
/// the same bits on every machine, for one value or for eight side by side. Errors against exact values, measured over the whole range:
/// below 1.5 units in the last place for the exponential, below 2.5 for the others. NaN, infinities and subnormals as in IEEE 754.
/// </remarks>
public static partial class Elementary
{
    const double Magic = 6755399441055744.0; // 1.5·2⁵²: adding it rounds to the nearest integer, kept in the low bits.
    const double Log2E = 1.4426950408889634, Ln2Hi = 0.69314718055994529, Ln2Lo = 2.3190468138462996e-17;

    /// <summary>eˣ; overflows to ∞, underflows through the subnormals to 0, keeps NaN.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static V Exp<V>(V x)
        where V : struct, IBitLane<V, double>
    {
        V c = V.IfLess(V.All(709.8), x, V.All(709.8), x);
        c = V.IfLess(c, V.All(-746.0), V.All(-746.0), c);
        V magic = V.All(Magic), shifted = (c * V.All(Log2E)) + magic, n = shifted - magic;
        V r = V.FusedMultiplyAdd(n, V.All(-Ln2Hi), c);
        r = V.FusedMultiplyAdd(n, V.All(-Ln2Lo), r);
        // e^r − 1 − r = r²·(Σ rᵏ/(k+2)!): pairs, fours and eights of terms side by side,
        // which a single value waits less long for than for one term after another.
        V r2 = r * r, r4 = r2 * r2, r8 = r4 * r4;
        V p01 = V.FusedMultiplyAdd(V.All(1.0 / 6), r, V.All(0.5));
        V p23 = V.FusedMultiplyAdd(V.All(1.0 / 120), r, V.All(1.0 / 24));
        V p45 = V.FusedMultiplyAdd(V.All(1.0 / 5040), r, V.All(1.0 / 720));
        V p67 = V.FusedMultiplyAdd(V.All(1.0 / 362880), r, V.All(1.0 / 40320));
        V p89 = V.FusedMultiplyAdd(V.All(1.0 / 39916800), r, V.All(1.0 / 3628800));
        V pab = V.FusedMultiplyAdd(V.All(1.0 / 6227020800), r, V.All(1.0 / 479001600));
        V low = V.FusedMultiplyAdd(p23, r2, p01), middle = V.FusedMultiplyAdd(p67, r2, p45), high = V.FusedMultiplyAdd(pab, r2, p89);
        V p = V.FusedMultiplyAdd(high, r8, V.FusedMultiplyAdd(middle, r4, low));
        p = V.FusedMultiplyAdd(p, r2, r) + V.All(1);
        // 2ⁿ in two factors, so that subnormal results round once and 2¹⁰²⁴ is reached.
        V k = V.SubtractBits(shifted, magic), half = V.ShiftDown(k, 1);
        return V.IfEqual(x, x, p * PowerOfTwo(half) * PowerOfTwo(V.SubtractBits(k, half)), x);
    }

    /// <summary><c>log(1 + e)</c> for <c>0 ≤ e ≤ 1</c>, accurate for tiny <c>e</c>: <c>2·artanh(e/(2+e))</c>.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static V LogOnePlus<V>(V e)
        where V : struct, IBitLane<V, double>
    {
        V s = e / (e + V.All(2.0)), q = s * s, p = V.All(2.0 / 35);
        p = V.FusedMultiplyAdd(p, q, V.All(2.0 / 33));
        p = V.FusedMultiplyAdd(p, q, V.All(2.0 / 31));
        p = V.FusedMultiplyAdd(p, q, V.All(2.0 / 29));
        p = V.FusedMultiplyAdd(p, q, V.All(2.0 / 27));
        p = V.FusedMultiplyAdd(p, q, V.All(2.0 / 25));
        p = V.FusedMultiplyAdd(p, q, V.All(2.0 / 23));
        p = V.FusedMultiplyAdd(p, q, V.All(2.0 / 21));
        p = V.FusedMultiplyAdd(p, q, V.All(2.0 / 19));
        p = V.FusedMultiplyAdd(p, q, V.All(2.0 / 17));
        p = V.FusedMultiplyAdd(p, q, V.All(2.0 / 15));
        p = V.FusedMultiplyAdd(p, q, V.All(2.0 / 13));
        p = V.FusedMultiplyAdd(p, q, V.All(2.0 / 11));
        p = V.FusedMultiplyAdd(p, q, V.All(2.0 / 9));
        p = V.FusedMultiplyAdd(p, q, V.All(2.0 / 7));
        p = V.FusedMultiplyAdd(p, q, V.All(2.0 / 5));
        p = V.FusedMultiplyAdd(p, q, V.All(2.0 / 3));
        return V.FusedMultiplyAdd(p * q, s, s + s);
    }

    /// <summary>1/(1 + e⁻ˣ); e^(−|x|) does not overflow, and both sides keep their relative precision.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static V Sigmoid<V>(V x)
        where V : struct, IBitLane<V, double>
    {
        V e = Exp(-V.Abs(x)), one = V.All(1);
        return V.IfLess(x, V.All(0), e, one) / (one + e);
    }

    /// <summary>ln(1 + eˣ), in lanes; without overflow for large x and without cancellation for small.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static V Softplus<V>(V x)
        where V : struct, IBitLane<V, double> => V.IfLess(x, V.All(0), V.All(0), x) + LogOnePlus(Exp(-V.Abs(x)));

    // 2ᵏ for an integer k in the low bits, −1022 ≤ k ≤ 1023.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    static V PowerOfTwo<V>(V k)
        where V : struct, IBitLane<V, double> => V.ShiftUp(V.AddBits(k, V.AllBits(1023)), 52);
}
