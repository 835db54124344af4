using Descent.Latent;
using MathNet.Numerics;

namespace Descent.Mixtures.StudentT;

/// <summary>
/// The Student-t law in d dimensions as a normal with a hidden precision: <c>x | u ~ N(μ, Σ/u)</c>, <c>u ~ Gamma(ν/2, rate ν/2)</c>. θ =
/// (μ, Σ row-major, ν), d + d² + 1 numbers. Statistics: total weight, Σwu, Σwu·z, Σwu·zzᵀ, ΣwE[log u], with z the row less the column
/// means.
/// </summary>
/// <remarks>
/// E-step: <c>E u = (ν + d)/(ν + δ)</c>, <c>E log u = ψ((ν + d)/2) − log((ν + δ)/2)</c>, δ the squared Mahalanobis distance; cost n·d²,
/// memory d² beside the data. ν is kept in [0.01, 10⁵]; an estimate at an end is said by <see cref="Describe"/>. Source: Liu and Rubin
/// 1995.
/// </remarks>
public sealed partial class StudentTModel : ILatentModel
{
    readonly double[] rows, weights, origin, distances;
    readonly int dimension;
    readonly double? fixedDegrees;

    /// <summary>
    /// The law for row-major <paramref name="data"/> with d columns. <see cref="ArgumentException"/> for a number that is not finite, n ≤
    /// d, a constant column, a negative weight, ν outside its range.
    /// </summary>
    public StudentTModel(ReadOnlySpan<double> data, int dimension, double? degreesOfFreedom = null, ReadOnlySpan<double> weights = default)
    {
        Count = Rows.Check(data, dimension);
        if (degreesOfFreedom is { } nu && !(nu >= DegreesOfFreedom.Least && nu <= DegreesOfFreedom.Most))
            throw new ArgumentException(FormattableString.Invariant($"Degrees of freedom must lie in [0.01, 1e5]; got {nu}."));
        this.dimension = dimension;
        fixedDegrees = degreesOfFreedom;
        this.weights = Rows.Weights(weights, Count);
        rows = data.ToArray();
        origin = Rows.Centre(rows, dimension);
        distances = new double[Count];
    }

    /// <inheritdoc/>
    public int Parameters => dimension + (dimension * dimension) + 1;

    /// <inheritdoc/>
    public int Statistics => 3 + dimension + (dimension * dimension);

    /// <summary>The columns' means, which statistics are about.</summary>
    public ReadOnlySpan<double> Frame => origin;

    /// <inheritdoc/>
    public int Count { get; }

    /// <summary>A start: column means, covariance (divisor n), and the fixed ν or <paramref name="degreesOfFreedom"/>.</summary>
    public double[] Start(double degreesOfFreedom = 5)
    {
        double[] theta = new double[Parameters], statistics = new double[Statistics];
        double total = 0;
        for (int i = 0; i < Count; i++) total += weights[i];
        for (int i = 0; i < Count; i++) Add(statistics, rows.AsSpan(i * dimension, dimension), weights[i], 1, 0);
        LocationAndScatter(statistics, theta, total);
        theta[^1] = fixedDegrees ?? degreesOfFreedom;
        return theta;
    }

    /// <inheritdoc/>
    public double Expect(ReadOnlySpan<double> theta, int first, int count, Span<double> statistics)
    {
        ScatterFactor factor = new(dimension);
        if (!IsValid(theta) || !factor.Factor(theta.Slice(dimension, dimension * dimension))) return double.NaN;
        double[] centre = Centre(theta);
        double nu = theta[^1], psi = SpecialFunctions.DiGamma((nu + dimension) / 2), constant = Constant(nu, factor.LogDeterminant),
            sum = 0;
        for (int i = first; i < first + count; i++)
        {
            ReadOnlySpan<double> row = rows.AsSpan(i * dimension, dimension);
            double distance = factor.Distance(row, centre);
            Add(statistics, row, weights[i], (nu + dimension) / (nu + distance), psi - Math.Log((nu + distance) / 2));
            sum += weights[i] * (constant - (0.5 * (nu + dimension) * ElementaryFunctions.LogOnePlus(distance / nu)));
        }
        return sum;
    }

    /// <inheritdoc/>
    public bool Maximise(ReadOnlySpan<double> statistics, Span<double> theta)
    {
        // The slope of Q falls in ν, so its root does not depend on where the search begins; theta may hold anything before.
        theta[^1] = 1;
        return MoveScatter(statistics, theta) && MoveDegrees(statistics, theta);
    }

    /// <inheritdoc/>
    public bool IsValid(ReadOnlySpan<double> theta)
    {
        foreach (double t in theta)
        {
            if (!double.IsFinite(t)) return false;
        }
        double nu = theta[^1];
        return nu >= DegreesOfFreedom.Least && nu <= DegreesOfFreedom.Most
            && new ScatterFactor(dimension).Factor(theta.Slice(dimension, dimension * dimension));
    }

    /// <inheritdoc/>
    public double LogDensity(ReadOnlySpan<double> theta, int row)
    {
        ScatterFactor factor = new(dimension);
        if (!IsValid(theta) || !factor.Factor(theta.Slice(dimension, dimension * dimension))) return double.NaN;
        double distance = factor.Distance(rows.AsSpan(row * dimension, dimension), Centre(theta)), nu = theta[^1];
        return Constant(nu, factor.LogDeterminant) - (0.5 * (nu + dimension) * ElementaryFunctions.LogOnePlus(distance / nu));
    }

    /// <summary>What an estimate of ν at an end of its range means, in one sentence; null inside the range or with ν fixed.</summary>
    public string? Describe(ReadOnlySpan<double> theta) => fixedDegrees is not null ? null : theta[^1] switch
    {
        >= DegreesOfFreedom.Most => "normal: the likelihood still rises in the degrees of freedom at 100000, so the tails are no "
            + "heavier than a normal's; fit a normal law.",
        <= DegreesOfFreedom.Least => "degenerate: the degrees of freedom ran to 0.01, where the likelihood has no maximum; fix the "
            + "degrees of freedom.",
        _ => null,
    };

    /// <inheritdoc/>
    public string? Degeneracy(ReadOnlySpan<double> theta) => theta[^1] < DegreesOfFreedom.Most ? Describe(theta) : null;

    double Constant(double nu, double logDeterminant) => SpecialFunctions.GammaLn((nu + dimension) / 2) - SpecialFunctions.GammaLn(nu / 2)
        - (0.5 * dimension * Math.Log(Math.PI * nu)) - (0.5 * logDeterminant);

    double[] Centre(ReadOnlySpan<double> theta)
    {
        double[] centre = new double[dimension];
        for (int j = 0; j < dimension; j++) centre[j] = theta[j] - origin[j];
        return centre;
    }

    void Add(Span<double> statistics, ReadOnlySpan<double> row, double weight, double u, double logarithm)
    {
        statistics[0] += weight;
        statistics[1] += weight * u;
        for (int j = 0; j < dimension; j++)
        {
            statistics[2 + j] += weight * u * row[j];
            for (int k = 0; k < dimension; k++) statistics[2 + dimension + (j * dimension) + k] += weight * u * row[j] * row[k];
        }
        statistics[^1] += weight * logarithm;
    }
}
