using System.Runtime.Intrinsics;

namespace Descent.Autodiff.Operations;

/// <summary>Walks over the tiles of images, channels side by side in vectors: which of a tile's entries is largest, the first of equals.
/// A NaN wins, so that it shows.</summary>
static class Tiles<T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    /// <summary>The largest entry of every tile.</summary>
    public static void Largest(ReadOnlySpan<T> x, Shape s, Shape tiles, int k, Span<T> value) =>
        Walk(x, s, tiles, k, value, default, default);

    /// <summary>Entries of another tensor that lie where the tiles' largest lie.</summary>
    public static void Take(ReadOnlySpan<T> x, Shape s, Shape tiles, int k, ReadOnlySpan<T> from, Span<T> value)
    {
        int channels = s[3], row = s[2] * channels, at = 0;
        for (int n = 0; n < s[0]; n++)
        {
            for (int i = 0; i < tiles[1]; i++)
            {
                int line = ((n * s[1]) + (i * k)) * row;
                for (int j = 0; j < tiles[2]; j++, at += channels)
                    for (int c = 0; c < channels; c++) value[at + c] = from[Best(x, line + (j * k * channels) + c, row, channels, k)];
            }
        }
    }

    /// <summary>Entries of the tiles put where the tiles' largest lie,
    /// zeros elsewhere; <paramref name="to"/> is zero at the start.</summary>
    public static void Spread(ReadOnlySpan<T> x, Shape s, Shape tiles, int k, ReadOnlySpan<T> entries, Span<T> to) =>
        Walk(x, s, tiles, k, default, entries, to);

    static void Walk(ReadOnlySpan<T> x, Shape s, Shape tiles, int k, Span<T> value, ReadOnlySpan<T> entries, Span<T> to)
    {
        int channels = s[3], row = s[2] * channels, lanes = Vector256<T>.Count, at = 0;
        for (int n = 0; n < s[0]; n++)
        {
            for (int i = 0; i < tiles[1]; i++)
            {
                int line = ((n * s[1]) + (i * k)) * row;
                for (int j = 0; j < tiles[2]; j++, at += channels)
                {
                    int first = line + (j * k * channels), c = 0;
                    for (; c + lanes <= channels; c += lanes)
                    {
                        Vector256<T> top = Top(x, first + c, row, channels, k);
                        if (!value.IsEmpty) top.CopyTo(value[(at + c)..]);
                        else Put(x, top, Vector256.Create(entries[(at + c)..]), to, first + c, row, channels, k);
                    }
                    for (; c < channels; c++)
                    {
                        int best = Best(x, first + c, row, channels, k);
                        if (!value.IsEmpty) value[at + c] = x[best];
                        else to[best] = entries[at + c];
                    }
                }
            }
        }
    }

    static Vector256<T> Top(ReadOnlySpan<T> x, int first, int row, int channels, int k)
    {
        Vector256<T> top = Vector256.Create(x[first..]);
        for (int a = 0; a < k; a++)
        {
            for (int b = a == 0 ? 1 : 0; b < k; b++)
            {
                Vector256<T> v = Vector256.Create(x[(first + (a * row) + (b * channels))..]);
                // v where it is larger or not a number, unless what is there is not a number already.
                top = Vector256.ConditionalSelect(Vector256.LessThanOrEqual(v, top) | ~Vector256.Equals(top, top), top, v);
            }
        }
        return top;
    }

    static void Put(ReadOnlySpan<T> x, Vector256<T> top, Vector256<T> entry, Span<T> to, int first, int row, int channels, int k)
    {
        Vector256<T> open = Vector256<T>.AllBitsSet, nan = ~Vector256.Equals(top, top);
        for (int a = 0; a < k; a++)
        {
            for (int b = 0; b < k; b++)
            {
                int p = first + (a * row) + (b * channels);
                Vector256<T> v = Vector256.Create(x[p..]), here = open & (Vector256.Equals(v, top) | (nan & ~Vector256.Equals(v, v)));
                (entry & here).CopyTo(to[p..]);
                open &= ~here;
            }
        }
    }

    /// <summary>Where the largest entry of one tile and channel lies.</summary>
    public static int Best(ReadOnlySpan<T> x, int first, int row, int channels, int k)
    {
        int best = first;
        for (int a = 0; a < k; a++)
        {
            for (int b = 0; b < k; b++)
            {
                int p = first + (a * row) + (b * channels);
                if (!T.IsNaN(x[best]) && !(x[p] <= x[best])) best = p;
            }
        }
        return best;
    }
}
