using Descent.Oracles;

namespace Descent.Estimators;

/// <summary>An estimator that needs full and sampled gradients of a finite sum; one description for both element types.</summary>
/// <param name="Sampling">Order of visits and batch size.</param>
public abstract record FiniteSumEstimator(Sampling Sampling)
    : IEstimator<double, IFiniteSumOracle<double>>, IEstimator<float, IFiniteSumOracle<float>>
{
    /// <inheritdoc/>
    public Estimation<double> Start(IFiniteSumOracle<double> oracle, Draws draws) => Begin(oracle, draws);

    /// <inheritdoc/>
    public Estimation<float> Start(IFiniteSumOracle<float> oracle, Draws draws) => Begin(oracle, draws);

    /// <summary>The estimation of one run on sparse rows, one example a step; null when there is none.</summary>
    internal virtual SparseEstimation<T>? BeginSparse<T>(ISupportOracle<T> oracle, Draws draws)
        where T : unmanaged, IBinaryFloatingPointIeee754<T> => null;

    /// <summary>Makes the estimation of one run.</summary>
    protected abstract Estimation<T> Begin<T>(IFiniteSumOracle<T> oracle, Draws draws)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>;
}
