using System.Numerics;

namespace Descent.Fitting.Exact;

/// <summary>
/// Numbers of a proof as decimal text that two programs write alike: <c>m·10ᵉ</c> with e the smallest exponent ≥ −60 for which m has no
/// more than the asked digits. Both add 2⁻¹⁰⁰ of the number and 2⁻³⁰⁰ before they round, which covers their own, much smaller roundings.
/// </summary>
static class BoundText
{
    const int LeastExponent = -60, Relative = 100, Absolute = 300;

    /// <summary>Upwards to four digits, and the unit of the last one: bound − unit &lt; gap ≤ bound.</summary>
    public static (string Bound, string Allowance) Up(Ball gap)
    {
        BigInteger high = BigInteger.Max(Inflate(gap.High), 0);
        (BigInteger m, int e) = Digits(high, 4, true);
        return (Write(m, e), Write(1, e));
    }

    /// <summary>To the nearest of 17 digits.</summary>
    public static string Nearest(Ball value)
    {
        (BigInteger m, int e) = Digits(Inflate(BigInteger.Abs(value.Mid)), 17, false);
        return (value.Mid.Sign < 0 && !m.IsZero ? "-" : "") + Write(m, e);
    }

    /// <summary>Whether a number is known well enough to be written.</summary>
    public static bool IsKnown(Ball x) =>
        x.Rad <= (BigInteger.Abs(x.Mid) >> (Relative + 30)) + (BigInteger.One << (Ball.Bits - Absolute - 30));

    static BigInteger Inflate(BigInteger x) => x + (x >> Relative) + (BigInteger.One << (Ball.Bits - Absolute));

    static (BigInteger M, int E) Digits(BigInteger x, int digits, bool up)
    {
        BigInteger limit = BigInteger.Pow(10, digits);
        for (int e = LeastExponent; ; e++)
        {
            BigInteger above = x * (e < 0 ? BigInteger.Pow(10, -e) : 1), below = (e > 0 ? BigInteger.Pow(10, e) : 1) << Ball.Bits;
            BigInteger m = up ? (above + below - 1) / below : ((2 * above) + below) / (2 * below);
            if (m < limit) return (m, e);
        }
    }

    static string Write(BigInteger m, int e)
    {
        if (m.IsZero) return "0";
        string s = m.ToString();
        return $"{s[0]}{(s.Length > 1 ? "." + s[1..] : "")}e{e + s.Length - 1}";
    }
}
