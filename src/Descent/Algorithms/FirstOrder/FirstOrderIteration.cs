using Descent.Estimators;
using Descent.Oracles;
using Descent.Rules;
using Descent.Sets;
using Descent.StepSizes;

namespace Descent.Algorithms;

/// <summary>The composition that is nearly all of the notes: estimate the gradient, apply the rule, apply the proximal map.</summary>
sealed class FirstOrderIteration<T> : Iteration<T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    readonly RuleState<T> rule;
    readonly Estimation<T> estimation;
    readonly IStepSize stepSize;
    readonly IProximalMap? set;
    readonly T[] w, g;

    public FirstOrderIteration(IOracle oracle, IRule rule, Estimation<T> estimation, IStepSize stepSize, IProximalMap? set,
        ReadOnlySpan<T> start)
    {
        Guard.Length("The start", oracle.Dimension, start.Length);
        this.set = Compose(oracle, rule, set);
        this.rule = rule.Start<T>(oracle.Layout);
        this.estimation = estimation;
        this.stepSize = stepSize;
        w = start.ToArray();
        g = new T[w.Length];
    }

    public override ReadOnlySpan<T> Point => w;

    public override double Weight => rule.Weight;

    public override long BestEnd(long steps) => stepSize.BestEnd(steps);

    public override RunSums? Sums => rule.Sums;

    public override void Visit(IStateVisitor visitor)
    {
        base.Visit(visitor);
        visitor.Buffer<T>("w", w);
        rule.Visit(new PrefixedVisitor(visitor, "rule."));
        estimation.Visit(new PrefixedVisitor(visitor, "estimator."));
    }

    protected override long AdvanceCore(long atMost)
    {
        LastValue = estimation.Estimate(rule.QueryPoint(w), g);
        double norm = stepSize.UsesGradient ? double.CreateTruncating(Vectors.SquaredNorm<T>(g)) : double.NaN;
        LastStepSize = stepSize.Next(new StepInfo(Step, LastValue, norm));
        rule.Apply(w, g, LastStepSize, Step);
        set?.Apply(w.AsSpan(), LastStepSize);
        return 1;
    }

    static IProximalMap? Compose(IOracle oracle, IRule rule, IProximalMap? set)
    {
        if (oracle.NonSmooth is null) return set;
        if (set is not null)
            throw new ArgumentException(
                $"The objective already carries a non-smooth part ({oracle.NonSmooth.Description}); a set besides it is not supported.");
        if (!rule.IsEuclidean)
            throw new ArgumentException($"{rule.GetType().Name} does not take a plain step in the Euclidean metric, which is what a "
                + $"proximal map ({oracle.NonSmooth.Description}) goes with. Use fista, gd, sgd or svrg.");
        return oracle.NonSmooth;
    }
}
