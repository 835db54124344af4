using Descent.Estimators;
using Descent.Oracles;
using Descent.Rules;
using Descent.Sets;
using Descent.StepSizes;

namespace Descent.Algorithms;

/// <summary>A rule driven by exact gradients. One full gradient a step.</summary>
/// <param name="Rule">How the iterate moves.</param>
/// <param name="StepSize">η_t.</param>
/// <param name="Set">Projection or proximal map after each step.</param>
public sealed record GradientMethod(IRule Rule, IStepSize StepSize, IProximalMap? Set = null)
    : FirstOrder(Rule, StepSize, Set), IMethod<double, IGradientOracle<double>>, IMethod<float, IGradientOracle<float>>
{
    static readonly FullGradient Estimator = new();

    /// <inheritdoc/>
    public Iteration<double> Start(IGradientOracle<double> oracle, ReadOnlySpan<double> start, Draws draws) =>
        new FirstOrderIteration<double>(oracle, Rule, ((IEstimator<double, IGradientOracle<double>>)Estimator).Start(oracle, draws),
            StepSize, Set, start);

    /// <inheritdoc/>
    public Iteration<float> Start(IGradientOracle<float> oracle, ReadOnlySpan<float> start, Draws draws) =>
        new FirstOrderIteration<float>(oracle, Rule, ((IEstimator<float, IGradientOracle<float>>)Estimator).Start(oracle, draws), StepSize,
            Set, start);
}
