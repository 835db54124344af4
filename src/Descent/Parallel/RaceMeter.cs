namespace Descent.Parallel;

/// <summary>
/// What threads without locks did to each other, measured: updates lost of one counter that every step adds to in the way it adds to
/// weights, and how many steps of others ended between the reading of a gradient's weights and the end of its step, every 64th step.
/// </summary>
sealed class RaceMeter
{
    // Counters of different threads lie in different cache lines, and lines are fetched in pairs.
    const int Apart = 16, Sampled = 64, Classes = 32;
    readonly long[] done, histogram;
    readonly long[] most;
    readonly double[] counter = new double[2 * Apart];
    readonly int threads;
    readonly bool atomic;

    /// <summary>Begins to measure.</summary>
    public RaceMeter(int threads, bool atomic)
    {
        (this.threads, this.atomic) = (threads, atomic);
        done = new long[(threads + 2) * Apart];
        most = new long[(threads + 2) * Apart];
        histogram = new long[(threads + 2) * Classes];
    }

    /// <summary>Steps taken by all threads.</summary>
    public long Steps => Others(-1);

    /// <summary>Updates lost of the counter.</summary>
    public long Lost => Steps - (long)counter[Apart];

    /// <summary>Largest staleness seen.</summary>
    public long MostStale
    {
        get
        {
            long found = 0;
            for (int k = 0; k < threads; k++) found = Math.Max(found, most[Place(k)]);
            return found;
        }
    }

    /// <summary>What was measured, as a sentence.</summary>
    public string Sentence => threads == 1
        ? "Hogwild! on one thread is SGD: nothing was lost, nothing was stale, and the run is deterministic."
        : FormattableString.Invariant($"Hogwild! on {threads} threads, not deterministic: of a counter that every step adds to, ")
            + FormattableString.Invariant($"{Lost} of {Steps} updates were lost; gradients missed {MedianStale()} steps of others ")
            + "at the median of every 64th step, "
            + FormattableString.Invariant($"{MostStale} at most.");

    /// <summary>A thread begins its k-th step of a block; returns the steps of others so far, −1 where it is not asked.</summary>
    public long Begin(int thread, long k) => threads > 1 && k % Sampled == 0 ? Others(thread) : -1;

    /// <summary>It ends the step.</summary>
    public void End(int thread, long k, long seen)
    {
        if (atomic) SharedCells.AddAtomic(ref counter[Apart], 1);
        else SharedCells.AddRelaxed(ref counter[Apart], 1);
        Volatile.Write(ref done[Place(thread)], done[Place(thread)] + 1);
        if (seen < 0) return;
        long stale = Others(thread) - seen;
        histogram[((thread + 1) * Classes) + Math.Min(Classes - 1, 64 - System.Numerics.BitOperations.LeadingZeroCount((ulong)stale))]++;
        most[Place(thread)] = Math.Max(most[Place(thread)], stale);
    }

    /// <summary>Shows its state to a visitor.</summary>
    public void Visit(IStateVisitor visitor)
    {
        visitor.Buffer<long>("done", done);
        visitor.Buffer<long>("most", most);
        visitor.Buffer<long>("histogram", histogram);
        visitor.Buffer<double>("counter", counter);
    }

    static int Place(int thread) => (thread + 1) * Apart;

    long Others(int thread)
    {
        long sum = 0;
        for (int k = 0; k < threads; k++)
            if (k != thread) sum += Volatile.Read(ref done[Place(k)]);
        return sum;
    }

    // Lower end of the class that holds the median: classes are 0, 1, 2–3, 4–7, ….
    long MedianStale()
    {
        long all = 0, below = 0;
        foreach (long n in histogram) all += n;
        for (int c = 0; c < Classes; c++)
        {
            for (int k = 0; k < threads; k++) below += histogram[((k + 1) * Classes) + c];
            if (2 * below >= all) return c == 0 ? 0 : 1L << (c - 1);
        }
        return 0;
    }
}
