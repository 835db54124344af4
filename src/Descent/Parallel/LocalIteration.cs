using Descent.Algorithms;
using Descent.Oracles;
using Descent.StepSizes;

namespace Descent.Parallel;

/// <summary>Local SGD at work: replicas step for themselves, then their weights are averaged range by range.</summary>
sealed class LocalIteration<T> : Iteration<T>, IShardWork
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    // Small enough for a cache, large enough for a thread.
    const int Range = 1 << 14;
    readonly LocalSgd method;
    readonly Replicas<T> oracles;
    readonly SampleStream[] samples;
    readonly InterleavedSteps[] steps;
    readonly T[][] w, g;
    readonly T[] centre, velocity, point;
    readonly double[] values;
    readonly int count;
    readonly long round;
    long taken, until;
    bool averages, looked;

    public LocalIteration(LocalSgd method, IStochasticOracle<T> oracle, ReadOnlySpan<T> start, Draws draws)
    {
        Guard.Length("The start", oracle.Dimension, start.Length);
        Turns.RequireSmooth(oracle, "local-sgd");
        this.method = method;
        count = method.Replicas;
        round = method.PeriodFor(oracle.Population) * count;
        oracles = new Replicas<T>(oracle, count, method.Workers);
        ulong position = draws.Position;
        (samples, steps, w, g) = (new SampleStream[count], new InterleavedSteps[count], new T[count][], new T[count][]);
        bool fused = oracle is ISgdBlockOracle<T> blocks && blocks.PrefersBlocks(method.Sampling.Batch);
        for (int r = 0; r < count; r++)
        {
            draws.Position = position;
            samples[r] = new SampleStream(method.Sampling, oracle.Population, draws, r, count);
            steps[r] = new InterleavedSteps(method.StepSize, count);
            w[r] = start.ToArray();
            g[r] = fused ? [] : new T[start.Length];
        }
        centre = start.ToArray();
        point = new T[start.Length];
        velocity = method.OuterMomentum > 0 ? new T[start.Length] : [];
        values = new double[count];
    }

    // A look changes nothing: the replicas go on with the same bits.
    public override ReadOnlySpan<T> Point
    {
        get
        {
            if (taken == 0) return centre;
            if (!looked) Mean(0, point.Length, point);
            looked = true;
            return point;
        }
    }

    public override long BestEnd(long steps) => method.StepSize.BestEnd(steps);

    public override void Visit(IStateVisitor visitor)
    {
        base.Visit(visitor);
        visitor.Buffer<T>("w", centre);
        visitor.Buffer<T>("velocity", velocity);
        visitor.Number("taken", ref taken);
        for (int r = 0; r < count; r++)
        {
            visitor.Buffer<T>($"replica{r}.w", w[r]);
            samples[r].Visit(new PrefixedVisitor(visitor, $"replica{r}."));
        }
        looked = false;
    }

    protected override long AdvanceCore(long atMost)
    {
        looked = false;
        until = Math.Min(round, taken + atMost);
        for (int r = 0; r < count; r++) steps[r].First = Step - taken + r;
        averages = false;
        oracles.Run(this, count);
        long done = until - taken;
        LastValue = MeanValue();
        LastStepSize = method.StepSize.Next(new StepInfo(Step + done - 1));
        taken = until;
        if (taken == round)
        {
            averages = true;
            oracles.Run(this, (centre.Length + Range - 1) / Range);
            taken = 0;
        }
        return done;
    }

    void IShardWork.Run(int shard)
    {
        if (averages) Average(shard * Range, Math.Min(centre.Length, (shard + 1) * Range));
        else Walk(shard);
    }

    void Walk(int r)
    {
        long from = Turns.Of(r, taken, count), to = Turns.Of(r, until, count);
        if (from == to) return;
        if (g[r].Length == 0 && oracles[r] is ISgdBlockOracle<T> blocks)
        {
            values[r] = blocks.SgdBlock(w[r], samples[r], steps[r], from, to - from);
            return;
        }
        for (long k = from; k < to; k++)
        {
            values[r] = oracles[r].Gradient(w[r], samples[r].Next(), g[r]);
            Rules.ScaledStep.Apply(w[r], g[r], steps[r].Next(new StepInfo(k)));
        }
    }

    // Of the replicas that have just stepped; one that is not a number makes the mean so.
    double MeanValue()
    {
        double sum = 0;
        int stepped = 0;
        for (int r = 0; r < count; r++)
        {
            if (Turns.Of(r, taken, count) == Turns.Of(r, until, count)) continue;
            sum += values[r];
            stepped++;
        }
        return sum / stepped;
    }

    void Mean(int from, int to, Span<T> mean)
    {
        w[0].AsSpan(from, to - from).CopyTo(mean);
        for (int r = 1; r < count; r++) Vectors.AddScaled(T.One, w[r].AsSpan(from, to - from), mean);
        Vectors.Scale(T.CreateTruncating(1.0 / count), mean);
    }

    void Average(int from, int to)
    {
        Span<T> at = centre.AsSpan(from, to - from), mean = point.AsSpan(from, to - from);
        Mean(from, to, mean);
        if (method is { OuterStep: 1, OuterMomentum: 0 }) mean.CopyTo(at);
        else MoveOut(at, mean, velocity.Length == 0 ? default : velocity.AsSpan(from, to - from));
        for (int r = 0; r < count; r++) at.CopyTo(w[r].AsSpan(from));
    }

    void MoveOut(Span<T> at, ReadOnlySpan<T> mean, Span<T> v)
    {
        T gamma = T.CreateTruncating(method.OuterStep), beta = T.CreateTruncating(method.OuterMomentum);
        for (int j = 0; j < at.Length; j++)
        {
            T delta = mean[j] - at[j];
            if (v.IsEmpty)
            {
                at[j] += gamma * delta;
                continue;
            }
            v[j] = (beta * v[j]) + delta;
            at[j] += gamma * (delta + (beta * v[j]));
        }
    }
}
