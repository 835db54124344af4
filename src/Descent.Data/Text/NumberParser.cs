using System.Globalization;
using System.Numerics;
using System.Runtime.CompilerServices;
using System.Text;

namespace Descent.Data.Text;

/// <summary>Reads decimal numbers from UTF-8 bytes, with the bits of <c>double.Parse</c>.</summary>
/// <remarks>
/// Eight digits at a time; up to 19 digits make an integer w and the number is <c>w·10^q</c>: exact by one product or quotient when w &lt;
/// 2⁵³ and |q| ≤ 22 (Clinger 1990), otherwise by a 128-bit product (Lemire 2021, <i>Number parsing at a gigabyte per second</i>; Mushtak
/// and Lemire 2023). The few cases left go to the platform's parser. The eight bytes after the end must be readable: buffers are padded.
/// </remarks>
static class NumberParser
{
    /// <summary>Parses a number at <paramref name="p"/>; returns the bytes used, 0 when there is no number.</summary>
    public static int Parse(ref byte p, out double value)
    {
        ref byte start = ref p;
        bool negative = p == (byte)'-';
        if (negative || p == (byte)'+') p = ref Unsafe.Add(ref p, 1);
        ulong w = 0;
        ref byte digits = ref p;
        p = ref Digits(ref p, ref w);
        nint count = Unsafe.ByteOffset(ref digits, ref p);
        int q = 0;
        if (p == (byte)'.')
        {
            p = ref Unsafe.Add(ref p, 1);
            ref byte fraction = ref p;
            p = ref Digits(ref p, ref w);
            nint places = Unsafe.ByteOffset(ref fraction, ref p);
            q = -(int)places;
            count += places;
        }
        if (count == 0)
        {
            value = 0;
            return 0;
        }
        if ((p | 0x20) == (byte)'e') p = ref Exponent(ref p, ref q);
        int used = (int)Unsafe.ByteOffset(ref start, ref p);
        if (count <= 19 && w <= 1UL << 53 && (uint)(q + 22) <= 44)
        {
            double x = w;
            x = q < 0 ? x / Powers[-q] : x * Powers[q];
            value = negative ? -x : x;
            return used;
        }
        value = Slow(ref start, used, w, q, count, negative);
        return used;
    }

    /// <summary>
    /// The common case in line: a sign, at most 15 digits, a point, no exponent; everything else goes to <see cref="Parse"/>.
    /// </summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static int ParseShort(ref byte p, out double value)
    {
        int sign = p == (byte)'-' ? 1 : 0;
        ref byte start = ref Unsafe.Add(ref p, sign);
        ulong w = 0;
        ref byte q = ref Digits(ref start, ref w);
        int digits = (int)Unsafe.ByteOffset(ref start, ref q), places = 0;
        if (q == (byte)'.')
        {
            ref byte fraction = ref Unsafe.Add(ref q, 1);
            q = ref Digits(ref fraction, ref w);
            places = (int)Unsafe.ByteOffset(ref fraction, ref q);
        }
        if ((uint)(digits + places - 1) > 14 || (q | 0x20) == (byte)'e') return Parse(ref p, out value);
        // Both numbers are exact, so the quotient is rounded once.
        double x = w / Unsafe.Add(ref System.Runtime.InteropServices.MemoryMarshal.GetReference(Powers), places);
        value = sign == 0 ? x : -x;
        return (int)Unsafe.ByteOffset(ref p, ref q);
    }

    /// <summary>Whether the whole text is one number.</summary>
    public static bool TryParseAll(ReadOnlySpan<byte> text, out double value)
    {
        value = 0;
        if (text.Length == 0) return false;
        Span<byte> padded = text.Length <= 500 ? stackalloc byte[text.Length + 9] : new byte[text.Length + 9];
        padded.Clear();
        text.CopyTo(padded);
        return Parse(ref padded[0], out value) == text.Length;
    }

    /// <summary>Powers of ten that are exact.</summary>
    public static ReadOnlySpan<double> Powers =>
    [
        1e0, 1e1, 1e2, 1e3, 1e4, 1e5, 1e6, 1e7, 1e8, 1e9, 1e10, 1e11, 1e12, 1e13, 1e14, 1e15, 1e16, 1e17, 1e18, 1e19, 1e20, 1e21, 1e22,
    ];

    /// <summary>Powers of ten as integers.</summary>
    public static ReadOnlySpan<ulong> Tens => [1, 10, 100, 1_000, 10_000, 100_000, 1_000_000, 10_000_000, 100_000_000];

    /// <summary>Reads digits, eight bytes at a time without a branch for each: returns where they end.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static ref byte Digits(ref byte p, scoped ref ulong w)
    {
        while (true)
        {
            // Digits become 0 … 9; any other byte sets its top bit in the mask (a carry can only reach bytes behind it).
            ulong t = Unsafe.ReadUnaligned<ulong>(ref p) ^ 0x3030303030303030;
            ulong others = ((t + 0x7676767676767676) | t) & 0x8080808080808080;
            if (others == 0)
            {
                w = (w * 100_000_000) + EightDigits(t);
                p = ref Unsafe.Add(ref p, 8);
                continue;
            }
            int bits = BitOperations.TrailingZeroCount(others) & 0x38;
            // Shifted up, so that the digits there are stand behind leading zeros; nothing is left of none of them.
            ulong digits = (t << 8) << (56 - bits);
            w = (w * Unsafe.Add(ref System.Runtime.InteropServices.MemoryMarshal.GetReference(Tens), bits >> 3))
                + (bits == 0 ? 0 : EightDigits(digits));
            return ref Unsafe.Add(ref p, bits >> 3);
        }
    }

    /// <summary>The number that eight digits make, each a byte from 0 to 9, the first in the lowest byte.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static uint EightDigits(ulong v)
    {
        v = (v * 10) + (v >> 8);
        return (uint)((((v & 0x000000FF000000FF) * 0x000F424000000064) + (((v >> 16) & 0x000000FF000000FF) * 0x0000271000000001)) >> 32);
    }

    static ref byte Exponent(ref byte p, scoped ref int q)
    {
        ref byte e = ref p;
        p = ref Unsafe.Add(ref p, 1);
        bool down = p == (byte)'-';
        if (down || p == (byte)'+') p = ref Unsafe.Add(ref p, 1);
        if ((uint)p - '0' > 9) return ref e;
        int power = 0;
        while ((uint)p - '0' <= 9)
        {
            if (power < 100_000) power = (power * 10) + (p - '0');
            p = ref Unsafe.Add(ref p, 1);
        }
        q += down ? -power : power;
        return ref p;
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    static double Slow(ref byte start, int used, ulong w, int q, nint count, bool negative)
    {
        if (count > 19)
        {
            // Leading zeros do not count; more than 19 significant digits have overflowed w.
            if (!Recount(ref start, used, out w, out int dropped, out bool exact)) return Platform(ref start, used);
            q += dropped;
            if (!exact)
            {
                double low = EiselLemire.Round(w, q), high = EiselLemire.Round(w + 1, q);
                if (double.IsNaN(low) || low != high) return Platform(ref start, used);
                return negative ? -low : low;
            }
        }
        if (w == 0) return negative ? -0.0 : 0.0;
        double x = EiselLemire.Round(w, q);
        if (double.IsNaN(x)) return Platform(ref start, used);
        return negative ? -x : x;
    }

    // The first 19 significant digits, and how many places were dropped before the exponent.
    static bool Recount(ref byte start, int used, out ulong w, out int dropped, out bool exact)
    {
        (w, dropped, exact) = (0, 0, true);
        int significant = 0;
        bool seen = false;
        for (int i = 0; i < used; i++)
        {
            byte b = Unsafe.Add(ref start, i);
            if ((b | 0x20) == 'e') break;
            uint digit = (uint)b - '0';
            if (digit > 9) continue;
            seen |= digit != 0;
            if (!seen) continue;
            if (significant < 19)
            {
                w = (w * 10) + digit;
                significant++;
            }
            else
            {
                dropped++;
                exact &= digit == 0;
            }
        }
        return true;
    }

    static double Platform(ref byte start, int used)
    {
        Span<byte> copy = used <= 512 ? stackalloc byte[used] : new byte[used];
        for (int i = 0; i < used; i++) copy[i] = Unsafe.Add(ref start, i);
        return double.Parse(Encoding.ASCII.GetString(copy), NumberStyles.Float, CultureInfo.InvariantCulture);
    }
}
