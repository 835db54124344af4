using Descent.Estimators;
using Descent.Oracles;
using Descent.Rules;
using Descent.Sets;
using Descent.StepSizes;

namespace Descent.Algorithms;

/// <summary>A rule driven by variance-reduced gradients, which need both full and sampled gradients.</summary>
/// <remarks>
/// Plain steps of one example on sparse rows cost the non-zeros of the example with SVRG, loopless SVRG, SAG and SAGA,
/// as long as the penalty is the same λ for all coordinates and there is no L1 part:
/// coordinates wait for the next row that meets them, with the same trajectory to rounding.
/// </remarks>
/// <param name="Rule">How the iterate moves.</param>
/// <param name="StepSize">η_t.</param>
/// <param name="Estimator">The variance-reduced estimator.</param>
/// <param name="Set">Projection or proximal map after each step.</param>
public sealed record FiniteSumMethod(IRule Rule, IStepSize StepSize, FiniteSumEstimator Estimator, IProximalMap? Set = null)
    : FirstOrder(Rule, StepSize, Set), IMethod<double, IFiniteSumOracle<double>>, IMethod<float, IFiniteSumOracle<float>>
{
    /// <inheritdoc/>
    public Iteration<double> Start(IFiniteSumOracle<double> oracle, ReadOnlySpan<double> start, Draws draws) =>
        Begin(oracle, Estimator, start, draws);

    /// <inheritdoc/>
    public Iteration<float> Start(IFiniteSumOracle<float> oracle, ReadOnlySpan<float> start, Draws draws) =>
        Begin(oracle, Estimator, start, draws);

    Iteration<T> Begin<T>(IFiniteSumOracle<T> oracle, IEstimator<T, IFiniteSumOracle<T>> estimator, ReadOnlySpan<T> start, Draws draws)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        if (Rule is Sgd && Set is null && Estimator.Sampling.Batch == 1 && !StepSize.UsesGradient
            && oracle is ISupportOracle<T> { CommonPenalty: not double.NaN } sparse
            && Estimator.BeginSparse(sparse, draws) is { } steps)
            return new SparseIteration<T>(sparse, steps, StepSize, start);
        return new FirstOrderIteration<T>(oracle, Rule, estimator.Start(oracle, draws), StepSize, Set, start);
    }
}
