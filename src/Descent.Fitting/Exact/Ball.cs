using System.Numerics;

namespace Descent.Fitting.Exact;

/// <summary>
/// A real number known to lie in <c>[Mid − Rad, Mid + Rad]·2⁻⁵¹²</c>, both integers. Every operation rounds outward, so that the exact
/// result of exact operands is inside; the radius is zero as long as nothing was rounded.
/// </summary>
/// <param name="Mid">Centre in units of 2⁻⁵¹².</param>
/// <param name="Rad">Radius ≥ 0 in the same units.</param>
readonly record struct Ball(BigInteger Mid, BigInteger Rad)
{
    /// <summary>
    /// Binary digits behind the point: enough that a bound of 10⁻³⁰ is still known to 100 digits after solving with a condition of 10²⁰.
    /// </summary>
    public const int Bits = 512;

    public static Ball Zero => default;

    public static Ball One { get; } = new(BigInteger.One << Bits, 0);

    public BigInteger High => Mid + Rad;

    public BigInteger Low => Mid - Rad;

    public bool IsZero => Mid.IsZero && Rad.IsZero;

    public bool HoldsZero => BigInteger.Abs(Mid) <= Rad;

    /// <summary>The number x itself; a part below 2⁻⁵¹² goes into the radius.</summary>
    public static Ball Of(double x)
    {
        (long m, int e) = Parts(x);
        return At(m, e);
    }

    /// <summary>The exact product of two numbers.</summary>
    public static Ball Of(double x, double y)
    {
        (long m, int e) = Parts(x);
        (long n, int f) = Parts(y);
        return At((BigInteger)m * n, e + f);
    }

    public static Ball operator +(Ball a, Ball b) => new(a.Mid + b.Mid, a.Rad + b.Rad);

    public static Ball operator -(Ball a, Ball b) => new(a.Mid - b.Mid, a.Rad + b.Rad);

    public static Ball operator -(Ball a) => new(-a.Mid, a.Rad);

    public static Ball operator *(Ball a, Ball b)
    {
        // A factor that is exactly zero leaves an exact zero: dual variables on their bounds stay there.
        if (a.IsZero || b.IsZero) return default;
        BigInteger spread = a.Rad.IsZero && b.Rad.IsZero ? 0
            : (BigInteger.Abs(a.Mid) * b.Rad) + (BigInteger.Abs(b.Mid) * a.Rad) + (a.Rad * b.Rad);
        return new((a.Mid * b.Mid) >> Bits, (spread >> Bits) + 2);
    }

    public static Ball operator *(Ball a, double x)
    {
        if (x == 0) return default;
        (long m, int e) = Parts(x);
        return e >= 0 ? new((a.Mid * m) << e, (a.Rad * Math.Abs(m)) << e)
            : new((a.Mid * m) >> -e, a.Rad.IsZero && ((a.Mid * m) & ((BigInteger.One << -e) - 1)).IsZero ? 0
                : ((a.Rad * Math.Abs(m)) >> -e) + 2);
    }

    /// <summary>|a/b − m/n| ≤ (rad a + |m/n| rad b)/(|n| − rad b).</summary>
    public static Ball operator /(Ball a, Ball b)
    {
        if (b.HoldsZero) throw new ProofException("a division by a number that may be zero.");
        if (a.IsZero) return default;
        BigInteger q = (a.Mid << Bits) / b.Mid;
        return new(q, (((a.Rad << Bits) + ((BigInteger.Abs(q) + 1) * b.Rad)) / (BigInteger.Abs(b.Mid) - b.Rad)) + 2);
    }

    /// <summary>max(0, a), which is 1-Lipschitz.</summary>
    public Ball Positive => Mid.Sign < 0 && -Mid > Rad ? default : new(BigInteger.Max(Mid, 0), Rad);

    public Ball Abs => new(BigInteger.Abs(Mid), Rad);

    public static Ball Max(Ball a, Ball b) => new(BigInteger.Max(a.Mid, b.Mid), BigInteger.Max(a.Rad, b.Rad));

    // x = m·2^e.
    static (long M, int E) Parts(double x)
    {
        if (!double.IsFinite(x)) throw new ProofException($"the number {x}, which is not finite.");
        long bits = BitConverter.DoubleToInt64Bits(x), m = bits & 0xFFFFFFFFFFFFF;
        int e = (int)((bits >> 52) & 0x7FF);
        if (e > 0) m |= 1L << 52;
        return (bits < 0 ? -m : m, Math.Max(e, 1) - 1075);
    }

    static Ball At(BigInteger m, int e)
    {
        int shift = e + Bits;
        if (shift >= 0) return new(m << shift, 0);
        BigInteger q = m >> -shift;
        return new(q, q << -shift == m ? 0 : 1);
    }
}
