namespace Descent.Numerics;

/// <summary>A few threads that run the shards of one piece of work after another. No allocation per call.</summary>
/// <remarks>Which thread runs which shard is not determined; since shards are disjoint and summed by the caller in shard order, results are.</remarks>
public sealed class Workers : IDisposable
{
    // Work that follows work within some twenty microseconds finds the threads awake: waking one takes as long.
    const int Spins = 400;
    readonly object gate = new();
    readonly ManualResetEventSlim done = new(false);
    readonly Thread[] threads;
    IShardWork? work;
    Exception? failure;
    int shards, next, running;
    volatile int generation;
    volatile bool stop;

    /// <summary>Makes <paramref name="count"/> − 1 background threads; the calling thread is the last one.</summary>
    public Workers(int count = 1)
    {
        if (count < 1) throw new ArgumentOutOfRangeException(nameof(count), $"The number of threads needs to be at least 1; got {count}.");
        Count = count;
        threads = new Thread[count - 1];
        for (int i = 0; i < threads.Length; i++)
        {
            threads[i] = new Thread(Loop) { IsBackground = true, Name = "descent-worker" };
            threads[i].Start();
        }
    }

    /// <summary>Number of threads that take part, the caller included.</summary>
    public int Count { get; }

    /// <summary>Runs shards 0 … count − 1 and returns when all are done. An exception of a shard is thrown here.</summary>
    public void Run(IShardWork job, int count)
    {
        ArgumentNullException.ThrowIfNull(job);
        if (threads.Length == 0 || count == 1)
        {
            for (int shard = 0; shard < count; shard++) job.Run(shard);
            return;
        }
        work = job;
        shards = count;
        failure = null;
        Volatile.Write(ref next, 0);
        Volatile.Write(ref running, threads.Length);
        done.Reset();
        lock (gate)
        {
            generation++;
            Monitor.PulseAll(gate);
        }
        Take();
        done.Wait();
        work = null;
        if (failure is not null) throw new InvalidOperationException("A shard failed: " + failure.Message, failure);
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        lock (gate)
        {
            stop = true;
            generation++;
            Monitor.PulseAll(gate);
        }
        foreach (Thread t in threads) t.Join();
        done.Dispose();
    }

    void Loop()
    {
        int seen = 0;
        while (true)
        {
            Await(seen);
            seen++;
            if (stop) return;
            Take();
            if (Interlocked.Decrement(ref running) == 0) done.Set();
        }
    }

    // Every thread takes part in every generation, if only to find no shard left, so that it sees them one by one.
    void Await(int seen)
    {
        for (int spin = 0; spin < Spins; spin++)
        {
            if (generation != seen) return;
            Thread.SpinWait(8);
        }
        lock (gate)
        {
            while (generation == seen) Monitor.Wait(gate);
        }
    }

    void Take()
    {
        IShardWork job = work!;
        try
        {
            for (int shard = Interlocked.Increment(ref next) - 1; shard < shards; shard = Interlocked.Increment(ref next) - 1) job.Run(shard);
        }
#pragma warning disable CA1031 // Carried over to the calling thread, which throws it.
        catch (Exception e)
#pragma warning restore CA1031
        {
            failure = e;
        }
    }
}
