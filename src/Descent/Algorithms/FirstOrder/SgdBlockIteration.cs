using Descent.Oracles;
using Descent.StepSizes;

namespace Descent.Algorithms;

/// <summary>Plain SGD in blocks of steps inside the objective's fused loop.</summary>
sealed class SgdBlockIteration<T> : Iteration<T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    readonly ISgdBlockOracle<T> oracle;
    readonly SampleStream samples;
    readonly IStepSize stepSize;
    readonly T[] w;

    public SgdBlockIteration(ISgdBlockOracle<T> oracle, Sampling sampling, IStepSize stepSize, ReadOnlySpan<T> start, Draws draws)
    {
        Guard.Length("The start", oracle.Dimension, start.Length);
        this.oracle = oracle;
        this.stepSize = stepSize;
        samples = new SampleStream(sampling, oracle.Population, draws);
        w = start.ToArray();
    }

    public override ReadOnlySpan<T> Point => w;

    public override long BestEnd(long steps) => stepSize.BestEnd(steps);

    public override void Visit(IStateVisitor visitor)
    {
        base.Visit(visitor);
        visitor.Buffer<T>("w", w);
        samples.Visit(visitor);
    }

    protected override long AdvanceCore(long atMost)
    {
        LastValue = oracle.SgdBlock(w, samples, stepSize, Step, atMost);
        LastStepSize = stepSize.Next(new StepInfo(Step + atMost - 1));
        return atMost;
    }
}
