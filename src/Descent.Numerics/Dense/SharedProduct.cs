using System.Numerics;

namespace Descent.Numerics;

/// <summary>One matrix product cut into parts of whole tiles, a part a thread.
/// Lives as long as its user; nothing is allocated a product.</summary>
sealed unsafe class SharedProduct<T>(int threads) : IShardWork
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    readonly Gemm<T>[] own = [.. Enumerable.Range(0, threads).Select(_ => new Gemm<T>())];
    T* a, b, c;
    int lengthA, lengthB, lengthC, farA, farB, m, k, n, tile, width;
    bool transposeA, transposeB, add, alongRows;

    /// <summary>Number of parts.</summary>
    public int Parts { get; private set; }

    /// <summary>Takes a product; the memory stays pinned until the work is done.</summary>
    public void Set(T* pa, int la, bool ta, int fa, T* pb, int lb, bool tb, int fb, T* pc, int lc, int rows, int inner, int columns,
        bool adds, int tileRows, int tileColumns)
    {
        a = pa;
        b = pb;
        c = pc;
        (lengthA, transposeA, lengthB, transposeB, lengthC) = (la, ta, lb, tb, lc);
        (farA, farB) = (fa, fb);
        (m, k, n, add, tile, width) = (rows, inner, columns, adds, tileRows, tileColumns);
        int down = (m + tile - 1) / tile, across = (n + width - 1) / width;
        // Columns need no copy of B twice; rows serve where there are few columns.
        alongRows = across < threads && down > across;
        Parts = Math.Min(threads, alongRows ? down : across);
    }

    public void Run(int shard)
    {
        int tiles = alongRows ? (m + tile - 1) / tile : (n + width - 1) / width, size = alongRows ? tile : width, most = alongRows ? m : n;
        int from = (int)((long)tiles * shard / Parts) * size, to = Math.Min(most, (int)((long)tiles * (shard + 1) / Parts) * size);
        ReadOnlySpan<T> sa = new(a, lengthA), sb = new(b, lengthB);
        Span<T> sc = new(c, lengthC);
        own[shard].Part(sa, transposeA, farA, sb, transposeB, farB, sc, m, k, n, add, alongRows ? from : 0, alongRows ? to : m,
            alongRows ? 0 : from, alongRows ? n : to);
    }
}
