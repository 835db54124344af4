namespace Descent.Latent;

/// <summary>
/// A latent model whose complete-data score is known in unconstrained coordinates w, <c>∇_w log p(x_i, z | w)</c>: by Fisher's identity its
/// mean over z given x_i is the score of the observed likelihood. What <see cref="LatentObjective"/> asks.
/// </summary>
public interface IScoredModel
{
    /// <summary>Length of w.</summary>
    int Coordinates { get; }

    /// <summary>Rows, n.</summary>
    int Count { get; }

    /// <summary>
    /// Adds <c>Σ E[∇ log p(x_i, z | w) | x_i, w]</c> over the rows to <paramref name="score"/>, z enumerated or integrated out, and returns
    /// their log-likelihood; NaN outside the parameter space.
    /// </summary>
    double Score(ReadOnlySpan<double> w, ReadOnlySpan<int> rows, Span<double> score);

    /// <summary>
    /// Adds <c>Σ ∇ log p(x_i, z_i | w)</c> with one draw of z_i given x_i a row. The draw depends on key and place in the list alone.
    /// </summary>
    /// <returns>The rows' log-likelihood; NaN outside the parameter space.</returns>
    double DrawScore(ReadOnlySpan<double> w, ReadOnlySpan<int> rows, ulong key, Span<double> score);
}
