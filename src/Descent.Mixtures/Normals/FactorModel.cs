using System.Buffers;
using Descent.Latent;
using Descent.Mixtures.Laws;
using Descent.Mixtures.Search;

namespace Descent.Mixtures.Normals;

/// <summary>
/// Factors behind columns: <c>x | z ~ N(μ + Λz, Ψ)</c>, <c>z ~ N(0, I_q)</c>, so that <c>x ~ N(μ, ΛΛᵀ + Ψ)</c>. Ψ is diagonal (factor
/// analysis) or σ²I (probabilistic PCA). θ is μ (d), Λ (d × q, row-major), the diagonal of Ψ (d; equal where it is σ²I).
/// </summary>
/// <remarks>
/// Statistics: Σw, ΣwE[uuᵀ] (packed) and ΣwxE[u]ᵀ with u = (1, z), Σwx² by columns. A pass costs n·d·q. Λ is determined up to a rotation
/// of z. Sources: Rubin and Thayer (1982); Tipping and Bishop (1999).
/// </remarks>
public sealed partial class FactorModel
{
    // A share of its column's variance below which a unique variance is on its way to zero (Heywood's case).
    const double Heywood = 1e-5;
    readonly double[] data, weights, means, scales, frame;
    readonly int d, q, packed;

    /// <summary>Takes a copy of the rows.</summary>
    /// <param name="rows">n × d, row-major, finite; no column constant; n &gt; d.</param>
    /// <param name="dimension">d ≥ 2.</param>
    /// <param name="factors">q, 1 … d − 1.</param>
    /// <param name="isotropic">Whether Ψ = σ²I (probabilistic PCA); otherwise each column has a variance of its own.</param>
    /// <param name="weights">A weight ≥ 0 for each row; none for ones.</param>
    /// <exception cref="ArgumentException">
    /// Lengths that do not fit, numbers that are not finite, a constant column, too many factors.
    /// </exception>
    public FactorModel(ReadOnlySpan<double> rows, int dimension, int factors, bool isotropic = false,
        ReadOnlySpan<double> weights = default)
    {
        Count = Rows.Check(rows, dimension);
        if (factors < 1 || factors >= dimension)
            throw new ArgumentException(
                $"The number of factors must lie in 1 … {dimension - 1} (below the {dimension} columns); got {factors}.");
        (d, q, packed, IsIsotropic) = (dimension, factors, NormalEquations.Length(factors + 1), isotropic);
        this.weights = Rows.Weights(weights, Count);
        data = rows.ToArray();
        means = Rows.Centre(data, d);
        scales = new double[d];
        foreach (double w in this.weights) TotalWeight += w;
        for (int i = 0; i < data.Length; i++) scales[i % d] += data[i] * data[i] / Count;
        // Factor analysis does not depend on the columns' units; probabilistic PCA keeps one unit for all.
        double common = Math.Sqrt(scales.Average());
        for (int c = 0; c < d; c++) scales[c] = isotropic ? common : Math.Sqrt(scales[c]);
        for (int i = 0; i < data.Length; i++) data[i] /= scales[i % d];
        frame = [.. means, .. scales];
    }

    /// <summary>Columns, d.</summary>
    public int Dimension => d;

    /// <summary>Factors, q.</summary>
    public int FactorCount => q;

    /// <summary>Whether Ψ = σ²I.</summary>
    public bool IsIsotropic { get; }

    /// <summary>Sum of the rows' weights: the n of BIC.</summary>
    public double TotalWeight { get; }

    /// <summary>The columns' means and scales, in which statistics are.</summary>
    public ReadOnlySpan<double> Frame => frame;

    /// <inheritdoc/>
    public int Count { get; }

    /// <inheritdoc/>
    public int Parameters => d * (q + 2);

    /// <summary>Free parameters: means, loadings less q(q − 1)/2 rotations, unique variances.</summary>
    public int FreeParameters => d + (d * q) - (q * (q - 1) / 2) + (IsIsotropic ? 1 : d);

    /// <inheritdoc/>
    public int Statistics => packed + (d * (q + 2));

    /// <summary>
    /// A start: the columns' means, small loadings by the draws, half of each variance unexplained. The same draws give the same start.
    /// </summary>
    public double[] Start(Draws draws)
    {
        ArgumentNullException.ThrowIfNull(draws);
        double[] theta = new double[Parameters];
        means.CopyTo(theta, 0);
        for (int i = 0; i < d * q; i++) theta[d + i] = scales[i / q] * draws.NextNormal() * Math.Sqrt(0.5 / q);
        for (int c = 0; c < d; c++) theta[(d * (1 + q)) + c] = 0.5 * scales[c] * scales[c];
        return theta;
    }

    /// <inheritdoc/>
    public double Expect(ReadOnlySpan<double> theta, int first, int count, Span<double> statistics)
    {
        if (!IsValid(theta)) return double.NaN;
        FactorPosterior posterior = new(this, theta);
        if (!posterior.IsProper) return double.NaN;
        double log = 0;
        double[] u = new double[q + 1];
        u[0] = 1;
        for (int i = first; i < first + count; i++)
        {
            double w = weights[i];
            if (w == 0) continue;
            ReadOnlySpan<double> x = Row(i);
            log += w * posterior.Of(x, u.AsSpan(1));
            NormalEquations.Add(u, w, statistics[..packed]);
            posterior.AddCovariance(w, statistics[..packed]);
            for (int c = 0; c < d; c++)
            {
                double wx = w * x[c];
                Span<double> products = statistics.Slice(packed + (c * (q + 2)), q + 2);
                for (int j = 0; j <= q; j++) products[j] += wx * u[j];
                products[q + 1] += wx * x[c];
            }
        }
        return log;
    }

    /// <inheritdoc/>
    public bool Maximise(ReadOnlySpan<double> statistics, Span<double> theta)
    {
        double[] rented = ArrayPool<double>.Shared.Rent(packed + q + 1);
        Span<double> system = rented.AsSpan(0, packed), line = rented.AsSpan(packed, q + 1);
        bool good = true;
        double pooled = 0;
        for (int c = 0; c < d && good; c++)
        {
            ReadOnlySpan<double> products = statistics.Slice(packed + (c * (q + 2)), q + 2);
            statistics[..packed].CopyTo(system);
            products[..(q + 1)].CopyTo(line);
            double left = products[q + 1] - NormalEquations.Solve(system, line);
            good = left > 1e-14 * products[q + 1];
            theta[c] = means[c] + (scales[c] * line[0]);
            for (int j = 0; j < q; j++) theta[d + (c * q) + j] = scales[c] * line[1 + j];
            double unique = left / statistics[0] * scales[c] * scales[c];
            theta[(d * (1 + q)) + c] = unique;
            pooled += unique / d;
        }
        if (good && IsIsotropic) theta.Slice(d * (1 + q), d).Fill(pooled);
        ArrayPool<double>.Shared.Return(rented);
        return good;
    }

    /// <inheritdoc/>
    public bool IsValid(ReadOnlySpan<double> theta)
    {
        if (theta.Length != Parameters) return false;
        for (int i = 0; i < theta.Length; i++)
        {
            if (!double.IsFinite(theta[i]) || (i >= d * (1 + q) && !(theta[i] > 0))) return false;
        }
        return true;
    }

    /// <inheritdoc/>
    public string? Degeneracy(ReadOnlySpan<double> theta)
    {
        for (int c = 0; c < d; c++)
        {
            double share = theta[(d * (1 + q)) + c] / (scales[c] * scales[c]);
            if (share < Heywood)
                return FormattableString.Invariant(
                    $"Column {c + 1} keeps {share:g3} of its variance to itself: the factors explain it wholly (a Heywood case), ")
                    + "and its variance runs to zero. Take fewer factors.";
        }
        return null;
    }

    /// <inheritdoc/>
    public double LogDensity(ReadOnlySpan<double> theta, int row)
    {
        if (!IsValid(theta)) return double.NaN;
        FactorPosterior posterior = new(this, theta);
        return posterior.IsProper ? posterior.Of(Row(row), new double[q]) : double.NaN;
    }

    /// <summary>Writes E[z | x, θ], the factor scores, of each row (n × q, row-major).</summary>
    public void Scores(ReadOnlySpan<double> theta, Span<double> scores)
    {
        if (scores.Length != Count * q)
            throw new ArgumentException($"The scores need length {Count * q} (rows × factors); got {scores.Length}.");
        FactorPosterior posterior = new(this, theta);
        for (int i = 0; i < Count; i++) posterior.Of(Row(i), scores.Slice(i * q, q));
    }

    /// <summary>
    /// In means and loadings by the columns' scales and log-variances, the rotation fixed by a lower triangular Λ. Quantities: means,
    /// communalities (ΛΛᵀ)_cc, unique variances, and Λ in the rotation of <see cref="Order"/>, factor after factor. Two passes for each
    /// free
    /// coordinate.
    /// </summary>
    public LocalCertificate Certify(ReadOnlySpan<double> theta) => Curvature.Certify(new FactorScore(this, theta), Quantities);

    /// <summary>Row in the model's own units, less the columns' means.</summary>
    internal ReadOnlySpan<double> Row(int row) => data.AsSpan(row * d, d);

    /// <summary>Mean of the model less that of the rows, loadings and variances, in the model's own units.</summary>
    internal double[] Scaled(ReadOnlySpan<double> theta)
    {
        double[] own = theta.ToArray();
        for (int c = 0; c < d; c++)
        {
            own[c] = (own[c] - means[c]) / scales[c];
            for (int j = 0; j < q; j++) own[d + (c * q) + j] /= scales[c];
            own[(d * (1 + q)) + c] /= scales[c] * scales[c];
        }
        return own;
    }

    /// <summary>θ of what <see cref="Scaled"/> gives.</summary>
    internal double[] Given(double[] own)
    {
        double[] theta = [.. own];
        for (int c = 0; c < d; c++)
        {
            theta[c] = means[c] + (scales[c] * own[c]);
            for (int j = 0; j < q; j++) theta[d + (c * q) + j] *= scales[c];
            theta[(d * (1 + q)) + c] *= scales[c] * scales[c];
        }
        return theta;
    }

    /// <summary>Σ log scale: what a density in the model's own units is larger by.</summary>
    internal double LogScale => scales.Sum(Math.Log);

    double[] Quantities(double[] theta)
    {
        double[] all = new double[(3 + q) * d], canonical = [.. theta];
        Order(canonical);
        for (int c = 0; c < d; c++)
        {
            all[c] = theta[c];
            for (int j = 0; j < q; j++) all[d + c] += theta[d + (c * q) + j] * theta[d + (c * q) + j];
            all[(2 * d) + c] = theta[(d * (1 + q)) + c];
            for (int j = 0; j < q; j++) all[((3 + j) * d) + c] = canonical[d + (c * q) + j];
        }
        return all;
    }
}
