using MathNet.Numerics.LinearAlgebra;

namespace Descent.Mixtures;

public sealed partial class GaussianMixture
{
    /// <summary>
    /// For covariances of their own (<see cref="CovarianceShape.Full"/>), under a prior that is flat in shares, means and covariances: <c>π
    /// ~ Dirichlet(1 + N_1, …, 1 + N_k)</c>, <c>Σ_j⁻¹ ~ Wishart(N_j − d − 2, S_j⁻¹)</c> by Bartlett's factor, <c>μ_j ~ N(x̄_j,
    /// Σ_j/N_j)</c>. False where a component has no more than 2d + 1 rows, and for the other shapes (diagonal ones: a mixture of <see
    /// cref="Laws.NormalLaw"/>).
    /// </summary>
    public bool DrawParameters(ReadOnlySpan<double> statistics, Draws draws, Span<double> theta)
    {
        ArgumentNullException.ThrowIfNull(draws);
        if (Shape != CovarianceShape.Full) return false;
        double sum = 0;
        for (int j = 0; j < Components; j++)
        {
            ReadOnlySpan<double> s = statistics.Slice(j * StatisticsOfComponent, StatisticsOfComponent);
            sum += theta[j] = GammaDraw.Next(draws, 1 + s[0]);
            if (!DrawComponent(s, draws, Mean(theta, j), Covariance(theta, j))) return false;
        }
        for (int j = 0; j < Components; j++) theta[j] /= sum;
        return true;
    }

    bool DrawComponent(ReadOnlySpan<double> s, Draws draws, Span<double> mean, Span<double> covariance)
    {
        int d = Dimension;
        double n = s[0];
        if (!(n > (2 * d) + 1)) return false;
        double[] scatter = new double[d * d], inverse = new double[d * (d + 1) / 2];
        for (int a = 0, at = 1 + d; a < d; a++)
        {
            for (int b = a; b < d; b++, at++) scatter[(a * d) + b] = scatter[(b * d) + a] = s[at] - (s[1 + a] * s[1 + b] / n);
        }
        if (!PackedFactor.Inverse(scatter, Dimension, inverse, out _)) return false;
        // S = LLᵀ, Σ⁻¹ = L⁻ᵀAAᵀL⁻¹ with Bartlett's A, so Σ = BBᵀ with B = (AᵀL⁻¹)⁻¹.
        Matrix<double> root = Matrix<double>.Build.Dense(d, d, (a, b) => b <= a ? inverse[(a * (a + 1) / 2) + b] : 0);
        Matrix<double> factor = (Bartlett(draws, n - d - 2).Transpose() * root).Inverse(), drawn = factor * factor.Transpose();
        Vector<double> shift = factor * Vector<double>.Build.Dense(d, _ => draws.NextNormal()) / Math.Sqrt(n);
        for (int a = 0; a < d; a++)
        {
            mean[a] = centre[a] + (s[1 + a] / n) + shift[a];
            for (int b = 0; b < d; b++) covariance[(a * d) + b] = drawn[a, b];
        }
        return true;
    }

    // Lower triangular: roots of χ² with ν, ν − 1, … degrees on the diagonal, normals below. AAᵀ ~ Wishart(ν, I).
    Matrix<double> Bartlett(Draws draws, double degrees)
    {
        Matrix<double> a = Matrix<double>.Build.Dense(Dimension, Dimension);
        for (int i = 0; i < Dimension; i++)
        {
            a[i, i] = Math.Sqrt(2 * GammaDraw.Next(draws, 0.5 * (degrees - i)));
            for (int j = 0; j < i; j++) a[i, j] = draws.NextNormal();
        }
        return a;
    }
}
