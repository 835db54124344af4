using Descent.Oracles;

namespace Descent.Parallel;

/// <summary>An objective for several callers: side by side on threads where it can be replicated, one after another otherwise.
/// What the replicas were asked is added to the objective's own meter.</summary>
/// <typeparam name="T">Element type.</typeparam>
sealed class Replicas<T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    readonly IStochasticOracle<T> whole;
    readonly IStochasticOracle<T>[] each;
    readonly Workers? workers;

    /// <summary>Replicates the objective for each of the callers.</summary>
    public Replicas(IStochasticOracle<T> oracle, int callers, Workers? workers)
    {
        whole = oracle;
        each = new IStochasticOracle<T>[callers];
        for (int k = 0; k < callers; k++) each[k] = oracle is IReplicableOracle<T> able ? able.Replicate() : oracle;
        this.workers = oracle is IReplicableOracle<T> && workers is { Count: > 1 } ? workers : null;
    }

    /// <summary>The threads that take part; null when there is one.</summary>
    public Workers? Threads => workers;

    /// <summary>The replica of a caller.</summary>
    public IStochasticOracle<T> this[int caller] => each[caller];

    /// <summary>Runs the shards of some work, and counts what was asked.</summary>
    public void Run(IShardWork work, int shards)
    {
        if (workers is null)
            for (int s = 0; s < shards; s++) work.Run(s);
        else
            workers.Run(work, shards);
        foreach (IStochasticOracle<T> oracle in each)
        {
            if (ReferenceEquals(oracle, whole)) return;
            whole.Meter.CountGradients(oracle.Meter.Gradients);
            whole.Meter.CountValues(oracle.Meter.Values);
            oracle.Meter.Reset();
        }
    }
}
