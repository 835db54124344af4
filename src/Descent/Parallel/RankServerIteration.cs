using System.Runtime.InteropServices;
using Descent.Algorithms;
using Descent.Oracles;
using Descent.StepSizes;

namespace Descent.Parallel;

/// <summary>
/// A parameter server over ranks: between two looks of the run the workers pull, compute and push as fast as they can, and the servers
/// serve; then all meet, and every rank has the weights and the rule's state of every shard.
/// </summary>
sealed class RankServerIteration<T> : Iteration<T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    // Tickets between two meetings, so that a request to stop is heard.
    const int MostTickets = 1 << 14;
    readonly ServerMethod method;
    readonly IRankGroup group;
    readonly ServerPlan plan;
    readonly IStochasticOracle<T> oracle;
    readonly ServerShard<T>[] shards;
    readonly ShardServer<T>? server;
    readonly RemoteServer<T>? remote;
    readonly ServerWorker<T> worker;
    readonly SampleStream samples;
    readonly StateBytes state = new();
    readonly Action<IStateVisitor>[] shown;
    readonly ShardServer<T> rounds;
    readonly T[] point;
    readonly int[] starts;
    readonly bool whole;
    Sample[] dealt = [];
    byte[] all = [];
    long missed, mostMissed, pushes;
    bool looked;

    public RankServerIteration(ServerMethod method, IStochasticOracle<T> oracle, ReadOnlySpan<T> start, Draws draws, IRankGroup group)
    {
        Guard.Length("The start", oracle.Dimension, start.Length);
        Turns.RequireSmooth(oracle, "parameter-server");
        if (oracle is MicroBatches<T>)
            throw new ArgumentException("Micro-batches share a batch among all ranks, and server ranks give every worker batches of its "
                + "own; leave one of them out.");
        (this.method, this.oracle, this.group) = (method, oracle, group);
        plan = new ServerPlan(group.Size, method.Servers, start.Length, method.Shards);
        ServerShard<T>.RequireCut(method.Rule, plan.Shards);
        shards = new ServerShard<T>[plan.Shards];
        for (int s = 0; s < shards.Length; s++)
        {
            int from = plan.Start(s), length = plan.Start(s + 1) - from;
            BlockLayout layout = shards.Length == 1 ? oracle.Layout : BlockLayout.Flat(length);
            shards[s] = new ServerShard<T>(method.Rule, method.StepSize, layout, from,
                start.Slice(from, length), method.Slack == 0 ? plan.Workers : 0);
        }
        rounds = new ShardServer<T>(group, plan, shards, method.Slack);
        if (group.Rank >= plan.Workers) server = rounds;
        else remote = new RemoteServer<T>(group, plan);
        shown = [.. Enumerable.Range(0, group.Size).Select(r => (Action<IStateVisitor>)(v => Show(v, r)))];
        worker = new ServerWorker<T>(start.Length);
        samples = new SampleStream(method.Sampling, oracle.Population, draws);
        point = new T[start.Length];
        starts = new int[group.Size + 1];
        whole = !(method is { Slack: > 0, Sampling.Batch: 1 } && method.Rule.IsCoordinatewise
            && oracle is ISupportOracle<T> { SupportOnly: true });
    }

    public override ReadOnlySpan<T> Point
    {
        get
        {
            for (int s = 0; s < shards.Length && !looked; s++) shards[s].Weights.CopyTo(point.AsSpan(plan.Start(s)));
            looked = true;
            return point;
        }
    }

    public override long BestEnd(long steps) => method.StepSize.BestEnd(steps);

    public override void Visit(IStateVisitor visitor)
    {
        base.Visit(visitor);
        samples.Visit(visitor);
        for (int s = 0; s < shards.Length; s++) shards[s].Visit(new PrefixedVisitor(visitor, $"shard{s}."));
        if (method.Slack == 0) rounds.Visit(new PrefixedVisitor(visitor, "rounds."));
        visitor.Number("pushes", ref pushes);
        visitor.Number("missed", ref missed);
        visitor.Number("mostMissed", ref mostMissed);
        looked = false;
    }

    public override string? Conclude() =>
        FormattableString.Invariant($"{plan.Workers} worker and {plan.Servers} server ranks, {plan.Shards} shards: {Step} pushes; ")
        + FormattableString.Invariant($"a gradient's weights missed {(double)missed / Math.Max(1, pushes):G3} pushes in mean, ")
        + FormattableString.Invariant($"{mostMissed} at most")
        + (method.Slack == 0 ? " (rounds: the same bits every time)."
            : (double.IsInfinity(method.Slack) ? ""
                : FormattableString.Invariant($" (the slack allows {new WorkerClocks(plan.Workers, method.Slack).MostMissed})"))
            + "; which ones depends on when ranks run, so that no two runs have the same bits.");

    protected override long AdvanceCore(long atMost)
    {
        looked = false;
        int count = (int)Math.Min(atMost, MostTickets);
        if (dealt.Length < count) dealt = new Sample[count];
        long examples = 0;
        for (int k = 0; k < count; k++) examples += (dealt[k] = samples.Next()).Count;
        double sum = 0;
        if (server is not null) server.Serve(Step, Step + count);
        else sum = Work();
        Meet(sum);
        // Every rank counts what all have asked, so that all spend the same budget.
        oracle.Meter.CountGradients(examples);
        LastValue /= count;
        LastStepSize = double.IsNaN(shards[0].LastStepSize) ? method.StepSize.Next(new StepInfo(0)) : shards[0].LastStepSize;
        return count;
    }

    double Work()
    {
        double sum = 0;
        bool paused = oracle.Meter.Paused;
        oracle.Meter.Paused = true;
        while (remote!.NextTicket() is { } ticket)
        {
            worker.Begin(remote, group.Rank, dealt[ticket - Step], 0, false, whole ? null : (ISupportOracle<T>)oracle);
            worker.Compute(oracle, whole ? null : (ISupportOracle<T>)oracle);
            worker.Push(remote, group.Rank, whole);
            remote.Finish(group.Rank);
            worker.Wait();
            sum += worker.Value;
        }
        remote.Leave(group.Rank);
        oracle.Meter.Paused = paused;
        return sum;
    }

    // What a rank knows better than the others.
    void Show(IStateVisitor visitor, int rank)
    {
        for (int s = 0; s < shards.Length; s++)
            if (plan.OwnerOf(s) == rank) shards[s].Visit(visitor);
        if (method.Slack == 0 && rank == plan.Workers) rounds.Visit(visitor);
    }

    // A rank's part: the sum of its values and what it has measured, then the state of the shards it serves.
    void Meet(double sum)
    {
        int facts = 4 * sizeof(double);
        starts[0] = 0;
        for (int r = 0; r < group.Size; r++)
            starts[r + 1] = checked(starts[r] + facts + state.Length(shown[r]));
        if (all.Length != starts[^1]) all = new byte[starts[^1]];
        (long Pushes, long Missed, long Most) seen = server?.Staleness ?? default;
        Span<double> mine = MemoryMarshal.Cast<byte, double>(all.AsSpan(starts[group.Rank], facts));
        (mine[0], mine[1], mine[2], mine[3]) = (sum, seen.Pushes, seen.Missed, seen.Most);
        state.Move(shown[group.Rank], all, starts[group.Rank] + facts, false);
        group.AllGather(all, starts);
        LastValue = 0;
        for (int r = 0; r < group.Size; r++)
        {
            ReadOnlySpan<double> told = MemoryMarshal.Cast<byte, double>(all.AsSpan(starts[r], facts));
            LastValue += told[0];
            (pushes, missed, mostMissed) = (pushes + (long)told[1], missed + (long)told[2], Math.Max(mostMissed, (long)told[3]));
            if (r != group.Rank) state.Move(shown[r], all, starts[r] + facts, true);
        }
    }
}
