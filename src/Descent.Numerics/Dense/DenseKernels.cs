using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace Descent.Numerics;

/// <summary>Kernels over dense rows: four rows added at once.</summary>
static class DenseKernels
{
    /// <summary><c>g ← g + a₀x₀ + a₁x₁ + a₂x₂ + a₃x₃</c>, added in this order with one rounding each:
    /// the bits of four single additions.</summary>
    public static void AddFour<T>(ref T x0, ref T x1, ref T x2, ref T x3, ReadOnlySpan<double> a, ref T g, int length)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        nuint i = 0, n = (nuint)length;
        if (Vector512.IsHardwareAccelerated) AddFour<T, Lane512<T>>(ref x0, ref x1, ref x2, ref x3, a, ref g, ref i, n);
        else if (Vector256.IsHardwareAccelerated) AddFour<T, Lane256<T>>(ref x0, ref x1, ref x2, ref x3, a, ref g, ref i, n);
        else AddFour<T, Lane128<T>>(ref x0, ref x1, ref x2, ref x3, a, ref g, ref i, n);
        AddFour<T, Lane1<T>>(ref x0, ref x1, ref x2, ref x3, a, ref g, ref i, n);
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    static void AddFour<T, V>(ref T x0, ref T x1, ref T x2, ref T x3, ReadOnlySpan<double> a, ref T g, ref nuint start, nuint n)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
        where V : struct, ILane<V, T>
    {
        V a0 = V.All(T.CreateTruncating(a[0])), a1 = V.All(T.CreateTruncating(a[1])), a2 = V.All(T.CreateTruncating(a[2])),
            a3 = V.All(T.CreateTruncating(a[3]));
        nuint i = start, step = (nuint)V.Count;
        for (; i + step <= n; i += step)
        {
            V t = V.FusedMultiplyAdd(a0, V.Load(ref x0, i), V.Load(ref g, i));
            t = V.FusedMultiplyAdd(a1, V.Load(ref x1, i), t);
            t = V.FusedMultiplyAdd(a2, V.Load(ref x2, i), t);
            V.FusedMultiplyAdd(a3, V.Load(ref x3, i), t).Store(ref g, i);
        }
        start = i;
    }
}
