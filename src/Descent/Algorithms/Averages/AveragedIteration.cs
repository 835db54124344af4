using Descent.Oracles;
using Descent.Rules;

namespace Descent.Algorithms;

/// <summary>Wraps an iteration and reports an average of its iterates.
/// Costs O(d) a step and memory 2d doubles, 3d for the suffix.</summary>
sealed class AveragedIteration<T>(Iteration<T> inner, Averaging averaging, Draws draws) : Iteration<T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    readonly double[] mean = new double[inner.Point.Length];

    // Of the suffix: the sum over the last whole stretch between powers of two,
    // to which the running one is added, so that a look just behind a power of two sees more than one iterate.
    readonly double[] before = new double[averaging.Kind == AverageKind.Suffix ? inner.Point.Length : 0];
    readonly T[] average = inner.Point.ToArray();
    double weight, weightBefore;
    long seen;

    public override ReadOnlySpan<T> Point => average;

    public override long BestEnd(long steps) => inner.BestEnd(steps);

    public override RunSums? Sums => inner.Sums;

    public override void Visit(IStateVisitor visitor)
    {
        base.Visit(visitor);
        inner.Visit(new PrefixedVisitor(visitor, "inner."));
        visitor.Buffer<double>("iterateSum", mean);
        visitor.Buffer<T>("average", average);
        visitor.Number("weight", ref weight);
        if (before.Length > 0) visitor.Buffer<double>("sumBefore", before);
        visitor.Number("weightBefore", ref weightBefore);
        visitor.Number("seen", ref seen);
    }

    // The plain mean runs over w₁ … w_T, the iterates before their steps; W's weighted mean and the moving averages take them after.
    bool Before => averaging.Kind is AverageKind.Uniform or AverageKind.OwnWeights or AverageKind.RandomIterate or AverageKind.Suffix;

    protected override long AdvanceCore(long atMost)
    {
        for (long k = 0; k < atMost; k++)
        {
            if (Before) Take(averaging.Kind == AverageKind.OwnWeights ? inner.Weight : 1);
            inner.Advance();
            LastValue = inner.LastValue;
            LastStepSize = inner.LastStepSize;
            if (!Before) Take(averaging.Kind == AverageKind.StepSizeWeighted ? inner.LastStepSize : 1);
            if (inner.Ended is { } ended)
            {
                End(ended.Converged, ended.Reason);
                Publish();
                return k + 1;
            }
        }
        Publish();
        return atMost;
    }

    void Take(double share)
    {
        seen++;
        switch (averaging.Kind)
        {
            case AverageKind.RandomIterate:
                if (draws.NextDouble() * seen < 1) inner.Point.CopyTo(average);
                return;
            case AverageKind.Exponential:
                Move(seen == 1 ? 1 : 1 - averaging.Parameter);
                return;
            case AverageKind.Polynomial:
                Move((1 + averaging.Parameter) / (seen + averaging.Parameter));
                return;
            case AverageKind.Cyclic when seen <= averaging.From || (seen - averaging.From) % (long)averaging.Parameter != 0:
                return;
            case AverageKind.Suffix when BitOperations.IsPow2(seen):
                mean.AsSpan().CopyTo(before);
                Array.Clear(mean);
                (weightBefore, weight) = (weight, 0);
                break;
        }
        Add(share);
    }

    void Move(double part)
    {
        ReadOnlySpan<T> w = inner.Point;
        for (int i = 0; i < mean.Length; i++) mean[i] += part * (double.CreateTruncating(w[i]) - mean[i]);
        weight = 1;
    }

    void Add(double share)
    {
        ReadOnlySpan<T> w = inner.Point;
        for (int i = 0; i < mean.Length; i++) mean[i] += share * double.CreateTruncating(w[i]);
        weight += share;
    }

    void Publish()
    {
        if (averaging.Kind == AverageKind.RandomIterate) return;
        // Before the first cycle ends there is nothing to average; the iterate itself stands in.
        double all = weight + weightBefore;
        if (all == 0) inner.Point.CopyTo(average);
        else if (before.Length == 0)
            for (int i = 0; i < mean.Length; i++) average[i] = T.CreateTruncating(mean[i] / all);
        else
            for (int i = 0; i < mean.Length; i++) average[i] = T.CreateTruncating((mean[i] + before[i]) / all);
    }
}
