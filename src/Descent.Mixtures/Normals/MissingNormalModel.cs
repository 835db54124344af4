using Descent.Latent;
using Descent.Mixtures.Search;

namespace Descent.Mixtures.Normals;

/// <summary>
/// A normal law on ℝ^d seen through holes: rows with NaN where a number is missing, taken as missing at random in Rubin's sense. θ is
/// μ (d), Σ (d × d, row-major); statistics are Σw, ΣwE[x], ΣwE[xxᵀ] (upper triangle) about the columns' means.
/// </summary>
/// <remarks>
/// E-step: a row's holes have the mean <c>μ_m + Σ_mo Σ_oo⁻¹(x_o − μ_o)</c> and the covariance <c>Σ_mm − Σ_mo Σ_oo⁻¹ Σ_om</c>; one factor a
/// pattern of holes, n·d² beside. A row without any number has likelihood 1 and is left out. Source: Dempster, Laird and Rubin (1977),
/// §4.1; Little and Rubin (2002), chapter 11.
/// </remarks>
public sealed partial class MissingNormalModel : ILatentModel
{
    const double Flat = 1e-8;
    readonly double[] data, weights, means, scales, frame;
    readonly int[] order, place;
    readonly int d;

    /// <summary>Takes a copy of the rows.</summary>
    /// <param name="rows">n × d, row-major; NaN where missing.</param>
    /// <param name="dimension">d ≥ 1.</param>
    /// <param name="weights">A weight ≥ 0 for each row; none for ones.</param>
    /// <exception cref="ArgumentException">
    /// Lengths that do not fit, an infinite number, a column with fewer than two different numbers, too few rows.
    /// </exception>
    public MissingNormalModel(ReadOnlySpan<double> rows, int dimension, ReadOnlySpan<double> weights = default)
    {
        if (dimension < 1 || rows.Length == 0 || rows.Length % dimension != 0)
            throw new ArgumentException($"{rows.Length} numbers do not make rows of {dimension} columns.");
        (d, Count) = (dimension, rows.Length / dimension);
        if (Count <= d) throw new ArgumentException($"{Count} rows cannot give a covariance of {d} columns; at least {d + 1} are needed.");
        this.weights = Rows.Weights(weights, Count);
        foreach (double w in this.weights) TotalWeight += w;
        (means, scales, data) = (new double[d], new double[d], rows.ToArray());
        for (int c = 0; c < d; c++) Scale(c);
        frame = [.. means, .. scales];
        // Rows of one pattern of holes stand together, in their order.
        order = [.. Enumerable.Range(0, Count).OrderBy(Pattern, StringComparer.Ordinal).ThenBy(i => i)];
        place = new int[Count];
        for (int i = 0; i < Count; i++) place[order[i]] = i;
        data = [.. order.SelectMany(i => data[(i * d)..((i + 1) * d)])];
        this.weights = [.. order.Select(i => this.weights[i])];
    }

    /// <summary>Columns, d.</summary>
    public int Dimension => d;

    /// <summary>Sum of the rows' weights.</summary>
    public double TotalWeight { get; }

    /// <summary>The columns' means and scales, in which statistics are.</summary>
    public ReadOnlySpan<double> Frame => frame;

    /// <inheritdoc/>
    public int Count { get; }

    /// <summary>The share of the numbers that are missing.</summary>
    public double Missing => (double)data.Count(double.IsNaN) / data.Length;

    /// <inheritdoc/>
    public int Parameters => d + (d * d);

    /// <summary>Free parameters: d means and d(d + 1)/2 covariances.</summary>
    public int FreeParameters => d + (d * (d + 1) / 2);

    /// <inheritdoc/>
    public int Statistics => 1 + d + (d * (d + 1) / 2);

    /// <summary>A start: means and variances of the numbers seen, no correlations.</summary>
    public double[] Start()
    {
        double[] theta = new double[Parameters];
        for (int c = 0; c < d; c++) (theta[c], theta[d + (c * d) + c]) = (means[c], scales[c] * scales[c]);
        return theta;
    }

    /// <inheritdoc/>
    public double Expect(ReadOnlySpan<double> theta, int first, int count, Span<double> statistics)
    {
        if (!IsValid(theta)) return double.NaN;
        HoleFiller filler = new(d, Scaled(theta));
        double log = 0;
        for (int i = first; i < first + count; i++)
        {
            double w = weights[i];
            if (w == 0) continue;
            double term = filler.Fill(data.AsSpan(i * d, d));
            if (double.IsNaN(term)) return double.NaN;
            if (filler.Observed.IsEmpty) continue;
            log += w * (term - LogScale(filler.Observed));
            statistics[0] += w;
            for (int a = 0, at = 1 + d; a < d; a++)
            {
                statistics[1 + a] += w * filler.Filled[a];
                for (int b = a; b < d; b++, at++)
                    statistics[at] += w * ((filler.Filled[a] * filler.Filled[b]) + filler.Covariance[(a * d) + b]);
            }
        }
        return log;
    }

    /// <inheritdoc/>
    public bool Maximise(ReadOnlySpan<double> statistics, Span<double> theta)
    {
        double n = statistics[0];
        if (!(n > 0)) return false;
        for (int a = 0, at = 1 + d; a < d; a++)
        {
            for (int b = a; b < d; b++, at++)
            {
                double c = (statistics[at] / n) - (statistics[1 + a] / n * (statistics[1 + b] / n));
                theta[d + (a * d) + b] = theta[d + (b * d) + a] = c * scales[a] * scales[b];
            }
            theta[a] = means[a] + (scales[a] * statistics[1 + a] / n);
        }
        return IsValid(theta);
    }

    /// <inheritdoc/>
    public bool IsValid(ReadOnlySpan<double> theta)
    {
        if (theta.Length != Parameters) return false;
        foreach (double t in theta)
        {
            if (!double.IsFinite(t)) return false;
        }
        return new ScatterFactor(d).Factor(theta[d..]);
    }

    /// <inheritdoc/>
    public string? Degeneracy(ReadOnlySpan<double> theta)
    {
        double[] own = Scaled(theta);
        double least = MathNet.Numerics.LinearAlgebra.Matrix<double>.Build.Dense(d, d, (a, b) => own[d + (a * d) + b])
            .Evd(MathNet.Numerics.LinearAlgebra.Symmetricity.Symmetric).EigenValues.Min(v => v.Real);
        return least >= Flat ? null : FormattableString.Invariant(
            $"The smallest eigenvalue of the covariance in the columns' units is {least:g3}: columns depend on one another where both ")
            + "are seen, and the likelihood has no upper bound. Leave one of them out.";
    }

    /// <inheritdoc/>
    public double LogDensity(ReadOnlySpan<double> theta, int row)
    {
        if (!IsValid(theta)) return double.NaN;
        HoleFiller filler = new(d, Scaled(theta));
        double term = filler.Fill(data.AsSpan(place[row] * d, d));
        return term - LogScale(filler.Observed);
    }

    /// <summary>Writes the rows (n × d, row-major) with E[x_m | x_o, θ] in the holes.</summary>
    public void Impute(ReadOnlySpan<double> theta, Span<double> rows)
    {
        if (rows.Length != Count * d) throw new ArgumentException($"The rows need length {Count * d} (rows × columns); got {rows.Length}.");
        HoleFiller filler = new(d, Scaled(theta));
        for (int i = 0; i < Count; i++)
        {
            filler.Fill(data.AsSpan(i * d, d));
            for (int c = 0; c < d; c++) rows[(order[i] * d) + c] = means[c] + (scales[c] * filler.Filled[c]);
        }
    }

    /// <summary>In means and a factor of Σ in units of Σ itself, so free of the columns' units. Quantities are θ.</summary>
    public LocalCertificate Certify(ReadOnlySpan<double> theta) => Curvature.Certify(new MissingScore(this, theta), t => t);

    /// <summary>The same by supplemented EM.</summary>
    public LocalCertificate Supplement(ReadOnlySpan<double> theta) =>
        Curvature.Supplement(this, new MissingScore(this, theta), t => t);

    /// <summary>Mean less the columns' means, and covariance, in the columns' units.</summary>
    internal double[] Scaled(ReadOnlySpan<double> theta)
    {
        double[] own = theta.ToArray();
        for (int a = 0; a < d; a++)
        {
            own[a] = (own[a] - means[a]) / scales[a];
            for (int b = 0; b < d; b++) own[d + (a * d) + b] /= scales[a] * scales[b];
        }
        return own;
    }

    /// <summary>θ of what <see cref="Scaled"/> gives.</summary>
    internal double[] Given(double[] own)
    {
        double[] theta = [.. own];
        for (int a = 0; a < d; a++)
        {
            theta[a] = means[a] + (scales[a] * own[a]);
            for (int b = 0; b < d; b++) theta[d + (a * d) + b] *= scales[a] * scales[b];
        }
        return theta;
    }

    double LogScale(ReadOnlySpan<int> observed)
    {
        double sum = 0;
        foreach (int c in observed) sum += Math.Log(scales[c]);
        return sum;
    }

    string Pattern(int row) => string.Create(d, row, (text, r) =>
    {
        for (int c = 0; c < d; c++) text[c] = double.IsNaN(data[(r * d) + c]) ? '?' : 'x';
    });

    void Scale(int column)
    {
        int seen = 0;
        for (int i = column; i < data.Length; i += d)
        {
            if (double.IsInfinity(data[i])) throw Rows.NotFinite(data[i], i, d);
            if (double.IsNaN(data[i])) continue;
            means[column] += data[i];
            seen++;
        }
        means[column] /= Math.Max(seen, 1);
        for (int i = column; i < data.Length; i += d)
        {
            if (!double.IsNaN(data[i])) scales[column] += Math.Pow(data[i] - means[column], 2) / seen;
        }
        scales[column] = Math.Sqrt(scales[column]);
        if (!(scales[column] > 1e-12 * Math.Abs(means[column])))
            throw new ArgumentException(
                $"Column {column + 1} holds fewer than two different numbers in its {seen} rows that have one; leave it out.");
        for (int i = column; i < data.Length; i += d) data[i] = (data[i] - means[column]) / scales[column];
    }
}
