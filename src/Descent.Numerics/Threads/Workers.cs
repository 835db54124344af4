using System.Diagnostics;

namespace Descent.Numerics;

/// <summary>A few threads that run the shards of one piece of work after another. No allocation per call. One caller at a time.</summary>
/// <remarks>
/// Which thread runs which shard is not determined; since shards are disjoint and summed by the caller in shard order, results are.
/// A thread that wakes late is not waited for: the others take its shards. A thread that was taken off its core in the middle of a shard
/// has to be waited for; after such a wait the caller works alone for twenty times as long,
/// so that neighbours on the machine cost at most a few per cent over one thread.
/// </remarks>
public sealed class Workers : IDisposable
{
    /// <summary>Most shards of one piece of work.</summary>
    public const int MostShards = (1 << 20) - 1;

    // Work follows work within a training step:
    // a thread that looks for it that long is there when it comes, while waking one takes as long.
    static readonly long Patience = Stopwatch.Frequency / 10_000;

    // A wait this many times longer passes before the others are asked again.
    const int Rest = 20;
    readonly object gate = new();
    readonly ManualResetEventSlim done = new(false);
    readonly Thread[] threads;
    RankWork? rankWork;
    IShardWork? work;
    Exception? failure;

    // Generation (24 bits), number of shards (20), next shard (20):
    // one word, so that a shard is taken only from the work that is under way.
    long ticket;
    int left, asleep;
    long aloneUntil;
    volatile bool stop;

    /// <summary>Makes <paramref name="count"/> − 1 background threads; the calling thread is the last one.</summary>
    /// <param name="count">Threads of this process, at least 1.</param>
    /// <param name="ranks">Other processes that make the same calls and take shards of summed work; null for none.</param>
    /// <param name="fastSum">Whether ranks add their shards themselves and the engine adds the ranks: fewer bytes, and a sum that agrees
    /// with that of one process to rounding alone.</param>
    public Workers(int count = 1, IRankGroup? ranks = null, bool fastSum = false)
    {
        rankWork = ranks is { Size: > 1 } ? new RankWork(ranks, fastSum) : null;
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

    /// <summary>The processes that take part; null for this one alone.</summary>
    public IRankGroup? Ranks => rankWork?.Group;

    /// <summary>From here on this process works alone: other ranks are neither asked nor waited for.</summary>
    public void LeaveRanks() => rankWork = null;

    /// <summary>Runs shards 0 … count − 1 and returns when all are done. An exception of a shard is thrown here.</summary>
    /// <remarks>With <see cref="Ranks"/>, work that says what its shards leave (<see cref="ISummedShards"/>) is shared among them, and any
    /// other is done wholly in each.</remarks>
    public void Run(IShardWork job, int count)
    {
        ArgumentNullException.ThrowIfNull(job);
        if (rankWork is not null && job is ISummedShards summed) rankWork.Run(summed, count, this);
        else RunHere(job, count);
    }

    /// <summary>The same in this process alone.</summary>
    internal void RunHere(IShardWork job, int count)
    {
        long begun = threads.Length == 0 || count <= 1 ? 0 : Stopwatch.GetTimestamp();
        if (begun < aloneUntil || begun == 0)
        {
            for (int shard = 0; shard < count; shard++) job.Run(shard);
            return;
        }
        if (count > MostShards) throw new ArgumentOutOfRangeException(nameof(count), $"Work has at most {MostShards} shards; got {count}.");
        work = job;
        failure = null;
        left = count;
        done.Reset();
        Publish(count);
        Take();
        long worked = Stopwatch.GetTimestamp();
        AwaitShards();
        long now = Stopwatch.GetTimestamp(), waited = now - worked;
        if (waited > Patience && waited > (worked - begun) / 2) aloneUntil = now + (Rest * waited);
        work = null;
        if (failure is not null) throw new InvalidOperationException("A shard failed: " + failure.Message, failure);
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        stop = true;
        Publish(0);
        foreach (Thread t in threads) t.Join();
        done.Dispose();
    }

    static long Generation(long t) => t >>> 40;

    // A sleeper has counted itself before it looks at the ticket for the last time: either it sees this one, or it is seen here.
    void Publish(int count)
    {
        long generation = (Generation(ticket) + 1) & 0xFFFFFF;
        Interlocked.Exchange(ref ticket, (generation << 40) | ((long)count << 20));
        if (Volatile.Read(ref asleep) == 0) return;
        lock (gate) Monitor.PulseAll(gate);
    }

    void Loop()
    {
        long seen = 0;
        while (!stop)
        {
            seen = AwaitWork(seen);
            Take();
        }
    }

    long AwaitWork(long seen)
    {
        long until = Stopwatch.GetTimestamp() + Patience;
        do
        {
            long now = Generation(Volatile.Read(ref ticket));
            if (now != seen) return now;
            Thread.SpinWait(10);
        }
        while (Stopwatch.GetTimestamp() < until);
        lock (gate)
        {
            Interlocked.Increment(ref asleep);
            while (Generation(Volatile.Read(ref ticket)) == seen) Monitor.Wait(gate);
            Interlocked.Decrement(ref asleep);
            return Generation(Volatile.Read(ref ticket));
        }
    }

    // The exchange succeeds only while a shard of that generation is left, and until it is done the caller does not replace the work:
    // what was read before it belongs to it.
    void Take()
    {
        while (true)
        {
            long t = Volatile.Read(ref ticket);
            int shard = (int)(t & MostShards);
            if (shard >= (int)((t >> 20) & MostShards)) return;
            IShardWork? job = Volatile.Read(ref work);
            if (Interlocked.CompareExchange(ref ticket, t + 1, t) == t) RunOne(job!, shard);
        }
    }

    void RunOne(IShardWork job, int shard)
    {
        try
        {
            job.Run(shard);
        }
#pragma warning disable CA1031 // Carried over to the calling thread, which throws it.
        catch (Exception e)
#pragma warning restore CA1031
        {
            failure = e;
        }
        if (Interlocked.Decrement(ref left) == 0) done.Set();
    }

    void AwaitShards()
    {
        long until = Stopwatch.GetTimestamp() + Patience;
        while (Volatile.Read(ref left) > 0)
        {
            Thread.SpinWait(5);
            // The last shard of the work before may signal late: the count decides.
            if (Stopwatch.GetTimestamp() > until) done.Wait();
        }
    }
}
