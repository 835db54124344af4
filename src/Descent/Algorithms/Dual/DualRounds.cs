using Descent.Oracles;

namespace Descent.Algorithms;

/// <summary>
/// The order in which dual variables of a loss with kinks are visited: rounds in random permutations over those that are still active.
/// Variables that rest at a bound with a slope that leads out by more than any active one's in the round before are set aside;
/// when the slopes of the active ones lie close together, all come back, and what is close is asked to be closer.
/// </summary>
sealed class DualRounds(int count, Draws draws)
{
    readonly int[] active = Identity(count), order = new int[count], shuffled = new int[count];
    readonly ulong seed = draws.NextWord();
    long round, position, kept, size = count;
    double below = double.NegativeInfinity, above = double.PositiveInfinity, least = double.PositiveInfinity,
        most = double.NegativeInfinity, close = double.PositiveInfinity;
    long done;

    /// <summary>Whether a round over all variables has moved none.</summary>
    public bool IsDone => done != 0;

    /// <summary>Visits up to <paramref name="atMost"/> variables of the present round; returns how many.</summary>
    public long Advance<T>(IDualCoordinateOracle<T> oracle, Span<T> w, Span<double> u, long atMost)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        if (position == 0) Shuffle();
        int take = (int)Math.Min(atMost, size - position);
        Span<int> part = active.AsSpan((int)position, take);
        DualSlopes seen = new(below, above, least, most);
        int stay = oracle.DualPass(part, w, u, ref seen);
        (least, most) = (seen.Least, seen.Most);
        part[..stay].CopyTo(active.AsSpan((int)kept));
        (position, kept) = (position + take, kept + stay);
        if (position == size) Close(seen);
        return Math.Max(1, take);
    }

    public void Visit(IStateVisitor visitor)
    {
        visitor.Buffer<int>("active", active);
        visitor.Number("round", ref round);
        visitor.Number("round.position", ref position);
        visitor.Number("round.kept", ref kept);
        visitor.Number("round.size", ref size);
        visitor.Number("round.done", ref done);
        visitor.Number("slopes.below", ref below);
        visitor.Number("slopes.above", ref above);
        visitor.Number("slopes.least", ref least);
        visitor.Number("slopes.most", ref most);
        visitor.Number("slopes.close", ref close);
    }

    static int[] Identity(int count)
    {
        int[] all = new int[count];
        for (int i = 0; i < count; i++) all[i] = i;
        return all;
    }

    void Shuffle()
    {
        Span<int> places = order.AsSpan(0, (int)size), next = shuffled.AsSpan(0, (int)size);
        Permutation.Fill(Philox.Pair((ulong)round, seed).A, places);
        for (int k = 0; k < places.Length; k++) next[k] = active[places[k]];
        next.CopyTo(active);
        (kept, least, most) = (0, double.PositiveInfinity, double.NegativeInfinity);
        round++;
    }

    void Close(DualSlopes seen)
    {
        bool whole = size == count && below == double.NegativeInfinity && above == double.PositiveInfinity;
        double spread = kept == 0 ? 0 : seen.Spread;
        if (whole && spread <= 0) done = 1;
        // The first round says what "close" means; each return halves it twice.
        if (double.IsInfinity(close)) close = spread / 4;
        if (spread <= close || kept == 0)
        {
            if (!whole)
            {
                for (int i = 0; i < count; i++) active[i] = i;
                (size, below, above) = (count, double.NegativeInfinity, double.PositiveInfinity);
            }
            else (below, above) = (seen.Next().Below, seen.Next().Above);
            close = Math.Min(close, spread) / 4;
        }
        else (size, below, above) = (kept, seen.Next().Below, seen.Next().Above);
        position = 0;
    }
}
