using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using Descent.Parallel;

namespace Descent.Orleans;

/// <summary>A shard of the parameter server behind messages: it knows which push of each worker it has taken in last, refuses what would
/// break the bound or poison the weights, and ends a round when the first message of the next one comes.</summary>
sealed class ServedBlock<T> : ServedBlock
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    readonly ParameterModel model;
    readonly ServerShard<T> shard;
    readonly int from, to;
    readonly long[] last;
    readonly double bound;
    readonly StateBytes bytes = new();
    long round, pushes, repeated, missed, most;

    public ServedBlock(ParameterModel model, int block, ServerShard<T> shard)
    {
        (this.model, this.shard) = (model, shard);
        (from, to) = (model.Start(block), model.Start(block + 1));
        last = new long[model.Workers];
        bound = new WorkerClocks(model.Workers, model.Slack).MostMissed;
        Form = FormattableString.Invariant($"{model.Rule.GetType().Name}, {8 * Unsafe.SizeOf<T>()}-bit weights {from} to {to - 1}, ")
            + FormattableString.Invariant($"{model.Workers} workers, {(model.Slack == 0 ? "in rounds" : "as they come")}");
    }

    public override string Form { get; }

    public override BlockFacts Facts => new(shard.Version, pushes, repeated, missed, most);

    public override byte[] Pull(byte[] request, bool whole)
    {
        Open(request);
        ReadOnlySpan<int> coordinates = MemoryMarshal.Cast<byte, int>(request.AsSpan(Envelope.Bytes + ServerMessage.HeaderBytes));
        if (!whole) RequireInside(coordinates);
        byte[] answer = new byte[sizeof(long) + ((whole ? to - from : coordinates.Length) * Unsafe.SizeOf<T>())];
        Span<T> weights = MemoryMarshal.Cast<byte, T>(answer.AsSpan(sizeof(long)));
        long version = whole ? shard.Pull(weights) : shard.Pull(coordinates, weights);
        MemoryMarshal.Write(answer, version);
        return answer;
    }

    public override bool Push(byte[] request, bool whole)
    {
        Envelope envelope = Open(request);
        Span<byte> message = request.AsSpan(Envelope.Bytes);
        PushHeader header = MemoryMarshal.Read<PushHeader>(message);
        Span<int> coordinates = [];
        Span<T> values = MemoryMarshal.Cast<byte, T>(message[ServerMessage.HeaderBytes..]);
        if (!whole) ServerMessage.Split(message, out header, out coordinates, out values);
        if (!IsNew(header.Worker, envelope.Sequence)) return false;
        if (whole) Guard.Length("A push", to - from, values.Length);
        else RequireInside(coordinates);
        RequireFinite(header, coordinates, values);
        if (header.Examples < 1) throw new ArgumentException($"A push has at least one example behind it; got {header.Examples}.");
        // Weights may contain pushes that were lost with a silo before they were written; they come again.
        long behind = Math.Max(0, shard.Version - header.Version);
        if (behind > bound)
            throw new InvalidOperationException(FormattableString.Invariant(
                $"A push was refused: its weights missed {behind} pushes of at most {bound}. ")
                + $"Worker {header.Worker} was away for longer than its lease, or pushed without asking MayCompute; pull again.");
        last[header.Worker] = envelope.Sequence;
        (pushes, missed, most) = (pushes + 1, missed + behind, Math.Max(most, behind));
        if (whole) shard.Push(header, values);
        else shard.Push(header, coordinates, values);
        return true;
    }

    public override byte[] Save()
    {
        byte[] all = new byte[bytes.Length(Visit)];
        bytes.Move(Visit, all, 0, false);
        return all;
    }

    public override void Restore(byte[] state)
    {
        int length = bytes.Length(Visit);
        if (state.Length != length)
            throw new InvalidOperationException($"The storage holds {state.Length} bytes, and {Form} takes {length}.");
        bytes.Move(Visit, state, 0, true);
    }

    void Visit(IStateVisitor visitor)
    {
        visitor.Buffer<long>("last", last);
        visitor.Number("round", ref round);
        visitor.Number("pushes", ref pushes);
        visitor.Number("repeated", ref repeated);
        visitor.Number("missed", ref missed);
        visitor.Number("most", ref most);
        shard.Visit(visitor);
    }

    Envelope Open(byte[] request)
    {
        Envelope envelope = MemoryMarshal.Read<Envelope>(request);
        if (envelope.Dimension != model.Dimension || envelope.BlockSize != model.BlockSize)
            throw new ArgumentException($"The client's model '{model.Name}' has {envelope.Dimension} parameters in blocks of "
                + $"{envelope.BlockSize}, the silo's {model.Dimension} in blocks of {model.BlockSize}: name the same model in both.");
        int worker = MemoryMarshal.Read<PushHeader>(request.AsSpan(Envelope.Bytes)).Worker;
        if ((uint)worker >= (uint)last.Length)
            throw new ArgumentException($"Model '{model.Name}' has workers 0 to {last.Length - 1}; got {worker}.");
        // A worker begins round r when all others have finished the one before it, and their pushes have been answered.
        if (model.Slack == 0 && envelope.Round > round)
        {
            shard.EndRound();
            round = envelope.Round;
        }
        return envelope;
    }

    bool IsNew(int worker, long sequence)
    {
        if (sequence > last[worker]) return true;
        if (Envelope.LifeOf(sequence) < Envelope.LifeOf(last[worker]))
            throw new InvalidOperationException($"A push was refused: another process has joined as worker {worker}.");
        repeated++;
        return false;
    }

    void RequireInside(ReadOnlySpan<int> coordinates)
    {
        for (int k = 0, before = from - 1; k < coordinates.Length; before = coordinates[k++])
            if (coordinates[k] <= before || coordinates[k] >= to)
                throw new ArgumentException($"Coordinates must ascend from {from} to {to - 1}; got {coordinates[k]} after {before}.");
    }

    // One value that is no number would spoil a model that others use.
    void RequireFinite(in PushHeader header, ReadOnlySpan<int> coordinates, ReadOnlySpan<T> values)
    {
        for (int k = 0; k < values.Length; k++)
            if (!T.IsFinite(values[k]))
                throw new ArgumentException(FormattableString.Invariant($"A push of worker {header.Worker} was refused: its gradient is ")
                    + FormattableString.Invariant($"{values[k]} at coordinate {(coordinates.IsEmpty ? from + k : coordinates[k])}."));
    }
}
