namespace Descent.Mixtures;

public sealed partial class GaussianMixture
{
    // A variance below this share of its column's is on its way to zero.
    const double Spike = 1e-3;

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

    /// <summary>The smallest variance of a component along a coordinate given those before it, over that coordinate's variance in all rows: near zero the component is a spike.</summary>
    public double SmallestVarianceRatio(ReadOnlySpan<double> theta)
    {
        double smallest = double.PositiveInfinity;
        double[] packed = new double[Dimension * (Dimension + 1) / 2];
        for (int j = 0; j < Components; j++)
        {
            if (!InverseFactor(theta.Slice((Components * (1 + Dimension)) + (j * Dimension * Dimension), Dimension * Dimension), packed, out _)) return 0;
            for (int i = 0; i < Dimension; i++)
            {
                double pivot = packed[(i * (i + 1) / 2) + i];
                smallest = Math.Min(smallest, 1 / (pivot * pivot * spread[i]));
            }
        }
        return smallest;
    }

    /// <inheritdoc/>
    public string? Degeneracy(ReadOnlySpan<double> theta)
    {
        double ratio = SmallestVarianceRatio(theta);
        return ratio >= Spike ? null : FormattableString.Invariant(
            $"A component has a variance of {ratio:g3} of its column's: it sits on a few rows, where the likelihood has no upper bound. Take fewer components or a more restricted covariance.");
    }

    void Restrict(Span<double> theta)
    {
        int d = Dimension;
        if (Shape == CovarianceShape.Tied)
        {
            Span<double> common = Covariance(theta, 0);
            for (int i = 0; i < d * d; i++)
            {
                double sum = 0;
                for (int j = 0; j < Components; j++) sum += theta[j] * Covariance(theta, j)[i];
                common[i] = sum;
            }
            for (int j = 1; j < Components; j++) common.CopyTo(Covariance(theta, j));
        }
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
