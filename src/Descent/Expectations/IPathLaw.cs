namespace Descent.Expectations;

/// <summary>A law whose draws are differentiable functions <c>z = z(θ, ε)</c> of noise without parameters (reparameterised).</summary>
public interface IPathLaw : IScoreLaw
{
    /// <summary>Adds <c>weight · (∂z/∂θ)ᵀ slope</c> at the noise that gave z; slope is ∂f/∂z.</summary>
    void AddPath(ReadOnlySpan<double> theta, ReadOnlySpan<double> z, ReadOnlySpan<double> slope, double weight, Span<double> gradient);
}
