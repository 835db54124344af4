using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace Descent.Numerics;

/// <summary>
/// The sums of <see cref="Vectors"/> in vectors of 128 bits, in four passes of four registers:
/// pass k takes partial sum k of four, a quarter of it a register. The bits are those of <see cref="Sums512"/>.
/// </summary>
static class Sums128
{
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static T Dot<T>(ref T a, ref T b, nuint n)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        Four<T> p0 = Partial(ref a, ref b, n, 0), p1 = Partial(ref a, ref b, n, 1), p2 = Partial(ref a, ref b, n, 2),
            p3 = Partial(ref a, ref b, n, 3);
        return Fold(p0, p1, p2, p3);
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static T Sum<T>(ref T a, nuint n)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        Four<T> p0 = Partial(ref a, n, 0), p1 = Partial(ref a, n, 1), p2 = Partial(ref a, n, 2), p3 = Partial(ref a, n, 3);
        return Fold(p0, p1, p2, p3);
    }

    // Blocks of 16 vectors, of which the partial sum takes four;
    // then whole groups of four to the first three partial sums, and what is left to the last.
    static Four<T> Partial<T>(ref T a, ref T b, nuint n, nuint part)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        nuint v = (nuint)Vector128<T>.Count, whole = n / (16 * v) * (16 * v), i = part * 4 * v;
        Vector128<T> q0 = default, q1 = default, q2 = default, q3 = default;
        for (; i < whole; i += 16 * v)
        {
            q0 = Add(ref a, ref b, i, q0);
            q1 = Add(ref a, ref b, i + v, q1);
            q2 = Add(ref a, ref b, i + (2 * v), q2);
            q3 = Add(ref a, ref b, i + (3 * v), q3);
        }
        if (part < 3 && i + (4 * v) <= n)
        {
            q0 = Add(ref a, ref b, i, q0);
            q1 = Add(ref a, ref b, i + v, q1);
            q2 = Add(ref a, ref b, i + (2 * v), q2);
            q3 = Add(ref a, ref b, i + (3 * v), q3);
        }
        if (part == 3)
        {
            i = n / (4 * v) * (4 * v);
            if (i < n) q0 = Fused.MultiplyAdd(LoadPart(ref a, i, n), LoadPart(ref b, i, n), q0);
            if (i + v < n) q1 = Fused.MultiplyAdd(LoadPart(ref a, i + v, n), LoadPart(ref b, i + v, n), q1);
            if (i + (2 * v) < n) q2 = Fused.MultiplyAdd(LoadPart(ref a, i + (2 * v), n), LoadPart(ref b, i + (2 * v), n), q2);
            if (i + (3 * v) < n) q3 = Fused.MultiplyAdd(LoadPart(ref a, i + (3 * v), n), LoadPart(ref b, i + (3 * v), n), q3);
        }
        return new Four<T>(q0, q1, q2, q3);
    }

    static Four<T> Partial<T>(ref T a, nuint n, nuint part)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        nuint v = (nuint)Vector128<T>.Count, whole = n / (16 * v) * (16 * v), i = part * 4 * v;
        Vector128<T> q0 = default, q1 = default, q2 = default, q3 = default;
        for (; i < whole || (part < 3 && i + (4 * v) <= n); i += 16 * v)
        {
            q0 += Vector128.LoadUnsafe(ref a, i);
            q1 += Vector128.LoadUnsafe(ref a, i + v);
            q2 += Vector128.LoadUnsafe(ref a, i + (2 * v));
            q3 += Vector128.LoadUnsafe(ref a, i + (3 * v));
        }
        if (part == 3)
        {
            i = n / (4 * v) * (4 * v);
            if (i < n) q0 += LoadPart(ref a, i, n);
            if (i + v < n) q1 += LoadPart(ref a, i + v, n);
            if (i + (2 * v) < n) q2 += LoadPart(ref a, i + (2 * v), n);
            if (i + (3 * v) < n) q3 += LoadPart(ref a, i + (3 * v), n);
        }
        return new Four<T>(q0, q1, q2, q3);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    static Vector128<T> Add<T>(ref T a, ref T b, nuint i, Vector128<T> sum)
        where T : unmanaged, IBinaryFloatingPointIeee754<T> =>
            Fused.MultiplyAdd(Vector128.LoadUnsafe(ref a, i), Vector128.LoadUnsafe(ref b, i), sum);

    static T Fold<T>(Four<T> p0, Four<T> p1, Four<T> p2, Four<T> p3)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        Vector128<T> s0 = (p0.A + p1.A) + (p2.A + p3.A), s1 = (p0.B + p1.B) + (p2.B + p3.B), s2 = (p0.C + p1.C) + (p2.C + p3.C),
            s3 = (p0.D + p1.D) + (p2.D + p3.D);
        Vector128<T> q = (s0 + s2) + (s1 + s3);
        if (typeof(T) == typeof(double)) return q[0] + q[1];
        return (q[0] + q[2]) + (q[1] + q[3]);
    }

    // A vector, or as much of it as there is, padded with zeros.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    static Vector128<T> LoadPart<T>(ref T source, nuint i, nuint n)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        nuint v = (nuint)Vector128<T>.Count;
        if (i + v <= n) return Vector128.LoadUnsafe(ref source, i);
        Vector128<T> part = default;
        for (nuint k = i; k < n; k++) Unsafe.Add(ref Unsafe.As<Vector128<T>, T>(ref part), k - i) = Unsafe.Add(ref source, k);
        return part;
    }

    readonly struct Four<T>(Vector128<T> a, Vector128<T> b, Vector128<T> c, Vector128<T> d)
        where T : unmanaged
    {
        public Vector128<T> A { get; } = a;

        public Vector128<T> B { get; } = b;

        public Vector128<T> C { get; } = c;

        public Vector128<T> D { get; } = d;
    }
}
