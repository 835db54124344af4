using Descent.Oracles;

namespace Descent.Algorithms;

/// <summary>
/// Stochastic dual coordinate ascent: one example a step, its dual variable set to the maximum of the dual along it,
/// exactly; <c>w = −(1/λ) Σ ωᵢuᵢxᵢ</c> follows. No step size. The dual variables prove the gap.
/// For losses with kinks (hinge, absolute, quantile), epochs in permutations set
/// aside what rests at a bound and come back to it when the rest is solved (shrinking, Hsieh et al. 2008).
/// Needs one penalty λ &gt; 0 on every parameter.
/// Cost: one row a step, also on sparse rows; memory n + d. Source: Shalev-Shwartz and Zhang 2013.
/// </summary>
/// <remarks>
/// With draws with replacement and smooth losses the gap is in mean at most <c>(n + κ)(1 − 1/(n + κ))^t (F* − D(0))</c>,
/// <c>κ = (H_ℓ − λ)/λ</c> and D(0) the mean of the smallest losses (guarantee SDCA);
/// epochs in permutations, the default, are outside the theorem and faster.
/// </remarks>
/// <param name="Order">Order of visits; each epoch in a new permutation by default.</param>
public sealed record Sdca(SampleOrder Order = SampleOrder.Shuffle)
    : IMethod<double, IDualCoordinateOracle<double>>, IMethod<float, IDualCoordinateOracle<float>>
{
    /// <inheritdoc/>
    public string Recursion => "uᵢ ← argmax of the dual along uᵢ;  w ← w − (ωᵢ/λ) Δuᵢ xᵢ";

    /// <inheritdoc/>
    public Iteration<double> Start(IDualCoordinateOracle<double> oracle, ReadOnlySpan<double> start, Draws draws) =>
        new Run<double>(oracle, Order, start, draws);

    /// <inheritdoc/>
    public Iteration<float> Start(IDualCoordinateOracle<float> oracle, ReadOnlySpan<float> start, Draws draws) =>
        new Run<float>(oracle, Order, start, draws);

    sealed class Run<T> : Iteration<T>
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        readonly IDualCoordinateOracle<T> oracle;
        readonly SampleStream samples;
        readonly RowSampler rows;
        readonly T[] w;
        readonly double[] u;

        readonly DualRounds? rounds;

        public Run(IDualCoordinateOracle<T> oracle, SampleOrder order, ReadOnlySpan<T> start, Draws draws)
        {
            Smooth.Allow(oracle, "SDCA");
            Guard.Length("The start", oracle.Dimension, start.Length);
            if (!(oracle.DualPenalty > 0))
                throw new ArgumentException("SDCA needs one penalty λ > 0 on every parameter, the intercept included: "
                    + "give `L2` with `Intercept = false` or `PenaliseIntercept = true`. Otherwise use svrg or lbfgs.");
            foreach (T x in start)
                if (x != T.Zero)
                    throw new ArgumentException(
                        "SDCA starts at zero, the point of zero dual variables; another start has none that are known.");
            this.oracle = oracle;
            // Epochs in permutations over losses with kinks may leave out what rests at a bound; every other order visits as it says.
            rounds = order == SampleOrder.Shuffle && oracle.RestsAtBounds ? new DualRounds(oracle.Count, draws) : null;
            samples = new SampleStream(new Sampling(order), oracle.Population, draws);
            rows = new RowSampler(oracle.Count);
            w = start.ToArray();
            u = new double[oracle.Count];
        }

        public override ReadOnlySpan<T> Point => w;

        public override ReadOnlySpan<double> Dual => u;

        public override void Visit(IStateVisitor visitor)
        {
            base.Visit(visitor);
            visitor.Buffer<T>("w", w);
            visitor.Buffer<double>("u", u);
            samples.Visit(visitor);
            rounds?.Visit(visitor);
        }

        protected override long AdvanceCore(long atMost)
        {
            if (rounds is not null)
            {
                long taken = rounds.Advance(oracle, w, u, atMost);
                if (rounds.IsDone) End(true, "no dual variable can be moved to raise the dual");
                return taken;
            }
            ReadOnlySpan<int> examples = rows.Resolve(samples.NextRun(atMost));
            foreach (int i in examples) LastValue = oracle.DualStep(i, w, ref u[i]);
            return examples.Length;
        }
    }
}
