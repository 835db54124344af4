using MathNet.Numerics;

namespace Descent.Mixtures.Laws;

/// <summary>
/// Counts in d columns, independent within a component: <c>f(x; λ) = Π_c e^{−λ_c} λ_c^{x_c} / x_c!</c>. A block is λ (d, ≥ 0); statistics
/// are Σr, Σrx; coordinates are log λ. The likelihood is bounded, so nothing is a spike; λ_c = 0, a component without events, is allowed.
/// </summary>
public sealed class PoissonLaw : IConjugateLaw
{
    readonly Slab<double> counts, factorials;
    readonly double[] units;
    readonly int dimension;

    /// <summary>Takes a copy of the counts.</summary>
    /// <param name="counts">n × d, row-major, whole and ≥ 0.</param>
    /// <param name="dimension">d ≥ 1.</param>
    /// <exception cref="ArgumentException">A number that is negative, fractional or not finite; rows that are all equal.</exception>
    public PoissonLaw(ReadOnlySpan<double> counts, int dimension = 1)
        : this(new Slab<double>(counts.ToArray()), dimension, ArrayRoom.Instance)
    {
    }

    /// <summary>Reads the counts where they lie.</summary>
    /// <param name="counts">n × d, row-major, whole and ≥ 0; they may not change as long as the law is used.</param>
    /// <param name="dimension">d ≥ 1.</param>
    /// <param name="room">Where n numbers, the rows' Σ log x!, are to lie.</param>
    /// <exception cref="ArgumentException">A number that is negative, fractional or not finite; rows that are all equal.</exception>
    public PoissonLaw(Slab<double> counts, int dimension, IRoom room)
    {
        ArgumentNullException.ThrowIfNull(room);
        Count = Rows.Varied(counts, dimension);
        (this.counts, this.dimension) = (counts, dimension);
        (factorials, units) = (room.Take<double>(Count), new double[dimension]);
        factorials.Span(0, Count).Clear();
        for (int i = 0; i < Count; i++)
        {
            ReadOnlySpan<double> row = counts.Span((long)i * dimension, dimension);
            for (int c = 0; c < dimension; c++)
            {
                if (row[c] < 0 || row[c] != Math.Floor(row[c]))
                    throw new ArgumentException(FormattableString.Invariant(
                        $"Row {i + 1}, column {c + 1} holds {row[c]}; counts are whole numbers ≥ 0."));
                factorials[i] += SpecialFunctions.GammaLn(row[c] + 1);
                units[c] += row[c] / Count;
            }
        }
        for (int c = 0; c < dimension; c++) units[c] = units[c] > 0 ? units[c] : 1;
    }

    /// <inheritdoc/>
    public int Count { get; }

    /// <inheritdoc/>
    public int Parameters => dimension;

    /// <inheritdoc/>
    public int Statistics => 1 + dimension;

    /// <inheritdoc/>
    public int Factors => 1 + (2 * dimension);

    /// <inheritdoc/>
    public int StartRows => 1;

    /// <inheritdoc/>
    public bool IsValid(ReadOnlySpan<double> block)
    {
        foreach (double rate in block)
        {
            if (!(rate >= 0) || !double.IsFinite(rate)) return false;
        }
        return true;
    }

    /// <inheritdoc/>
    public void Prepare(ReadOnlySpan<double> block, Span<double> factors)
    {
        factors[0] = 0;
        for (int c = 0; c < dimension; c++)
        {
            factors[0] += block[c];
            factors[1 + c] = Math.Log(block[c]);
            factors[1 + dimension + c] = block[c];
        }
    }

    /// <inheritdoc/>
    public double LogDensity(ReadOnlySpan<double> factors, int row)
    {
        double sum = -factors[0] - factorials[row];
        for (int c = 0; c < dimension; c++)
        {
            double x = counts[((long)row * dimension) + c];
            // 0 · log 0 = 0.
            if (x > 0) sum += x * factors[1 + c];
        }
        return sum;
    }

    /// <inheritdoc/>
    public void Add(int row, double weight, Span<double> statistics)
    {
        statistics[0] += weight;
        for (int c = 0; c < dimension; c++) statistics[1 + c] += weight * counts[((long)row * dimension) + c];
    }

    /// <inheritdoc/>
    public bool Maximise(ReadOnlySpan<double> statistics, Span<double> block)
    {
        for (int c = 0; c < dimension; c++) block[c] = statistics[1 + c] / statistics[0];
        return true;
    }

    /// <summary>Under a flat prior on λ: <c>λ_c ~ Gamma(1 + Σrx_c) / Σr</c>.</summary>
    public bool Draw(ReadOnlySpan<double> statistics, Draws draws, Span<double> block)
    {
        if (!(statistics[0] > 0)) return false;
        for (int c = 0; c < dimension; c++) block[c] = GammaDraw.Next(draws, 1 + statistics[1 + c]) / statistics[0];
        return true;
    }

    /// <inheritdoc/>
    public double Unit(int parameter) => units[parameter];

    /// <inheritdoc/>
    public void ToCoordinates(ReadOnlySpan<double> block, Span<double> coordinates)
    {
        for (int c = 0; c < dimension; c++) coordinates[c] = Math.Log(block[c]);
    }

    /// <inheritdoc/>
    public void FromCoordinates(ReadOnlySpan<double> coordinates, Span<double> block)
    {
        for (int c = 0; c < dimension; c++) block[c] = Math.Exp(coordinates[c]);
    }

    /// <inheritdoc/>
    public void AddScore(ReadOnlySpan<double> factors, int row, double weight, Span<double> score)
    {
        for (int c = 0; c < dimension; c++) score[c] += weight * (counts[((long)row * dimension) + c] - factors[1 + dimension + c]);
    }

    /// <inheritdoc/>
    public bool IsAtEdge(ReadOnlySpan<double> block, int parameter) => block[parameter] <= 1e-9 * units[parameter];
}
