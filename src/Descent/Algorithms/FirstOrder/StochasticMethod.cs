using Descent.Estimators;
using Descent.Oracles;
using Descent.Rules;
using Descent.Sets;
using Descent.StepSizes;

namespace Descent.Algorithms;

/// <summary>A rule driven by sampled gradients. B single gradients a step.</summary>
/// <remarks>
/// Plain SGD without a set runs in the objective's own fused loop where there is one; on sparse rows without a penalty,
/// rules that leave coordinates without a gradient alone (AdaGrad, sign descent, FTRL-proximal) take steps of one example on its non-zeros.
/// The trajectories are the same to rounding.
/// </remarks>
/// <param name="Rule">How the iterate moves.</param>
/// <param name="StepSize">η_t.</param>
/// <param name="Estimator">How the gradient is sampled.</param>
/// <param name="Set">Projection or proximal map after each step.</param>
public sealed record StochasticMethod(IRule Rule, IStepSize StepSize, StochasticEstimator Estimator, IProximalMap? Set = null)
    : FirstOrder(Rule, StepSize, Set), IMethod<double, IStochasticOracle<double>>, IMethod<float, IStochasticOracle<float>>
{
    /// <inheritdoc/>
    public Iteration<double> Start(IStochasticOracle<double> oracle, ReadOnlySpan<double> start, Draws draws) =>
        Begin(oracle, Estimator, start, draws);

    /// <inheritdoc/>
    public Iteration<float> Start(IStochasticOracle<float> oracle, ReadOnlySpan<float> start, Draws draws) =>
        Begin(oracle, Estimator, start, draws);

    Iteration<T> Begin<T>(IStochasticOracle<T> oracle, IEstimator<T, IStochasticOracle<T>> estimator, ReadOnlySpan<T> start, Draws draws)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        if (Rule is Sgd && Estimator is Minibatch && Set is null && !StepSize.UsesGradient
            && oracle is ISgdBlockOracle<T> fused && fused.PrefersBlocks(Estimator.Sampling.Batch)
            && (oracle.NonSmooth is null || fused.TruncatesInBlocks))
            return new SgdBlockIteration<T>(fused, Estimator.Sampling, StepSize, start, draws);
        if (Estimator is Minibatch { Sampling.Batch: 1 } && Set is null && !StepSize.UsesGradient
            && oracle is ISupportOracle<T> { SupportOnly: true } sparse
            && Rule.Start<T>(oracle.Layout) is ISupportState<T> and RuleState<T> state)
            return new SupportIteration<T>(sparse, state, Estimator.Sampling, StepSize, start, draws);
        return new FirstOrderIteration<T>(oracle, Rule, estimator.Start(oracle, draws), StepSize, Set, start);
    }
}
