using Descent.Mixtures.Search;
using MathNet.Numerics;

namespace Descent.Mixtures.Laws;

/// <summary>
/// A mixture of products of Poisson laws at θ = π (k), λ (k × d), for rows of any number: <c>log π_j + Σ_c (x_c log λ_jc − λ_jc − log
/// x_c!)</c>,
/// −∞ where a component without events (λ_jc = 0) meets a count. A row costs k·d multiply-adds and d log-gammas.
/// </summary>
public sealed class PoissonMixtureLaw : IMixtureLaw
{
    readonly double[] constants, logs;
    readonly int dimension;

    /// <summary>The law at θ.</summary>
    /// <param name="theta">π, then λ component after component.</param>
    /// <param name="components">k ≥ 1.</param>
    /// <param name="dimension">d ≥ 1.</param>
    /// <exception cref="ArgumentException">A length that does not fit, or a λ below 0.</exception>
    public PoissonMixtureLaw(ReadOnlySpan<double> theta, int components, int dimension)
    {
        if (theta.Length != components * (1 + dimension))
            throw new ArgumentException(
                $"θ needs length {components * (1 + dimension)} for {components} components of {dimension} columns; got {theta.Length}.");
        (Components, this.dimension) = (components, dimension);
        (constants, logs) = (new double[components], new double[components * dimension]);
        for (int j = 0; j < components; j++)
        {
            constants[j] = Math.Log(theta[j]);
            for (int c = 0; c < dimension; c++)
            {
                double mean = theta[components + (j * dimension) + c];
                if (!(mean >= 0)) throw new ArgumentException(FormattableString.Invariant($"A mean of component {j + 1} is {mean}."));
                constants[j] -= mean;
                logs[(j * dimension) + c] = Math.Log(mean);
            }
        }
    }

    /// <inheritdoc/>
    public int Components { get; }

    /// <inheritdoc/>
    public void LogJoints(ReadOnlySpan<double> row, Span<double> joints)
    {
        double factorials = 0;
        for (int c = 0; c < dimension; c++) factorials += SpecialFunctions.GammaLn(row[c] + 1);
        for (int j = 0; j < Components; j++)
        {
            double sum = constants[j] - factorials;
            // 0 · log 0 = 0.
            for (int c = 0; c < dimension; c++) sum += row[c] > 0 ? row[c] * logs[(j * dimension) + c] : 0;
            joints[j] = sum;
        }
    }
}
