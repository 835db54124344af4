using Descent.Algorithms;
using Descent.Oracles;
using Descent.StepSizes;

namespace Descent.Parallel;

/// <summary>Hogwild! at work: one array of weights, a share of the steps for each thread.</summary>
sealed class HogwildIteration<T> : Iteration<T>, IShardWork
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    readonly Hogwild method;
    readonly Replicas<T> oracles;
    readonly SampleStream[] samples;
    readonly InterleavedSteps[] steps;
    readonly RaceMeter race;
    readonly T[] w;
    readonly T[][] g;
    readonly double[] values;
    readonly T[]? shrink;
    readonly int count;
    readonly bool sparse;
    long block;

    public HogwildIteration(Hogwild method, IStochasticOracle<T> oracle, ReadOnlySpan<T> start, Draws draws)
    {
        Guard.Length("The start", oracle.Dimension, start.Length);
        Turns.RequireSmooth(oracle, "hogwild");
        this.method = method;
        count = oracle is IReplicableOracle<T> && method.Workers is { } threads ? threads.Count : 1;
        oracles = new Replicas<T>(oracle, count, method.Workers);
        sparse = method.Sampling.Batch == 1 && oracle is ISupportOracle<T> { CommonPenalty: not double.NaN };
        w = start.ToArray();
        if (sparse && oracle is ISupportOracle<T> { CommonPenalty: > 0 } penalised) shrink = Shares(penalised);
        (samples, steps, g, values) = (new SampleStream[count], new InterleavedSteps[count], new T[count][], new double[count]);
        ulong position = draws.Position;
        for (int k = 0; k < count; k++)
        {
            draws.Position = position;
            samples[k] = new SampleStream(method.Sampling, oracle.Population, draws, k, count);
            steps[k] = new InterleavedSteps(method.StepSize, count);
            g[k] = sparse ? [] : new T[start.Length];
        }
        race = new RaceMeter(count, method.Atomic);
    }

    public override ReadOnlySpan<T> Point => w;

    public override long BestEnd(long steps) => method.StepSize.BestEnd(steps);

    public override void Visit(IStateVisitor visitor)
    {
        base.Visit(visitor);
        visitor.Buffer<T>("w", w);
        for (int k = 0; k < count; k++) samples[k].Visit(new PrefixedVisitor(visitor, $"thread{k}."));
        race.Visit(new PrefixedVisitor(visitor, "race."));
    }

    public override string? Conclude() => race.Sentence;

    protected override long AdvanceCore(long atMost)
    {
        block = atMost;
        for (int k = 0; k < count; k++) steps[k].First = Step + k;
        oracles.Run(this, count);
        double sum = 0;
        int stepped = (int)Math.Min(count, atMost);
        for (int k = 0; k < stepped; k++) sum += values[k];
        LastValue = sum / stepped;
        LastStepSize = method.StepSize.Next(new StepInfo(Step + atMost - 1));
        return atMost;
    }

    void IShardWork.Run(int thread)
    {
        long mine = Turns.Of(thread, block, count);
        for (long k = 0; k < mine; k++)
        {
            double eta = steps[thread].Next(new StepInfo(k));
            long seen = race.Begin(thread, k);
            if (sparse) values[thread] = StepOnRow((ISupportOracle<T>)oracles[thread], samples[thread].Next(), eta);
            else values[thread] = StepOnAll(oracles[thread], samples[thread].Next(), g[thread], eta);
            race.End(thread, k, seen);
        }
    }

    double StepOnRow(ISupportOracle<T> oracle, Sample sample, double eta)
    {
        int i = oracle.Examples(sample)[0];
        ReadOnlySpan<int> indices = oracle.IndicesOf(i);
        ReadOnlySpan<T> entries = oracle.ValuesOf(i);
        double slope = oracle.Slope(w, i, out double value);
        T u = T.CreateTruncating(slope), minus = T.CreateTruncating(-eta);
        for (int k = 0; k < indices.Length; k++) Move(indices[k], u * entries[k], minus);
        if (oracle.InterceptIndex >= 0) Add(ref w[oracle.InterceptIndex], minus * u);
        return value;
    }

    double StepOnAll(IStochasticOracle<T> oracle, Sample sample, Span<T> gradient, double eta)
    {
        double value = oracle.Gradient(w, sample, gradient);
        T minus = T.CreateTruncating(-eta);
        for (int j = 0; j < gradient.Length; j++)
            if (gradient[j] != T.Zero) Add(ref w[j], minus * gradient[j]);
        return value;
    }

    // w ← (w − η g)/(1 + ηλn/c): the penalty's share implicitly, or rare coordinates would be thrown beyond zero.
    void Move(int j, T entry, T minus)
    {
        T by = minus * entry;
        if (shrink is not null)
        {
            T a = -minus * shrink[j], at = w[j];
            by = (by - (a * at)) / (T.One + a);
        }
        Add(ref w[j], by);
    }

    void Add(ref T cell, T by)
    {
        if (method.Atomic) SharedCells.AddAtomic(ref cell, by);
        else SharedCells.AddRelaxed(ref cell, by);
    }

    // λn/c_j, c_j the number of rows that meet coordinate j; those that none meets rest at their optimum.
    T[] Shares(ISupportOracle<T> oracle)
    {
        int[] rows = new int[w.Length];
        for (int i = 0; i < oracle.Count; i++)
            foreach (int j in oracle.IndicesOf(i)) rows[j]++;
        T[] share = new T[w.Length];
        for (int j = 0; j < share.Length; j++)
        {
            if (j == oracle.InterceptIndex) continue;
            if (rows[j] == 0) w[j] = T.Zero;
            else share[j] = T.CreateTruncating(oracle.CommonPenalty * oracle.Count / rows[j]);
        }
        return share;
    }
}
