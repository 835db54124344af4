using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace Descent.Autodiff.Compiled;

/// <summary>The loops of <see cref="Columns{T}"/> in lanes of one width.</summary>
/// <typeparam name="T">Element type.</typeparam>
/// <typeparam name="V">The lane.</typeparam>
sealed class Columns<T, V> : Columns<T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
    where V : struct, IBitLane<V, T>
{
    // Lanes in 512 bits.
    static int Parts => Vector512<T>.Count / V.Count;

    static V Zero => V.All(T.Zero);

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public override void Product(ref T x, int apart, int inner, ReadOnlySpan<T> w, int at, int step, T start, Span<T> y)
    {
        for (int i = 0; i < y.Length; i += V.Count)
        {
            V sum = V.All(start);
            ref T xi = ref Unsafe.Add(ref x, i);
            for (int k = 0; k < inner; k++)
            {
                sum = V.FusedMultiplyAdd(V.All(w[at + (k * step)]), V.Load(ref xi, 0), sum);
                xi = ref Unsafe.Add(ref xi, apart);
            }
            Put(y, i, sum);
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public override double Pull(ReadOnlySpan<T> c, ReadOnlySpan<T> x, T weight, Span<T> d, bool through)
    {
        V s0 = Zero, s1 = s0, s2 = s0, s3 = s0, w = V.All(weight);
        for (int i = 0; i < c.Length; i += Parts * V.Count)
        {
            s0 = V.FusedMultiplyAdd(At(c, i), At(x, i), s0);
            if (Parts > 1) s1 = V.FusedMultiplyAdd(At(c, i + V.Count), At(x, i + V.Count), s1);
            if (Parts > 2) s2 = V.FusedMultiplyAdd(At(c, i + (2 * V.Count)), At(x, i + (2 * V.Count)), s2);
            if (Parts > 2) s3 = V.FusedMultiplyAdd(At(c, i + (3 * V.Count)), At(x, i + (3 * V.Count)), s3);
        }
        for (int i = 0; through && i < c.Length; i += V.Count) Put(d, i, V.FusedMultiplyAdd(At(c, i), w, At(d, i)));
        return Sum(s0, s1, s2, s3);
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public override double Total(ReadOnlySpan<T> c)
    {
        V s0 = Zero, s1 = s0, s2 = s0, s3 = s0;
        for (int i = 0; i < c.Length; i += Parts * V.Count)
        {
            s0 += At(c, i);
            if (Parts > 1) s1 += At(c, i + V.Count);
            if (Parts > 2) s2 += At(c, i + (2 * V.Count));
            if (Parts > 2) s3 += At(c, i + (3 * V.Count));
        }
        return Sum(s0, s1, s2, s3);
    }

    public override void Apply(LaneFunction<T> f, ReadOnlySpan<T> x, Span<T> y) => f.Apply<V>(x, y);

    public override void AddSlope(LaneFunction<T> f, ReadOnlySpan<T> x, ReadOnlySpan<T> y, ReadOnlySpan<T> c, Span<T> d, Span<T> room) =>
        f.AddSlope<V>(x, y, c, d, room);

    // The operation is chosen once a column, not once a vector.
    public override void Pairwise(LanePair<T> f, ReadOnlySpan<T> a, Operand<T> b, Span<T> y)
    {
        if (b.IsColumn) f.Pairwise<V>(a, b.Column, y);
        else f.Pairwise<V>(a, b.Same, y);
    }

    public override void Scale(T factor, ReadOnlySpan<T> x, Span<T> y)
    {
        V f = V.All(factor);
        for (int i = 0; i < y.Length; i += V.Count) Put(y, i, f * At(x, i));
    }

    public override void Larger(ReadOnlySpan<T> x, Span<T> y)
    {
        for (int i = 0; i < y.Length; i += V.Count) Put(y, i, V.Max(At(x, i), At(y, i)));
    }

    public override void AddProduct(ReadOnlySpan<T> a, ReadOnlySpan<T> b, Span<T> y) => Compiled.Lanes.AddProduct<T, V>(a, b, y);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    static double Sum(V s0, V s1, V s2, V s3)
    {
        if (Parts == 1) return double.CreateTruncating(V.Sum(s0));
        return double.CreateTruncating(Parts == 2 ? V.Sum(s0) + V.Sum(s1) : (V.Sum(s0) + V.Sum(s1)) + (V.Sum(s2) + V.Sum(s3)));
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    static V At(ReadOnlySpan<T> x, int i) => V.Load(ref MemoryMarshal.GetReference(x), (nuint)i);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    static void Put(Span<T> y, int i, V v) => v.Store(ref MemoryMarshal.GetReference(y), (nuint)i);
}
