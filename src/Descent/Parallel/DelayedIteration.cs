using Descent.Algorithms;
using Descent.Estimators;
using Descent.Oracles;
using Descent.Rules;
using Descent.StepSizes;

namespace Descent.Parallel;

/// <summary>Steps by gradients at earlier iterates, which are kept in a ring.</summary>
sealed class DelayedIteration<T> : Iteration<T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    readonly Delayed method;
    readonly Estimation<T> estimation;
    readonly RuleState<T> rule;
    readonly T[][] ring;
    readonly T[] g;
    readonly ulong key;

    public DelayedIteration(Delayed method, IOracle oracle, Estimation<T> estimation, ReadOnlySpan<T> start, Draws draws)
    {
        Guard.Length("The start", oracle.Dimension, start.Length);
        Turns.RequireSmooth(oracle, "delayed-sgd");
        this.method = method;
        this.estimation = estimation;
        rule = method.Rule.Start<T>(oracle.Layout);
        ring = new T[method.Delay.Largest + 1][];
        for (int k = 0; k < ring.Length; k++) ring[k] = start.ToArray();
        g = new T[start.Length];
        key = draws.NextWord();
    }

    public override ReadOnlySpan<T> Point => ring[Step % ring.Length];

    public override long BestEnd(long steps) => method.StepSize.BestEnd(steps);

    public override void Visit(IStateVisitor visitor)
    {
        base.Visit(visitor);
        for (int k = 0; k < ring.Length; k++) visitor.Buffer<T>($"w{k}", ring[k]);
        rule.Visit(new PrefixedVisitor(visitor, "rule."));
        estimation.Visit(new PrefixedVisitor(visitor, "estimator."));
    }

    protected override long AdvanceCore(long atMost)
    {
        int delay = (int)Math.Min(Step, method.Delay.At(Step, key));
        T[] now = ring[Step % ring.Length], then = ring[(Step - delay) % ring.Length], next = ring[(Step + 1) % ring.Length];
        LastValue = estimation.Estimate(rule.QueryPoint(then), g);
        double norm = method.StepSize.UsesGradient ? double.CreateTruncating(Vectors.SquaredNorm<T>(g)) : double.NaN;
        LastStepSize = method.StepSize.Next(new StepInfo(Step, LastValue, norm));
        // The oldest iterate makes room for the new one; it has been read.
        now.CopyTo(next, 0);
        rule.Apply(next, g, LastStepSize, Step);
        return 1;
    }
}
