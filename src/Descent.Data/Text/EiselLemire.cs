using System.Numerics;

namespace Descent.Data.Text;

/// <summary><c>w·10^q</c> rounded to the nearest double by one or two 64×64-bit products with a table of 128-bit powers of five.</summary>
/// <remarks>
/// Source: Lemire 2021; Mushtak and Lemire 2023, who show that no fallback is needed for exact w. The table is made on first use.
/// </remarks>
static class EiselLemire
{
    const int Least = -342, Most = 308;
    static readonly (ulong High, ulong Low)[] Table = Build();

    /// <summary>The nearest double; NaN when the product cannot decide.</summary>
    public static double Round(ulong w, int q)
    {
        if (w == 0 || q < Least) return 0;
        if (q > Most) return double.PositiveInfinity;
        int zeros = BitOperations.LeadingZeroCount(w);
        w <<= zeros;
        var (powerHigh, powerLow) = Table[q - Least];
        ulong upper = Math.BigMul(w, powerHigh, out ulong lower);
        if ((upper & 0x1FF) == 0x1FF)
        {
            ulong more = Math.BigMul(w, powerLow, out _);
            lower += more;
            if (lower < more) upper++;
        }
        if (lower == ulong.MaxValue && q is < -27 or > 55) return double.NaN;
        int top = (int)(upper >> 63);
        ulong mantissa = upper >> (top + 64 - 52 - 3);
        int power = ((217706 * q) >> 16) + 63 + top - zeros + 1023;
        if (power <= 0) return Subnormal(mantissa, power);
        if (lower <= 1 && q is >= -4 and <= 23 && (mantissa & 3) == 1 && mantissa << (top + 64 - 52 - 3) == upper) mantissa &= ~1UL;
        mantissa += mantissa & 1;
        mantissa >>= 1;
        if (mantissa >= 2UL << 52)
        {
            mantissa = 1UL << 52;
            power++;
        }
        if (power >= 0x7FF) return double.PositiveInfinity;
        return BitConverter.UInt64BitsToDouble((mantissa & ~(1UL << 52)) | ((ulong)power << 52));
    }

    static double Subnormal(ulong mantissa, int power)
    {
        if (-power + 1 >= 64) return 0;
        mantissa >>= -power + 1;
        mantissa += mantissa & 1;
        mantissa >>= 1;
        // A carry into bit 52 is the smallest normal number, with the exponent field 1 that this bit is.
        return BitConverter.UInt64BitsToDouble(mantissa);
    }

    static (ulong High, ulong Low)[] Build()
    {
        var table = new (ulong High, ulong Low)[Most - Least + 1];
        BigInteger limit = BigInteger.One << 128, power = BigInteger.One;
        for (int q = 0; q <= Most; q++, power *= 5)
        {
            int shift = (int)power.GetBitLength() - 128;
            table[q - Least] = Split(shift > 0 ? power >> shift : power << -shift);
        }
        power = 5;
        for (int q = -1; q >= Least; q--, power *= 5)
        {
            int bits = (int)power.GetBitLength();
            BigInteger c = ((BigInteger.One << (q >= -27 ? bits + 127 : (2 * bits) + 128)) / power) + 1;
            while (c >= limit) c >>= 1;
            table[q - Least] = Split(c);
        }
        return table;
    }

    static (ulong High, ulong Low) Split(BigInteger x) => ((ulong)(x >> 64), (ulong)(x & ulong.MaxValue));
}
