using Descent.Numerics;

namespace Descent.Expectations;

/// <summary>
/// Independent binary columns, <c>P(z_c = 1) = 1/(1 + e^{−θ_c})</c>. Draws are steps of θ, so there is a score but no path.
/// </summary>
/// <param name="dimension">m ≥ 1.</param>
public sealed class BernoulliColumns(int dimension) : IScoreLaw
{
    /// <inheritdoc/>
    public int Parameters => Dimension;

    /// <inheritdoc/>
    public int Dimension { get; } = (int)Guard.AtLeast("The dimension", dimension, 1, nameof(BernoulliColumns));

    /// <inheritdoc/>
    public void Draw(ReadOnlySpan<double> theta, Draws draws, Span<double> z)
    {
        ArgumentNullException.ThrowIfNull(draws);
        for (int c = 0; c < Dimension; c++) z[c] = draws.NextDouble() < 1 / (1 + Math.Exp(-theta[c])) ? 1 : 0;
    }

    /// <inheritdoc/>
    public void AddScore(ReadOnlySpan<double> theta, ReadOnlySpan<double> z, double weight, Span<double> gradient)
    {
        for (int c = 0; c < Dimension; c++) gradient[c] += weight * (z[c] - (1 / (1 + Math.Exp(-theta[c]))));
    }
}
