using System.Runtime.CompilerServices;

namespace Descent.Numerics;

/// <summary>Philox4x32-10, a counter-based random function: 128 bits of counter and 64 bits of key give 128 random bits, without state.</summary>
/// <remarks>
/// Source: Salmon, Moraes, Dror and Shaw, <i>Parallel random numbers: as easy as 1, 2, 3</i>, SC 2011; the published known-answer vectors are
/// in the tests. Cost: ten rounds of two 32×32→64 bit products. Thread safe: it has no state.
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
}
