using Descent.Rules;
using Descent.StepSizes;

namespace Descent.Parallel;

/// <summary>
/// One shard of a parameter server: a range of the weights, the state of the rule for it, and what has been pushed. Asynchronous pushes
/// are applied as they come; in a synchronous round they are kept until every worker has pushed, and the rule takes one step by their
/// mean, weighted by examples and summed in the order of the workers.
/// </summary>
/// <remarks>
/// The step size is η_t with t the number of pushes that the weights contain. Memory: the range, the rule's state, and one gradient
/// a worker when synchronous. One caller at a time: an in-process server locks, a server behind a network has one thread a shard.
/// </remarks>
/// <typeparam name="T">Element type.</typeparam>
public sealed class ServerShard<T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    readonly RuleState<T> rule;
    readonly IStepSize stepSize;
    readonly int first;
    readonly T[] w, dense;
    readonly T[][] kept;
    readonly long[] examples;
    int[] own = [];
    long version, applied;

    /// <summary>Starts a shard at a point.</summary>
    /// <param name="rule">How the weights move.</param>
    /// <param name="stepSize">η_t; it may not look at gradients, of which a shard sees a part.</param>
    /// <param name="layout">Layout of the shard's own weights.</param>
    /// <param name="first">Number of its first coordinate.</param>
    /// <param name="start">Its first weights; they are copied.</param>
    /// <param name="workers">Workers of a synchronous round; 0 when pushes are applied as they come.</param>
    public ServerShard(IRule rule, IStepSize stepSize, BlockLayout layout, int first, ReadOnlySpan<T> start, int workers)
    {
        ArgumentNullException.ThrowIfNull(rule);
        this.stepSize = Guard.Given("The step size", stepSize, nameof(ServerShard<>));
        if (stepSize.UsesGradient)
            throw new ArgumentException("A parameter server cannot take a step size that follows the whole gradient: "
                + "a shard sees a part of it.");
        this.rule = rule.Start<T>(layout);
        this.first = first;
        w = start.ToArray();
        dense = new T[w.Length];
        kept = new T[workers][];
        for (int m = 0; m < workers; m++) kept[m] = new T[w.Length];
        examples = new long[workers];
    }

    /// <summary>Pushes that the weights contain.</summary>
    public long Version => version;

    /// <summary>Step size of the last step; NaN before the first.</summary>
    public double LastStepSize { get; private set; } = double.NaN;

    /// <summary>The weights.</summary>
    public ReadOnlySpan<T> Weights => w;

    /// <summary>Refuses to cut a rule that cannot be cut.</summary>
    /// <exception cref="ArgumentException">The rule looks at all coordinates together, and there is more than one shard.</exception>
    internal static void RequireCut(IRule rule, int shards)
    {
        if (shards > 1 && !rule.IsCoordinatewise)
            throw new ArgumentException($"{rule.GetType().Name} looks at all coordinates together; only rules whose coordinates move by "
                + "themselves can be cut into shards. Use one shard.");
    }

    /// <summary>Copies the point where the rule wants its gradient; returns the version.</summary>
    public long Pull(Span<T> weights)
    {
        rule.QueryPoint(w).CopyTo(weights);
        return version;
    }

    /// <summary>Copies single weights, by coordinates of the whole vector; returns the version.</summary>
    public long Pull(ReadOnlySpan<int> coordinates, Span<T> weights)
    {
        ReadOnlySpan<T> at = rule.QueryPoint(w);
        for (int k = 0; k < coordinates.Length; k++) weights[k] = at[coordinates[k] - first];
        return version;
    }

    /// <summary>Takes in the gradient of the whole shard.</summary>
    public void Push(in PushHeader header, ReadOnlySpan<T> gradient)
    {
        Guard.Length("A push", w.Length, gradient.Length);
        if (kept.Length == 0)
        {
            Apply(gradient, 1);
            return;
        }
        Vectors.AddScaled(T.CreateTruncating(header.Examples), gradient, kept[header.Worker]);
        examples[header.Worker] += header.Examples;
    }

    /// <summary>Takes in the non-zeros of a gradient, by coordinates of the whole vector.</summary>
    /// <remarks>A rule whose coordinates stand still without a gradient moves these alone.</remarks>
    public void Push(in PushHeader header, ReadOnlySpan<int> coordinates, ReadOnlySpan<T> gradient)
    {
        if (kept.Length > 0)
        {
            T[] into = kept[header.Worker];
            T weight = T.CreateTruncating(header.Examples);
            for (int k = 0; k < coordinates.Length; k++) into[coordinates[k] - first] += weight * gradient[k];
            examples[header.Worker] += header.Examples;
            return;
        }
        if (rule is ISupportState<T> support)
        {
            Touch(support, coordinates, gradient);
            return;
        }
        for (int k = 0; k < coordinates.Length; k++) dense[coordinates[k] - first] = gradient[k];
        Apply(dense, 1);
        for (int k = 0; k < coordinates.Length; k++) dense[coordinates[k] - first] = T.Zero;
    }

    /// <summary>Ends a synchronous round: one step by the mean of what was pushed; nothing when nothing was.</summary>
    public void EndRound()
    {
        long all = 0, pushes = 0;
        dense.AsSpan().Clear();
        for (int m = 0; m < kept.Length; m++)
        {
            if (examples[m] == 0) continue;
            Vectors.AddScaled(T.One, kept[m], dense);
            all += examples[m];
            pushes++;
            examples[m] = 0;
            kept[m].AsSpan().Clear();
        }
        if (all == 0) return;
        Vectors.Scale(T.CreateTruncating(1.0 / all), dense.AsSpan());
        Apply(dense, pushes);
        dense.AsSpan().Clear();
    }

    /// <summary>Shows its state to a visitor.</summary>
    public void Visit(IStateVisitor visitor)
    {
        ArgumentNullException.ThrowIfNull(visitor);
        visitor.Buffer<T>("w", w);
        visitor.Number("version", ref version);
        visitor.Number("applied", ref applied);
        double eta = LastStepSize;
        visitor.Number("stepSize", ref eta);
        LastStepSize = eta;
        for (int m = 0; m < kept.Length; m++) visitor.Buffer<T>($"kept{m}", kept[m]);
        visitor.Buffer<long>("examples", examples);
        rule.Visit(new PrefixedVisitor(visitor, "rule."));
    }

    void Touch(ISupportState<T> support, ReadOnlySpan<int> coordinates, ReadOnlySpan<T> gradient)
    {
        if (own.Length < coordinates.Length) own = new int[2 * coordinates.Length];
        for (int k = 0; k < coordinates.Length; k++) own[k] = coordinates[k] - first;
        LastStepSize = stepSize.Next(new StepInfo(version++));
        support.Touch(w, own.AsSpan(0, coordinates.Length), gradient, LastStepSize);
        applied++;
    }

    void Apply(ReadOnlySpan<T> gradient, long pushes)
    {
        LastStepSize = stepSize.Next(new StepInfo(version));
        rule.Apply(w, gradient, LastStepSize, applied++);
        version += pushes;
    }
}
