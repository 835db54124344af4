using MathNet.Numerics.LinearAlgebra;

namespace Descent.Mixtures;

public sealed partial class GaussianMixture
{
    // A component below this share of the data's spread, on fewer than these rows a parameter of its mean and scale, is on its way to zero;
    // clusters of many rows may be as far apart as they like.
    const double Spike = 1e-3;
    const int FewRows = 10;

    /// <inheritdoc/>
    public bool Maximise(ReadOnlySpan<double> statistics, Span<double> theta)
    {
        int d = Dimension;
        double all = 0;
        for (int j = 0; j < Components; j++) all += statistics[j * StatisticsOfComponent];
        for (int j = 0; j < Components; j++)
        {
            ReadOnlySpan<double> s = statistics.Slice(j * StatisticsOfComponent, StatisticsOfComponent);
            if (!(s[0] > 0)) return false;
            theta[j] = s[0] / all;
            Span<double> mean = Mean(theta, j), covariance = Covariance(theta, j);
            for (int a = 0, at = 1 + d; a < d; a++)
            {
                for (int b = a; b < d; b++, at++)
                {
                    double c = (s[at] / s[0]) - (s[1 + a] / s[0] * (s[1 + b] / s[0]));
                    covariance[(a * d) + b] = covariance[(b * d) + a] = c;
                }
                mean[a] = (s[1 + a] / s[0]) + centre[a];
            }
        }
        Restrict(theta);
        return IsValid(theta);
    }

    /// <summary>
    /// The smallest eigenvalue of a component's covariance relative to that of all rows, <c>λ_min(T⁻¹Σ_j)</c>, with the component:
    /// the same in all units. Columns that are linearly dependent leave T without an inverse; its diagonal stands in.
    /// </summary>
    public (double Ratio, int Component) SmallestEigenvalue(ReadOnlySpan<double> theta)
    {
        (double ratio, int component) = (double.PositiveInfinity, 0);
        for (int j = 0; j < Components; j++)
        {
            double least = RelativeEigenvalue(theta, j);
            if (least < ratio) (ratio, component) = (least, j);
        }
        return (ratio, component);
    }

    double RelativeEigenvalue(ReadOnlySpan<double> theta, int j)
    {
        double[] covariance = theta.Slice((Components * (1 + Dimension)) + (j * Dimension * Dimension), Dimension * Dimension).ToArray();
        Matrix<double> whole = Matrix<double>.Build.Dense(Dimension, Dimension, (a, b) => covariance[(a * Dimension) + b]);
        return (whitener.Value * whole * whitener.Value.Transpose()).Evd(Symmetricity.Symmetric).EigenValues.Min(v => v.Real);
    }

    /// <inheritdoc/>
    public string? Degeneracy(ReadOnlySpan<double> theta)
    {
        for (int j = 0; j < Components; j++)
        {
            double rows = theta[j] * TotalWeight;
            if (rows >= FewRows * (Dimension + 1)) continue;
            double ratio = RelativeEigenvalue(theta, j);
            if (ratio < Spike)
                return FormattableString.Invariant($"A component of {rows:0.#} rows has a smallest eigenvalue of {ratio:g3} of the ")
                    + "data's: it is a spike, where the likelihood has no upper "
                    + "bound. Take fewer components or a more restricted covariance.";
        }
        return null;
    }

    // Gives all components the mean of their covariances, weighted by the shares.
    void Pool(Span<double> theta)
    {
        Span<double> common = Covariance(theta, 0);
        for (int i = 0; i < common.Length; i++)
        {
            double sum = 0;
            for (int j = 0; j < Components; j++) sum += theta[j] * Covariance(theta, j)[i];
            common[i] = sum;
        }
        for (int j = 1; j < Components; j++) common.CopyTo(Covariance(theta, j));
    }

    void Restrict(Span<double> theta)
    {
        int d = Dimension;
        if (Shape == CovarianceShape.Tied) Pool(theta);
        if (Shape is CovarianceShape.Full or CovarianceShape.Tied) return;
        for (int j = 0; j < Components; j++)
        {
            Span<double> c = Covariance(theta, j);
            double trace = 0;
            for (int a = 0; a < d; a++) trace += c[(a * d) + a];
            for (int a = 0; a < d; a++)
            {
                double own = Shape == CovarianceShape.Spherical ? trace / d : c[(a * d) + a];
                c.Slice(a * d, d).Clear();
                c[(a * d) + a] = own;
            }
        }
    }
}
