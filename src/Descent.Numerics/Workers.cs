namespace Descent.Numerics;

/// <summary>A few threads that run the shards of one piece of work after another. No allocation per call.</summary>
/// <remarks>Which thread runs which shard is not determined; since shards are disjoint and summed by the caller in shard order, results are.</remarks>
public sealed class Workers : IDisposable
{
    readonly SemaphoreSlim go = new(0);
    readonly ManualResetEventSlim done = new(false);
    readonly Thread[] threads;
    IShardWork? work;
    Exception? failure;
    int shards, next, running;
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
        int helpers = Math.Min(threads.Length, count - 1);
        work = job;
        shards = count;
        failure = null;
        Volatile.Write(ref next, 0);
        Volatile.Write(ref running, helpers);
        done.Reset();
        go.Release(helpers);
        Take();
        done.Wait();
        work = null;
        if (failure is not null) throw new InvalidOperationException("A shard failed: " + failure.Message, failure);
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        stop = true;
        if (threads.Length > 0) go.Release(threads.Length);
        foreach (Thread t in threads) t.Join();
        go.Dispose();
        done.Dispose();
    }

    void Loop()
    {
        while (true)
        {
            go.Wait();
            if (stop) return;
            Take();
            if (Interlocked.Decrement(ref running) == 0) done.Set();
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
