namespace Descent.Mixtures.Laws;

/// <summary>
/// Normal columns, independent within a component: <c>f(x) = Π_c N(x_c; μ_c, v_c)</c>. A block is μ (d), v (d); statistics are Σr, Σrx,
/// Σrx² in standardised columns; coordinates are the standardised means and log √v. The same law as a diagonal <see
/// cref="GaussianMixture"/>, whose pass is faster; this one has a score, conjugate draws and streams.
/// </summary>
/// <remarks>
/// A component that shrinks onto few rows has a likelihood without bound: the same rule as for Gaussian mixtures calls it a spike.
/// </remarks>
public sealed class NormalLaw : IConjugateLaw
{
    const double Spike = 1e-3;
    const int FewRows = 10;
    static readonly double HalfLog = 0.5 * Math.Log(2 * Math.PI);
    readonly double[] rows, frame;
    readonly double logScale;
    readonly int d;

    /// <summary>Takes a copy of the rows.</summary>
    /// <param name="rows">n × d, row-major, finite; no column constant.</param>
    /// <param name="dimension">d ≥ 1.</param>
    /// <param name="frame">
    /// Means and scales (2d) that the columns are standardised by: blocks of a stream take that of the first. None for the rows' own.
    /// </param>
    /// <exception cref="ArgumentException">
    /// Lengths that do not fit, numbers that are not finite, a constant column, scales that are not positive.
    /// </exception>
    public NormalLaw(ReadOnlySpan<double> rows, int dimension, ReadOnlySpan<double> frame = default)
    {
        Count = Rows.Varied(new Slab<double>(rows.ToArray()), dimension);
        (d, this.rows, this.frame) = (dimension, rows.ToArray(), new double[2 * dimension]);
        if (!frame.IsEmpty && frame.Length != 2 * d)
            throw new ArgumentException($"The frame needs {2 * d} numbers (means and scales of {d} columns); got {frame.Length}.");
        for (int c = 0; c < d; c++)
        {
            if (frame.IsEmpty) Measure(c);
            else (this.frame[c], this.frame[d + c]) = (frame[c], frame[d + c]);
            if (!(this.frame[d + c] > 0))
                throw new ArgumentException(FormattableString.Invariant(
                    $"The scale of column {c + 1} is {this.frame[d + c]}; scales are positive."));
            logScale += Math.Log(this.frame[d + c]);
        }
        for (int i = 0; i < rows.Length; i++) this.rows[i] = (rows[i] - this.frame[i % d]) / this.frame[d + (i % d)];
    }

    /// <inheritdoc/>
    public int Count { get; }

    /// <summary>Means and scales of the columns.</summary>
    public ReadOnlySpan<double> Frame => frame;

    /// <inheritdoc/>
    public int Parameters => 2 * d;

    /// <inheritdoc/>
    public int Statistics => 1 + (2 * d);

    /// <inheritdoc/>
    public int Factors => 1 + (2 * d);

    /// <inheritdoc/>
    public int StartRows => 2;

    /// <inheritdoc/>
    public bool IsValid(ReadOnlySpan<double> block)
    {
        for (int c = 0; c < d; c++)
        {
            if (!double.IsFinite(block[c]) || !(block[d + c] > 0) || !double.IsFinite(block[d + c])) return false;
        }
        return true;
    }

    /// <inheritdoc/>
    public void Prepare(ReadOnlySpan<double> block, Span<double> factors)
    {
        factors[0] = -logScale - (d * HalfLog);
        for (int c = 0; c < d; c++)
        {
            double variance = block[d + c] / (frame[d + c] * frame[d + c]);
            factors[1 + c] = (block[c] - frame[c]) / frame[d + c];
            factors[1 + d + c] = 1 / variance;
            factors[0] -= 0.5 * Math.Log(variance);
        }
    }

    /// <inheritdoc/>
    public double LogDensity(ReadOnlySpan<double> factors, int row)
    {
        double square = 0;
        for (int c = 0; c < d; c++)
        {
            double e = rows[(row * d) + c] - factors[1 + c];
            square += e * e * factors[1 + d + c];
        }
        return factors[0] - (0.5 * square);
    }

    /// <inheritdoc/>
    public void Add(int row, double weight, Span<double> statistics)
    {
        statistics[0] += weight;
        for (int c = 0; c < d; c++)
        {
            double wx = weight * rows[(row * d) + c];
            statistics[1 + c] += wx;
            statistics[1 + d + c] += wx * rows[(row * d) + c];
        }
    }

    /// <inheritdoc/>
    public bool Maximise(ReadOnlySpan<double> statistics, Span<double> block)
    {
        for (int c = 0; c < d; c++)
        {
            double mean = statistics[1 + c] / statistics[0], variance = (statistics[1 + d + c] / statistics[0]) - (mean * mean);
            if (!(variance > 1e-14 * statistics[1 + d + c] / statistics[0])) return false;
            Write(block, c, mean, variance);
        }
        return true;
    }

    /// <summary>Under a flat prior on μ and v: <c>v ~ S/2 / Gamma((n − 3)/2)</c>, <c>μ ~ N(x̄, v/n)</c>; false for n ≤ 3.</summary>
    public bool Draw(ReadOnlySpan<double> statistics, Draws draws, Span<double> block)
    {
        ArgumentNullException.ThrowIfNull(draws);
        double n = statistics[0];
        if (!(n > 3)) return false;
        for (int c = 0; c < d; c++)
        {
            double mean = statistics[1 + c] / n, scatter = statistics[1 + d + c] - (n * mean * mean);
            if (!(scatter > 1e-14 * statistics[1 + d + c])) return false;
            double variance = 0.5 * scatter / GammaDraw.Next(draws, 0.5 * (n - 3));
            Write(block, c, mean + (Math.Sqrt(variance / n) * draws.NextNormal()), variance);
        }
        return true;
    }

    /// <inheritdoc/>
    public string Collapse =>
        "A component shrank onto rows that have no spread of their own, where the likelihood has no upper bound. Take fewer components.";

    /// <inheritdoc/>
    public string? Degeneracy(ReadOnlySpan<double> block, double rows)
    {
        if (rows >= FewRows * (d + 1)) return null;
        for (int c = 0; c < d; c++)
        {
            double ratio = block[d + c] / (frame[d + c] * frame[d + c]);
            if (ratio < Spike)
                return FormattableString.Invariant(
                    $"A component of {rows:0.#} rows has a variance of {ratio:g3} of column {c + 1}'s: it is a spike, ")
                    + "where the likelihood has no upper bound. Take fewer components.";
        }
        return null;
    }

    /// <inheritdoc/>
    public double Unit(int parameter) => parameter < d ? frame[d + parameter] : frame[parameter] * frame[parameter];

    /// <inheritdoc/>
    public void ToCoordinates(ReadOnlySpan<double> block, Span<double> coordinates)
    {
        for (int c = 0; c < d; c++)
        {
            coordinates[c] = (block[c] - frame[c]) / frame[d + c];
            coordinates[d + c] = 0.5 * Math.Log(block[d + c] / (frame[d + c] * frame[d + c]));
        }
    }

    /// <inheritdoc/>
    public void FromCoordinates(ReadOnlySpan<double> coordinates, Span<double> block)
    {
        for (int c = 0; c < d; c++) Write(block, c, coordinates[c], Math.Exp(2 * coordinates[d + c]));
    }

    /// <inheritdoc/>
    public void AddScore(ReadOnlySpan<double> factors, int row, double weight, Span<double> score)
    {
        for (int c = 0; c < d; c++)
        {
            double e = rows[(row * d) + c] - factors[1 + c], pull = weight * e * factors[1 + d + c];
            score[c] += pull;
            score[d + c] += (pull * e) - weight;
        }
    }

    void Write(Span<double> block, int column, double mean, double variance)
    {
        block[column] = frame[column] + (frame[d + column] * mean);
        block[d + column] = variance * frame[d + column] * frame[d + column];
    }

    void Measure(int column)
    {
        double squares = 0;
        for (int i = column; i < rows.Length; i += d) frame[column] += rows[i] / Count;
        for (int i = column; i < rows.Length; i += d) squares += Math.Pow(rows[i] - frame[column], 2) / Count;
        frame[d + column] = Math.Sqrt(squares);
        if (!(frame[d + column] > 1e-12 * Math.Abs(frame[column])))
            throw new ArgumentException($"Column {column + 1} holds one value in all {Count} rows; leave it out.");
    }
}
