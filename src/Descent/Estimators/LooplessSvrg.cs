using Descent.Oracles;

namespace Descent.Estimators;

/// <summary>
/// Loopless SVRG: the gradient of SVRG, with the anchor renewed by the current iterate with probability p at every step.
/// No period to tune. Unbiased; cost 2B + pn single gradients a step in mean, memory 4d. Source: Kovalev, Horváth and Richtárik 2020.
/// </summary>
/// <param name="Sampling">Order of visits and batch size; the theory is for draws with replacement.</param>
/// <param name="Probability">p in (0, 1]; 0 stands for B/n.</param>
public sealed record LooplessSvrg(Sampling Sampling, double Probability = 0) : FiniteSumEstimator(Sampling)
{
    /// <summary>p.</summary>
    public double Probability { get; } = Probability is >= 0 and <= 1
        ? Probability
        : throw new ArgumentOutOfRangeException(null,
            FormattableString.Invariant($"p must lie in [0, 1]; got {Probability} (LooplessSvrg)."));

    /// <inheritdoc/>
    protected override Estimation<T> Begin<T>(IFiniteSumOracle<T> oracle, Draws draws) => new Run<T>(oracle, this, draws);

    internal override SparseEstimation<T>? BeginSparse<T>(ISupportOracle<T> oracle, Draws draws)
    {
        SampleStream samples = new(Sampling, oracle.Population, draws);
        Coin coin = new(draws);
        double p = ChanceOf(oracle.Count);
        return new AnchoredSteps<T>(oracle, samples, taken => taken == 0 || coin.Falls(taken, p), 0);
    }

    double ChanceOf(int count) => Probability > 0 ? Probability : Math.Min(1, (double)Sampling.Batch / count);

    sealed class Run<T>(IFiniteSumOracle<T> oracle, LooplessSvrg description, Draws draws) : Estimation<T>
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        readonly SampleStream samples = new(description.Sampling, oracle.Population, draws);
        readonly Coin coin = new(draws);
        readonly T[] anchor = new T[oracle.Dimension], anchorGradient = new T[oracle.Dimension], scratch = new T[oracle.Dimension];
        readonly double p = description.ChanceOf(oracle.Count);
        long taken;

        public override double Estimate(ReadOnlySpan<T> w, Span<T> g)
        {
            if (taken == 0 || coin.Falls(taken, p))
            {
                w.CopyTo(anchor);
                oracle.Gradient(anchor, anchorGradient);
            }
            taken++;
            Sample sample = samples.Next();
            double value = oracle.Gradient(w, sample, g);
            oracle.Gradient(anchor, sample, scratch);
            for (int i = 0; i < g.Length; i++) g[i] = (g[i] - scratch[i]) + anchorGradient[i];
            return value;
        }

        public override void Visit(IStateVisitor visitor)
        {
            samples.Visit(visitor);
            visitor.Buffer<T>("anchor", anchor);
            visitor.Buffer<T>("anchorGradient", anchorGradient);
            visitor.Number("taken", ref taken);
        }
    }
}
