using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace Descent.Numerics;

/// <summary>Philox4x32-10, a counter-based random function:
/// 128 bits of counter and 64 bits of key give 128 random bits, without state.</summary>
/// <remarks>
/// Source: Salmon, Moraes, Dror and Shaw, <i>Parallel random numbers: as easy as 1, 2, 3</i>, SC 2011;
/// the published known-answer vectors are in the tests. Cost: ten rounds of two 32×32→64 bit products. Thread safe: it has no state.
/// </remarks>
public static class Philox
{
    const uint M0 = 0xD2511F53, M1 = 0xCD9E8D57, W0 = 0x9E3779B9, W1 = 0xBB67AE85;

    /// <summary>The four words for counter <c>(c0, c1, c2, c3)</c> and key <c>(k0, k1)</c>.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static (uint X0, uint X1, uint X2, uint X3) Block(uint c0, uint c1, uint c2, uint c3, uint k0, uint k1)
    {
        for (int round = 0; round < 10; round++)
        {
            ulong p0 = (ulong)M0 * c0, p1 = (ulong)M1 * c2;
            (c0, c1, c2, c3) = ((uint)(p1 >> 32) ^ c1 ^ k0, (uint)p1, (uint)(p0 >> 32) ^ c3 ^ k1, (uint)p0);
            k0 += W0;
            k1 += W1;
        }
        return (c0, c1, c2, c3);
    }

    /// <summary>Two 64-bit words for a 64-bit counter and key: <c>Block(counter, 0, key)</c>.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static (ulong A, ulong B) Pair(ulong counter, ulong key)
    {
        var (x0, x1, x2, x3) = Block((uint)counter, (uint)(counter >> 32), 0, 0, (uint)key, (uint)(key >> 32));
        return (x0 | ((ulong)x1 << 32), x2 | ((ulong)x3 << 32));
    }

    /// <summary>The pairs of consecutive counters, one behind the other: an even number of words.</summary>
    /// <param name="counter">The first counter.</param>
    /// <param name="key">The key.</param>
    /// <param name="words">Where they go.</param>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Pairs(ulong counter, ulong key, Span<ulong> words)
    {
        if (words.Length % 2 != 0) throw new ArgumentException($"Pairs need an even number of words; got {words.Length}.");
        int k = 0;
        if (Avx512F.IsSupported)
            for (; k + 16 <= words.Length; k += 16, counter += 8) Eight(counter, key, ref words[k]);
        for (; k < words.Length; k += 2, counter++) (words[k], words[k + 1]) = Pair(counter, key);
    }

    // Eight counters side by side, each word of a block in the lower half of a lane.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    static void Eight(ulong counter, ulong key, ref ulong words)
    {
        Vector512<ulong> low = Vector512.Create(0xFFFFFFFFUL),
            counters = Vector512.Create(counter) + Vector512.Create(0UL, 1, 2, 3, 4, 5, 6, 7);
        Vector512<ulong> c0 = counters & low, c1 = counters >> 32, c2 = Vector512<ulong>.Zero, c3 = c2;
        uint k0 = (uint)key, k1 = (uint)(key >> 32);
        for (int round = 0; round < 10; round++)
        {
            Vector512<ulong> p0 = Avx512F.Multiply(c0.AsUInt32(), Vector512.Create((ulong)M0).AsUInt32()),
                p1 = Avx512F.Multiply(c2.AsUInt32(), Vector512.Create((ulong)M1).AsUInt32());
            (c0, c1, c2, c3) = ((p1 >> 32) ^ c1 ^ Vector512.Create((ulong)k0), p1 & low,
             (p0 >> 32) ^ c3 ^ Vector512.Create((ulong)k1), p0 & low);
            k0 += W0;
            k1 += W1;
        }
        Vector512<ulong> a = c0 | (c1 << 32), b = c2 | (c3 << 32);
        // a₀ b₀ a₁ b₁ …
        Avx512F.PermuteVar8x64x2(a, Vector512.Create(0UL, 8, 1, 9, 2, 10, 3, 11), b).StoreUnsafe(ref words);
        Avx512F.PermuteVar8x64x2(a, Vector512.Create(4UL, 12, 5, 13, 6, 14, 7, 15), b).StoreUnsafe(ref words, 8);
    }
}
