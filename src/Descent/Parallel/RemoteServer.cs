using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace Descent.Parallel;

/// <summary>The parameter server as a worker rank sees it: every call is a message to the rank that serves the shard.</summary>
/// <remarks>Pulls wait for their answer, which the server holds back until bounded staleness allows the worker to compute; pushes are sent
/// and not waited for. Messages of a worker to a server keep their order. A sparse pull or push sends its coordinates alone, 4 bytes
/// each, and their values; one that touches nothing of a shard sends a header, so that all shards count the same pushes. A push is sent
/// with the next call, so that the last one of a gradient finishes it, and the ticket of the next comes as its answer: with one server a
/// gradient is two messages there and two back.</remarks>
/// <typeparam name="T">Element type.</typeparam>
/// <param name="group">The ranks.</param>
/// <param name="plan">Who serves what.</param>
public sealed class RemoteServer<T>(IRankGroup group, ServerPlan plan) : IParameterServer<T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    readonly IRankGroup group = Guard.Given("The ranks", group, nameof(RemoteServer<>));
    byte[] buffer = [];

    // A push that lies in the buffer: to whom, of which kind, how long.
    int waitingFor = -1, waitingTag, waitingLength;
    bool ticketComes;

    /// <inheritdoc/>
    public int Dimension => plan.Dimension;

    /// <inheritdoc/>
    public int Shards => plan.Shards;

    /// <inheritdoc/>
    public int Start(int shard) => plan.Start(shard);

    /// <summary>The number of the next gradient, in the order in which the first server deals them out; null when the block is at its
    /// end.</summary>
    public long? NextTicket()
    {
        SendWaiting(waitingTag);
        if (!ticketComes) group.Send(default, plan.Workers, ServerMessage.Ask);
        ticketComes = false;
        long ticket = 0;
        group.Receive(MemoryMarshal.AsBytes(new Span<long>(ref ticket)), plan.Workers, ServerMessage.Ticket);
        return ticket < 0 ? null : ticket;
    }

    /// <inheritdoc/>
    /// <remarks>Always: the server waits with its answer to a pull instead.</remarks>
    public bool MayCompute(int worker) => true;

    /// <inheritdoc/>
    public long Pull(int worker, int shard, Span<T> weights)
    {
        SendWaiting(waitingTag);
        Span<byte> message = ServerMessage.Room(ref buffer, ServerMessage.HeaderBytes);
        MemoryMarshal.Write(message, new PushHeader(worker, shard, 0, 0));
        return Answered(message, shard, ServerMessage.Pull, weights);
    }

    /// <inheritdoc/>
    public long Pull(int worker, int shard, ReadOnlySpan<int> coordinates, Span<T> weights)
    {
        SendWaiting(waitingTag);
        Span<byte> message = ServerMessage.Room(ref buffer, ServerMessage.HeaderBytes + (coordinates.Length * sizeof(int)));
        MemoryMarshal.Write(message, new PushHeader(worker, shard, 0, 0));
        MemoryMarshal.AsBytes(coordinates).CopyTo(message[ServerMessage.HeaderBytes..]);
        return Answered(message, shard, ServerMessage.PullAt, weights);
    }

    /// <inheritdoc/>
    public void Push(in PushHeader header, ReadOnlySpan<T> gradient)
    {
        SendWaiting(waitingTag);
        ReadOnlySpan<byte> values = MemoryMarshal.AsBytes(gradient);
        Span<byte> message = ServerMessage.Room(ref buffer, ServerMessage.HeaderBytes + values.Length);
        MemoryMarshal.Write(message, header);
        values.CopyTo(message[ServerMessage.HeaderBytes..]);
        (waitingFor, waitingTag, waitingLength) = (plan.OwnerOf(header.Shard), ServerMessage.Push, message.Length);
    }

    /// <inheritdoc/>
    public void Push(in PushHeader header, ReadOnlySpan<int> coordinates, ReadOnlySpan<T> gradient)
    {
        SendWaiting(waitingTag);
        int bytes = ServerMessage.HeaderBytes + (coordinates.Length * (sizeof(int) + Unsafe.SizeOf<T>()));
        Span<byte> message = ServerMessage.Room(ref buffer, bytes);
        MemoryMarshal.Write(message, header);
        ServerMessage.Split(message, out _, out Span<int> at, out Span<T> values);
        coordinates.CopyTo(at);
        gradient.CopyTo(values);
        (waitingFor, waitingTag, waitingLength) = (plan.OwnerOf(header.Shard), ServerMessage.PushAt, message.Length);
    }

    /// <inheritdoc/>
    /// <remarks>The next ticket is dealt with it: <see cref="NextTicket"/> takes it.</remarks>
    public void Finish(int worker)
    {
        int last = waitingFor;
        SendWaiting(waitingTag == ServerMessage.Push ? ServerMessage.LastPush : ServerMessage.LastPushAt);
        Tell(ServerMessage.Finish, last);
        ticketComes = true;
    }

    /// <inheritdoc/>
    /// <remarks>It ends the worker's part of the block: no ticket, pull or push may follow.</remarks>
    public void Leave(int worker)
    {
        SendWaiting(waitingTag);
        if (ticketComes) NextTicket();
        Tell(ServerMessage.Leave, -1);
    }

    /// <summary>Workers of a job come back with the next block, all of them.</summary>
    /// <exception cref="NotSupportedException">Always.</exception>
    public void Join(int worker) =>
        throw new NotSupportedException("A rank that is lost ends its job; there is no coming back but by starting the job again.");

    void Tell(int tag, int except)
    {
        for (int k = plan.Workers; k < plan.Ranks; k++)
            if (k != except) group.Send(default, k, tag);
    }

    void SendWaiting(int tag)
    {
        if (waitingFor >= 0) group.Send(buffer.AsSpan(0, waitingLength), waitingFor, tag);
        waitingFor = -1;
    }

    long Answered(ReadOnlySpan<byte> message, int shard, int tag, Span<T> weights)
    {
        int owner = plan.OwnerOf(shard);
        group.Send(message, owner, tag);
        Span<byte> answer = ServerMessage.Room(ref buffer, sizeof(long) + (weights.Length * Unsafe.SizeOf<T>()));
        group.Receive(answer, owner, ServerMessage.Answer);
        MemoryMarshal.Cast<byte, T>(answer[sizeof(long)..]).CopyTo(weights);
        return MemoryMarshal.Read<long>(answer);
    }
}
