using Descent.Oracles;
using Descent.StepSizes;

namespace Descent.Algorithms;

/// <summary>Steps of one example each, on its row.</summary>
abstract class RowIteration<T> : Iteration<T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    readonly IRowOracle<T> oracle;
    readonly SampleStream samples;
    readonly IStepSize stepSize;

    private protected RowIteration(IRowOracle<T> oracle, Sampling sampling, IStepSize stepSize, ReadOnlySpan<T> start, Draws draws)
    {
        Guard.Length("The start", oracle.Dimension, start.Length);
        (this.oracle, this.stepSize) = (oracle, stepSize);
        samples = new SampleStream(sampling, oracle.Population, draws);
        W = start.ToArray();
    }

    public override ReadOnlySpan<T> Point => W;

    public override long BestEnd(long steps) => stepSize.BestEnd(steps);

    /// <summary>The iterate.</summary>
    private protected T[] W { get; }

    /// <summary>A step of size <see cref="Iteration{T}.LastStepSize"/> along an example; sets
    /// <see cref="Iteration{T}.LastValue"/>.</summary>
    private protected abstract void Take(int example);

    public override void Visit(IStateVisitor visitor)
    {
        base.Visit(visitor);
        visitor.Buffer<T>("w", W);
        samples.Visit(visitor);
    }

    protected sealed override long AdvanceCore(long atMost)
    {
        ReadOnlySpan<int> examples = oracle.Examples(samples.NextRun(atMost));
        for (int k = 0; k < examples.Length; k++)
        {
            LastStepSize = stepSize.Next(new StepInfo(Step + k));
            Take(examples[k]);
            if (!double.IsFinite(LastValue)) return k + 1;
        }
        return examples.Length;
    }
}
