using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace Descent.Numerics;

/// <summary>
/// Matrix products <c>C = op(A)·op(B) (+ C)</c> on row-major matrices, op the identity or the transpose.
/// Tiles of two vectors by six or eight rows are held in registers;
/// B is read where it lies when its rows are whole vectors, and through a padded copy otherwise.
/// </summary>
/// <remarks>Every entry is one fused sum in the order of k, so the bits do not depend on the tile or on the vector width,
/// nor on the number of threads. Not thread safe: each user has an object of its own.</remarks>
/// <typeparam name="T">Element type.</typeparam>
public sealed class Gemm<T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    // Below this a thread costs more than it saves.
    const double LeastShared = 3e5;

    // Depth of a panel of B: 256 × 32 floats are 32 KiB. Rows of B up to 1 KiB are read where they lie.
    const int Panel = 256;

    static int FarRow => 1024 / Unsafe.SizeOf<T>();

    T[] packed = [];
    SharedProduct<T>? shared;

    /// <summary>Threads that share large products; null for the calling one alone. The bits are the same.</summary>
    public Workers? Workers { get; init; }

    // A tile is two vectors wide, whatever their width.
    static int Width =>
        2 * (Vector512.IsHardwareAccelerated
            ? Vector512<T>.Count
            : Vector256.IsHardwareAccelerated ? Vector256<T>.Count : Vector128<T>.Count);

    // Rows of a tile.
    static int Height => Vector512.IsHardwareAccelerated ? 8 : 6;

    /// <summary><c>C = op(A)·op(B)</c>, or <c>C += …</c>; op(A) is m×k, op(B) k×n.</summary>
    public void Multiply(ReadOnlySpan<T> a, bool transposeA, ReadOnlySpan<T> b, bool transposeB, Span<T> c, int m, int k, int n,
        bool add = false) =>
        Multiply(a, transposeA, transposeA ? m : k, b, transposeB, transposeB ? k : n, c, m, k, n, add);

    /// <summary>The same where the rows of A and B, as they are stored,
    /// begin <paramref name="farA"/> and <paramref name="farB"/> entries apart: parts of larger matrices.</summary>
    public void Multiply(ReadOnlySpan<T> a, bool transposeA, int farA, ReadOnlySpan<T> b, bool transposeB, int farB, Span<T> c, int m,
        int k, int n, bool add = false)
    {
        if (a.Length < Reach(transposeA ? k : m, transposeA ? m : k, farA) || b.Length < Reach(transposeB ? n : k, transposeB ? k : n, farB)
            || c.Length < (long)m * n)
            throw new ArgumentException($"A product of {m}×{k} and {k}×{n} needs {Reach(transposeA ? k : m, transposeA ? m : k, farA)}, "
                + $"{Reach(transposeB ? n : k, transposeB ? k : n, farB)} and {(long)m * n} entries; got {a.Length}, "
                + $"{b.Length} and {c.Length}.");
        if (m == 0 || n == 0 || k == 0)
        {
            if (!add) c[..(m * n)].Clear();
            return;
        }
        if (Workers is { Count: > 1 } workers && (double)m * k * n >= LeastShared)
            Share(workers, a, transposeA, farA, b, transposeB, farB, c, m, k, n, add);
        else Part(a, transposeA, farA, b, transposeB, farB, c, m, k, n, add, 0, m, 0, n);
    }

    static long Reach(int rows, int columns, int far) => rows == 0 || columns == 0 ? 0 : ((rows - 1L) * far) + columns;

    // Whole tiles to each thread, along the longer side: an entry is summed in the order of k whoever computes it.
    unsafe void Share(Workers workers, ReadOnlySpan<T> a, bool transposeA, int farA, ReadOnlySpan<T> b, bool transposeB, int farB,
        Span<T> c, int m, int k, int n, bool add)
    {
        shared ??= new SharedProduct<T>(workers.Count);
        fixed (T* pa = a, pb = b, pc = c)
        {
            shared.Set(pa, a.Length, transposeA, farA, pb, b.Length, transposeB, farB, pc, c.Length, m, k, n, add, Height, Width);
            workers.Run(shared, shared.Parts);
        }
    }

    /// <summary>The rows and columns of a product from <paramref name="i0"/> and <paramref name="j0"/> on;
    /// <paramref name="j0"/> is a multiple of the tile's width.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    internal void Part(ReadOnlySpan<T> a, bool transposeA, int farA, ReadOnlySpan<T> b, bool transposeB, int farB, Span<T> c, int m, int k,
        int n, bool add, int i0, int i1, int j0, int j1)
    {
        int width = Width;
        ref T a0 = ref MemoryMarshal.GetReference(a);
        nint rowA = transposeA ? 1 : farA, stepA = transposeA ? farA : 1;
        // Rows of B that lie far apart would each take a page of their own:
        // they are copied together, a panel that stays in the first cache at a time.
        bool near = !transposeB && farB <= FarRow;
        for (int j = j0; j < j1; j += width)
        {
            int columns = Math.Min(width, j1 - j);
            bool direct = near && columns == width;
            int depth = direct ? k : Math.Min(k, Panel);
            for (int l = 0; l < k; l += depth)
            {
                int take = Math.Min(depth, k - l);
                if (!direct) Pack(b, transposeB, farB, j, columns, l, take);
                ref T b0 = ref direct
                    ? ref Unsafe.Add(ref MemoryMarshal.GetReference(b), j)
                    : ref MemoryMarshal.GetArrayDataReference(packed);
                nint rowB = direct ? farB : width;
                bool goesOn = add || l > 0;
                ref T al = ref Unsafe.Add(ref a0, l * stepA);
                if (Vector512.IsHardwareAccelerated)
                    GemmTiles512<T>.Strip(ref al, rowA, stepA, ref b0, rowB, c, i0, i1, j, take, n, columns, goesOn);
                else if (Vector256.IsHardwareAccelerated)
                    GemmTiles<T, Lane256<T>>.Strip(ref al, rowA, stepA, ref b0, rowB, c, i0, i1, j, take, n, columns, goesOn);
                else GemmTiles<T, Lane128<T>>.Strip(ref al, rowA, stepA, ref b0, rowB, c, i0, i1, j, take, n, columns, goesOn);
            }
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    void Pack(ReadOnlySpan<T> b, bool transposed, int far, int first, int columns, int from, int take)
    {
        int width = Width;
        if (packed.Length < take * width) packed = new T[take * width];
        Span<T> to = packed.AsSpan(0, take * width);
        if (columns < width) to.Clear();
        for (int l = 0; l < take; l++)
        {
            if (!transposed) b.Slice(((from + l) * far) + first, columns).CopyTo(to[(l * width)..]);
            else
                for (int j = 0; j < columns; j++) to[(l * width) + j] = b[((first + j) * far) + from + l];
        }
    }
}
