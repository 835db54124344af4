namespace Descent.Numerics;

/// <summary>A group that counts what its calls bring: bytes that this rank gave, bytes of others that it got, and calls.</summary>
/// <remarks>Counted is what the program hands over and gets back, not how the engine routes it: gathering counts the own part as given and
/// the parts of others as received; a sum counts the vector once each way; a broadcast is given by its root. A group of one rank brings
/// nothing. The counts are this rank's alone.</remarks>
/// <param name="inner">The group that carries.</param>
public sealed class CountedRanks(IRankGroup inner) : IRankGroup
{
    /// <inheritdoc/>
    public int Rank => inner.Rank;

    /// <inheritdoc/>
    public int Size => inner.Size;

    /// <inheritdoc/>
    public string Engine => inner.Engine;

    /// <summary>Bytes that this rank gave.</summary>
    public long Given { get; private set; }

    /// <summary>Bytes of other ranks that it got.</summary>
    public long Received { get; private set; }

    /// <summary>Calls that carried something, or waited.</summary>
    public long Calls { get; private set; }

    /// <inheritdoc/>
    public void AllGather(Span<byte> all, ReadOnlySpan<int> starts)
    {
        inner.AllGather(all, starts);
        int mine = starts[Rank + 1] - starts[Rank];
        Count(mine, all.Length - mine);
    }

    /// <inheritdoc/>
    public void Broadcast(Span<byte> data, int root)
    {
        inner.Broadcast(data, root);
        if (Rank == root) Count(data.Length, 0);
        else Count(0, data.Length);
    }

    /// <inheritdoc/>
    public void Sum(Span<double> values)
    {
        inner.Sum(values);
        Count((long)values.Length * sizeof(double), (long)values.Length * sizeof(double));
    }

    /// <inheritdoc/>
    public void Barrier()
    {
        inner.Barrier();
        Count(0, 0);
    }

    /// <inheritdoc/>
    public void Send(ReadOnlySpan<byte> data, int target, int tag)
    {
        inner.Send(data, target, tag);
        Count(data.Length, 0);
    }

    /// <inheritdoc/>
    public (int Source, int Tag, int Length) Probe(int? source = null, int? tag = null) => inner.Probe(source, tag);

    /// <inheritdoc/>
    public int Receive(Span<byte> data, int source, int tag)
    {
        int length = inner.Receive(data, source, tag);
        Count(0, length);
        return length;
    }

    void Count(long given, long received)
    {
        if (Size == 1) return;
        Given += given;
        Received += received;
        Calls++;
    }
}
