using Descent.Parallel;

namespace Descent.Orleans;

/// <summary>Clocks of workers that come and go, each call as often as its answer is lost. Nobody is present at first.</summary>
/// <remarks>A worker that leaves stays away until it joins; one that is dropped, because it was not heard of, is back with its next call.
/// With every join its life rises, and calls of earlier lives are refused.</remarks>
sealed class ElasticClocks
{
    readonly WorkerClocks clocks;
    readonly long[] lives;
    readonly bool[] dropped;

    public ElasticClocks(int workers, double slack)
    {
        clocks = new WorkerClocks(workers, slack);
        for (int m = 0; m < workers; m++) clocks.Leave(m);
        (lives, dropped) = (new long[workers], new bool[workers]);
    }

    /// <summary>Rounds that every worker present has finished; with nobody present, the most that any has.</summary>
    public long Round
    {
        get
        {
            bool alone = clocks.Present == 0;
            long round = alone ? 0 : long.MaxValue;
            for (int m = 0; m < clocks.Count; m++)
                if (alone) round = Math.Max(round, clocks[m]);
                else if (clocks.IsPresent(m)) round = Math.Min(round, clocks[m]);
            return round;
        }
    }

    public bool IsPresent(int worker) => clocks.IsPresent(worker);

    /// <summary>A worker begins a life, not behind the slowest one present.</summary>
    public ClockAnswer Join(int worker)
    {
        RequireWorker(worker);
        lives[worker]++;
        Return(worker);
        return Answer(worker);
    }

    /// <summary>Whether a worker may begin; one that was dropped is back.</summary>
    public ClockAnswer MayCompute(int worker, long life)
    {
        RequireLife(worker, life);
        if (dropped[worker]) Return(worker);
        return Answer(worker);
    }

    /// <summary>A worker has finished so many gradients: the number, not one more, so that it may be said twice.</summary>
    public ClockAnswer Finish(int worker, long life, long count)
    {
        RequireLife(worker, life);
        while (clocks[worker] < count) clocks.Finish(worker);
        if (dropped[worker]) Return(worker);
        return Answer(worker);
    }

    /// <summary>Nobody waits for a worker any longer.</summary>
    public void Leave(int worker)
    {
        RequireWorker(worker);
        clocks.Leave(worker);
        dropped[worker] = false;
    }

    /// <summary>Nobody waits for a worker until it is heard of again.</summary>
    public void Drop(int worker)
    {
        clocks.Leave(worker);
        dropped[worker] = true;
    }

    public void Visit(IStateVisitor visitor)
    {
        clocks.Visit(visitor);
        visitor.Buffer<long>("lives", lives);
        visitor.Buffer<bool>("dropped", dropped);
    }

    // With nobody present a round that has ended does not begin again.
    void Return(int worker)
    {
        for (long round = Round; clocks[worker] < round;) clocks.Finish(worker);
        clocks.Join(worker);
        dropped[worker] = false;
    }

    ClockAnswer Answer(int worker) => new(clocks.MayCompute(worker), clocks[worker], lives[worker]);

    void RequireLife(int worker, long life)
    {
        RequireWorker(worker);
        if (life != lives[worker])
            throw new InvalidOperationException($"Another process has joined as worker {worker}; this one takes part no longer.");
    }

    void RequireWorker(int worker)
    {
        if ((uint)worker >= (uint)lives.Length)
            throw new ArgumentException($"The model has workers 0 to {lives.Length - 1}; got {worker}. Give it more (`Workers`).");
    }
}
