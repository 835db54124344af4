using System.Numerics;

namespace Descent.Numerics;

/// <summary>Cuts a pair of vectors into shards and hands each to a thread.
/// Shards begin at multiples of 16 elements, so that full vectors stay whole.</summary>
/// <typeparam name="T">Element type.</typeparam>
public sealed unsafe class SpanShards<T>(Workers workers, int count, int length) : IShardWork
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    T* w, g;
    IVectorShard<T>? body;

    /// <summary>Number of shards.</summary>
    public int Count { get; } = Math.Max(1, count);

    /// <summary>First element of a shard; the length for the one after the last.</summary>
    public int Start(int shard) => shard >= Count ? length : (int)((long)length * shard / Count / 16 * 16);

    /// <summary>Runs the body over all shards; returns when all are done.</summary>
    public void Run(Span<T> first, ReadOnlySpan<T> second, IVectorShard<T> work)
    {
        if (first.Length != length || second.Length != length)
            throw new ArgumentException($"Vectors of one kernel need one length; got {first.Length} and {second.Length} for {length}.");
        fixed (T* a = first, b = second)
        {
            w = a;
            g = b;
            body = work;
            workers.Run(this, Count);
            w = null;
            g = null;
            body = null;
        }
    }

    void IShardWork.Run(int shard)
    {
        int from = Start(shard), size = Start(shard + 1) - from;
        body!.Run(shard, new Span<T>(w + from, size), new ReadOnlySpan<T>(g + from, size));
    }
}
