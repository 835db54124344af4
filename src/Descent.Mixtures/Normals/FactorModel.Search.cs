using Descent.Mixtures.Search;
using MathNet.Numerics.LinearAlgebra;

namespace Descent.Mixtures.Normals;

// What a search over starts asks of the model: its components are its factors.
public sealed partial class FactorModel : IMixture
{
    /// <summary>Factors, q.</summary>
    public int Components => q;

    /// <inheritdoc/>
    public string Collapse => "A column keeps nothing to itself: the factors explain it wholly (a Heywood case), and its variance runs to "
        + "zero. Take fewer factors.";

    /// <summary>
    /// The most factors that covariances of d columns can tell: <c>(d − q)² ≥ d + q</c> with a variance for each column (Ledermann 1937),
    /// d −
    /// 1 with one for all.
    /// </summary>
    public static int MostFactors(int dimension, bool isotropic)
    {
        int q = dimension - 1;
        while (!isotropic && q > 0 && (dimension - q) * (dimension - q) < dimension + q) q--;
        return q;
    }

    /// <summary>A start by the draws, always one: see <see cref="Start(Draws)"/>.</summary>
    public bool Start(Draws draws, Span<double> theta)
    {
        Start(draws).CopyTo(theta);
        return true;
    }

    /// <summary>Means, loadings and standard deviations of what the factors leave, in the columns' scales: the largest
    /// difference.</summary>
    public double Distance(ReadOnlySpan<double> a, ReadOnlySpan<double> b)
    {
        double most = 0;
        for (int i = 0; i < Parameters; i++)
        {
            int at = i - (d * (1 + q));
            double gap = at >= 0 ? Math.Abs(Math.Sqrt(a[i]) - Math.Sqrt(b[i])) / scales[at]
                : Math.Abs(a[i] - b[i]) / scales[i < d ? i : (i - d) / q];
            if (!(gap <= most)) most = gap;
        }
        return most;
    }

    /// <summary>
    /// Rotates the factors until <c>ΛᵀΨ⁻¹Λ</c> is diagonal, the largest entry first, and makes the sum of each factor's loadings, in the
    /// columns' scales, positive: the law stays the same.
    /// </summary>
    public void Order(Span<double> theta)
    {
        double[] old = theta.ToArray();
        Matrix<double> loadings = Matrix<double>.Build.Dense(d, q, (c, j) => old[d + (c * q) + j]);
        Matrix<double> scaled = Matrix<double>.Build.Dense(d, q, (c, j) => old[d + (c * q) + j] / Math.Sqrt(old[(d * (1 + q)) + c]));
        Matrix<double> rotated = loadings * (scaled.Transpose() * scaled).Evd(Symmetricity.Symmetric).EigenVectors;
        for (int j = 0; j < q; j++)
        {
            // Eigenvalues come in ascending order.
            Vector<double> column = rotated.Column(q - 1 - j);
            double sum = 0;
            for (int c = 0; c < d; c++) sum += column[c] / scales[c];
            for (int c = 0; c < d; c++) theta[d + (c * q) + j] = sum < 0 ? -column[c] : column[c];
        }
    }

    /// <summary>Writes the factor scores of each row (n × q) in the place of responsibilities; the entropy is 0, no row being
    /// allocated.</summary>
    public double Responsibilities(ReadOnlySpan<double> theta, Span<double> shares)
    {
        Scores(theta, shares);
        return 0;
    }
}
