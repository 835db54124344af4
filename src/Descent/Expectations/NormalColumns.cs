using Descent.Numerics;

namespace Descent.Expectations;

/// <summary>Independent normals, <c>z_c = μ_c + e^{τ_c} ε_c</c>: θ is μ (m), then τ = log σ (m).</summary>
/// <param name="dimension">m ≥ 1.</param>
public sealed class NormalColumns(int dimension) : IPathLaw
{
    /// <inheritdoc/>
    public int Parameters => 2 * Dimension;

    /// <inheritdoc/>
    public int Dimension { get; } = (int)Guard.AtLeast("The dimension", dimension, 1, nameof(NormalColumns));

    /// <inheritdoc/>
    public void Draw(ReadOnlySpan<double> theta, Draws draws, Span<double> z)
    {
        ArgumentNullException.ThrowIfNull(draws);
        for (int c = 0; c < Dimension; c++) z[c] = theta[c] + (Math.Exp(theta[Dimension + c]) * draws.NextNormal());
    }

    /// <inheritdoc/>
    public void AddScore(ReadOnlySpan<double> theta, ReadOnlySpan<double> z, double weight, Span<double> gradient)
    {
        for (int c = 0; c < Dimension; c++)
        {
            double sd = Math.Exp(theta[Dimension + c]), e = (z[c] - theta[c]) / sd;
            gradient[c] += weight * e / sd;
            gradient[Dimension + c] += weight * ((e * e) - 1);
        }
    }

    /// <inheritdoc/>
    public void AddPath(ReadOnlySpan<double> theta, ReadOnlySpan<double> z, ReadOnlySpan<double> slope, double weight,
        Span<double> gradient)
    {
        for (int c = 0; c < Dimension; c++)
        {
            gradient[c] += weight * slope[c];
            // ∂z/∂τ = e^τ ε = z − μ.
            gradient[Dimension + c] += weight * slope[c] * (z[c] - theta[c]);
        }
    }
}
