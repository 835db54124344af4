using Descent.Oracles;

namespace Descent.Estimators;

/// <summary>
/// D3: one entry of the batch gradient in d places, <c>ĝ = d·g[j]·eⱼ</c>, j uniform and fresh. Unbiased; <c>E‖ĝ‖² = d‖g‖²</c>.
/// Cost: B single gradients a step. Source: C 19, algorithm 15, with the factor d that its proof uses and its listing lacks.
/// </summary>
/// <param name="Sampling">Order of visits and batch size.</param>
public sealed record OneCoordinate(Sampling Sampling) : StochasticEstimator(Sampling)
{
    /// <inheritdoc/>
    protected override Estimation<T> Begin<T>(IStochasticOracle<T> oracle, Draws draws) => new Run<T>(oracle, Sampling, draws);

    sealed class Run<T>(IStochasticOracle<T> oracle, Sampling sampling, Draws draws) : Estimation<T>
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        readonly SampleStream samples = new(sampling, oracle.Population, draws);
        readonly ulong key = draws.NextWord();
        long taken;

        public override double Estimate(ReadOnlySpan<T> w, Span<T> g)
        {
            double value = oracle.Gradient(w, samples.Next(), g);
            int j = (int)Math.BigMul(Philox.Pair((ulong)taken++, key).A, (ulong)g.Length, out _);
            if (g.IsEmpty) return value;
            T entry = T.CreateTruncating(g.Length) * g[j];
            g.Clear();
            g[j] = entry;
            return value;
        }

        public override void Visit(IStateVisitor visitor)
        {
            samples.Visit(visitor);
            visitor.Number("taken", ref taken);
        }
    }
}
