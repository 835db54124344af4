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

    /// <summary><c>H ← H + Σ h_k x_k x_kᵀ</c>, upper triangle; every entry is one fused sum over k in order.</summary>
    /// <param name="x">Rows, h.Length × d, row-major.</param>
    /// <param name="h">One weight a row.</param>
    /// <param name="d">Number of columns.</param>
    /// <param name="gram">Row-major matrix of which the upper triangle is added to.</param>
    /// <param name="stride">Distance between its rows.</param>
    public static void AddGram(ReadOnlySpan<double> x, ReadOnlySpan<double> h, int d, Span<double> gram, int stride)
    {
        const int Strip = 128;
        double[] scaled = System.Buffers.ArrayPool<double>.Shared.Rent(Strip * d);
        for (int first = 0; first < h.Length; first += Strip)
        {
            int rows = Math.Min(Strip, h.Length - first);
            ReadOnlySpan<double> strip = x.Slice(first * d, rows * d);
            for (int k = 0; k < rows; k++)
                for (int j = 0; j < d; j++) scaled[(k * d) + j] = h[first + k] * strip[(k * d) + j];
            AddProduct(ref MemoryMarshal.GetReference(strip), ref scaled[0], rows, d, ref MemoryMarshal.GetReference(gram), stride);
        }
        System.Buffers.ArrayPool<double>.Shared.Return(scaled);
    }

    static void AddProduct(ref double x, ref double scaled, int rows, int d, ref double gram, int stride)
    {
        for (int i = 0; i < d; i += 4)
        {
            int j = i / 8 * 8;
            if (i + 4 <= d)
            {
                for (; j + 24 <= d; j += 24)
                    Tile4x24(ref Unsafe.Add(ref scaled, i), ref Unsafe.Add(ref x, j), rows, d, ref Unsafe.Add(ref gram, (i * stride) + j), stride);
                for (; j + 8 <= d; j += 8)
                    Tile4x8(ref Unsafe.Add(ref scaled, i), ref Unsafe.Add(ref x, j), rows, d, ref Unsafe.Add(ref gram, (i * stride) + j), stride);
            }
            for (int a = i; a < Math.Min(i + 4, d); a++)
                for (int b = Math.Max(j, a); b < d; b++) Single(ref Unsafe.Add(ref scaled, a), ref Unsafe.Add(ref x, b), rows, d, ref Unsafe.Add(ref gram, (a * stride) + b));
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    static void Tile4x24(ref double a, ref double b, int rows, int d, ref double c, int stride)
    {
        ref double c1 = ref Unsafe.Add(ref c, stride);
        ref double c2 = ref Unsafe.Add(ref c1, stride);
        ref double c3 = ref Unsafe.Add(ref c2, stride);
        Vector512<double> t00 = Vector512.LoadUnsafe(ref c, 0), t01 = Vector512.LoadUnsafe(ref c, 8), t02 = Vector512.LoadUnsafe(ref c, 16);
        Vector512<double> t10 = Vector512.LoadUnsafe(ref c1, 0), t11 = Vector512.LoadUnsafe(ref c1, 8), t12 = Vector512.LoadUnsafe(ref c1, 16);
        Vector512<double> t20 = Vector512.LoadUnsafe(ref c2, 0), t21 = Vector512.LoadUnsafe(ref c2, 8), t22 = Vector512.LoadUnsafe(ref c2, 16);
        Vector512<double> t30 = Vector512.LoadUnsafe(ref c3, 0), t31 = Vector512.LoadUnsafe(ref c3, 8), t32 = Vector512.LoadUnsafe(ref c3, 16);
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
            a = ref Unsafe.Add(ref a, d);
            b = ref Unsafe.Add(ref b, d);
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
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    static void Tile4x8(ref double a, ref double b, int rows, int d, ref double c, int stride)
    {
        ref double c1 = ref Unsafe.Add(ref c, stride);
        ref double c2 = ref Unsafe.Add(ref c1, stride);
        ref double c3 = ref Unsafe.Add(ref c2, stride);
        Vector512<double> t0 = Vector512.LoadUnsafe(ref c), t1 = Vector512.LoadUnsafe(ref c1), t2 = Vector512.LoadUnsafe(ref c2), t3 = Vector512.LoadUnsafe(ref c3);
        for (int k = 0; k < rows; k++)
        {
            Vector512<double> x0 = Vector512.LoadUnsafe(ref b);
            t0 = Vector512.FusedMultiplyAdd(Vector512.Create(a), x0, t0);
            t1 = Vector512.FusedMultiplyAdd(Vector512.Create(Unsafe.Add(ref a, 1)), x0, t1);
            t2 = Vector512.FusedMultiplyAdd(Vector512.Create(Unsafe.Add(ref a, 2)), x0, t2);
            t3 = Vector512.FusedMultiplyAdd(Vector512.Create(Unsafe.Add(ref a, 3)), x0, t3);
            a = ref Unsafe.Add(ref a, d);
            b = ref Unsafe.Add(ref b, d);
        }
        t0.StoreUnsafe(ref c);
        t1.StoreUnsafe(ref c1);
        t2.StoreUnsafe(ref c2);
        t3.StoreUnsafe(ref c3);
    }

    static void Single(ref double a, ref double b, int rows, int d, ref double c)
    {
        double t = c;
        for (int k = 0; k < rows; k++) t = Math.FusedMultiplyAdd(Unsafe.Add(ref a, (nint)k * d), Unsafe.Add(ref b, (nint)k * d), t);
        c = t;
    }
}
