using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace Descent.Numerics;

/// <summary>The sums of <see cref="Vectors"/> in vectors of 256 bits: each partial sum is two registers, its low and its high half.
/// The bits are those of <see cref="Sums512"/>.</summary>
static class Sums256
{
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static T Dot<T>(ref T a, ref T b, nuint n)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        nuint v = (nuint)Vector256<T>.Count, i = 0;
        Vector256<T> l0 = default, h0 = default, l1 = default, h1 = default, l2 = default, h2 = default, l3 = default, h3 = default;
        for (; i + (8 * v) <= n; i += 8 * v)
        {
            l0 = Add(ref a, ref b, i, l0);
            h0 = Add(ref a, ref b, i + v, h0);
            l1 = Add(ref a, ref b, i + (2 * v), l1);
            h1 = Add(ref a, ref b, i + (3 * v), h1);
            l2 = Add(ref a, ref b, i + (4 * v), l2);
            h2 = Add(ref a, ref b, i + (5 * v), h2);
            l3 = Add(ref a, ref b, i + (6 * v), l3);
            h3 = Add(ref a, ref b, i + (7 * v), h3);
        }
        if (i + (2 * v) <= n)
        {
            l0 = Add(ref a, ref b, i, l0);
            h0 = Add(ref a, ref b, i + v, h0);
            i += 2 * v;
            if (i + (2 * v) <= n)
            {
                l1 = Add(ref a, ref b, i, l1);
                h1 = Add(ref a, ref b, i + v, h1);
                i += 2 * v;
                if (i + (2 * v) <= n)
                {
                    l2 = Add(ref a, ref b, i, l2);
                    h2 = Add(ref a, ref b, i + v, h2);
                    i += 2 * v;
                }
            }
        }
        if (i + v <= n)
        {
            l3 = Add(ref a, ref b, i, l3);
            i += v;
            if (i < n) h3 = Fused.MultiplyAdd(LoadPart(ref a, i, n), LoadPart(ref b, i, n), h3);
        }
        else if (i < n)
        {
            l3 = Fused.MultiplyAdd(LoadPart(ref a, i, n), LoadPart(ref b, i, n), l3);
        }
        return Fold((l0 + l1) + (l2 + l3), (h0 + h1) + (h2 + h3));
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static T Sum<T>(ref T a, nuint n)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        nuint v = (nuint)Vector256<T>.Count, i = 0;
        Vector256<T> l0 = default, h0 = default, l1 = default, h1 = default, l2 = default, h2 = default, l3 = default, h3 = default;
        for (; i + (8 * v) <= n; i += 8 * v)
        {
            l0 += Vector256.LoadUnsafe(ref a, i);
            h0 += Vector256.LoadUnsafe(ref a, i + v);
            l1 += Vector256.LoadUnsafe(ref a, i + (2 * v));
            h1 += Vector256.LoadUnsafe(ref a, i + (3 * v));
            l2 += Vector256.LoadUnsafe(ref a, i + (4 * v));
            h2 += Vector256.LoadUnsafe(ref a, i + (5 * v));
            l3 += Vector256.LoadUnsafe(ref a, i + (6 * v));
            h3 += Vector256.LoadUnsafe(ref a, i + (7 * v));
        }
        for (int part = 0; i + (2 * v) <= n; i += 2 * v, part++)
        {
            Vector256<T> low = Vector256.LoadUnsafe(ref a, i), high = Vector256.LoadUnsafe(ref a, i + v);
            if (part == 0) (l0, h0) = (l0 + low, h0 + high);
            else if (part == 1) (l1, h1) = (l1 + low, h1 + high);
            else (l2, h2) = (l2 + low, h2 + high);
        }
        if (i + v <= n)
        {
            l3 += Vector256.LoadUnsafe(ref a, i);
            i += v;
            if (i < n) h3 += LoadPart(ref a, i, n);
        }
        else if (i < n)
        {
            l3 += LoadPart(ref a, i, n);
        }
        return Fold((l0 + l1) + (l2 + l3), (h0 + h1) + (h2 + h3));
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    static Vector256<T> Add<T>(ref T a, ref T b, nuint i, Vector256<T> sum)
        where T : unmanaged, IBinaryFloatingPointIeee754<T> =>
            Fused.MultiplyAdd(Vector256.LoadUnsafe(ref a, i), Vector256.LoadUnsafe(ref b, i), sum);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    static T Fold<T>(Vector256<T> low, Vector256<T> high)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        Vector256<T> h = low + high;
        Vector128<T> q = h.GetLower() + h.GetUpper();
        if (typeof(T) == typeof(double)) return q[0] + q[1];
        return (q[0] + q[2]) + (q[1] + q[3]);
    }

    // The last elements, fewer than a vector, padded with zeros.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    static unsafe Vector256<T> LoadPart<T>(ref T source, nuint i, nuint n)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        if (Avx.IsSupported)
        {
            // The processor suppresses the reads of masked-out elements, so the address may lie past the end;
            // pinned, since the collector may run.
            fixed (T* start = &source)
            {
                if (typeof(T) == typeof(double))
                {
                    Vector256<double> mask = Vector256.LessThan(Vector256.Create(0L, 1, 2, 3), Vector256.Create((long)(n - i))).AsDouble();
                    return Avx.MaskLoad((double*)start + i, mask).As<double, T>();
                }
                Vector256<float> eight = Vector256.LessThan(Vector256.Create(0, 1, 2, 3, 4, 5, 6, 7), Vector256.Create((int)(n - i)))
                    .AsSingle();
                return Avx.MaskLoad((float*)start + i, eight).As<float, T>();
            }
        }
        Vector256<T> part = default;
        for (nuint k = i; k < n; k++) Unsafe.Add(ref Unsafe.As<Vector256<T>, T>(ref part), k - i) = Unsafe.Add(ref source, k);
        return part;
    }
}
