namespace Descent.Mixtures.Laws;

/// <summary>
/// Binary columns, independent within a component (latent classes): <c>f(x; p) = Π_c p_c^{x_c}(1 − p_c)^{1 − x_c}</c>. A block is p (d, in
/// [0, 1]); statistics are Σr, Σrx; coordinates are logit p. p_c = 0 or 1 is allowed, and such columns are held there by certificates.
/// </summary>
/// <remarks>
/// k classes of d columns have k − 1 + kd parameters, and the data at most 2^d − 1 different cells to tell: beyond, estimates are not
/// unique, which the certificate's largest eigenvalue shows. Source: Lazarsfeld and Henry (1968).
/// </remarks>
public sealed class BernoulliLaw : IConjugateLaw
{
    const double Edge = 1e-9;
    readonly Slab<double> values;
    readonly int dimension;

    /// <summary>Takes a copy of the values.</summary>
    /// <param name="values">n × d, row-major, 0 or 1.</param>
    /// <param name="dimension">d ≥ 1.</param>
    /// <exception cref="ArgumentException">A value that is neither 0 nor 1; rows that are all equal.</exception>
    public BernoulliLaw(ReadOnlySpan<double> values, int dimension)
        : this(dimension, new Slab<double>(values.ToArray()))
    {
    }

    /// <summary>Reads the values where they lie.</summary>
    /// <param name="values">n × d, row-major, 0 or 1; they may not change as long as the law is used.</param>
    /// <param name="dimension">d ≥ 1.</param>
    /// <exception cref="ArgumentException">A value that is neither 0 nor 1; rows that are all equal.</exception>
    public static BernoulliLaw Over(Slab<double> values, int dimension) => new(dimension, values);

    BernoulliLaw(int dimension, Slab<double> values)
    {
        Count = Rows.Varied(values, dimension);
        (this.values, this.dimension) = (values, dimension);
        for (long i = 0; i < values.Length; i++)
        {
            if (values[i] is not (0 or 1))
                throw new ArgumentException(FormattableString.Invariant(
                    $"Row {(i / dimension) + 1}, column {(i % dimension) + 1} holds {values[i]}; binary columns hold 0 and 1."));
        }
    }

    /// <inheritdoc/>
    public int Count { get; }

    /// <inheritdoc/>
    public int Parameters => dimension;

    /// <inheritdoc/>
    public int Statistics => 1 + dimension;

    /// <inheritdoc/>
    public int Factors => 3 * dimension;

    /// <inheritdoc/>
    public int StartRows => 1;

    /// <inheritdoc/>
    public bool IsValid(ReadOnlySpan<double> block)
    {
        foreach (double p in block)
        {
            if (!(p >= 0) || !(p <= 1)) return false;
        }
        return true;
    }

    /// <inheritdoc/>
    public void Prepare(ReadOnlySpan<double> block, Span<double> factors)
    {
        for (int c = 0; c < dimension; c++)
        {
            factors[c] = Math.Log(block[c]);
            factors[dimension + c] = ElementaryFunctions.LogOnePlus(-block[c]);
            factors[(2 * dimension) + c] = block[c];
        }
    }

    /// <inheritdoc/>
    public double LogDensity(ReadOnlySpan<double> factors, int row)
    {
        double sum = 0;
        for (int c = 0; c < dimension; c++) sum += factors[values[((long)row * dimension) + c] == 1 ? c : dimension + c];
        return sum;
    }

    /// <inheritdoc/>
    public void Add(int row, double weight, Span<double> statistics)
    {
        statistics[0] += weight;
        for (int c = 0; c < dimension; c++) statistics[1 + c] += weight * values[((long)row * dimension) + c];
    }

    /// <inheritdoc/>
    public bool Maximise(ReadOnlySpan<double> statistics, Span<double> block)
    {
        // Sums of products may pass the sum of the weights by a last place.
        for (int c = 0; c < dimension; c++) block[c] = Math.Min(statistics[1 + c] / statistics[0], 1);
        return true;
    }

    /// <summary>Under a flat prior on p: <c>p_c ~ Beta(1 + Σrx_c, 1 + Σr − Σrx_c)</c>.</summary>
    public bool Draw(ReadOnlySpan<double> statistics, Draws draws, Span<double> block)
    {
        for (int c = 0; c < dimension; c++)
        {
            double ones = GammaDraw.Next(draws, 1 + statistics[1 + c]);
            double noughts = GammaDraw.Next(draws, Math.Max(1 + statistics[0] - statistics[1 + c], 1));
            block[c] = ones / (ones + noughts);
        }
        return true;
    }

    /// <inheritdoc/>
    public double Unit(int parameter) => 1;

    /// <inheritdoc/>
    public void ToCoordinates(ReadOnlySpan<double> block, Span<double> coordinates)
    {
        for (int c = 0; c < dimension; c++) coordinates[c] = Math.Log(block[c]) - ElementaryFunctions.LogOnePlus(-block[c]);
    }

    /// <inheritdoc/>
    public void FromCoordinates(ReadOnlySpan<double> coordinates, Span<double> block)
    {
        for (int c = 0; c < dimension; c++) block[c] = 1 / (1 + Math.Exp(-coordinates[c]));
    }

    /// <inheritdoc/>
    public void AddScore(ReadOnlySpan<double> factors, int row, double weight, Span<double> score)
    {
        for (int c = 0; c < dimension; c++) score[c] += weight * (values[((long)row * dimension) + c] - factors[(2 * dimension) + c]);
    }

    /// <inheritdoc/>
    public bool IsAtEdge(ReadOnlySpan<double> block, int parameter) => block[parameter] < Edge || block[parameter] > 1 - Edge;
}
