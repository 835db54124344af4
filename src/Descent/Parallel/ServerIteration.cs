using Descent.Algorithms;
using Descent.Oracles;
using Descent.Rules;

namespace Descent.Parallel;

/// <summary>A parameter server and its simulated workers: events in the order of simulated time.</summary>
sealed class ServerIteration<T> : Iteration<T>, IShardWork
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    readonly ServerMethod method;
    readonly WorkerTimes times;
    readonly InProcessServer<T> server;
    readonly Replicas<T> oracles;
    readonly ServerWorker<T>[] workers;
    readonly SampleStream samples;
    readonly Action<PushRecord>? pushed;
    readonly T[] point;
    readonly int[] open;
    readonly ulong key;
    readonly bool whole;
    int openCount;
    long lost, mostMissed, missed;
    double now;
    bool looked;

    public ServerIteration(ServerMethod method, IStochasticOracle<T> oracle, ReadOnlySpan<T> start, Draws draws, Action<PushRecord>? pushed)
    {
        Guard.Length("The start", oracle.Dimension, start.Length);
        Turns.RequireSmooth(oracle, "parameter-server");
        this.method = method;
        this.pushed = pushed;
        times = method.Times ?? new WorkerTimes();
        server = new InProcessServer<T>(method.Rule, method.StepSize, oracle.Layout, start, method.Count, method.Slack, method.Shards);
        oracles = new Replicas<T>(oracle, method.Count, method.Workers);
        workers = new ServerWorker<T>[method.Count];
        for (int m = 0; m < workers.Length; m++) workers[m] = new ServerWorker<T>(start.Length);
        open = new int[workers.Length];
        samples = new SampleStream(method.Sampling, oracle.Population, draws);
        key = draws.NextWord();
        point = new T[start.Length];
        whole = !(method is { Slack: > 0, Sampling.Batch: 1 } && method.Rule.IsCoordinatewise
            && oracle is ISupportOracle<T> { SupportOnly: true } and IReplicableOracle<T>);
    }

    public override ReadOnlySpan<T> Point
    {
        get
        {
            if (!looked) server.CopyTo(point);
            looked = true;
            return point;
        }
    }

    public override long BestEnd(long steps) => method.StepSize.BestEnd(steps);

    public override void Visit(IStateVisitor visitor)
    {
        base.Visit(visitor);
        server.Visit(new PrefixedVisitor(visitor, "server."));
        samples.Visit(visitor);
        for (int m = 0; m < workers.Length; m++) workers[m].Visit(new PrefixedVisitor(visitor, $"worker{m}."));
        visitor.Number("lost", ref lost);
        visitor.Number("missed", ref missed);
        visitor.Number("mostMissed", ref mostMissed);
        visitor.Number("now", ref now);
        looked = false;
    }

    public override string? Conclude() =>
        FormattableString.Invariant($"{workers.Length} simulated workers: {Step} pushes in the time of {now:G6} gradients; ")
        + FormattableString.Invariant($"a gradient's weights missed {(double)missed / Math.Max(1, Step):G3} pushes in mean, ")
        + FormattableString.Invariant($"{mostMissed} at most")
        + (double.IsPositiveInfinity(server.MostMissed) ? "" : FormattableString.Invariant($" (the slack allows {server.MostMissed})"))
        + (lost == 0 ? "." : FormattableString.Invariant($"; {lost} gradients were lost with their workers."));

    protected override long AdvanceCore(long atMost)
    {
        looked = false;
        while (true)
        {
            BeginAllowed();
            int next = Next();
            ServerWorker<T> worker = workers[next];
            now = worker.Until;
            if (worker.State == WorkerState.Lost) Return(next);
            else if (times.Fails(next, worker.Begun - 1, key)) Lose(next);
            else
            {
                Arrive(next);
                return 1;
            }
        }
    }

    // Gradients that are under way: each by its own worker, from its own weights.
    void IShardWork.Run(int shard)
    {
        int m = open[shard];
        workers[m].Compute(oracles[m], whole ? null : (ISupportOracle<T>)oracles[m]);
    }

    void BeginAllowed()
    {
        for (int m = 0; m < workers.Length; m++)
        {
            ServerWorker<T> worker = workers[m];
            if (worker.State != WorkerState.Waiting || !server.MayCompute(m)) continue;
            double end = now + times.Duration(m, workers.Length, worker.Begun, key);
            worker.Begin(server, m, samples.Next(), end, times.Fails(m, worker.Begun, key), whole ? null : (ISupportOracle<T>)oracles[m]);
        }
    }

    // The slowest worker that is present may always compute, and one that is lost comes back: something always happens next.
    int Next()
    {
        int first = -1;
        for (int m = 0; m < workers.Length; m++)
            if (workers[m].State != WorkerState.Waiting && (first < 0 || workers[m].Until < workers[first].Until)) first = m;
        return first;
    }

    void Return(int m)
    {
        server.Join(m);
        workers[m].Wait();
    }

    void Lose(int m)
    {
        lost++;
        server.Leave(m);
        workers[m].Lose(now + times.Repair);
    }

    void Arrive(int m)
    {
        if (workers[m].IsOpen) ComputeOpen();
        long behind = server.Version - workers[m].Read;
        if (behind > server.MostMissed)
            throw new InvalidOperationException(FormattableString.Invariant(
                $"Bounded staleness is broken: weights missed {behind} pushes of at most {server.MostMissed}."));
        missed += behind;
        mostMissed = Math.Max(mostMissed, behind);
        pushed?.Invoke(new PushRecord(m, workers[m].Sample, workers[m].Read, server.Version, now));
        workers[m].Push(server, m, whole);
        LastValue = workers[m].Value;
        LastStepSize = double.IsNaN(server.LastStepSize) ? method.StepSize.Next(new StepSizes.StepInfo(0)) : server.LastStepSize;
        server.Finish(m);
        workers[m].Wait();
    }

    void ComputeOpen()
    {
        openCount = 0;
        for (int m = 0; m < workers.Length; m++)
            if (workers[m].IsOpen) open[openCount++] = m;
        oracles.Run(this, openCount);
    }
}
