using Descent.Mixtures.Search;
using MathNet.Numerics.LinearAlgebra;

namespace Descent.Mixtures;

// What a search over starts asks of the mixture.
public sealed partial class GaussianMixture : IMixture
{
    /// <inheritdoc/>
    public string Collapse => "A component shrank onto rows that have no spread of their own, where the likelihood has no upper bound. "
        + "Take fewer components or a more restricted covariance.";

    /// <summary>Shares as they are, means in standard deviations of their columns, covariances in products of two:
    /// the largest difference.</summary>
    public double Distance(ReadOnlySpan<double> a, ReadOnlySpan<double> b)
    {
        double most = 0;
        for (int i = 0; i < Parameters; i++)
        {
            int at = i - (Components * (1 + Dimension));
            double unit = i < Components ? 1 : at < 0 ? Math.Sqrt(spread[(i - Components) % Dimension])
                : Math.Sqrt(spread[at / Dimension % Dimension] * spread[at % Dimension]);
            double gap = Math.Abs(a[i] - b[i]) / unit;
            if (!(gap <= most)) most = gap;
        }
        return most;
    }

    /// <inheritdoc/>
    public void Order(Span<double> theta)
    {
        double[] old = theta.ToArray();
        int[] order = [.. Enumerable.Range(0, Components).OrderByDescending(j => old[j])];
        for (int j = 0; j < Components; j++)
        {
            theta[j] = old[order[j]];
            Mean(old, order[j]).CopyTo(Mean(theta, j));
            Covariance(old, order[j]).CopyTo(Covariance(theta, j));
        }
    }

    /// <inheritdoc/>
    public double Responsibilities(ReadOnlySpan<double> theta, Span<double> shares)
    {
        if (shares.Length != Count * Components)
            throw new ArgumentException($"The responsibilities need length {Count * Components} (rows × components); got {shares.Length}.");
        double[] factors = new double[FactorLength];
        if (!Factors(theta, factors))
        {
            shares.Fill(double.NaN);
            return double.NaN;
        }
        double entropy = 0;
        for (int i = 0; i < Count; i++) entropy -= Share(factors, i, shares.Slice(i * Components, Components));
        return entropy;
    }

    /// <inheritdoc/>
    public double Entropy(ReadOnlySpan<double> theta)
    {
        double[] factors = new double[FactorLength], shares = new double[Components];
        if (!Factors(theta, factors)) return double.NaN;
        double entropy = 0;
        for (int i = 0; i < Count; i++) entropy -= Share(factors, i, shares);
        return entropy;
    }

    /// <summary>One pass for the gradient, two for each of the p free parameters where p ≤ 500: O(p·n·k·d²).</summary>
    public LocalCertificate Certify(ReadOnlySpan<double> theta) => Curvature.Certify(new LocalScore(this, theta), QuantitiesOf);

    /// <inheritdoc/>
    public LocalCertificate? Supplement(ReadOnlySpan<double> theta) =>
        Curvature.Supplement(this, new LocalScore(this, theta), QuantitiesOf);

    // Writes r_ij and returns w Σ_j r log r.
    double Share(ReadOnlySpan<double> factors, int row, Span<double> r)
    {
        double top = double.NegativeInfinity, sum = 0, logs = 0;
        for (int j = 0; j < Components; j++)
        {
            r[j] = LogJoint(factors.Slice(j * FactorOfComponent, FactorOfComponent), row);
            top = Math.Max(top, r[j]);
        }
        for (int j = 0; j < Components; j++) sum += r[j] = Math.Exp(r[j] - top);
        for (int j = 0; j < Components; j++)
        {
            r[j] /= sum;
            if (r[j] > 0) logs += r[j] * Math.Log(r[j]);
        }
        return WeightOf(row) * logs;
    }

    // L⁻¹ of the covariance LLᵀ of all rows.
    Matrix<double> Whitener()
    {
        Matrix<double> whole = Matrix<double>.Build.Dense(Dimension, Dimension);
        for (int a = 0; a < Dimension; a++)
            for (int b = a; b < Dimension; b++)
            {
                double sum = 0;
                for (int i = 0; i < Count; i++) sum += WeightOf(i) * data[(a * stride) + i] * data[(b * stride) + i];
                whole[a, b] = whole[b, a] = sum / TotalWeight;
            }
        double[] packed = new double[Dimension * (Dimension + 1) / 2];
        bool proper = PackedFactor.Inverse(whole.ToRowMajorArray(), Dimension, packed, out _);
        return Matrix<double>.Build.Dense(Dimension, Dimension,
            (a, b) => proper ? b <= a ? packed[(a * (a + 1) / 2) + b] : 0 : a == b ? 1 / Math.Sqrt(spread[a]) : 0);
    }

    /// <summary>Mean of a component less that of all rows.</summary>
    internal Vector<double> FromCentre(double[] theta, int j) =>
        Vector<double>.Build.Dense(Dimension, a => theta[Components + (j * Dimension) + a] - centre[a]);

    // Shares, means, standard deviations, and where the shape has correlations the covariances of the pairs (b < a, row by row).
    internal double[] QuantitiesOf(double[] theta)
    {
        int pairs = Shape is CovarianceShape.Full or CovarianceShape.Tied ? Dimension * (Dimension - 1) / 2 : 0;
        int at = Components * (1 + Dimension);
        double[] all = new double[at + (Components * (Dimension + pairs))];
        theta.AsSpan(0, at).CopyTo(all);
        for (int j = 0; j < Components; j++)
            for (int a = 0; a < Dimension; a++) all[at++] = Math.Sqrt(Covariance(theta, j)[(a * Dimension) + a]);
        for (int j = 0; j < Components && pairs > 0; j++)
            for (int a = 1; a < Dimension; a++)
                for (int b = 0; b < a; b++) all[at++] = Covariance(theta, j)[(a * Dimension) + b];
        return all;
    }
}
