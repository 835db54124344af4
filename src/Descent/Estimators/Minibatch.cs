using Descent.Oracles;

namespace Descent.Estimators;

/// <summary>
/// O5: the mean gradient over a batch of B examples. Unbiased; variance σ²/B for independent draws, times (N−B)/(N−1) without replacement.
/// Cost: B single gradients a step. Source: W (4), C algorithm 6.
/// </summary>
/// <param name="Sampling">Order of visits and batch size.</param>
public sealed record Minibatch(Sampling Sampling) : StochasticEstimator(Sampling)
{
    /// <inheritdoc/>
    protected override Estimation<T> Begin<T>(IStochasticOracle<T> oracle, Draws draws) => new Run<T>(oracle, Sampling, draws);

    sealed class Run<T>(IStochasticOracle<T> oracle, Sampling sampling, Draws draws) : Estimation<T>
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        readonly SampleStream samples = new(sampling, oracle.Population, draws);

        public override double Estimate(ReadOnlySpan<T> w, Span<T> g) => oracle.Gradient(w, samples.Next(), g);

        public override void Visit(IStateVisitor visitor) => samples.Visit(visitor);
    }
}
