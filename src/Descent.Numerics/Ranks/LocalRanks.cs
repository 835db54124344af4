using System.Runtime.ExceptionServices;
using System.Runtime.InteropServices;

namespace Descent.Numerics;

/// <summary>Ranks that are threads of this process: the same program as over machines, to be tested and looked at in one place.</summary>
/// <remarks>Nothing is gained in speed. A rank that throws ends the others at their next call, and its exception is thrown here.</remarks>
public sealed class LocalRanks
{
    readonly Barrier meeting;
    readonly byte[][] shown;
    readonly CancellationTokenSource failed = new();
    readonly List<(int Source, int Tag, byte[] Data)>[] sent;

    LocalRanks(int size)
    {
        (meeting, shown) = (new Barrier(size), new byte[size][]);
        sent = [.. Enumerable.Range(0, size).Select(_ => new List<(int, int, byte[])>())];
    }

    /// <summary>Runs a program once in each of <paramref name="size"/> ranks, side by side; returns when all have ended.</summary>
    /// <param name="size">Number of ranks, at least 1.</param>
    /// <param name="program">What each does with its group.</param>
    public static void Run(int size, Action<IRankGroup> program)
    {
        ArgumentNullException.ThrowIfNull(program);
        if (size < 1) throw new ArgumentOutOfRangeException(nameof(size), $"The number of ranks needs to be at least 1; got {size}.");
        LocalRanks all = new(size);
        ExceptionDispatchInfo? first = null;
        Thread[] threads = [.. Enumerable.Range(0, size).Select(rank => new Thread(() =>
        {
            try
            {
                program(new Member(all, rank));
            }
            catch (Exception e)
            {
                if (e is not OperationCanceledException) Interlocked.CompareExchange(ref first, ExceptionDispatchInfo.Capture(e), null);
                all.Fail();
            }
        }, 16 << 20) { IsBackground = true, Name = $"descent-rank-{rank}" })];
        foreach (Thread t in threads) t.Start();
        foreach (Thread t in threads) t.Join();
        all.meeting.Dispose();
        all.failed.Dispose();
        first?.Throw();
    }

    // Everyone shows a copy of what it has, everyone reads what it wants, and nobody goes on before all have read.
    void Meet(int rank, ReadOnlySpan<byte> mine, Action read)
    {
        shown[rank] = mine.ToArray();
        meeting.SignalAndWait(failed.Token);
        read();
        meeting.SignalAndWait(failed.Token);
    }

    void Fail()
    {
        failed.Cancel();
        foreach (var box in sent)
            lock (box) Monitor.PulseAll(box);
    }

    void Put(int source, int target, int tag, ReadOnlySpan<byte> data)
    {
        var box = sent[target];
        lock (box)
        {
            box.Add((source, tag, data.ToArray()));
            Monitor.PulseAll(box);
        }
    }

    // The first message that fits, in the order of sending.
    (int Source, int Tag, byte[] Data) Await(int rank, int? source, int? tag, bool take)
    {
        var box = sent[rank];
        lock (box)
        {
            while (true)
            {
                failed.Token.ThrowIfCancellationRequested();
                int at = box.FindIndex(m => (source ?? m.Source) == m.Source && (tag ?? m.Tag) == m.Tag);
                if (at < 0)
                {
                    Monitor.Wait(box);
                    continue;
                }
                var message = box[at];
                if (take) box.RemoveAt(at);
                return message;
            }
        }
    }

    sealed class Member(LocalRanks all, int rank) : IRankGroup
    {
        public int Rank => rank;

        public int Size => all.shown.Length;

        public string Engine => "threads of one process";

        public unsafe void AllGather(Span<byte> whole, ReadOnlySpan<int> starts)
        {
            int[] places = starts.ToArray();
            fixed (byte* start = whole)
            {
                byte* target = start;
                all.Meet(rank, whole[places[rank]..places[rank + 1]], () =>
                {
                    for (int r = 0; r < Size; r++)
                        all.shown[r].CopyTo(new Span<byte>(target + places[r], places[r + 1] - places[r]));
                });
            }
        }

        public unsafe void Broadcast(Span<byte> data, int root)
        {
            int length = data.Length;
            fixed (byte* start = data)
            {
                byte* target = start;
                all.Meet(rank, rank == root ? data : default, () => all.shown[root].CopyTo(new Span<byte>(target, length)));
            }
        }

        public unsafe void Sum(Span<double> values)
        {
            int length = values.Length;
            fixed (double* start = values)
            {
                double* target = start;
                all.Meet(rank, MemoryMarshal.AsBytes(values), () => all.Add(new Span<double>(target, length)));
            }
        }

        public void Barrier() => all.Meet(rank, default, () => { });

        public void Send(ReadOnlySpan<byte> data, int target, int tag) => all.Put(rank, target, tag, data);

        public (int Source, int Tag, int Length) Probe(int? source = null, int? tag = null)
        {
            var (from, about, data) = all.Await(rank, source, tag, false);
            return (from, about, data.Length);
        }

        public int Receive(Span<byte> data, int source, int tag)
        {
            byte[] message = all.Await(rank, source, tag, true).Data;
            message.CopyTo(data);
            return message.Length;
        }
    }

    // From the last rank to the first: an engine's order is not that of the shards, and nothing may rely on it.
    void Add(Span<double> sum)
    {
        sum.Clear();
        for (int r = shown.Length - 1; r >= 0; r--)
        {
            ReadOnlySpan<double> part = MemoryMarshal.Cast<byte, double>(shown[r]);
            for (int i = 0; i < sum.Length; i++) sum[i] += part[i];
        }
    }
}
