using Descent.Numerics;

namespace Descent.Latent;

/// <summary>
/// A latent model whose parameters can be drawn given its complete data: with <see cref="IDrawModel.Draw"/> both halves of a Gibbs sweep.
/// </summary>
public interface IGibbsModel : IDrawModel
{
    /// <summary>
    /// Draws <c>θ ∝ μ(θ) p(x, z | θ)</c> from the sums of sufficient statistics, μ being the model's prior. False where these do not give a
    /// law (an empty component under a flat prior); θ is then as it was or spoilt.
    /// </summary>
    bool DrawParameters(ReadOnlySpan<double> statistics, Draws draws, Span<double> theta);
}
