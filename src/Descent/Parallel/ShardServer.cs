using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace Descent.Parallel;

/// <summary>
/// A server rank at work: it answers the messages of <see cref="RemoteServer{T}"/> for the shards it owns, and applies the rule, whose
/// state lies with them. Bounded staleness: a pull is answered when the worker's clock allows its next gradient. Slack 0: pushes are kept
/// until every worker has finished, and the rule steps by their mean.
/// </summary>
/// <remarks>One thread. Every server keeps the clocks of all workers, for which each tells all of them; the pushes of a worker come before
/// its clock ticks, so that what a clock promises has arrived. The first server deals out tickets: with slack 0 by the worker's own
/// clock, otherwise to who asks first.</remarks>
/// <typeparam name="T">Element type.</typeparam>
public sealed class ShardServer<T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    readonly IRankGroup group;
    readonly ServerPlan plan;
    readonly ServerShard<T>[] shards;
    readonly double slack;
    readonly List<(int Tag, byte[] Message)> held = [];
    readonly bool[] finished;
    byte[] buffer = [], answer = [];
    WorkerClocks clocks;

    /// <summary>A server of some shards.</summary>
    /// <param name="group">The ranks; this one serves.</param>
    /// <param name="plan">Who serves what.</param>
    /// <param name="shards">All shards; those of other servers are not touched.</param>
    /// <param name="slack">s ≥ 0.</param>
    public ShardServer(IRankGroup group, ServerPlan plan, ServerShard<T>[] shards, double slack)
    {
        this.group = Guard.Given("The ranks", group, nameof(ShardServer<>));
        this.plan = Guard.Given("The plan", plan, nameof(ShardServer<>));
        this.shards = Guard.Given("The shards", shards, nameof(ShardServer<>));
        this.slack = slack;
        clocks = new WorkerClocks(plan.Workers, slack);
        finished = new bool[plan.Workers];
    }

    /// <summary>Of the block that was served last: pushes, the sum of what their weights had missed, and the most.</summary>
    public (long Pushes, long Missed, long Most) Staleness { get; private set; }

    /// <summary>Serves until every worker has left: tickets from <paramref name="first"/> to before <paramref name="end"/>.</summary>
    public void Serve(long first, long end)
    {
        Staleness = default;
        // Between blocks nothing is under way. In rounds the clocks say whose ticket is whose.
        if (slack > 0) clocks = new WorkerClocks(plan.Workers, slack);
        long next = first;
        int left = 0;
        while (left < plan.Workers)
        {
            (int worker, int tag, int length) = group.Probe();
            Span<byte> message = ServerMessage.Room(ref buffer, length);
            group.Receive(message, worker, tag);
            switch (tag)
            {
                case ServerMessage.Ask:
                    Deal(worker, ref next, end);
                    break;
                case ServerMessage.Pull or ServerMessage.PullAt:
                    if (clocks.MayCompute(worker)) Reply(tag, message);
                    else held.Add((tag, message.ToArray()));
                    break;
                case ServerMessage.Push or ServerMessage.PushAt:
                    Take(tag, message);
                    break;
                case ServerMessage.LastPush or ServerMessage.LastPushAt or ServerMessage.Finish:
                    if (tag != ServerMessage.Finish) Take(tag, message);
                    clocks.Finish(worker);
                    finished[worker] = true;
                    EndRound();
                    if (group.Rank == plan.Workers) Deal(worker, ref next, end);
                    Release();
                    break;
                case ServerMessage.Leave:
                    left++;
                    if (slack > 0) clocks.Leave(worker);
                    Release();
                    break;
                default:
                    throw new InvalidOperationException($"Rank {worker} sent a message with tag {tag}, which no worker sends.");
            }
        }
    }

    /// <summary>Shows what goes on from block to block in synchronous rounds: clocks, and who has finished.</summary>
    public void Visit(IStateVisitor visitor)
    {
        ArgumentNullException.ThrowIfNull(visitor);
        clocks.Visit(visitor);
        visitor.Buffer<bool>("finished", finished);
    }

    void Deal(int worker, ref long next, long end)
    {
        long ticket = slack == 0 ? (clocks[worker] * plan.Workers) + worker : next++;
        if (ticket >= end) ticket = -1;
        group.Send(MemoryMarshal.AsBytes(new ReadOnlySpan<long>(in ticket)), worker, ServerMessage.Ticket);
    }

    void Take(int tag, Span<byte> message)
    {
        PushHeader header = MemoryMarshal.Read<PushHeader>(message);
        ServerShard<T> shard = shards[header.Shard];
        long behind = shard.Version - header.Version;
        if (behind > clocks.MostMissed)
            throw new InvalidOperationException(FormattableString.Invariant(
                $"Bounded staleness is broken: weights missed {behind} pushes of at most {clocks.MostMissed}."));
        Staleness = (Staleness.Pushes + 1, Staleness.Missed + behind, Math.Max(Staleness.Most, behind));
        if (tag is ServerMessage.Push or ServerMessage.LastPush)
        {
            shard.Push(header, MemoryMarshal.Cast<byte, T>(message[ServerMessage.HeaderBytes..]));
            return;
        }
        ServerMessage.Split(message, out header, out Span<int> coordinates, out Span<T> values);
        shard.Push(header, coordinates, values);
    }

    void Reply(int tag, Span<byte> message)
    {
        PushHeader header = MemoryMarshal.Read<PushHeader>(message);
        ServerShard<T> shard = shards[header.Shard];
        Span<int> coordinates = MemoryMarshal.Cast<byte, int>(message[ServerMessage.HeaderBytes..]);
        int count = tag == ServerMessage.Pull ? shard.Weights.Length : coordinates.Length;
        Span<byte> bytes = ServerMessage.Room(ref answer, sizeof(long) + (count * Unsafe.SizeOf<T>()));
        Span<T> weights = MemoryMarshal.Cast<byte, T>(bytes[sizeof(long)..]);
        long version = tag == ServerMessage.Pull ? shard.Pull(weights) : shard.Pull(coordinates, weights);
        MemoryMarshal.Write(bytes, version);
        group.Send(bytes, header.Worker, ServerMessage.Answer);
    }

    void EndRound()
    {
        if (slack > 0 || finished.AsSpan().Contains(false)) return;
        Array.Clear(finished);
        for (int s = 0; s < shards.Length; s++)
            if (plan.OwnerOf(s) == group.Rank) shards[s].EndRound();
    }

    void Release()
    {
        for (int k = 0; k < held.Count; k++)
        {
            (int tag, byte[] message) = held[k];
            if (!clocks.MayCompute(MemoryMarshal.Read<PushHeader>(message).Worker)) continue;
            held.RemoveAt(k--);
            Reply(tag, message);
        }
    }
}
