using Descent.Oracles;

namespace Descent.Estimators;

/// <summary>
/// M22, stochastic variance-reduced gradient: <c>g = ∇f(w; ξ) − ∇f(v; ξ) + ∇F(v)</c>. Every <c>Period</c> steps the anchor v is renewed,
/// by the mean of the period's iterates before their steps (the notes) or by the last iterate, while w carries on.
/// Unbiased; its variance vanishes at the optimum. Cost: 2B single gradients a step and n a period; memory 4d.
/// Source: C algorithm 17; Johnson and Zhang 2013.
/// </summary>
/// <param name="Sampling">Order of visits and batch size; the guarantee G19 is for draws with replacement.</param>
/// <param name="Period">Steps between anchors; 0 stands for ⌈n/B⌉.</param>
/// <param name="MeanAnchor">Whether the new anchor is the mean of the period's iterates, as in the notes, or the last one.</param>
public sealed record Svrg(Sampling Sampling, long Period = 0, bool MeanAnchor = true) : FiniteSumEstimator(Sampling)
{
    /// <summary>Steps between full gradients, ≥ 0.</summary>
    public long Period { get; } = Guard.AtLeast("The period", Period, 0, nameof(Svrg));

    /// <inheritdoc/>
    protected override Estimation<T> Begin<T>(IFiniteSumOracle<T> oracle, Draws draws) => new Run<T>(oracle, this, draws);

    internal override SparseEstimation<T>? BeginSparse<T>(ISupportOracle<T> oracle, Draws draws)
    {
        long period = StepsOf(oracle.Count);
        return new AnchoredSteps<T>(oracle, new SampleStream(Sampling, oracle.Population, draws), taken => taken % period == 0,
            MeanAnchor ? period : 0);
    }

    long StepsOf(int count) => Period > 0 ? Period : (count + Sampling.Batch - 1L) / Sampling.Batch;

    sealed class Run<T>(IFiniteSumOracle<T> oracle, Svrg description, Draws draws) : Estimation<T>
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        readonly SampleStream samples = new(description.Sampling, oracle.Population, draws);
        readonly T[] anchor = new T[oracle.Dimension], anchorGradient = new T[oracle.Dimension], scratch = new T[oracle.Dimension];
        readonly double[] mean = new double[description.MeanAnchor ? oracle.Dimension : 0];
        readonly long period = description.StepsOf(oracle.Count);
        long taken;

        public override double Estimate(ReadOnlySpan<T> w, Span<T> g)
        {
            if (taken % period == 0) Renew(w);
            for (int i = 0; i < mean.Length; i++) mean[i] += double.CreateTruncating(w[i]);
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
            visitor.Buffer<double>("iterateSum", mean);
            visitor.Number("taken", ref taken);
        }

        void Renew(ReadOnlySpan<T> w)
        {
            if (taken == 0 || mean.Length == 0) w.CopyTo(anchor);
            else
                for (int i = 0; i < mean.Length; i++) anchor[i] = T.CreateTruncating(mean[i] / period);
            Array.Clear(mean);
            oracle.Gradient(anchor, anchorGradient);
        }
    }
}
