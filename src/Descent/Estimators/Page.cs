using Descent.Oracles;

namespace Descent.Estimators;

/// <summary>
/// PAGE: with probability p the full gradient, otherwise <c>v ← v + ∇f(w_t; ξ_t) − ∇f(w_{t−1}; ξ_t)</c>.
/// Optimal for smooth non-convex finite sums with <c>η = 1/(H(1 + √((1−p)/(pB))))</c>.
/// Cost pn + (1−p)2B single gradients a step in mean; memory 3d. Source: Li, Bao, Zhang and Richtárik 2021.
/// </summary>
/// <param name="Sampling">Order of visits and batch size B; the theory is for draws with replacement.</param>
/// <param name="Probability">p in (0, 1]; 0 stands for the published B/(n + B).</param>
public sealed record Page(Sampling Sampling, double Probability = 0) : FiniteSumEstimator(Sampling)
{
    /// <summary>p.</summary>
    public double Probability { get; } = Probability is >= 0 and <= 1
        ? Probability
        : throw new ArgumentOutOfRangeException(null, FormattableString.Invariant($"p must lie in [0, 1]; got {Probability} (Page)."));

    /// <inheritdoc/>
    protected override Estimation<T> Begin<T>(IFiniteSumOracle<T> oracle, Draws draws)
    {
        double p = Probability > 0 ? Probability : (double)Sampling.Batch / (oracle.Count + Sampling.Batch);
        Coin coin = new(draws.Split(2));
        return new RecursiveEstimation<T>(oracle, Sampling, draws, taken => coin.Falls(taken, p));
    }
}
