using Descent.Oracles;

namespace Descent.Algorithms;

/// <summary>Wraps an iteration and reports an average of its iterates. Costs O(d) a step and memory 2d doubles.</summary>
sealed class AveragedIteration<T>(Iteration<T> inner, AverageKind kind, Draws draws) : Iteration<T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    readonly double[] sum = new double[inner.Point.Length];
    readonly T[] average = inner.Point.ToArray();
    double weight;
    long seen;

    public override ReadOnlySpan<T> Point => average;

    public override void Visit(IStateVisitor visitor)
    {
        base.Visit(visitor);
        inner.Visit(visitor);
        visitor.Buffer<double>("iterateSum", sum);
        visitor.Buffer<T>("average", average);
        visitor.Number("weight", ref weight);
        visitor.Number("seen", ref seen);
    }

    protected override long AdvanceCore(long atMost)
    {
        for (long k = 0; k < atMost; k++)
        {
            // W averages the iterates after their steps, with the step's weight; the plain mean runs over w₁ … w_T, before their steps.
            if (kind != AverageKind.StepSizeWeighted) Take(1);
            inner.Advance();
            LastValue = inner.LastValue;
            LastStepSize = inner.LastStepSize;
            if (kind == AverageKind.StepSizeWeighted) Take(inner.LastStepSize);
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
        ReadOnlySpan<T> w = inner.Point;
        if (kind == AverageKind.RandomIterate)
        {
            if (draws.NextDouble() * seen < 1) w.CopyTo(average);
            return;
        }
        if (kind == AverageKind.Suffix && BitOperations.IsPow2(seen))
        {
            Array.Clear(sum);
            weight = 0;
        }
        for (int i = 0; i < sum.Length; i++) sum[i] += share * double.CreateTruncating(w[i]);
        weight += share;
    }

    void Publish()
    {
        if (kind == AverageKind.RandomIterate || weight == 0) return;
        for (int i = 0; i < sum.Length; i++) average[i] = T.CreateTruncating(sum[i] / weight);
    }
}
