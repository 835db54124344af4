using System.Runtime.CompilerServices;

namespace Descent.Numerics;

/// <summary>A uniformly random permutation named by a key.</summary>
public static class Permutation
{
    const int Ahead = 128;

    /// <summary>Fills <paramref name="order"/> with the permutation of 0 … n−1 that belongs to <paramref name="key"/> (Fisher–Yates).
    /// Cost n draws.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Fill(ulong key, Span<int> order)
    {
        for (int i = 0; i < order.Length; i++) order[i] = i;
        Span<ulong> words = stackalloc ulong[Ahead];
        Span<int> partners = stackalloc int[Ahead];
        ulong counter = 0;
        for (int left = order.Length - 1; left > 0; left -= Ahead)
        {
            int swaps = Math.Min(Ahead, left);
            // One block of random bits serves two swaps. Whom to swap with does not depend on the swaps before: all are called for at once.
            Philox.Pairs(counter, key, words);
            counter += Ahead / 2;
            for (int k = 0; k < swaps; k++)
            {
                partners[k] = (int)Math.BigMul(words[k], (ulong)(left - k) + 1, out _);
                Prefetch.Read(ref order[partners[k]]);
            }
            for (int k = 0; k < swaps; k++) (order[left - k], order[partners[k]]) = (order[partners[k]], order[left - k]);
        }
    }
}
