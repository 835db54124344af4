using Descent.Estimators;
using Descent.Oracles;
using Descent.Rules;
using Descent.Sets;
using Descent.StepSizes;

namespace Descent.Algorithms;

/// <summary>A rule driven by variance-reduced gradients, which need both full and sampled gradients.</summary>
/// <param name="Rule">How the iterate moves.</param>
/// <param name="StepSize">η_t.</param>
/// <param name="Estimator">The variance-reduced estimator.</param>
/// <param name="Set">Projection or proximal map after each step.</param>
public sealed record FiniteSumMethod(IRule Rule, IStepSize StepSize, FiniteSumEstimator Estimator, IProximalMap? Set = null)
    : FirstOrder(Rule, StepSize, Set), IMethod<double, IFiniteSumOracle<double>>, IMethod<float, IFiniteSumOracle<float>>
{
    /// <inheritdoc/>
    public Iteration<double> Start(IFiniteSumOracle<double> oracle, ReadOnlySpan<double> start, Draws draws) =>
        new FirstOrderIteration<double>(oracle, Rule, Estimator.Start(oracle, draws), StepSize, Set, start);

    /// <inheritdoc/>
    public Iteration<float> Start(IFiniteSumOracle<float> oracle, ReadOnlySpan<float> start, Draws draws) =>
        new FirstOrderIteration<float>(oracle, Rule, Estimator.Start(oracle, draws), StepSize, Set, start);
}
