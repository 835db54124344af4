using Descent.Oracles;

namespace Descent.Parallel;

/// <summary>What a worker is doing.</summary>
enum WorkerState
{
    /// <summary>It may begin as soon as the server lets it.</summary>
    Waiting,

    /// <summary>Its gradient is under way.</summary>
    Computing,

    /// <summary>It is lost until its time comes.</summary>
    Lost,
}

/// <summary>A worker of a parameter server, simulated or a rank: the weights it has pulled, the sample it was dealt, and the
/// gradient once it is known.</summary>
/// <typeparam name="T">Element type.</typeparam>
sealed class ServerWorker<T>(int dimension)
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    readonly T[] weights = new T[dimension], gradient = new T[dimension];
    int[] coordinates = [];
    T[] entries = [];
    long state, key, first, begun, read, sampled;
    int order, count, support;
    bool known;
    double value, until;

    public WorkerState State
    {
        get => (WorkerState)state;
        private set => state = (long)value;
    }

    /// <summary>When the present state ends.</summary>
    public double Until => until;

    /// <summary>Gradients begun.</summary>
    public long Begun => begun;

    /// <summary>Pushes that its weights contained when it pulled them.</summary>
    public long Read => read;

    public double Value => value;

    public Sample Sample => new((SampleOrder)order, (ulong)key, first, count);

    /// <summary>Whether a gradient is still to be computed.</summary>
    public bool IsOpen => State == WorkerState.Computing && !known;

    public void Wait() => State = WorkerState.Waiting;

    public void Lose(double back) => (State, until) = (WorkerState.Lost, back);

    /// <summary>Begins a gradient. One that will be lost is never computed.</summary>
    public void Begin(IParameterServer<T> server, int me, Sample sample, double end, bool lost, ISupportOracle<T>? rows)
    {
        (order, key, first, count) = ((int)sample.Order, (long)sample.Key, sample.First, sample.Count);
        (State, until, known) = (WorkerState.Computing, end, lost);
        begun++;
        support = 0;
        if (lost) return;
        read = long.MaxValue;
        if (rows is not null) Support(rows, sample);
        for (int s = 0; s < server.Shards; s++)
        {
            int from = server.Start(s), to = server.Start(s + 1);
            if (rows is null) read = Math.Min(read, server.Pull(me, s, weights.AsSpan(from, to - from)));
            else PullRow(server, me, s, from, to);
        }
    }

    /// <summary>Asks the objective.</summary>
    public void Compute(IStochasticOracle<T> oracle, ISupportOracle<T>? rows)
    {
        if (rows is null) value = oracle.Gradient(weights, Sample, gradient);
        else
        {
            int example = (int)sampled;
            T slope = T.CreateTruncating(rows.Slope(weights, example, out value));
            ReadOnlySpan<T> x = rows.ValuesOf(example);
            for (int k = 0; k < x.Length; k++) entries[k] = slope * x[k];
            if (support > x.Length) entries[x.Length] = slope;
        }
        known = true;
    }

    /// <summary>Pushes to every shard that the gradient touches.</summary>
    public void Push(IParameterServer<T> server, int me, bool whole)
    {
        for (int s = 0; s < server.Shards; s++)
        {
            int from = server.Start(s), to = server.Start(s + 1);
            PushHeader header = new(me, s, read, count);
            if (whole)
            {
                server.Push(header, gradient.AsSpan(from, to - from));
                continue;
            }
            (int a, int b) = (Below(from), Below(to));
            server.Push(header, coordinates.AsSpan(a, b - a), entries.AsSpan(a, b - a));
        }
    }

    public void Visit(IStateVisitor visitor)
    {
        visitor.Buffer<T>("weights", weights);
        visitor.Buffer<T>("gradient", gradient);
        visitor.Number("state", ref state);
        visitor.Number("key", ref key);
        visitor.Number("first", ref first);
        visitor.Number("count", ref count);
        visitor.Number("order", ref order);
        visitor.Number("begun", ref begun);
        visitor.Number("read", ref read);
        visitor.Number("sampled", ref sampled);
        visitor.Number("support", ref support);
        visitor.Flag("known", ref known);
        visitor.Number("value", ref value);
        visitor.Number("until", ref until);
        coordinates = visitor.Array("coordinates", coordinates);
        entries = visitor.Array("entries", entries);
    }

    // The non-zeros of the one example, and the intercept, which is the last coordinate.
    void Support(ISupportOracle<T> rows, Sample sample)
    {
        int example = rows.Examples(sample)[0];
        ReadOnlySpan<int> indices = rows.IndicesOf(example);
        support = indices.Length + (rows.InterceptIndex >= 0 ? 1 : 0);
        if (coordinates.Length < support) (coordinates, entries) = (new int[2 * support], new T[2 * support]);
        indices.CopyTo(coordinates);
        if (support > indices.Length) coordinates[indices.Length] = rows.InterceptIndex;
        sampled = example;
    }

    void PullRow(IParameterServer<T> server, int me, int shard, int from, int to)
    {
        (int a, int b) = (Below(from), Below(to));
        read = Math.Min(read, server.Pull(me, shard, coordinates.AsSpan(a, b - a), entries.AsSpan(a, b - a)));
        for (int k = a; k < b; k++) weights[coordinates[k]] = entries[k];
    }

    // How many of its coordinates lie below one.
    int Below(int coordinate)
    {
        int at = coordinates.AsSpan(0, support).BinarySearch(coordinate);
        return at < 0 ? ~at : at;
    }
}
