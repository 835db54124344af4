using Descent.Oracles;

namespace Descent.Estimators;

/// <summary>An estimator that needs sampled gradients only; one description for both element types.</summary>
/// <param name="Sampling">Order of visits and batch size.</param>
public abstract record StochasticEstimator(Sampling Sampling)
    : IEstimator<double, IStochasticOracle<double>>, IEstimator<float, IStochasticOracle<float>>
{
    /// <inheritdoc/>
    public Estimation<double> Start(IStochasticOracle<double> oracle, Draws draws) => Begin(oracle, draws);

    /// <inheritdoc/>
    public Estimation<float> Start(IStochasticOracle<float> oracle, Draws draws) => Begin(oracle, draws);

    /// <summary>Makes the estimation of one run.</summary>
    protected abstract Estimation<T> Begin<T>(IStochasticOracle<T> oracle, Draws draws)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>;
}
