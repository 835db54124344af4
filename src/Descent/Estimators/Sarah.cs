using Descent.Oracles;

namespace Descent.Estimators;

/// <summary>
/// SARAH: <c>v ← ∇f(w_t; ξ_t) − ∇f(w_{t−1}; ξ_t) + v</c>, begun anew with <c>v = ∇F(w)</c> every <c>Period</c> steps.
/// Biased, but its error shrinks with the steps taken. Cost 2B single gradients a step and n a period; memory 3d.
/// Source: Nguyen, Liu, Scheinberg and Takáč 2017.
/// </summary>
/// <param name="Sampling">Order of visits and batch size; the theory is for draws with replacement.</param>
/// <param name="Period">Steps between full gradients; 0 stands for ⌈n/B⌉.</param>
public sealed record Sarah(Sampling Sampling, long Period = 0) : FiniteSumEstimator(Sampling)
{
    /// <summary>Steps between full gradients, ≥ 0.</summary>
    public long Period { get; } = Guard.AtLeast("The period", Period, 0, nameof(Sarah));

    /// <inheritdoc/>
    protected override Estimation<T> Begin<T>(IFiniteSumOracle<T> oracle, Draws draws)
    {
        long period = Period > 0 ? Period : (oracle.Count + Sampling.Batch - 1L) / Sampling.Batch;
        return new RecursiveEstimation<T>(oracle, Sampling, draws, taken => taken % period == 0);
    }
}
