using Descent.Estimators;
using Descent.Oracles;
using Descent.StepSizes;

namespace Descent.Algorithms;

/// <summary>Variance-reduced steps of one example on sparse rows: a step costs the non-zeros of its example, every other coordinate waits until a row meets it.</summary>
sealed class SparseIteration<T> : Iteration<T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    readonly ISupportOracle<T> oracle;
    readonly SparseEstimation<T> estimation;
    readonly IStepSize stepSize;
    readonly WaitingRoom waiting;
    readonly T[] w, point, drift;
    readonly double[] sum;
    readonly int intercept;
    bool looked;

    public SparseIteration(ISupportOracle<T> oracle, SparseEstimation<T> estimation, IStepSize stepSize, ReadOnlySpan<T> start)
    {
        Guard.Length("The start", oracle.Dimension, start.Length);
        this.oracle = oracle;
        this.estimation = estimation;
        this.stepSize = stepSize;
        waiting = new WaitingRoom(oracle.Dimension);
        w = start.ToArray();
        point = new T[w.Length];
        drift = estimation.Drift;
        sum = new double[estimation.SumsIterates ? w.Length : 0];
        intercept = oracle.InterceptIndex;
    }

    // A look changes nothing: the run goes on with the same bits whether it was looked at or not.
    public override ReadOnlySpan<T> Point
    {
        get
        {
            for (int j = 0; j < w.Length && !looked; j++) point[j] = Current(j);
            looked = true;
            return point;
        }
    }

    public override void Visit(IStateVisitor visitor)
    {
        base.Visit(visitor);
        visitor.Buffer<T>("w", w);
        visitor.Buffer<double>("iterateSum", sum);
        waiting.Visit(new PrefixedVisitor(visitor, "waiting."));
        estimation.Visit(new PrefixedVisitor(visitor, "estimator."));
        looked = false;
    }

    protected override long AdvanceCore(long atMost)
    {
        looked = false;
        ReadOnlySpan<int> examples = oracle.Examples(estimation.Samples.NextRun(atMost));
        for (int k = 0; k < examples.Length; k++)
        {
            oracle.Ahead(examples, k);
            LastStepSize = stepSize.Next(new StepInfo(Step + k));
            Take(examples[k], LastStepSize);
            if (!double.IsFinite(LastValue)) return k + 1;
        }
        return examples.Length;
    }

    void Take(int example, double eta)
    {
        double decay = 1 - (eta * oracle.CommonPenalty);
        if (estimation.WantsIterate)
        {
            SettleAll();
            estimation.Renew(w, sum);
            Array.Clear(sum);
        }
        if (!waiting.HasRoom(decay)) SettleAll();
        ReadOnlySpan<int> indices = oracle.IndicesOf(example);
        foreach (int j in indices) Settle(j);
        double delta = estimation.Change(w, example, out double value), move = eta * estimation.DriftFactor;
        LastValue = value;
        if (estimation.Changes == DriftChange.Before) AddToDrift(example, delta);
        // A decay to nothing, or beyond, is not waited for.
        if (waiting.HasRoom(decay)) Wait(indices, decay, move);
        else MoveAll(decay, move);
        if (estimation.Changes != DriftChange.Before) AddRow(example, -eta * delta);
        if (estimation.Changes == DriftChange.After) AddToDrift(example, delta);
    }

    // The row's coordinates, and the intercept, which does not decay, take part; the others wait.
    void Wait(ReadOnlySpan<int> indices, double decay, double move)
    {
        foreach (int j in indices) Move(j, decay, move);
        if (intercept >= 0) Move(intercept, 1, move);
        waiting.Pass(decay, move);
    }

    void MoveAll(double decay, double move)
    {
        for (int j = 0; j < w.Length; j++) Move(j, j == intercept ? 1 : decay, move);
        waiting.Clear();
    }

    void Move(int j, double decay, double move)
    {
        double before = double.CreateTruncating(w[j]);
        if (sum.Length > 0) sum[j] += before;
        w[j] = T.CreateTruncating((decay * before) - (move * double.CreateTruncating(drift[j])));
        waiting.Skip(j);
    }

    void AddRow(int example, double a)
    {
        ReadOnlySpan<int> indices = oracle.IndicesOf(example);
        ReadOnlySpan<T> values = oracle.ValuesOf(example);
        T step = T.CreateTruncating(a);
        for (int k = 0; k < indices.Length; k++) w[indices[k]] += step * values[k];
        if (intercept >= 0) w[intercept] += step;
    }

    void AddToDrift(int example, double delta)
    {
        ReadOnlySpan<int> indices = oracle.IndicesOf(example);
        ReadOnlySpan<T> values = oracle.ValuesOf(example);
        T change = T.CreateTruncating(delta);
        for (int k = 0; k < indices.Length; k++) drift[indices[k]] += change * values[k];
        if (intercept >= 0) drift[intercept] += change;
    }

    T Current(int j) => T.CreateTruncating(waiting.Value(j, double.CreateTruncating(w[j]), double.CreateTruncating(drift[j])));

    void Settle(int j)
    {
        if (sum.Length > 0) sum[j] += waiting.Sum(j, double.CreateTruncating(w[j]), double.CreateTruncating(drift[j]));
        w[j] = Current(j);
        waiting.Enter(j);
    }

    void SettleAll()
    {
        if (waiting.IsEmpty) return;
        for (int j = 0; j < w.Length; j++) Settle(j);
        waiting.Clear();
    }
}
