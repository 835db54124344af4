using System.Buffers;
using Descent.Latent;
using MathNet.Numerics.LinearAlgebra;

namespace Descent.Mixtures;

/// <summary>
/// A mixture of k normal laws on ℝ^d: <c>p(x) = Σ_j π_j N(x; μ_j, Σ_j)</c>. θ is π (k), μ (k × d), Σ (k × d × d, whole and row-major;
/// all shapes alike, so covariances that are tied are equal).
/// Statistics are Σr, Σrx, Σrxxᵀ (upper triangle) for each component about the mean of the data. A pass costs about n·k·d² multiply-adds.
/// </summary>
public sealed partial class GaussianMixture : ILatentModel
{
    readonly double[] centre, spread;
    readonly Slab<double> data;
    readonly double[]? weights;
    readonly IRoom room;
    readonly long stride;
    Slab<int> labels;
    Slab<double> nearest;
    readonly Lazy<Matrix<double>> whitener;

    /// <summary>Takes a copy of the rows.</summary>
    /// <param name="rows">n × d, row-major, finite.</param>
    /// <param name="dimension">d ≥ 1.</param>
    /// <param name="components">k, 1 … n.</param>
    /// <param name="shape">What the covariances share.</param>
    /// <param name="weights">A weight ≥ 0 for each row; null for ones.</param>
    /// <param name="origin">
    /// The point that statistics are about, length d: blocks of a stream take that of the first (<see cref="Frame"/>). None for the mean.
    /// </param>
    /// <exception cref="ArgumentException">Lengths that do not fit, k &gt; n, numbers that are not finite, a column that is
    /// constant.</exception>
    public GaussianMixture(
        ReadOnlySpan<double> rows, int dimension, int components, CovarianceShape shape = CovarianceShape.Full,
            ReadOnlySpan<double> weights = default,
        ReadOnlySpan<double> origin = default)
        : this(new Slab<double>(rows.ToArray()), dimension, components, ArrayRoom.Instance, shape, weights, origin)
    {
    }

    /// <summary>The same over rows that lie anywhere; its own copy, column after column, and what starts need lie in this room.</summary>
    /// <param name="rows">n × d, row-major, finite; they are read once, here.</param>
    /// <param name="dimension">d ≥ 1.</param>
    /// <param name="components">k, 1 … n.</param>
    /// <param name="room">Where n·d numbers, and n numbers and n indices of a start, are to lie: the heap holds none of them.</param>
    /// <param name="shape">What the covariances share.</param>
    /// <param name="weights">A weight ≥ 0 for each row; none for ones.</param>
    /// <param name="origin">The point that statistics are about, length d; none for the mean.</param>
    /// <exception cref="ArgumentException">As for rows in memory.</exception>
    public GaussianMixture(
        Slab<double> rows, int dimension, int components, IRoom room, CovarianceShape shape = CovarianceShape.Full,
        ReadOnlySpan<double> weights = default, ReadOnlySpan<double> origin = default)
    {
        ArgumentNullException.ThrowIfNull(room);
        if (!origin.IsEmpty && origin.Length != dimension)
            throw new ArgumentException($"The origin needs length {dimension} (the columns); got {origin.Length}.");
        if (dimension < 1 || rows.Length == 0 || rows.Length % dimension != 0)
            throw new ArgumentException(
                $"The rows need a positive multiple of the dimension {dimension} as their number of values; got {rows.Length}.");
        (Dimension, Components, Shape, Count, this.room) = (dimension, components, shape, (int)(rows.Length / dimension), room);
        if (components < 1 || components > Count)
            throw new ArgumentException($"The number of components must lie in 1 … {Count} (the rows); got {components}.");
        if (!weights.IsEmpty && weights.Length != Count)
            throw new ArgumentException($"The weights need length {Count} (the rows); got {weights.Length}.");
        // Blocks are read whole: behind the last column lies room for one.
        stride = (Count + 7L) / 8 * 8;
        (centre, spread) = (new double[dimension], new double[dimension]);
        if (!weights.IsEmpty) this.weights = weights.ToArray();
        for (int i = 0; i < Count; i++)
        {
            double weight = WeightOf(i);
            if (!(weight >= 0) || !double.IsFinite(weight))
                throw new ArgumentException(FormattableString.Invariant($"Weight {i + 1} must be finite and ≥ 0; got {weight}."));
            TotalWeight += weight;
        }
        if (!(TotalWeight > 0)) throw new ArgumentException("All weights are zero; at least one must be positive.");
        data = room.Take<double>((stride * dimension) + Block);
        TakeRows(rows, origin);
        whitener = new Lazy<Matrix<double>>(Whitener);
    }

    /// <summary>d.</summary>
    public int Dimension { get; }

    /// <summary>k.</summary>
    public int Components { get; }

    /// <summary>What the covariances share.</summary>
    public CovarianceShape Shape { get; }

    /// <inheritdoc/>
    public int Count { get; }

    /// <summary>Sum of the rows' weights.</summary>
    public double TotalWeight { get; }

    /// <inheritdoc/>
    public int Parameters => Components * (1 + Dimension + (Dimension * Dimension));

    /// <summary>The point that statistics are about.</summary>
    public ReadOnlySpan<double> Frame => centre;

    /// <inheritdoc/>
    public int Statistics => Components * StatisticsOfComponent;

    /// <summary>Free parameters: k − 1 shares, k·d means, and the covariances' own.</summary>
    public int FreeParameters => Components - 1 + (Components * Dimension) + Shape switch
    {
        CovarianceShape.Full => Components * Dimension * (Dimension + 1) / 2,
        CovarianceShape.Tied => Dimension * (Dimension + 1) / 2,
        CovarianceShape.Diagonal => Components * Dimension,
        _ => Components,
    };

    int StatisticsOfComponent => 1 + Dimension + (Dimension * (Dimension + 1) / 2);

    /// <inheritdoc/>
    public bool IsValid(ReadOnlySpan<double> theta)
    {
        if (theta.Length != Parameters) return false;
        for (int j = 0; j < Components; j++)
        {
            if (!(theta[j] > 0) || theta[j] > 1 + 1e-9) return false;
        }
        double[] rented = ArrayPool<double>.Shared.Rent(FactorLength);
        bool valid = Factors(theta, rented);
        ArrayPool<double>.Shared.Return(rented);
        return valid;
    }

    /// <inheritdoc/>
    public double LogDensity(ReadOnlySpan<double> theta, int row)
    {
        double[] factors = ArrayPool<double>.Shared.Rent(FactorLength);
        double result = double.NaN;
        if (Factors(theta, factors))
        {
            double sum = 0, top = double.NegativeInfinity;
            for (int j = 0; j < Components; j++)
            {
                double term = LogJoint(factors.AsSpan(j * FactorOfComponent, FactorOfComponent), row);
                double higher = Math.Max(top, term);
                sum = (sum * Math.Exp(top - higher)) + Math.Exp(term - higher);
                top = higher;
            }
            result = top + Math.Log(sum);
        }
        ArrayPool<double>.Shared.Return(factors);
        return result;
    }

    Span<double> Mean(Span<double> theta, int j) => theta.Slice(Components + (j * Dimension), Dimension);

    Span<double> Covariance(Span<double> theta, int j) =>
        theta.Slice((Components * (1 + Dimension)) + (j * Dimension * Dimension), Dimension * Dimension);

    double WeightOf(int row) => weights is null ? 1 : weights[row];

    ReadOnlySpan<double> Column(int j) => data.Span(j * stride, (int)stride);

    // Two passes over the rows, which may lie on a disk: means, then what lies about them, column after column.
    void TakeRows(Slab<double> rows, ReadOnlySpan<double> origin)
    {
        double[] means = new double[Dimension];
        for (int i = 0; i < Count; i++)
        {
            ReadOnlySpan<double> row = rows.Span((long)i * Dimension, Dimension);
            for (int j = 0; j < row.Length; j++)
            {
                if (!double.IsFinite(row[j]))
                    throw new ArgumentException(
                        FormattableString.Invariant($"Row {i + 1}, column {j + 1} must be finite; got {row[j]}."));
                means[j] += WeightOf(i) * row[j];
            }
        }
        for (int j = 0; j < means.Length; j++) means[j] /= TotalWeight;
        (origin.IsEmpty ? means : origin).CopyTo(centre);
        for (int i = 0; i < Count; i++)
        {
            ReadOnlySpan<double> row = rows.Span((long)i * Dimension, Dimension);
            for (int j = 0; j < row.Length; j++)
            {
                data[(j * stride) + i] = row[j] - centre[j];
                double gap = row[j] - means[j];
                spread[j] += WeightOf(i) * (gap * gap);
            }
        }
        for (long i = Count; i < stride; i++)
            for (int j = 0; j < Dimension; j++) data[(j * stride) + i] = 0;
        data.Span(stride * Dimension, Block).Clear();
        for (int j = 0; j < Dimension; j++)
        {
            spread[j] /= TotalWeight;
            if (!(spread[j] > 1e-24 * means[j] * means[j]))
                throw new ArgumentException(FormattableString.Invariant($"Column {j + 1} is constant ({means[j]}); leave it out."));
        }
    }
}
