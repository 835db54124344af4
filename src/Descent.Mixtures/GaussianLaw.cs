using Descent.Mixtures.Search;

namespace Descent.Mixtures;

/// <summary>
/// A Gaussian mixture at θ = π (k), μ (k × d), Σ (k × d × d), for rows of any number: <c>log π_j − ½(d log 2π + log det Σ_j + δ_j)</c>, δ_j
/// the squared Mahalanobis distance. A row costs k·d² multiply-adds.
/// </summary>
public sealed class GaussianLaw : IMixtureLaw
{
    readonly double[] means, constants, inverses;
    readonly int dimension;

    /// <summary>The law at θ.</summary>
    /// <exception cref="ArgumentException">A length that does not fit, or a Σ_j that is not positive definite.</exception>
    public GaussianLaw(ReadOnlySpan<double> theta, int components, int dimension)
    {
        int d = dimension, k = components;
        if (theta.Length != k * (1 + d + (d * d)))
            throw new ArgumentException(
                $"θ needs length {k * (1 + d + (d * d))} for {k} components in {d} dimensions; got {theta.Length}.");
        (Components, this.dimension) = (k, d);
        (means, constants, inverses) = (theta.Slice(k, k * d).ToArray(), new double[k], new double[k * d * (d + 1) / 2]);
        for (int j = 0; j < k; j++)
        {
            Span<double> inverse = inverses.AsSpan(j * d * (d + 1) / 2, d * (d + 1) / 2);
            if (!PackedFactor.Inverse(theta.Slice((k * (1 + d)) + (j * d * d), d * d), d, inverse, out double logDeterminant))
                throw new ArgumentException($"The covariance of component {j + 1} is not positive definite.");
            constants[j] = Math.Log(theta[j]) - (0.5 * ((d * Math.Log(2 * Math.PI)) + logDeterminant));
        }
    }

    /// <inheritdoc/>
    public int Components { get; }

    /// <inheritdoc/>
    public void LogJoints(ReadOnlySpan<double> row, Span<double> joints)
    {
        for (int j = 0; j < Components; j++) joints[j] = constants[j] - (0.5 * Distance(row, j));
    }

    // ‖L⁻¹(x − μ)‖².
    double Distance(ReadOnlySpan<double> row, int j)
    {
        double sum = 0;
        for (int i = 0, at = j * dimension * (dimension + 1) / 2; i < dimension; i++)
        {
            double y = 0;
            for (int c = 0; c <= i; c++, at++) y += inverses[at] * (row[c] - means[(j * dimension) + c]);
            sum += y * y;
        }
        return sum;
    }
}
