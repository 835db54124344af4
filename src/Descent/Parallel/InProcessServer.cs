using Descent.Rules;
using Descent.StepSizes;

namespace Descent.Parallel;

/// <summary>A parameter server within the process: shards in memory, a lock each, so that threads may be workers.</summary>
/// <remarks>
/// With slack s = 0 a round is synchronous: the weights move when all workers present have finished, by the mean of what they pushed.
/// With s &gt; 0 every push is applied as it comes. Shards are contiguous ranges of nearly equal length; for a rule whose coordinates move
/// by themselves the bits do not depend on their number. Memory: d, the rule's state, and M·d when synchronous.
/// </remarks>
/// <typeparam name="T">Element type.</typeparam>
public sealed class InProcessServer<T> : IParameterServer<T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    readonly ServerShard<T>[] shards;
    readonly WorkerClocks clocks;
    readonly bool[] finished;
    readonly Lock gate = new();

    /// <summary>Starts the server at a point.</summary>
    /// <param name="rule">How the weights move; with more than one shard its coordinates must move by themselves.</param>
    /// <param name="stepSize">η_t.</param>
    /// <param name="layout">Layout of the whole vector.</param>
    /// <param name="start">First weights, length d.</param>
    /// <param name="workers">M ≥ 1.</param>
    /// <param name="slack">s ≥ 0: 0 for synchronous rounds, ∞ for no bound.</param>
    /// <param name="shards">Number of shards, 1 … d.</param>
    /// <exception cref="ArgumentException">The rule looks at all coordinates together, and there is more than one shard.</exception>
    public InProcessServer(IRule rule, IStepSize stepSize, BlockLayout layout, ReadOnlySpan<T> start, int workers, double slack, int shards)
    {
        ArgumentNullException.ThrowIfNull(rule);
        ArgumentNullException.ThrowIfNull(layout);
        Guard.AtLeast("The number of shards", shards, 1, nameof(InProcessServer<>));
        ServerShard<T>.RequireCut(rule, shards);
        Dimension = start.Length;
        Shards = Math.Clamp(shards, 1, Math.Max(1, Dimension));
        clocks = new WorkerClocks(workers, slack);
        finished = new bool[workers];
        this.shards = new ServerShard<T>[Shards];
        for (int s = 0; s < Shards; s++)
        {
            int from = Start(s), length = Start(s + 1) - from;
            this.shards[s] = new ServerShard<T>(rule, stepSize, Shards == 1 ? layout : BlockLayout.Flat(length), from,
                start.Slice(from, length), slack == 0 ? workers : 0);
        }
    }

    /// <inheritdoc/>
    public int Dimension { get; }

    /// <inheritdoc/>
    public int Shards { get; }

    /// <summary>Pushes that the first shard's weights contain.</summary>
    public long Version => shards[0].Version;

    /// <summary>Step size of the last step; NaN before the first.</summary>
    public double LastStepSize => shards[0].LastStepSize;

    /// <summary>Most pushes that a worker's weights can miss, (2s+1)(M−1).</summary>
    public double MostMissed => clocks.MostMissed;

    /// <inheritdoc/>
    public int Start(int shard) => (int)((long)Dimension * shard / Shards);

    /// <inheritdoc/>
    public bool MayCompute(int worker)
    {
        lock (gate) return clocks.MayCompute(worker);
    }

    /// <inheritdoc/>
    public long Pull(int worker, int shard, Span<T> weights)
    {
        lock (shards[shard]) return shards[shard].Pull(weights);
    }

    /// <inheritdoc/>
    public long Pull(int worker, int shard, ReadOnlySpan<int> coordinates, Span<T> weights)
    {
        lock (shards[shard]) return shards[shard].Pull(coordinates, weights);
    }

    /// <inheritdoc/>
    public void Push(in PushHeader header, ReadOnlySpan<T> gradient)
    {
        lock (shards[header.Shard]) shards[header.Shard].Push(header, gradient);
    }

    /// <inheritdoc/>
    public void Push(in PushHeader header, ReadOnlySpan<int> coordinates, ReadOnlySpan<T> gradient)
    {
        lock (shards[header.Shard]) shards[header.Shard].Push(header, coordinates, gradient);
    }

    /// <inheritdoc/>
    public void Finish(int worker)
    {
        lock (gate)
        {
            clocks.Finish(worker);
            finished[worker] = true;
            EndRoundWhenComplete();
        }
    }

    /// <inheritdoc/>
    public void Leave(int worker)
    {
        lock (gate)
        {
            clocks.Leave(worker);
            EndRoundWhenComplete();
        }
    }

    /// <inheritdoc/>
    public void Join(int worker)
    {
        lock (gate) clocks.Join(worker);
    }

    /// <summary>Copies the weights of all shards.</summary>
    public void CopyTo(Span<T> weights)
    {
        for (int s = 0; s < Shards; s++)
            lock (shards[s]) shards[s].Weights.CopyTo(weights[Start(s)..]);
    }

    /// <summary>Shows its state to a visitor.</summary>
    public void Visit(IStateVisitor visitor)
    {
        ArgumentNullException.ThrowIfNull(visitor);
        clocks.Visit(visitor);
        visitor.Buffer<bool>("finished", finished);
        for (int s = 0; s < Shards; s++) shards[s].Visit(new PrefixedVisitor(visitor, $"shard{s}."));
    }

    // A round is over when every worker that is present has finished its gradient. Without rounds a shard has nothing kept.
    void EndRoundWhenComplete()
    {
        bool any = false;
        for (int m = 0; m < finished.Length; m++)
        {
            if (clocks.IsPresent(m) && !finished[m]) return;
            any |= finished[m];
        }
        if (!any) return;
        Array.Clear(finished);
        foreach (ServerShard<T> shard in shards)
            lock (shard) shard.EndRound();
    }
}
