using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace Descent.Numerics;

/// <summary>Tiles of a product in vectors of 512 bits: 8 × 32 floats or 8 × 16 doubles, 16 sums in 32 registers.</summary>
/// <typeparam name="T">Element type.</typeparam>
static class GemmTiles512<T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    /// <summary>The tiles of one strip of columns, from row i0 to row i1.</summary>
    public static void Strip(ref T a, nint rowA, nint stepA, ref T b, nint rowB, Span<T> c, int i0, int i1, int j, int k, int n,
        int columns, bool add)
    {
        int i = i0;
        if (columns <= Vector512<T>.Count)
            for (; i + 8 <= i1; i += 8) Narrow8(ref Unsafe.Add(ref a, i * rowA), rowA, stepA, ref b, rowB, c, i, j, k, n, columns, add);
        for (; i + 8 <= i1; i += 8) Tile8(ref Unsafe.Add(ref a, i * rowA), rowA, stepA, ref b, rowB, c, i, j, k, n, columns, add);
        for (; i < i1; i++) Tile1(ref Unsafe.Add(ref a, i * rowA), stepA, ref b, rowB, c, i, j, k, n, columns, add);
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    static void Tile8(ref T a, nint rowA, nint stepA, ref T b, nint rowB, Span<T> c, int i, int j, int k, int n, int columns, bool add)
    {
        Load(c, i, j, n, columns, add, out Vector512<T> c00, out Vector512<T> c01);
        Load(c, i + 1, j, n, columns, add, out Vector512<T> c10, out Vector512<T> c11);
        Load(c, i + 2, j, n, columns, add, out Vector512<T> c20, out Vector512<T> c21);
        Load(c, i + 3, j, n, columns, add, out Vector512<T> c30, out Vector512<T> c31);
        Load(c, i + 4, j, n, columns, add, out Vector512<T> c40, out Vector512<T> c41);
        Load(c, i + 5, j, n, columns, add, out Vector512<T> c50, out Vector512<T> c51);
        Load(c, i + 6, j, n, columns, add, out Vector512<T> c60, out Vector512<T> c61);
        Load(c, i + 7, j, n, columns, add, out Vector512<T> c70, out Vector512<T> c71);
        ref T r4 = ref Unsafe.Add(ref a, 4 * rowA);
        for (int l = 0; l < k; l++)
        {
            Vector512<T> b0 = Vector512.LoadUnsafe(ref b), b1 = Vector512.LoadUnsafe(ref b, (nuint)Vector512<T>.Count), x;
            x = Vector512.Create(a);
            c00 = Fused.MultiplyAdd(x, b0, c00);
            c01 = Fused.MultiplyAdd(x, b1, c01);
            x = Vector512.Create(Unsafe.Add(ref a, rowA));
            c10 = Fused.MultiplyAdd(x, b0, c10);
            c11 = Fused.MultiplyAdd(x, b1, c11);
            x = Vector512.Create(Unsafe.Add(ref a, 2 * rowA));
            c20 = Fused.MultiplyAdd(x, b0, c20);
            c21 = Fused.MultiplyAdd(x, b1, c21);
            x = Vector512.Create(Unsafe.Add(ref a, 3 * rowA));
            c30 = Fused.MultiplyAdd(x, b0, c30);
            c31 = Fused.MultiplyAdd(x, b1, c31);
            x = Vector512.Create(r4);
            c40 = Fused.MultiplyAdd(x, b0, c40);
            c41 = Fused.MultiplyAdd(x, b1, c41);
            x = Vector512.Create(Unsafe.Add(ref r4, rowA));
            c50 = Fused.MultiplyAdd(x, b0, c50);
            c51 = Fused.MultiplyAdd(x, b1, c51);
            x = Vector512.Create(Unsafe.Add(ref r4, 2 * rowA));
            c60 = Fused.MultiplyAdd(x, b0, c60);
            c61 = Fused.MultiplyAdd(x, b1, c61);
            x = Vector512.Create(Unsafe.Add(ref r4, 3 * rowA));
            c70 = Fused.MultiplyAdd(x, b0, c70);
            c71 = Fused.MultiplyAdd(x, b1, c71);
            a = ref Unsafe.Add(ref a, stepA);
            r4 = ref Unsafe.Add(ref r4, stepA);
            b = ref Unsafe.Add(ref b, rowB);
        }
        Store(c, i, j, n, columns, c00, c01);
        Store(c, i + 1, j, n, columns, c10, c11);
        Store(c, i + 2, j, n, columns, c20, c21);
        Store(c, i + 3, j, n, columns, c30, c31);
        Store(c, i + 4, j, n, columns, c40, c41);
        Store(c, i + 5, j, n, columns, c50, c51);
        Store(c, i + 6, j, n, columns, c60, c61);
        Store(c, i + 7, j, n, columns, c70, c71);
    }

    // Few columns (ten classes, eight filters) fill one vector: the second would be computed for nothing.
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    static void Narrow8(ref T a, nint rowA, nint stepA, ref T b, nint rowB, Span<T> c, int i, int j, int k, int n, int columns, bool add)
    {
        Load(c, i, j, n, columns, add, out Vector512<T> c0, out _);
        Load(c, i + 1, j, n, columns, add, out Vector512<T> c1, out _);
        Load(c, i + 2, j, n, columns, add, out Vector512<T> c2, out _);
        Load(c, i + 3, j, n, columns, add, out Vector512<T> c3, out _);
        Load(c, i + 4, j, n, columns, add, out Vector512<T> c4, out _);
        Load(c, i + 5, j, n, columns, add, out Vector512<T> c5, out _);
        Load(c, i + 6, j, n, columns, add, out Vector512<T> c6, out _);
        Load(c, i + 7, j, n, columns, add, out Vector512<T> c7, out _);
        ref T r4 = ref Unsafe.Add(ref a, 4 * rowA);
        for (int l = 0; l < k; l++)
        {
            Vector512<T> b0 = Vector512.LoadUnsafe(ref b);
            c0 = Fused.MultiplyAdd(Vector512.Create(a), b0, c0);
            c1 = Fused.MultiplyAdd(Vector512.Create(Unsafe.Add(ref a, rowA)), b0, c1);
            c2 = Fused.MultiplyAdd(Vector512.Create(Unsafe.Add(ref a, 2 * rowA)), b0, c2);
            c3 = Fused.MultiplyAdd(Vector512.Create(Unsafe.Add(ref a, 3 * rowA)), b0, c3);
            c4 = Fused.MultiplyAdd(Vector512.Create(r4), b0, c4);
            c5 = Fused.MultiplyAdd(Vector512.Create(Unsafe.Add(ref r4, rowA)), b0, c5);
            c6 = Fused.MultiplyAdd(Vector512.Create(Unsafe.Add(ref r4, 2 * rowA)), b0, c6);
            c7 = Fused.MultiplyAdd(Vector512.Create(Unsafe.Add(ref r4, 3 * rowA)), b0, c7);
            a = ref Unsafe.Add(ref a, stepA);
            r4 = ref Unsafe.Add(ref r4, stepA);
            b = ref Unsafe.Add(ref b, rowB);
        }
        Store(c, i, j, n, columns, c0, default);
        Store(c, i + 1, j, n, columns, c1, default);
        Store(c, i + 2, j, n, columns, c2, default);
        Store(c, i + 3, j, n, columns, c3, default);
        Store(c, i + 4, j, n, columns, c4, default);
        Store(c, i + 5, j, n, columns, c5, default);
        Store(c, i + 6, j, n, columns, c6, default);
        Store(c, i + 7, j, n, columns, c7, default);
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    static void Tile1(ref T a, nint stepA, ref T b, nint rowB, Span<T> c, int i, int j, int k, int n, int columns, bool add)
    {
        Load(c, i, j, n, columns, add, out Vector512<T> c0, out Vector512<T> c1);
        for (int l = 0; l < k; l++)
        {
            Vector512<T> x = Vector512.Create(a);
            c0 = Fused.MultiplyAdd(x, Vector512.LoadUnsafe(ref b), c0);
            c1 = Fused.MultiplyAdd(x, Vector512.LoadUnsafe(ref b, (nuint)Vector512<T>.Count), c1);
            a = ref Unsafe.Add(ref a, stepA);
            b = ref Unsafe.Add(ref b, rowB);
        }
        Store(c, i, j, n, columns, c0, c1);
    }

    // A sum that goes on begins with what is there, so that it stays one sum in the order of k.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    static void Load(Span<T> c, int i, int j, int n, int columns, bool add, out Vector512<T> low, out Vector512<T> high)
    {
        (low, high) = (default, default);
        if (!add) return;
        int lanes = Vector512<T>.Count;
        ref T from = ref Unsafe.Add(ref MemoryMarshal.GetReference(c), ((nint)i * n) + j);
        if (columns == 2 * lanes)
        {
            low = Vector512.LoadUnsafe(ref from);
            high = Vector512.LoadUnsafe(ref from, (nuint)lanes);
            return;
        }
        // Whole and half vectors first: narrow results (ten classes, eight filters) are mostly those.
        int done = 0;
        if (columns >= lanes)
        {
            low = Vector512.LoadUnsafe(ref from);
            done = lanes;
        }
        if (columns - done >= lanes / 2)
        {
            Vector512<T> half = Vector512.Create(Vector256.LoadUnsafe(ref from, (nuint)done), default);
            if (done == 0) low = half;
            else high = half;
            done += lanes / 2;
        }
        for (int q = done; q < columns; q++)
        {
            if (q < lanes) low = low.WithElement(q, Unsafe.Add(ref from, q));
            else high = high.WithElement(q - lanes, Unsafe.Add(ref from, q));
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    static void Store(Span<T> c, int i, int j, int n, int columns, Vector512<T> low, Vector512<T> high)
    {
        int lanes = Vector512<T>.Count;
        ref T to = ref Unsafe.Add(ref MemoryMarshal.GetReference(c), ((nint)i * n) + j);
        if (columns == 2 * lanes)
        {
            low.StoreUnsafe(ref to);
            high.StoreUnsafe(ref to, (nuint)lanes);
            return;
        }
        int done = 0;
        if (columns >= lanes)
        {
            low.StoreUnsafe(ref to);
            done = lanes;
        }
        if (columns - done >= lanes / 2)
        {
            (done == 0 ? low : high).GetLower().StoreUnsafe(ref to, (nuint)done);
            done += lanes / 2;
        }
        for (int q = done; q < columns; q++) Unsafe.Add(ref to, q) = q < lanes ? low.GetElement(q) : high.GetElement(q - lanes);
    }
}
