using Descent.Numerics;

namespace Descent.Expectations;

/// <summary>A law <c>z ~ p_θ</c> on ℝ^m that can be drawn from and whose score <c>∇_θ log p_θ(z)</c> is known.</summary>
public interface IScoreLaw
{
    /// <summary>Length of θ, unconstrained.</summary>
    int Parameters { get; }

    /// <summary>m.</summary>
    int Dimension { get; }

    /// <summary>Writes a draw of z, of at most 2²⁰ words of the stream.</summary>
    void Draw(ReadOnlySpan<double> theta, Draws draws, Span<double> z);

    /// <summary>Adds <c>weight · ∇_θ log p_θ(z)</c>.</summary>
    void AddScore(ReadOnlySpan<double> theta, ReadOnlySpan<double> z, double weight, Span<double> gradient);
}
