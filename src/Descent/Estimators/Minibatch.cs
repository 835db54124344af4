using Descent.Oracles;

namespace Descent.Estimators;

/// <summary>
/// O5: the mean gradient over a batch of B examples. Unbiased; variance σ²/B for independent draws, times (N−B)/(N−1) without replacement.
/// Cost: B single gradients a step. Source: W (4), C algorithm 6.
/// </summary>
/// <param name="Sampling">Order of visits and batch size.</param>
public sealed record Minibatch(Sampling Sampling) : IEstimator<double, IStochasticOracle<double>>, IEstimator<float, IStochasticOracle<float>>
{
    Estimation<double> IEstimator<double, IStochasticOracle<double>>.Start(IStochasticOracle<double> oracle, Draws draws) => new Run<double>(oracle, Sampling, draws);

    Estimation<float> IEstimator<float, IStochasticOracle<float>>.Start(IStochasticOracle<float> oracle, Draws draws) => new Run<float>(oracle, Sampling, draws);

    sealed class Run<T>(IStochasticOracle<T> oracle, Sampling sampling, Draws draws) : Estimation<T>
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        readonly SampleStream samples = new(sampling, oracle.Population, draws);

        public override double Estimate(ReadOnlySpan<T> w, Span<T> g) => oracle.Gradient(w, samples.Next(), g);

        public override void Visit(IStateVisitor visitor) => samples.Visit(visitor);
    }
}
