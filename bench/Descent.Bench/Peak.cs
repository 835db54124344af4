using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace Descent.Bench;

/// <summary>The most multiplications and additions a core does: fused, at the width that the processor has, on registers alone.</summary>
static class Peak
{
    const int Rounds = 2_000_000, Sums = 12;

    /// <summary>Floating-point operations of one round.</summary>
    public static double Operations =>
        2.0 * Sums * Rounds * (Vector512.IsHardwareAccelerated ? 16 : Vector256.IsHardwareAccelerated ? 8 : 4);

    /// <summary>One round.</summary>
    public static float Round() => Vector512.IsHardwareAccelerated
        ? Round<Lane512<float>>()
        : Vector256.IsHardwareAccelerated ? Round<Lane256<float>>() : Round<Lane128<float>>();

    // A leaf: twelve independent sums hide the latency of two units,
    // and with the two constants they fit the sixteen registers that every processor has.
    [MethodImpl(MethodImplOptions.AggressiveOptimization | MethodImplOptions.NoInlining)]
    static float Round<V>()
        where V : struct, ILane<V, float>
    {
        V x = V.All(0.999f), y = V.All(0.5f);
        V a = y, b = y, c = y, d = y, e = y, f = y, g = y, h = y, i = y, j = y, k = y, l = y;
        for (int r = 0; r < Rounds; r++)
        {
            a = V.FusedMultiplyAdd(a, x, y);
            b = V.FusedMultiplyAdd(b, x, y);
            c = V.FusedMultiplyAdd(c, x, y);
            d = V.FusedMultiplyAdd(d, x, y);
            e = V.FusedMultiplyAdd(e, x, y);
            f = V.FusedMultiplyAdd(f, x, y);
            g = V.FusedMultiplyAdd(g, x, y);
            h = V.FusedMultiplyAdd(h, x, y);
            i = V.FusedMultiplyAdd(i, x, y);
            j = V.FusedMultiplyAdd(j, x, y);
            k = V.FusedMultiplyAdd(k, x, y);
            l = V.FusedMultiplyAdd(l, x, y);
        }
        Span<float> to = stackalloc float[16];
        (a + b + c + d + e + f + g + h + i + j + k + l).Store(ref to[0], 0);
        return to[0];
    }
}
