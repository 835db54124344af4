using System.Diagnostics;

namespace Descent.Fuzz;

/// <summary>Many mutated inputs for one loader, on two threads where it keeps to one:
/// each is loaded or refused with a sentence, soon, and with little memory.</summary>
sealed class Campaign(string loader, long inputs, ulong seed)
{
    // What a loader hands to other threads is counted in the process, which then has one input at a time.
    readonly bool handsOver = loader == "parquet";
    const long Base = 64L << 20, PerByte = 20;

    readonly Mutator mutator = new(Corpus.Of(loader), seed);
    readonly long[] current = new long[loader == "parquet" ? 1 : 2];
    readonly List<string> failures = [];
    long accepted, refused, mostAllocated;

    /// <summary>Bytes that a loader may make room for, for an input of a length.</summary>
    public static long Room(int length) => Base + (PerByte * length);

    int Threads => current.Length;

    long Allocated => handsOver ? GC.GetTotalAllocatedBytes() : GC.GetAllocatedBytesForCurrentThread();

    volatile bool ended;

    /// <summary>What went wrong, with the number of the input; empty when nothing did.</summary>
    public IReadOnlyList<string> Failures => failures;

    public string Summary =>
        FormattableString.Invariant($"{loader}: {inputs} inputs from seed {seed}: {accepted} accepted, {refused} refused, ")
            + FormattableString.Invariant($"{failures.Count} failures; at most {mostAllocated / 1048576.0:0.0} MiB allocated for one");

    public void Run()
    {
        // What is made once, rows to predict or a file to be mapped, and compiled, is no input's doing.
        Warm();
        Thread[] workers = [.. Enumerable.Range(0, Threads).Select(t => new Thread(() => Work(t), 16 << 20) { IsBackground = true })];
        foreach (Thread w in workers) w.Start();
        Watch(workers);
        ended = true;
    }

    void Warm()
    {
        string file = Path.Combine(Path.GetTempPath(), $"descent-fuzz-{Environment.ProcessId}-{loader}-first");
        foreach (byte[] input in Corpus.Of(loader))
        {
            try
            {
                Loaders.Run(loader, input, file);
            }
            catch (Exception e) when (Loaders.IsRefusal(e))
            {
            }
        }
        File.Delete(file);
    }

    void Work(int thread)
    {
        string file = Path.Combine(Path.GetTempPath(), $"descent-fuzz-{Environment.ProcessId}-{loader}-{thread}");
        for (long k = thread; k < inputs && !ended; k += Threads)
        {
            Volatile.Write(ref current[thread], k);
            Try(k, file);
        }
        Volatile.Write(ref current[thread], -1);
        File.Delete(file);
    }

    void Try(long k, string file)
    {
        byte[] input = mutator.Make(k);
        long before = Allocated;
        try
        {
            Loaders.Run(loader, input, file);
            Interlocked.Increment(ref accepted);
        }
        catch (Exception e) when (Loaders.IsRefusal(e))
        {
            Interlocked.Increment(ref refused);
            if (e.Message.Length < 10) Fail(k, input, "a message that says nothing: " + e.Message);
        }
        catch (Exception e)
        {
            Fail(k, input,
                $"{e.GetType().Name}: {e.Message} "
                    + e.StackTrace?.Split('\n').FirstOrDefault(l => l.Contains("Descent.", StringComparison.Ordinal))?.Trim());
        }
        long allocated = Allocated - before;
        lock (failures) mostAllocated = Math.Max(mostAllocated, allocated);
        if (allocated > Room(input.Length)) Fail(k, input, $"{allocated} bytes allocated for {input.Length} of input");
    }

    // An input is kept beside the results, so that it can go into the corpus.
    void Fail(long k, byte[] input, string what)
    {
        lock (failures)
        {
            if (failures.Count >= 20)
            {
                ended = true;
                return;
            }
            string kept = Path.Combine(Path.GetTempPath(), $"descent-fuzz-{loader}-{seed}-{k}.bin");
            File.WriteAllBytes(kept, input);
            failures.Add($"input {k} ({kept}): {what}");
        }
    }

    // Hangs are told by processor time, so that a busy machine makes none: two threads have used four seconds while one input did not end.
    void Watch(Thread[] workers)
    {
        long[] seen = new long[Threads];
        TimeSpan[] since = new TimeSpan[Threads];
        while (workers.Any(w => w.IsAlive))
        {
            workers.First(w => w.IsAlive).Join(200);
            TimeSpan used = Process.GetCurrentProcess().TotalProcessorTime;
            for (int t = 0; t < Threads; t++)
            {
                long now = Volatile.Read(ref current[t]);
                if (now != seen[t]) (seen[t], since[t]) = (now, used);
                if (now < 0 || used - since[t] < TimeSpan.FromSeconds(4)) continue;
                Fail(now, mutator.Make(now), "does not end: more than two seconds of processor time");
                return;
            }
        }
    }
}
