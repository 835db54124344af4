using Descent.Oracles;

namespace Descent.Rules;

/// <summary>
/// A coordinatewise rule on several threads: each works on a part of the parameters with state of its own.
/// The bits are those of the inner rule on one thread. Worth it from some millions of parameters on, where steps are bound by memory.
/// </summary>
/// <param name="Inner">A rule whose every coordinate moves by itself (<see cref="IRule.IsCoordinatewise"/>).</param>
/// <param name="Workers">The threads.</param>
public sealed record Sharded(IRule Inner, Workers Workers) : IRule
{
    /// <summary>The rule that moves.</summary>
    public IRule Inner { get; } = Inner is { IsCoordinatewise: true }
        ? Inner
        : throw new ArgumentException($"{Inner?.GetType().Name} looks at all coordinates together; only rules whose coordinates move by "
            + "themselves can be cut into shards.");

    /// <inheritdoc/>
    public bool IsEuclidean => Inner.IsEuclidean;

    /// <inheritdoc/>
    public bool IsCoordinatewise => true;

    /// <inheritdoc/>
    public string Recursion => Inner.Recursion;

    /// <inheritdoc/>
    public RuleState<T> Start<T>(BlockLayout layout)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        ArgumentNullException.ThrowIfNull(layout);
        return new State<T>(this, layout.Length);
    }

    sealed class State<T> : RuleState<T>, IVectorShard<T>
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        readonly SpanShards<T> shards;
        readonly RuleState<T>[] states;
        double stepSize;
        long step;

        public State(Sharded rule, int dimension)
        {
            shards = new SpanShards<T>(rule.Workers, rule.Workers.Count, dimension);
            states = [.. Enumerable.Range(0, shards.Count)
                .Select(s => rule.Inner.Start<T>(BlockLayout.Flat(shards.Start(s + 1) - shards.Start(s))))];
        }

        public override ReadOnlySpan<T> QueryPoint(ReadOnlySpan<T> w) => w;

        public override void Apply(Span<T> w, ReadOnlySpan<T> g, double stepSize, long step)
        {
            (this.stepSize, this.step) = (stepSize, step);
            shards.Run(w, g, this);
        }

        public void Run(int shard, Span<T> w, ReadOnlySpan<T> g) => states[shard].Apply(w, g, stepSize, step);

        public override void Visit(IStateVisitor visitor)
        {
            int[] lengths = [.. Enumerable.Range(0, states.Length).Select(s => shards.Start(s + 1) - shards.Start(s))];
            ShardedState.Visit(visitor, lengths, (s, v) => states[s].Visit(v));
        }
    }
}
