using Descent.Oracles;

namespace Descent.Estimators;

/// <summary>
/// Compressed gradients with error feedback: a batch is cut by position among K workers, each of which sends
/// <c>Δ_k = C(g_k + e_k)</c> and keeps <c>e_k ← g_k + e_k − Δ_k</c>; the estimate is <c>g = Σ_k (B_k/B) Δ_k</c>, added in order.
/// For a constant η and batches of one size the steps of SGD on it are those of SGD at other points: <c>w_t − η ē_t</c>, ē the mean of the
/// errors, moves by the mean of the g_k. Source: Stich and Karimireddy 2020; Karimireddy et al. 2019.
/// </summary>
/// <remarks>
/// Workers are virtual: K, and not who computes them, decides the bits; ranks share them, and messages alone travel. Without feedback sign
/// and top-k may end elsewhere than at the optimum. Cost: B single gradients a step, and O(Kd) for the messages; memory 2K·d.
/// </remarks>
/// <param name="Sampling">Order of visits and batch size B.</param>
/// <param name="Compression">How a worker's vector is written.</param>
/// <param name="Parts">K ≥ 1 workers.</param>
/// <param name="Ranks">The ranks that share the workers; null for this process alone. It has one thread.</param>
/// <param name="Feedback">Whether what was not sent is kept, and sent later.</param>
public sealed record Compressed(Sampling Sampling, GradientCompression Compression, int Parts = 1, Workers? Ranks = null,
    bool Feedback = true) : StochasticEstimator(Sampling)
{
    /// <summary>K.</summary>
    public int Parts { get; } = (int)Guard.AtLeast("The number of workers", Parts, 1, nameof(Compressed));

    /// <summary>How a worker's vector is written.</summary>
    public GradientCompression Compression { get; } = Guard.Given("The compression", Compression, nameof(Compressed));

    /// <inheritdoc/>
    protected override Estimation<T> Begin<T>(IStochasticOracle<T> oracle, Draws draws) => new CompressedEstimation<T>(this, oracle, draws);
}
