using Descent.Estimators;
using Descent.Oracles;
using Descent.StepSizes;

namespace Descent.Algorithms;

/// <summary>Variance-reduced steps of one example on sparse rows:
/// a step costs the non-zeros of its example, every other coordinate waits until a row meets it.</summary>
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
    readonly double lambda;
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
        lambda = oracle.CommonPenalty;
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

    public override long BestEnd(long steps) => stepSize.BestEnd(steps);

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
            if (k + 2 < examples.Length) Ahead(examples[k + 2]);
            LastStepSize = stepSize.Next(new StepInfo(Step + k));
            Take(examples[k], LastStepSize);
            if (!double.IsFinite(LastValue)) return k + 1;
        }
        return examples.Length;
    }

    // Rows meet coordinates in any order: they are called for two rows before.
    void Ahead(int example)
    {
        foreach (int j in oracle.IndicesOf(example))
        {
            Prefetch.Read(ref w[j]);
            Prefetch.Read(ref drift[j]);
            waiting.Ahead(j);
        }
    }

    void Take(int example, double eta)
    {
        double decay = 1 - (eta * lambda);
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
        bool rowMoves = estimation.Changes != DriftChange.Before;
        // A decay to nothing, or beyond, is not waited for: all others move first, as if they had met no row.
        if (!waiting.HasRoom(decay)) MoveOthers(indices, decay, move);
        double row = rowMoves ? eta * delta : 0, before = rowMoves ? 0 : delta, after = estimation.Changes == DriftChange.After ? delta : 0;
        ReadOnlySpan<T> values = oracle.ValuesOf(example);
        for (int k = 0; k < indices.Length; k++) Move(indices[k], double.CreateTruncating(values[k]), decay, move, row, before, after);
        if (intercept >= 0) Move(intercept, 1, 1, move, row, before, after);
        if (waiting.HasRoom(decay)) waiting.Pass(decay, move);
        else waiting.Clear();
    }

    // A coordinate of the row, whose entry is x: the drift changes before or after the step, or not at all.
    void Move(int j, double x, double decay, double move, double row, double before, double after)
    {
        double was = double.CreateTruncating(w[j]), m = double.CreateTruncating(drift[j]) + (before * x);
        if (sum.Length > 0) sum[j] += was;
        w[j] = T.CreateTruncating((decay * was) - (move * m) - (row * x));
        drift[j] = T.CreateTruncating(m + (after * x));
        waiting.Skip(j);
    }

    void MoveOthers(ReadOnlySpan<int> indices, double decay, double move)
    {
        int next = 0;
        for (int j = 0; j < w.Length; j++)
        {
            if (next < indices.Length && indices[next] == j) next++;
            else if (j != intercept) Move(j, 0, decay, move, 0, 0, 0);
        }
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
