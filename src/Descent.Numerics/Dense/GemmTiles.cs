using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace Descent.Numerics;

/// <summary>Tiles of a product for processors of 16 vector registers:
/// six rows of two vectors, 12 sums, two loads and a broadcast.</summary>
/// <typeparam name="T">Element type.</typeparam>
/// <typeparam name="V">The lane, 256 or 128 bits.</typeparam>
static class GemmTiles<T, V>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
    where V : struct, ILane<V, T>
{
    /// <summary>The tiles of one strip of columns, from row i0 to row i1.
    /// Strips narrower than a tile go through a small copy of their part of C.</summary>
    public static void Strip(ref T a, nint rowA, nint stepA, ref T b, nint rowB, Span<T> c, int i0, int i1, int j, int k, int n,
        int columns, bool add)
    {
        int width = 2 * V.Count, i = i0;
        ref T c0 = ref MemoryMarshal.GetReference(c);
        Span<T> part = stackalloc T[6 * width];
        if (columns < width) part.Clear();
        for (; i + 6 <= i1; i += 6)
        {
            ref T ai = ref Unsafe.Add(ref a, i * rowA);
            if (columns == width)
            {
                Tile6(ref ai, rowA, stepA, ref b, rowB, ref Unsafe.Add(ref c0, ((nint)i * n) + j), n, k, add);
                continue;
            }
            for (int r = 0; add && r < 6; r++) c.Slice(((i + r) * n) + j, columns).CopyTo(part[(r * width)..]);
            Tile6(ref ai, rowA, stepA, ref b, rowB, ref MemoryMarshal.GetReference(part), width, k, add);
            for (int r = 0; r < 6; r++) part.Slice(r * width, columns).CopyTo(c[(((i + r) * n) + j)..]);
        }
        for (; i < i1; i++)
        {
            if (add) c.Slice((i * n) + j, columns).CopyTo(part);
            Tile1(ref Unsafe.Add(ref a, i * rowA), stepA, ref b, rowB, ref MemoryMarshal.GetReference(part), k, add);
            part[..columns].CopyTo(c[((i * n) + j)..]);
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    static void Tile6(ref T a, nint rowA, nint stepA, ref T b, nint rowB, ref T c, nint rowC, int k, bool add)
    {
        nuint v = (nuint)V.Count;
        V zero = V.All(T.Zero);
        ref T c1 = ref Unsafe.Add(ref c, rowC);
        ref T c2 = ref Unsafe.Add(ref c1, rowC);
        ref T c3 = ref Unsafe.Add(ref c2, rowC);
        ref T c4 = ref Unsafe.Add(ref c3, rowC);
        ref T c5 = ref Unsafe.Add(ref c4, rowC);
        V t00 = add ? V.Load(ref c, 0) : zero, t01 = add ? V.Load(ref c, v) : zero;
        V t10 = add ? V.Load(ref c1, 0) : zero, t11 = add ? V.Load(ref c1, v) : zero;
        V t20 = add ? V.Load(ref c2, 0) : zero, t21 = add ? V.Load(ref c2, v) : zero;
        V t30 = add ? V.Load(ref c3, 0) : zero, t31 = add ? V.Load(ref c3, v) : zero;
        V t40 = add ? V.Load(ref c4, 0) : zero, t41 = add ? V.Load(ref c4, v) : zero;
        V t50 = add ? V.Load(ref c5, 0) : zero, t51 = add ? V.Load(ref c5, v) : zero;
        ref T r3 = ref Unsafe.Add(ref a, 3 * rowA);
        for (int l = 0; l < k; l++)
        {
            V b0 = V.Load(ref b, 0), b1 = V.Load(ref b, v), x;
            x = V.All(a);
            t00 = V.FusedMultiplyAdd(x, b0, t00);
            t01 = V.FusedMultiplyAdd(x, b1, t01);
            x = V.All(Unsafe.Add(ref a, rowA));
            t10 = V.FusedMultiplyAdd(x, b0, t10);
            t11 = V.FusedMultiplyAdd(x, b1, t11);
            x = V.All(Unsafe.Add(ref a, 2 * rowA));
            t20 = V.FusedMultiplyAdd(x, b0, t20);
            t21 = V.FusedMultiplyAdd(x, b1, t21);
            x = V.All(r3);
            t30 = V.FusedMultiplyAdd(x, b0, t30);
            t31 = V.FusedMultiplyAdd(x, b1, t31);
            x = V.All(Unsafe.Add(ref r3, rowA));
            t40 = V.FusedMultiplyAdd(x, b0, t40);
            t41 = V.FusedMultiplyAdd(x, b1, t41);
            x = V.All(Unsafe.Add(ref r3, 2 * rowA));
            t50 = V.FusedMultiplyAdd(x, b0, t50);
            t51 = V.FusedMultiplyAdd(x, b1, t51);
            a = ref Unsafe.Add(ref a, stepA);
            r3 = ref Unsafe.Add(ref r3, stepA);
            b = ref Unsafe.Add(ref b, rowB);
        }
        t00.Store(ref c, 0);
        t01.Store(ref c, v);
        t10.Store(ref c1, 0);
        t11.Store(ref c1, v);
        t20.Store(ref c2, 0);
        t21.Store(ref c2, v);
        t30.Store(ref c3, 0);
        t31.Store(ref c3, v);
        t40.Store(ref c4, 0);
        t41.Store(ref c4, v);
        t50.Store(ref c5, 0);
        t51.Store(ref c5, v);
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    static void Tile1(ref T a, nint stepA, ref T b, nint rowB, ref T c, int k, bool add)
    {
        nuint v = (nuint)V.Count;
        V t0 = add ? V.Load(ref c, 0) : V.All(T.Zero), t1 = add ? V.Load(ref c, v) : V.All(T.Zero);
        for (int l = 0; l < k; l++)
        {
            V x = V.All(a);
            t0 = V.FusedMultiplyAdd(x, V.Load(ref b, 0), t0);
            t1 = V.FusedMultiplyAdd(x, V.Load(ref b, v), t1);
            a = ref Unsafe.Add(ref a, stepA);
            b = ref Unsafe.Add(ref b, rowB);
        }
        t0.Store(ref c, 0);
        t1.Store(ref c, v);
    }
}
