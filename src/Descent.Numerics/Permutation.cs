namespace Descent.Numerics;

/// <summary>A uniformly random permutation named by a key.</summary>
public static class Permutation
{
    /// <summary>Fills <paramref name="order"/> with the permutation of 0 … n−1 that belongs to <paramref name="key"/> (Fisher–Yates). Cost n draws.</summary>
    public static void Fill(ulong key, Span<int> order)
    {
        for (int i = 0; i < order.Length; i++) order[i] = i;
        ulong counter = 0;
        int left = order.Length - 1;
        while (left > 0)
        {
            // One block serves two swaps.
            var (a, b) = Philox.Pair(counter++, key);
            Swap(order, left, (int)Math.BigMul(a, (ulong)left + 1, out _));
            left--;
            if (left <= 0) break;
            Swap(order, left, (int)Math.BigMul(b, (ulong)left + 1, out _));
            left--;
        }
    }

    static void Swap(Span<int> order, int i, int j) => (order[i], order[j]) = (order[j], order[i]);
}
