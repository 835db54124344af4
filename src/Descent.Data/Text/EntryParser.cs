using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace Descent.Data.Text;

/// <summary>
/// Reads <c>index:value</c> from 32 bytes at once, as such text is mostly written; what is written otherwise is left to
/// <see cref="NumberParser"/>.
/// </summary>
/// <remarks>
/// A mask of the bytes that are no digits says where colon, point and end are; the digits between are shifted to the end of a word and
/// become a number without a branch for each. At most eight digits before the colon, seven before the point and eight behind it: both
/// numbers of the quotient are exact then, so that it has the bits of <c>double.Parse</c>.
/// </remarks>
static class EntryParser
{
    /// <summary>Bytes behind the text that are looked at, whatever they are.</summary>
    public const int Padding = 96;

    const ulong Zeros = 0x3030303030303030;

    /// <summary>
    /// Reads entries, each behind one blank, while they are written as expected, ascend and fit. A loop of its own, so that nothing but it
    /// is in the registers.
    /// </summary>
    /// <param name="text">The blank before the first entry.</param>
    /// <param name="indices">Room for column numbers less one.</param>
    /// <param name="values">As much room for values.</param>
    /// <param name="count">Entries there are already; with those read on return.</param>
    /// <param name="previous">The last column number read.</param>
    /// <param name="limit">The largest that is allowed.</param>
    /// <returns>Bytes used: the text goes on at the byte behind the last entry.</returns>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static int Read<T>(ref byte text, Span<int> indices, Span<T> values, ref int count, ref int previous, int limit)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        ref int columns = ref MemoryMarshal.GetReference(indices);
        ref T numbers = ref MemoryMarshal.GetReference(values);
        ref ulong tens = ref MemoryMarshal.GetReference(NumberParser.Tens);
        ref double powers = ref MemoryMarshal.GetReference(NumberParser.Powers);
        nint k = count, room = Math.Min(indices.Length, values.Length);
        long last = previous;
        ref byte p = ref text;
        while (k < room && p == (byte)' ')
        {
            ref byte e = ref Unsafe.Add(ref p, 1);
            Vector256<byte> v = Vector256.LoadUnsafe(ref e);
            uint minus = Vector256.Equals(v, Vector256.Create((byte)'-')).ExtractMostSignificantBits();
            // Neither digit nor minus; a mask without a bit gives 32.
            uint others = Vector256.GreaterThan((v - Vector256.Create((byte)('0' + 128))).AsSByte(), Vector256.Create((sbyte)(9 - 128)))
                .ExtractMostSignificantBits() & ~minus;
            nint colon = BitOperations.TrailingZeroCount(others);
            others &= others - 1;
            nint point = BitOperations.TrailingZeroCount(others), end = point, places = 0;
            if (Unsafe.Add(ref e, point) == (byte)'.')
            {
                others &= others - 1;
                end = BitOperations.TrailingZeroCount(others);
                places = end - point - 1;
            }
            nint sign = (nint)((ulong)minus >> (int)(colon + 1)) & 1, whole = point - colon - 1 - sign;
            if ((nuint)(colon - 1) > 7 || (nuint)(whole - 1) > 6 || (nuint)places > 8 || end > 31 || Unsafe.Add(ref e, colon) != (byte)':'
                || Unsafe.Add(ref e, end) > (byte)' ') break;
            // A minus elsewhere was taken for a digit.
            if ((minus & ((1u << (int)end) - 1)) != (uint)sign << (int)(colon + 1)) break;
            Numbers(ref e, colon, ref Unsafe.Add(ref e, point + 1), places, out long index, out long behind);
            if (index <= last || index > limit) break;
            nint first = colon + 1 + sign;
            long before = whole == 1 ? Unsafe.Add(ref e, first) - '0' : Number(ref Unsafe.Add(ref e, first), whole);
            double x = ((before * (long)Unsafe.Add(ref tens, places)) + behind) / Unsafe.Add(ref powers, places);
            last = index;
            Unsafe.Add(ref columns, k) = (int)index - 1;
            Unsafe.Add(ref numbers, k) = T.CreateTruncating(sign != 0 ? -x : x);
            k++;
            p = ref Unsafe.Add(ref e, end);
        }
        count = (int)k;
        previous = (int)last;
        return (int)Unsafe.ByteOffset(ref text, ref p);
    }

    // Two numbers side by side: shifted up, the digits stand behind leading zeros; then pairs, fours and eights of them.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    static void Numbers(ref byte p, nint digits, ref byte q, nint places, out long first, out long second)
    {
        if (!Avx2.IsSupported)
        {
            first = Number(ref p, digits);
            second = Number(ref q, places);
            return;
        }
        Vector128<ulong> v =
            Vector128.Create(Unsafe.ReadUnaligned<ulong>(ref p), Unsafe.ReadUnaligned<ulong>(ref q)) ^ Vector128.Create(Zeros);
        v = Avx2.ShiftLeftLogicalVariable(v, Vector128.Create((ulong)(64 - (8 * digits)), (ulong)(64 - (8 * places))));
        Vector128<short> pairs = Ssse3.MultiplyAddAdjacent(v.AsByte(), Vector128.Create((ushort)0x010A).AsSByte());
        Vector128<int> fours = Sse2.MultiplyAddAdjacent(pairs, Vector128.Create(0x00010064).AsInt16());
        Vector128<ulong> eights = Sse2.Multiply(fours.AsUInt32(), Vector128.Create(10_000u)) + (fours.AsUInt64() >> 32);
        first = (long)eights.ToScalar();
        second = (long)eights.GetElement(1);
    }

    // The same for one.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    static long Number(ref byte p, nint count)
    {
        ulong v = Unsafe.ReadUnaligned<ulong>(ref p) ^ Zeros;
        // In two steps, since a shift by 64 is one by 0.
        int half = 32 - (4 * (int)count);
        v = v << half << half;
        return NumberParser.EightDigits(v);
    }
}
