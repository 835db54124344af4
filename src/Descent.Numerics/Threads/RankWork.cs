using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace Descent.Numerics;

/// <summary>
/// Runs the shards of summed work in ranks: rank r of M takes shards [r·S/M, (r+1)·S/M), and what they left is brought to all, so that
/// the caller adds the same S summands in the same order as one process does. Or, where order does not matter, each rank adds its own
/// and the engine adds the ranks.
/// </summary>
sealed class RankWork(IRankGroup group, bool fast) : IShardWork
{
    readonly int[] starts = new int[group.Size + 1];
    readonly Measure measure = new();
    readonly Pack pack = new();
    readonly Unpack unpack = new();
    readonly AddUp addUp = new();
    readonly Spread spread = new();
    byte[] bytes = [];
    double[] sums = [];
    ISummedShards? job;
    int first;

    public IRankGroup Group => group;

    /// <summary>Runs all shards of the work, the own ones by the workers given.</summary>
    public void Run(ISummedShards work, int count, Workers workers)
    {
        job = work;
        first = First(group.Rank, count);
        int end = First(group.Rank + 1, count);
        workers.RunHere(this, end - first);
        if (fast && work.MayBeAdded) Add(count, end);
        else Gather(count, end);
        job = null;
    }

    void IShardWork.Run(int shard) => job!.Run(first + shard);

    int First(int rank, int count) => (int)((long)count * rank / group.Size);

    void Gather(int count, int end)
    {
        measure.Bytes = 0;
        for (int r = 0, shard = 0; r < group.Size; r++)
        {
            starts[r] = checked((int)measure.Bytes);
            for (; shard < First(r + 1, count); shard++) job!.Show(shard, measure);
        }
        int total = starts[group.Size] = checked((int)measure.Bytes);
        if (bytes.Length < total) bytes = GC.AllocateUninitializedArray<byte>(total);
        (pack.Bytes, pack.At) = (bytes, starts[group.Rank]);
        for (int shard = first; shard < end; shard++) job!.Show(shard, pack);
        group.AllGather(bytes.AsSpan(0, total), starts.AsSpan(0, group.Size + 1));
        (unpack.Bytes, unpack.At) = (bytes, 0);
        for (int shard = 0; shard < count; shard++)
        {
            if (shard == first) unpack.At = starts[group.Rank + 1];
            if (shard < first || shard >= end) job!.Show(shard, unpack);
        }
    }

    void Add(int count, int end)
    {
        measure.Count = 0;
        job!.Show(0, measure);
        if (sums.Length != measure.Count) sums = new double[measure.Count];
        Array.Clear(sums);
        for (int shard = first; shard < end; shard++)
        {
            (addUp.Sums, addUp.At) = (sums, 0);
            job.Show(shard, addUp);
        }
        group.Sum(sums);
        for (int shard = 0; shard < count; shard++)
        {
            (spread.Sums, spread.At, spread.IsFirst) = (sums, 0, shard == 0);
            job.Show(shard, spread);
        }
    }

    static InvalidOperationException NotAdded() => new("Work that brings bytes may not be added, and has to say so.");

    sealed class Measure : ISummandVisitor
    {
        public long Bytes { get; set; }

        public int Count { get; set; }

        public void Take<T>(Span<T> summand)
            where T : unmanaged, IBinaryFloatingPointIeee754<T>
        {
            Bytes += (long)summand.Length * Unsafe.SizeOf<T>();
            Count += summand.Length;
        }

        public void Bring(Span<byte> bytes) => Bytes += bytes.Length;
    }

    sealed class Pack : ISummandVisitor
    {
        public byte[] Bytes { get; set; } = [];

        public int At { get; set; }

        public void Take<T>(Span<T> summand)
            where T : unmanaged, IBinaryFloatingPointIeee754<T>
        {
            Bring(MemoryMarshal.AsBytes(summand));
        }

        public void Bring(Span<byte> bytes)
        {
            bytes.CopyTo(Bytes.AsSpan(At));
            At += bytes.Length;
        }
    }

    sealed class Unpack : ISummandVisitor
    {
        public byte[] Bytes { get; set; } = [];

        public int At { get; set; }

        public void Take<T>(Span<T> summand)
            where T : unmanaged, IBinaryFloatingPointIeee754<T>
        {
            Bring(MemoryMarshal.AsBytes(summand));
        }

        public void Bring(Span<byte> bytes)
        {
            Bytes.AsSpan(At, bytes.Length).CopyTo(bytes);
            At += bytes.Length;
        }
    }

    sealed class AddUp : ISummandVisitor
    {
        public double[] Sums { get; set; } = [];

        public int At { get; set; }

        public void Take<T>(Span<T> summand)
            where T : unmanaged, IBinaryFloatingPointIeee754<T>
        {
            foreach (T s in summand) Sums[At++] += double.CreateTruncating(s);
        }

        public void Bring(Span<byte> bytes) => throw NotAdded();
    }

    // The first shard gets the sum; the others −0, which changes no sum, not even that of zeros.
    sealed class Spread : ISummandVisitor
    {
        public double[] Sums { get; set; } = [];

        public int At { get; set; }

        public bool IsFirst { get; set; }

        public void Take<T>(Span<T> summand)
            where T : unmanaged, IBinaryFloatingPointIeee754<T>
        {
            for (int i = 0; i < summand.Length; i++, At++) summand[i] = IsFirst ? T.CreateTruncating(Sums[At]) : T.NegativeZero;
        }

        public void Bring(Span<byte> bytes) => throw NotAdded();
    }
}
