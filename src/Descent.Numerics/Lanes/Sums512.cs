using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace Descent.Numerics;

/// <summary>The sums of <see cref="Vectors"/> in vectors of 512 bits: each partial sum is a register.</summary>
static class Sums512
{
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static T Dot<T>(ref T a, ref T b, nuint n)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        nuint lane = (nuint)Vector512<T>.Count, i = 0;
        Vector512<T> p0 = default, p1 = default, p2 = default, p3 = default;
        for (; i + (4 * lane) <= n; i += 4 * lane)
        {
            p0 = Fused.MultiplyAdd(Vector512.LoadUnsafe(ref a, i), Vector512.LoadUnsafe(ref b, i), p0);
            p1 = Fused.MultiplyAdd(Vector512.LoadUnsafe(ref a, i + lane), Vector512.LoadUnsafe(ref b, i + lane), p1);
            p2 = Fused.MultiplyAdd(Vector512.LoadUnsafe(ref a, i + (2 * lane)), Vector512.LoadUnsafe(ref b, i + (2 * lane)), p2);
            p3 = Fused.MultiplyAdd(Vector512.LoadUnsafe(ref a, i + (3 * lane)), Vector512.LoadUnsafe(ref b, i + (3 * lane)), p3);
        }
        if (i + lane <= n)
        {
            p0 = Fused.MultiplyAdd(Vector512.LoadUnsafe(ref a, i), Vector512.LoadUnsafe(ref b, i), p0);
            i += lane;
            if (i + lane <= n)
            {
                p1 = Fused.MultiplyAdd(Vector512.LoadUnsafe(ref a, i), Vector512.LoadUnsafe(ref b, i), p1);
                i += lane;
                if (i + lane <= n)
                {
                    p2 = Fused.MultiplyAdd(Vector512.LoadUnsafe(ref a, i), Vector512.LoadUnsafe(ref b, i), p2);
                    i += lane;
                }
            }
        }
        if (i < n) p3 = Fused.MultiplyAdd(LoadPart(ref a, i, n), LoadPart(ref b, i, n), p3);
        return Fold((p0 + p1) + (p2 + p3));
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Dot4<T>(ref T a0, ref T a1, ref T a2, ref T a3, ref T b, nuint n, out T d0, out T d1, out T d2, out T d3)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        nuint lane = (nuint)Vector512<T>.Count, i = 0;
        Vector512<T> p00 = default, p01 = default, p02 = default, p03 = default;
        Vector512<T> p10 = default, p11 = default, p12 = default, p13 = default;
        Vector512<T> p20 = default, p21 = default, p22 = default, p23 = default;
        Vector512<T> p30 = default, p31 = default, p32 = default, p33 = default;
        for (; i + (4 * lane) <= n; i += 4 * lane)
        {
            Vector512<T> b0 = Vector512.LoadUnsafe(ref b, i), b1 = Vector512.LoadUnsafe(ref b, i + lane);
            Vector512<T> b2 = Vector512.LoadUnsafe(ref b, i + (2 * lane)), b3 = Vector512.LoadUnsafe(ref b, i + (3 * lane));
            p00 = Fused.MultiplyAdd(Vector512.LoadUnsafe(ref a0, i), b0, p00);
            p01 = Fused.MultiplyAdd(Vector512.LoadUnsafe(ref a0, i + lane), b1, p01);
            p02 = Fused.MultiplyAdd(Vector512.LoadUnsafe(ref a0, i + (2 * lane)), b2, p02);
            p03 = Fused.MultiplyAdd(Vector512.LoadUnsafe(ref a0, i + (3 * lane)), b3, p03);
            p10 = Fused.MultiplyAdd(Vector512.LoadUnsafe(ref a1, i), b0, p10);
            p11 = Fused.MultiplyAdd(Vector512.LoadUnsafe(ref a1, i + lane), b1, p11);
            p12 = Fused.MultiplyAdd(Vector512.LoadUnsafe(ref a1, i + (2 * lane)), b2, p12);
            p13 = Fused.MultiplyAdd(Vector512.LoadUnsafe(ref a1, i + (3 * lane)), b3, p13);
            p20 = Fused.MultiplyAdd(Vector512.LoadUnsafe(ref a2, i), b0, p20);
            p21 = Fused.MultiplyAdd(Vector512.LoadUnsafe(ref a2, i + lane), b1, p21);
            p22 = Fused.MultiplyAdd(Vector512.LoadUnsafe(ref a2, i + (2 * lane)), b2, p22);
            p23 = Fused.MultiplyAdd(Vector512.LoadUnsafe(ref a2, i + (3 * lane)), b3, p23);
            p30 = Fused.MultiplyAdd(Vector512.LoadUnsafe(ref a3, i), b0, p30);
            p31 = Fused.MultiplyAdd(Vector512.LoadUnsafe(ref a3, i + lane), b1, p31);
            p32 = Fused.MultiplyAdd(Vector512.LoadUnsafe(ref a3, i + (2 * lane)), b2, p32);
            p33 = Fused.MultiplyAdd(Vector512.LoadUnsafe(ref a3, i + (3 * lane)), b3, p33);
        }
        for (int part = 0; i + lane <= n; i += lane, part++)
        {
            Vector512<T> v = Vector512.LoadUnsafe(ref b, i);
            Vector512<T> u0 = Vector512.LoadUnsafe(ref a0, i), u1 = Vector512.LoadUnsafe(ref a1, i);
            Vector512<T> u2 = Vector512.LoadUnsafe(ref a2, i), u3 = Vector512.LoadUnsafe(ref a3, i);
            if (part == 0)
            {
                p00 = Fused.MultiplyAdd(u0, v, p00);
                p10 = Fused.MultiplyAdd(u1, v, p10);
                p20 = Fused.MultiplyAdd(u2, v, p20);
                p30 = Fused.MultiplyAdd(u3, v, p30);
            }
            else if (part == 1)
            {
                p01 = Fused.MultiplyAdd(u0, v, p01);
                p11 = Fused.MultiplyAdd(u1, v, p11);
                p21 = Fused.MultiplyAdd(u2, v, p21);
                p31 = Fused.MultiplyAdd(u3, v, p31);
            }
            else
            {
                p02 = Fused.MultiplyAdd(u0, v, p02);
                p12 = Fused.MultiplyAdd(u1, v, p12);
                p22 = Fused.MultiplyAdd(u2, v, p22);
                p32 = Fused.MultiplyAdd(u3, v, p32);
            }
        }
        if (i < n)
        {
            Vector512<T> v = LoadPart(ref b, i, n);
            p03 = Fused.MultiplyAdd(LoadPart(ref a0, i, n), v, p03);
            p13 = Fused.MultiplyAdd(LoadPart(ref a1, i, n), v, p13);
            p23 = Fused.MultiplyAdd(LoadPart(ref a2, i, n), v, p23);
            p33 = Fused.MultiplyAdd(LoadPart(ref a3, i, n), v, p33);
        }
        d0 = Fold((p00 + p01) + (p02 + p03));
        d1 = Fold((p10 + p11) + (p12 + p13));
        d2 = Fold((p20 + p21) + (p22 + p23));
        d3 = Fold((p30 + p31) + (p32 + p33));
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static T Sum<T>(ref T a, nuint n)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        nuint lane = (nuint)Vector512<T>.Count, i = 0;
        Vector512<T> p0 = default, p1 = default, p2 = default, p3 = default;
        for (; i + (4 * lane) <= n; i += 4 * lane)
        {
            p0 += Vector512.LoadUnsafe(ref a, i);
            p1 += Vector512.LoadUnsafe(ref a, i + lane);
            p2 += Vector512.LoadUnsafe(ref a, i + (2 * lane));
            p3 += Vector512.LoadUnsafe(ref a, i + (3 * lane));
        }
        for (int part = 0; i + lane <= n; i += lane, part++)
        {
            if (part == 0) p0 += Vector512.LoadUnsafe(ref a, i);
            else if (part == 1) p1 += Vector512.LoadUnsafe(ref a, i);
            else p2 += Vector512.LoadUnsafe(ref a, i);
        }
        if (i < n) p3 += LoadPart(ref a, i, n);
        return Fold((p0 + p1) + (p2 + p3));
    }

    /// <summary>Folds eight (double) or sixteen (float) partial sums into one: halves, quarters, and so on.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    static T Fold<T>(Vector512<T> p)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        Vector256<T> h = p.GetLower() + p.GetUpper();
        Vector128<T> q = h.GetLower() + h.GetUpper();
        if (typeof(T) == typeof(double)) return q[0] + q[1];
        return (q[0] + q[2]) + (q[1] + q[3]);
    }

    /// <summary>The last, incomplete lane of a vector, padded with zeros.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    static unsafe Vector512<T> LoadPart<T>(ref T source, nuint i, nuint n)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        if (Avx512F.IsSupported)
        {
            // The processor suppresses the reads of masked-out elements, so the address may lie past the end;
            // pinned, since the collector may run.
            fixed (T* start = &source)
            {
                if (typeof(T) == typeof(double))
                {
                    Vector512<double> mask = Vector512.LessThan(
                        Vector512.Create(0L, 1, 2, 3, 4, 5, 6, 7), Vector512.Create((long)(n - i))).AsDouble();
                    return Avx512F.MaskLoad((double*)start + i, mask, Vector512<double>.Zero).As<double, T>();
                }
                Vector512<float> mask16 = Vector512.LessThan(
                    Vector512.Create(0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15), Vector512.Create((int)(n - i))).AsSingle();
                return Avx512F.MaskLoad((float*)start + i, mask16, Vector512<float>.Zero).As<float, T>();
            }
        }
        Vector512<T> part = default;
        for (nuint k = i; k < n; k++) Unsafe.Add(ref Unsafe.As<Vector512<T>, T>(ref part), k - i) = Unsafe.Add(ref source, k);
        return part;
    }
}
