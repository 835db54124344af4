using Descent.Algorithms;
using Descent.Estimators;
using Descent.Oracles;
using Descent.Rules;
using Descent.StepSizes;

namespace Descent.Parallel;

/// <summary>
/// Staleness simulator (D4): <c>w_{t+1} = w_t − η g(w_{t−τ_t}; ξ_t)</c>, any rule in place of the plain step; the delays follow a law that
/// does not look at the samples. Deterministic and replayable. Source: C 19; guarantee G14.
/// </summary>
/// <remarks>On a quadratic of curvature h under the constant delay τ it is <c>w_{t+1} = w_t − ηh w_{t−τ}</c>, stable exactly when
/// <c>ηh &lt; 2 sin(π/(2(2τ+1)))</c> (<see cref="StabilityLimit"/>). A step costs d for the copy that is kept, even on sparse rows.
/// Memory: (τ + 2)d.</remarks>
/// <param name="Rule">How the iterate moves; its gradient is asked at the iterate.</param>
/// <param name="StepSize">η_t.</param>
/// <param name="Estimator">How the gradient is sampled.</param>
/// <param name="Delay">τ_t.</param>
public sealed record Delayed(IRule Rule, IStepSize StepSize, StochasticEstimator Estimator, IDelayLaw Delay)
    : IMethod<double, IStochasticOracle<double>>, IMethod<float, IStochasticOracle<float>>
{
    /// <inheritdoc/>
    public string Recursion => $"{Rule.Recursion}, g at the weights τ_t steps before, {Delay.Description};  {StepSize}";

    /// <summary>The largest stable ηh on a quadratic of curvature h under the constant delay τ: <c>2 sin(π/(2(2τ+1)))</c>, which is 2
    /// for τ = 0 and about π/(2τ) for large τ.</summary>
    /// <remarks>The roots of <c>z^{τ+1} − z^τ + ηh</c> leave the unit circle first at <c>z = e^{iθ}</c>, <c>θ = π/(2τ+1)</c>, where
    /// <c>|1 − z| = 2 sin(θ/2)</c>.</remarks>
    /// <param name="delay">τ ≥ 0.</param>
    public static double StabilityLimit(int delay) => 2 * Math.Sin(Math.PI / (2 * ((2.0 * delay) + 1)));

    /// <inheritdoc/>
    public Iteration<double> Start(IStochasticOracle<double> oracle, ReadOnlySpan<double> start, Draws draws) =>
        new DelayedIteration<double>(this, oracle, Estimator.Start(oracle, draws), start, draws);

    /// <inheritdoc/>
    public Iteration<float> Start(IStochasticOracle<float> oracle, ReadOnlySpan<float> start, Draws draws) =>
        new DelayedIteration<float>(this, oracle, Estimator.Start(oracle, draws), start, draws);
}
