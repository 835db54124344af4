using MathNet.Numerics;

namespace Descent.Mixtures.StudentT;

/// <summary>
/// A mixture of k Student-t laws on ℝ^d, each with degrees of freedom of its own: <c>p(x) = Σ_j π_j t(x; μ_j, Σ_j, ν_j)</c>. θ is π (k),
/// μ (k × d), Σ (k × d × d, scatter, row-major), ν (k). A pass costs about n·k·d² multiply-adds and n·k logarithms.
/// </summary>
/// <remarks>
/// Hidden are the component and a precision, <c>x | z = j, u ~ N(μ_j, Σ_j/u)</c>, <c>u ~ Gamma(ν_j/2, rate ν_j/2)</c>. Statistics of a
/// component: Σr, Σru, ΣrE[log u], Σru·x, Σru·xxᵀ (lower triangle) about the mean of the data, Σrν, with <c>E u = (ν + d)/(ν + δ)</c> and
/// <c>E log u = ψ((ν + d)/2) − log((ν + δ)/2)</c>. A step is two cycles: π, μ, Σ maximise Q; then, with z alone hidden, each ν maximises
/// <c>Σ_i r_ij log t(x_i; μ_j, Σ_j, ν)</c>, one more pass and some n·k logarithms. Neither lowers the likelihood (AECM); EM's own step for
/// ν all but stands still where tails are light. ν is kept in [0.01, 10⁵]. Sources: Peel and McLachlan (2000); Meng and van Dyk (1997).
/// </remarks>
public sealed partial class StudentTMixture
{
    readonly GaussianMixture normal;
    readonly bool expected;
    readonly double[] rows, weights, centre, factorsOfStep, sharesOfStep, distancesOfStep, sharesOfRow, distancesOfRow;

    /// <summary>Takes a copy of the rows.</summary>
    /// <param name="rows">n × d, row-major, finite.</param>
    /// <param name="dimension">d ≥ 1.</param>
    /// <param name="components">k, 1 … n.</param>
    /// <param name="weights">A weight ≥ 0 for each row; none for ones.</param>
    /// <param name="expectedDegrees">Whether ν too maximises Q (ECM): no second cycle, and many more steps where tails are light.</param>
    /// <exception cref="ArgumentException">
    /// Lengths that do not fit, k &gt; n, numbers that are not finite, a column that is constant.
    /// </exception>
    public StudentTMixture(
        ReadOnlySpan<double> rows, int dimension, int components, ReadOnlySpan<double> weights = default, bool expectedDegrees = false)
    {
        expected = expectedDegrees;
        normal = new GaussianMixture(rows, dimension, components, CovarianceShape.Full, weights);
        this.rows = rows.ToArray();
        this.weights = Rows.Weights(weights, normal.Count);
        centre = Rows.Centre(this.rows, dimension);
        (sharesOfStep, distancesOfStep) = (new double[Count * components], new double[Count * components]);
        (factorsOfStep, sharesOfRow, distancesOfRow) = (new double[components * FactorOfComponent], new double[components],
            new double[components]);
    }

    /// <summary>d.</summary>
    public int Dimension => normal.Dimension;

    /// <inheritdoc/>
    public int Components => normal.Components;

    /// <inheritdoc/>
    public int Count => normal.Count;

    /// <inheritdoc/>
    public int Parameters => normal.Parameters + Components;

    /// <inheritdoc/>
    public int Statistics => Components * StatisticsOfComponent;

    int StatisticsOfComponent => 4 + Dimension + Packed;

    int Packed => Dimension * (Dimension + 1) / 2;

    // log π + c, ψ((ν + d)/2) − log(ν/2), L⁻¹ packed.
    int FactorOfComponent => 2 + Packed;

    /// <inheritdoc/>
    public double Expect(ReadOnlySpan<double> theta, int first, int count, Span<double> statistics)
    {
        double[] factors = new double[Components * FactorOfComponent], shares = new double[Components], distances = new double[Components];
        if (!Factors(theta, factors)) return double.NaN;
        double log = 0;
        for (int i = first; i < first + count; i++)
        {
            log += weights[i] * Share(theta, factors, i, shares, distances);
            for (int j = 0; j < Components; j++)
                Add(theta, factors, i, j, weights[i] * shares[j], distances[j], statistics.Slice(j * StatisticsOfComponent,
                    StatisticsOfComponent));
        }
        return log;
    }

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
            Span<double> mean = theta.Slice(Components + (j * d), d), scatter = Scatter(theta, j);
            for (int a = 0, at = 3 + d; a < d; a++)
            {
                for (int b = 0; b <= a; b++, at++)
                    scatter[(a * d) + b] = scatter[(b * d) + a] = (s[at] - (s[3 + a] * s[3 + b] / s[1])) / s[0];
                mean[a] = (s[3 + a] / s[1]) + centre[a];
            }
            double nu = Math.Clamp(s[^1] / s[0], DegreesOfFreedom.Least, DegreesOfFreedom.Most);
            theta[normal.Parameters + j] = expected ? DegreesOfFreedom.OfExpected((s[2] - s[1]) / s[0], nu) : nu;
        }
        return IsValid(theta) && (expected || MoveDegrees(theta));
    }

    // The second cycle: responsibilities at the new π, μ, Σ and the old ν.
    bool MoveDegrees(Span<double> theta)
    {
        if (!Factors(theta, factorsOfStep)) return false;
        for (int i = 0; i < Count; i++)
        {
            Share(theta, factorsOfStep, i, sharesOfRow, distancesOfRow);
            for (int j = 0; j < Components; j++)
                (sharesOfStep[(j * Count) + i], distancesOfStep[(j * Count) + i]) = (weights[i] * sharesOfRow[j], distancesOfRow[j]);
        }
        for (int j = 0; j < Components; j++)
            theta[normal.Parameters + j] = DegreesOfFreedom.OfLikelihood(distancesOfStep.AsMemory(j * Count, Count),
                sharesOfStep.AsMemory(j * Count, Count), Dimension, theta[normal.Parameters + j]);
        return true;
    }

    /// <inheritdoc/>
    public bool IsValid(ReadOnlySpan<double> theta)
    {
        if (theta.Length != Parameters) return false;
        for (int j = 0; j < Components; j++)
        {
            double nu = theta[normal.Parameters + j];
            if (!(theta[j] > 0) || theta[j] > 1 + 1e-9 || !(nu >= DegreesOfFreedom.Least && nu <= DegreesOfFreedom.Most)) return false;
        }
        return Factors(theta, new double[Components * FactorOfComponent]);
    }

    /// <inheritdoc/>
    public double LogDensity(ReadOnlySpan<double> theta, int row)
    {
        double[] factors = new double[Components * FactorOfComponent];
        return IsValid(theta) && Factors(theta, factors)
            ? Share(theta, factors, row, new double[Components], new double[Components]) : double.NaN;
    }

    Span<double> Scatter(Span<double> theta, int j) => theta.Slice((Components * (1 + Dimension)) + (j * Dimension * Dimension),
        Dimension * Dimension);

    bool Factors(ReadOnlySpan<double> theta, Span<double> factors)
    {
        int d = Dimension;
        for (int j = 0; j < Components; j++)
        {
            Span<double> factor = factors.Slice(j * FactorOfComponent, FactorOfComponent);
            ReadOnlySpan<double> scatter = theta.Slice((Components * (1 + d)) + (j * d * d), d * d);
            if (!PackedFactor.Inverse(scatter, d, factor[2..], out double logDeterminant)) return false;
            double nu = theta[normal.Parameters + j];
            factor[0] = Math.Log(theta[j]) + StudentTLaw.Constant(nu, d, logDeterminant);
            factor[1] = SpecialFunctions.DiGamma((nu + d) / 2) - Math.Log(nu / 2);
        }
        return true;
    }

    // Responsibilities and distances of a row; its log-density.
    double Share(ReadOnlySpan<double> theta, ReadOnlySpan<double> factors, int row, Span<double> shares, Span<double> distances)
    {
        double top = double.NegativeInfinity, sum = 0;
        for (int j = 0; j < Components; j++)
        {
            double nu = theta[normal.Parameters + j];
            distances[j] = Distance(theta, factors.Slice((j * FactorOfComponent) + 2, Packed), row, j);
            shares[j] = factors[j * FactorOfComponent] - (0.5 * (nu + Dimension) * ElementaryFunctions.LogOnePlus(distances[j] / nu));
            top = Math.Max(top, shares[j]);
        }
        for (int j = 0; j < Components; j++) sum += shares[j] = Math.Exp(shares[j] - top);
        for (int j = 0; j < Components; j++) shares[j] /= sum;
        return top + Math.Log(sum);
    }

    double Distance(ReadOnlySpan<double> theta, ReadOnlySpan<double> inverse, int row, int j)
    {
        int d = Dimension;
        double sum = 0;
        for (int i = 0, at = 0; i < d; i++)
        {
            double y = 0;
            for (int c = 0; c <= i; c++, at++) y += inverse[at] * (rows[(row * d) + c] - (theta[Components + (j * d) + c] - centre[c]));
            sum += y * y;
        }
        return sum;
    }

    void Add(ReadOnlySpan<double> theta, ReadOnlySpan<double> factors, int row, int j, double weight, double distance, Span<double> s)
    {
        int d = Dimension;
        double nu = theta[normal.Parameters + j], u = (nu + d) / (nu + distance);
        s[0] += weight;
        s[1] += weight * u;
        s[^1] += weight * nu;
        s[2] += weight * (factors[(j * FactorOfComponent) + 1] - ElementaryFunctions.LogOnePlus(distance / nu));
        for (int a = 0, at = 3 + d; a < d; a++)
        {
            double x = weight * u * rows[(row * d) + a];
            s[3 + a] += x;
            for (int b = 0; b <= a; b++, at++) s[at] += x * rows[(row * d) + b];
        }
    }
}
