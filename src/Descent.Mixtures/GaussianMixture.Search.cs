using Descent.Mixtures.Search;
using MathNet.Numerics.LinearAlgebra;

namespace Descent.Mixtures;

// What a search over starts asks of the mixture.
public sealed partial class GaussianMixture : IMixture
{
    // Step of the differences of the score, in coordinates without units: its square and rounding over it are both about 1e-10.
    const double Step = 1e-5;

    // Coordinates beyond which the Hessian, one pass over the rows each way, is not computed.
    const int MostCurved = 500;

    /// <summary>Shares as they are, means in standard deviations of their columns, covariances in products of two: the largest difference.</summary>
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
        for (int i = 0; i < Count; i++)
        {
            Span<double> r = shares.Slice(i * Components, Components);
            double top = double.NegativeInfinity, sum = 0;
            for (int j = 0; j < Components; j++)
            {
                r[j] = LogJoint(factors.AsSpan(j * FactorOfComponent, FactorOfComponent), i);
                top = Math.Max(top, r[j]);
            }
            for (int j = 0; j < Components; j++) sum += r[j] = Math.Exp(r[j] - top);
            for (int j = 0; j < Components; j++)
            {
                r[j] /= sum;
                if (r[j] > 0) entropy -= weights[i] * r[j] * Math.Log(r[j]);
            }
        }
        return entropy;
    }

    /// <summary>One pass for the gradient, two for each of the p free parameters where p ≤ 500: O(p·n·k·d²).</summary>
    public LocalCertificate Certify(ReadOnlySpan<double> theta)
    {
        LocalScore score = new(this, theta);
        int p = score.Length;
        double[] at = new double[p], gradient = new double[p];
        double[] quantities = Quantities([.. theta]);
        if (!score.Gradient(at, gradient)) return new LocalCertificate(double.NaN, double.NaN, double.NaN, [], quantities);
        double norm = Vector<double>.Build.DenseOfArray(gradient).L2Norm();
        if (p > MostCurved || Hessian(score) is not { } raw) return new LocalCertificate(norm, double.NaN, double.NaN, [], quantities);
        Matrix<double> hessian = (raw + raw.Transpose()) / 2;
        double largest = hessian.Evd(Symmetricity.Symmetric).EigenValues.Max(v => v.Real);
        // Exact second derivatives are symmetric: what is not is the error of the differences.
        if (!(largest < -(raw - raw.Transpose()).FrobeniusNorm())) return new LocalCertificate(norm, largest, double.NaN, [], quantities);
        Matrix<double> covariance = (-hessian).Inverse();
        Vector<double> g = Vector<double>.Build.DenseOfArray(gradient);
        return new LocalCertificate(norm, largest, 0.5 * g.DotProduct(covariance * g), Errors(score, covariance), quantities);
    }

    // L⁻¹ of the covariance LLᵀ of all rows.
    Matrix<double> Whitener()
    {
        Matrix<double> whole = Matrix<double>.Build.Dense(Dimension, Dimension);
        for (int a = 0; a < Dimension; a++)
            for (int b = a; b < Dimension; b++)
            {
                double sum = 0;
                for (int i = 0; i < Count; i++) sum += weights[i] * data[(a * stride) + i] * data[(b * stride) + i];
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

    static Matrix<double>? Hessian(LocalScore score)
    {
        int p = score.Length;
        double[] at = new double[p], up = new double[p], down = new double[p];
        Matrix<double> h = Matrix<double>.Build.Dense(p, p);
        for (int i = 0; i < p; i++)
        {
            at[i] = Step;
            bool inside = score.Gradient(at, up);
            at[i] = -Step;
            inside &= score.Gradient(at, down);
            at[i] = 0;
            if (!inside) return null;
            for (int j = 0; j < p; j++) h[i, j] = (up[j] - down[j]) / (2 * Step);
        }
        return h;
    }

    // The delta method: errors of quantities whose derivatives along the coordinates are differences.
    double[] Errors(LocalScore score, Matrix<double> covariance)
    {
        int p = score.Length;
        double[] at = new double[p];
        List<Vector<double>> slopes = [];
        for (int i = 0; i < p; i++)
        {
            at[i] = Step;
            double[] up = Quantities(score.At(at));
            at[i] = -Step;
            double[] down = Quantities(score.At(at));
            at[i] = 0;
            slopes.Add(Vector<double>.Build.Dense(up.Length, q => (up[q] - down[q]) / (2 * Step)));
        }
        Matrix<double> j = Matrix<double>.Build.DenseOfColumnVectors(slopes), c = j * covariance * j.Transpose();
        return [.. c.Diagonal().Select(v => Math.Sqrt(Math.Max(v, 0)))];
    }

    // Shares, means, standard deviations, and where the shape has correlations the covariances of the pairs (b < a, row by row).
    double[] Quantities(double[] theta)
    {
        int pairs = Shape is CovarianceShape.Full or CovarianceShape.Tied ? Dimension * (Dimension - 1) / 2 : 0, at = Components * (1 + Dimension);
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
