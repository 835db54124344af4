namespace Descent.Latent;

/// <summary>A latent model whose missing part can be drawn given the data, <c>z ~ p(z | x, θ)</c>:
/// what stochastic EM, SAEM and score-function gradients ask beside it.</summary>
public interface IDrawModel : ILatentModel
{
    /// <summary>Adds <c>s(x_i, z_i)</c> with one draw of z_i a row to <paramref name="statistics"/>,
    /// for the rows first … first + count − 1. The draw of a row depends on key and row alone.</summary>
    void Draw(ReadOnlySpan<double> theta, int first, int count, ulong key, Span<double> statistics);
}
