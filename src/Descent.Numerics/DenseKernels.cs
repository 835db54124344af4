using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace Descent.Numerics;

/// <summary>Kernels over dense rows: four rows added at once, and the weighted Gram matrix.</summary>
static class DenseKernels
{
    /// <summary><c>g ← g + a₀x₀ + a₁x₁ + a₂x₂ + a₃x₃</c>, added in this order with one rounding each: the bits of four single additions.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void AddFour<T>(ref T x0, ref T x1, ref T x2, ref T x3, ReadOnlySpan<double> a, ref T g, int length)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        T s0 = T.CreateTruncating(a[0]), s1 = T.CreateTruncating(a[1]), s2 = T.CreateTruncating(a[2]), s3 = T.CreateTruncating(a[3]);
        Vector512<T> v0 = Vector512.Create(s0), v1 = Vector512.Create(s1), v2 = Vector512.Create(s2), v3 = Vector512.Create(s3);
        nuint i = 0, n = (nuint)length, lane = (nuint)Vector512<T>.Count;
        for (; i + lane <= n; i += lane)
        {
            Vector512<T> t = Fused.MultiplyAdd(v0, Vector512.LoadUnsafe(ref x0, i), Vector512.LoadUnsafe(ref g, i));
            t = Fused.MultiplyAdd(v1, Vector512.LoadUnsafe(ref x1, i), t);
            t = Fused.MultiplyAdd(v2, Vector512.LoadUnsafe(ref x2, i), t);
            Fused.MultiplyAdd(v3, Vector512.LoadUnsafe(ref x3, i), t).StoreUnsafe(ref g, i);
        }
        for (; i < n; i++)
        {
            T t = T.FusedMultiplyAdd(s0, Unsafe.Add(ref x0, i), Unsafe.Add(ref g, i));
            t = T.FusedMultiplyAdd(s1, Unsafe.Add(ref x1, i), t);
            t = T.FusedMultiplyAdd(s2, Unsafe.Add(ref x2, i), t);
            Unsafe.Add(ref g, i) = T.FusedMultiplyAdd(s3, Unsafe.Add(ref x3, i), t);
        }
    }

    /// <summary><c>H ← H + Σ h_k x_k x_kᵀ</c>, upper triangle; within strips of rows every entry is one fused sum over k in order.</summary>
    /// <remarks>
    /// A strip of rows is copied, padded with zero columns to whole lanes, and stays in the first-level cache while all tiles of the result pass over it.
    /// Tiles are 8 × 24: 24 accumulators in registers, three loads and eight broadcasts for 24 products.
    /// </remarks>
    /// <param name="x">Rows, h.Length × d, row-major.</param>
    /// <param name="h">One weight a row.</param>
    /// <param name="d">Number of columns.</param>
    /// <param name="gram">Row-major matrix of which the upper triangle is added to.</param>
    /// <param name="stride">Distance between its rows.</param>
    public static void AddGram(ReadOnlySpan<double> x, ReadOnlySpan<double> h, int d, Span<double> gram, int stride)
    {
        int padded = (d + 7) / 8 * 8, strip = Math.Clamp(2048 / padded, 8, 64);
        double[] packed = System.Buffers.ArrayPool<double>.Shared.Rent(strip * padded), scaled = System.Buffers.ArrayPool<double>.Shared.Rent(strip * padded);
        double[] sums = System.Buffers.ArrayPool<double>.Shared.Rent(padded * padded);
        packed.AsSpan().Clear();
        sums.AsSpan(0, padded * padded).Clear();
        for (int first = 0; first < h.Length; first += strip)
        {
            int rows = Math.Min(strip, h.Length - first);
            for (int k = 0; k < rows; k++) x.Slice((first + k) * d, d).CopyTo(packed.AsSpan(k * padded));
            for (int k = 0; k < rows; k++) ScaleRow(ref packed[k * padded], ref scaled[k * padded], h[first + k], padded);
            AddProduct(ref packed[0], ref scaled[0], rows, padded, ref sums[0]);
        }
        for (int i = 0; i < d; i++) Vectors.AddScaled(1.0, sums.AsSpan((i * padded) + i, d - i), gram.Slice((i * stride) + i, d - i));
        System.Buffers.ArrayPool<double>.Shared.Return(packed);
        System.Buffers.ArrayPool<double>.Shared.Return(scaled);
        System.Buffers.ArrayPool<double>.Shared.Return(sums);
    }

    static void ScaleRow(ref double x, ref double scaled, double h, int padded)
    {
        Vector512<double> factor = Vector512.Create(h);
        for (nuint j = 0; j < (nuint)padded; j += 8) (factor * Vector512.LoadUnsafe(ref x, j)).StoreUnsafe(ref scaled, j);
    }

    static void AddProduct(ref double x, ref double scaled, int rows, int padded, ref double sums)
    {
        for (int i = 0; i < padded; i += 8)
        {
            int j = i;
            for (; j + 24 <= padded; j += 24)
                Tile8x24(ref Unsafe.Add(ref scaled, i), ref Unsafe.Add(ref x, j), rows, padded, ref Unsafe.Add(ref sums, (i * padded) + j));
            for (; j < padded; j += 8)
                Tile8x8(ref Unsafe.Add(ref scaled, i), ref Unsafe.Add(ref x, j), rows, padded, ref Unsafe.Add(ref sums, (i * padded) + j));
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    static void Tile8x24(ref double a, ref double b, int rows, int padded, ref double c)
    {
        ref double c1 = ref Unsafe.Add(ref c, padded);
        ref double c2 = ref Unsafe.Add(ref c1, padded);
        ref double c3 = ref Unsafe.Add(ref c2, padded);
        ref double c4 = ref Unsafe.Add(ref c3, padded);
        ref double c5 = ref Unsafe.Add(ref c4, padded);
        ref double c6 = ref Unsafe.Add(ref c5, padded);
        ref double c7 = ref Unsafe.Add(ref c6, padded);
        Vector512<double> t00 = Vector512.LoadUnsafe(ref c, 0), t01 = Vector512.LoadUnsafe(ref c, 8), t02 = Vector512.LoadUnsafe(ref c, 16);
        Vector512<double> t10 = Vector512.LoadUnsafe(ref c1, 0), t11 = Vector512.LoadUnsafe(ref c1, 8), t12 = Vector512.LoadUnsafe(ref c1, 16);
        Vector512<double> t20 = Vector512.LoadUnsafe(ref c2, 0), t21 = Vector512.LoadUnsafe(ref c2, 8), t22 = Vector512.LoadUnsafe(ref c2, 16);
        Vector512<double> t30 = Vector512.LoadUnsafe(ref c3, 0), t31 = Vector512.LoadUnsafe(ref c3, 8), t32 = Vector512.LoadUnsafe(ref c3, 16);
        Vector512<double> t40 = Vector512.LoadUnsafe(ref c4, 0), t41 = Vector512.LoadUnsafe(ref c4, 8), t42 = Vector512.LoadUnsafe(ref c4, 16);
        Vector512<double> t50 = Vector512.LoadUnsafe(ref c5, 0), t51 = Vector512.LoadUnsafe(ref c5, 8), t52 = Vector512.LoadUnsafe(ref c5, 16);
        Vector512<double> t60 = Vector512.LoadUnsafe(ref c6, 0), t61 = Vector512.LoadUnsafe(ref c6, 8), t62 = Vector512.LoadUnsafe(ref c6, 16);
        Vector512<double> t70 = Vector512.LoadUnsafe(ref c7, 0), t71 = Vector512.LoadUnsafe(ref c7, 8), t72 = Vector512.LoadUnsafe(ref c7, 16);
        for (int k = 0; k < rows; k++)
        {
            Vector512<double> x0 = Vector512.LoadUnsafe(ref b, 0), x1 = Vector512.LoadUnsafe(ref b, 8), x2 = Vector512.LoadUnsafe(ref b, 16);
            Vector512<double> s = Vector512.Create(a);
            t00 = Vector512.FusedMultiplyAdd(s, x0, t00);
            t01 = Vector512.FusedMultiplyAdd(s, x1, t01);
            t02 = Vector512.FusedMultiplyAdd(s, x2, t02);
            s = Vector512.Create(Unsafe.Add(ref a, 1));
            t10 = Vector512.FusedMultiplyAdd(s, x0, t10);
            t11 = Vector512.FusedMultiplyAdd(s, x1, t11);
            t12 = Vector512.FusedMultiplyAdd(s, x2, t12);
            s = Vector512.Create(Unsafe.Add(ref a, 2));
            t20 = Vector512.FusedMultiplyAdd(s, x0, t20);
            t21 = Vector512.FusedMultiplyAdd(s, x1, t21);
            t22 = Vector512.FusedMultiplyAdd(s, x2, t22);
            s = Vector512.Create(Unsafe.Add(ref a, 3));
            t30 = Vector512.FusedMultiplyAdd(s, x0, t30);
            t31 = Vector512.FusedMultiplyAdd(s, x1, t31);
            t32 = Vector512.FusedMultiplyAdd(s, x2, t32);
            s = Vector512.Create(Unsafe.Add(ref a, 4));
            t40 = Vector512.FusedMultiplyAdd(s, x0, t40);
            t41 = Vector512.FusedMultiplyAdd(s, x1, t41);
            t42 = Vector512.FusedMultiplyAdd(s, x2, t42);
            s = Vector512.Create(Unsafe.Add(ref a, 5));
            t50 = Vector512.FusedMultiplyAdd(s, x0, t50);
            t51 = Vector512.FusedMultiplyAdd(s, x1, t51);
            t52 = Vector512.FusedMultiplyAdd(s, x2, t52);
            s = Vector512.Create(Unsafe.Add(ref a, 6));
            t60 = Vector512.FusedMultiplyAdd(s, x0, t60);
            t61 = Vector512.FusedMultiplyAdd(s, x1, t61);
            t62 = Vector512.FusedMultiplyAdd(s, x2, t62);
            s = Vector512.Create(Unsafe.Add(ref a, 7));
            t70 = Vector512.FusedMultiplyAdd(s, x0, t70);
            t71 = Vector512.FusedMultiplyAdd(s, x1, t71);
            t72 = Vector512.FusedMultiplyAdd(s, x2, t72);
            a = ref Unsafe.Add(ref a, padded);
            b = ref Unsafe.Add(ref b, padded);
        }
        t00.StoreUnsafe(ref c, 0);
        t01.StoreUnsafe(ref c, 8);
        t02.StoreUnsafe(ref c, 16);
        t10.StoreUnsafe(ref c1, 0);
        t11.StoreUnsafe(ref c1, 8);
        t12.StoreUnsafe(ref c1, 16);
        t20.StoreUnsafe(ref c2, 0);
        t21.StoreUnsafe(ref c2, 8);
        t22.StoreUnsafe(ref c2, 16);
        t30.StoreUnsafe(ref c3, 0);
        t31.StoreUnsafe(ref c3, 8);
        t32.StoreUnsafe(ref c3, 16);
        t40.StoreUnsafe(ref c4, 0);
        t41.StoreUnsafe(ref c4, 8);
        t42.StoreUnsafe(ref c4, 16);
        t50.StoreUnsafe(ref c5, 0);
        t51.StoreUnsafe(ref c5, 8);
        t52.StoreUnsafe(ref c5, 16);
        t60.StoreUnsafe(ref c6, 0);
        t61.StoreUnsafe(ref c6, 8);
        t62.StoreUnsafe(ref c6, 16);
        t70.StoreUnsafe(ref c7, 0);
        t71.StoreUnsafe(ref c7, 8);
        t72.StoreUnsafe(ref c7, 16);
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    static void Tile8x8(ref double a, ref double b, int rows, int padded, ref double c)
    {
        ref double c1 = ref Unsafe.Add(ref c, padded);
        ref double c2 = ref Unsafe.Add(ref c1, padded);
        ref double c3 = ref Unsafe.Add(ref c2, padded);
        ref double c4 = ref Unsafe.Add(ref c3, padded);
        ref double c5 = ref Unsafe.Add(ref c4, padded);
        ref double c6 = ref Unsafe.Add(ref c5, padded);
        ref double c7 = ref Unsafe.Add(ref c6, padded);
        Vector512<double> t00 = Vector512.LoadUnsafe(ref c, 0);
        Vector512<double> t10 = Vector512.LoadUnsafe(ref c1, 0);
        Vector512<double> t20 = Vector512.LoadUnsafe(ref c2, 0);
        Vector512<double> t30 = Vector512.LoadUnsafe(ref c3, 0);
        Vector512<double> t40 = Vector512.LoadUnsafe(ref c4, 0);
        Vector512<double> t50 = Vector512.LoadUnsafe(ref c5, 0);
        Vector512<double> t60 = Vector512.LoadUnsafe(ref c6, 0);
        Vector512<double> t70 = Vector512.LoadUnsafe(ref c7, 0);
        for (int k = 0; k < rows; k++)
        {
            Vector512<double> x0 = Vector512.LoadUnsafe(ref b, 0);
            Vector512<double> s = Vector512.Create(a);
            t00 = Vector512.FusedMultiplyAdd(s, x0, t00);
            s = Vector512.Create(Unsafe.Add(ref a, 1));
            t10 = Vector512.FusedMultiplyAdd(s, x0, t10);
            s = Vector512.Create(Unsafe.Add(ref a, 2));
            t20 = Vector512.FusedMultiplyAdd(s, x0, t20);
            s = Vector512.Create(Unsafe.Add(ref a, 3));
            t30 = Vector512.FusedMultiplyAdd(s, x0, t30);
            s = Vector512.Create(Unsafe.Add(ref a, 4));
            t40 = Vector512.FusedMultiplyAdd(s, x0, t40);
            s = Vector512.Create(Unsafe.Add(ref a, 5));
            t50 = Vector512.FusedMultiplyAdd(s, x0, t50);
            s = Vector512.Create(Unsafe.Add(ref a, 6));
            t60 = Vector512.FusedMultiplyAdd(s, x0, t60);
            s = Vector512.Create(Unsafe.Add(ref a, 7));
            t70 = Vector512.FusedMultiplyAdd(s, x0, t70);
            a = ref Unsafe.Add(ref a, padded);
            b = ref Unsafe.Add(ref b, padded);
        }
        t00.StoreUnsafe(ref c, 0);
        t10.StoreUnsafe(ref c1, 0);
        t20.StoreUnsafe(ref c2, 0);
        t30.StoreUnsafe(ref c3, 0);
        t40.StoreUnsafe(ref c4, 0);
        t50.StoreUnsafe(ref c5, 0);
        t60.StoreUnsafe(ref c6, 0);
        t70.StoreUnsafe(ref c7, 0);
    }
}
