using Descent.Oracles;
using Descent.Rules;
using Descent.StepSizes;

namespace Descent.Algorithms;

/// <summary>Steps of one example on sparse rows: the rule touches the example's non-zeros and the intercept, nothing else.</summary>
sealed class SupportIteration<T> : RowIteration<T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    readonly ISupportOracle<T> oracle;
    readonly RuleState<T> rule;
    readonly ISupportState<T> support;
    T[] gradient = new T[64];
    int[] touched = new int[64];

    public SupportIteration(ISupportOracle<T> oracle, RuleState<T> rule, Sampling sampling, IStepSize stepSize, ReadOnlySpan<T> start,
        Draws draws)
        : base(oracle, sampling, stepSize, start, draws)
    {
        (this.oracle, this.rule) = (oracle, rule);
        support = (ISupportState<T>)rule;
    }

    public override void Visit(IStateVisitor visitor)
    {
        base.Visit(visitor);
        rule.Visit(visitor);
    }

    private protected override void Take(int example)
    {
        ReadOnlySpan<int> indices = oracle.IndicesOf(example);
        ReadOnlySpan<T> values = oracle.ValuesOf(example);
        int entries = indices.Length, all = entries + (oracle.InterceptIndex >= 0 ? 1 : 0);
        // Grows to the longest row within the first epoch; a step after that allocates nothing.
        if (gradient.Length < all) (gradient, touched) = (new T[2 * all], new int[2 * all]);
        double slope = oracle.Slope(W, example, out double value);
        LastValue = value;
        T u = T.CreateTruncating(slope);
        for (int i = 0; i < entries; i++) gradient[i] = u * values[i];
        indices.CopyTo(touched);
        if (all > entries) (gradient[entries], touched[entries]) = (u, oracle.InterceptIndex);
        support.Touch(W, touched.AsSpan(0, all), gradient.AsSpan(0, all), LastStepSize);
    }
}
