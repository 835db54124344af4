namespace Descent.Mixtures.Laws;

/// <summary>
/// Columns of a regression in units of their standard deviations about their means, so that normal equations are well scaled, with the way
/// back to coefficients of the columns as given. Without intercept the columns are scaled by their root mean squares alone.
/// </summary>
sealed class Design
{
    readonly double[] means, scales, values;
    readonly bool intercept;

    public Design(ReadOnlySpan<double> rows, int dimension, bool intercept)
    {
        if (dimension < 0 || (dimension == 0 && !intercept) || (dimension > 0 && (rows.Length == 0 || rows.Length % dimension != 0)))
            throw new ArgumentException($"{rows.Length} numbers do not make rows of {dimension} columns.");
        if (dimension == 0) throw new ArgumentException("A regression needs at least 1 column; for none take a mixture of normal laws.");
        this.intercept = intercept;
        (Count, Width) = (rows.Length / dimension, dimension + (intercept ? 1 : 0));
        (means, scales, values) = (new double[dimension], new double[dimension], new double[Count * Width]);
        for (int i = 0; i < rows.Length; i++)
        {
            if (!double.IsFinite(rows[i])) throw Rows.NotFinite(rows[i], i, dimension);
        }
        for (int c = 0; c < dimension; c++) Take(rows, dimension, c);
        if (Count <= Width + 1)
            throw new ArgumentException($"{Count} rows cannot tell {Width} coefficients; at least {Width + 2} are needed.");
    }

    public int Count { get; }

    /// <summary>Coefficients, the intercept first.</summary>
    public int Width { get; }

    /// <summary>Means and scales of the columns.</summary>
    public double[] Frame => [.. means, .. scales];

    public ReadOnlySpan<double> Row(int row) => values.AsSpan(row * Width, Width);

    /// <summary>The unit of a coefficient: one over the scale of its column.</summary>
    public double Unit(int coefficient) => intercept && coefficient == 0 ? 1 : 1 / scales[coefficient - (intercept ? 1 : 0)];

    /// <summary>Coefficients of the columns as given.</summary>
    public void ToGiven(ReadOnlySpan<double> standard, Span<double> given)
    {
        int first = intercept ? 1 : 0;
        double shift = 0;
        for (int c = 0; c < scales.Length; c++)
        {
            given[first + c] = standard[first + c] / scales[c];
            shift += given[first + c] * means[c];
        }
        if (intercept) given[0] = standard[0] - shift;
    }

    /// <summary>Coefficients of the scaled columns.</summary>
    public void ToStandard(ReadOnlySpan<double> given, Span<double> standard)
    {
        int first = intercept ? 1 : 0;
        double shift = 0;
        for (int c = 0; c < scales.Length; c++)
        {
            standard[first + c] = given[first + c] * scales[c];
            shift += given[first + c] * means[c];
        }
        if (intercept) standard[0] = given[0] + shift;
    }

    public double Predict(ReadOnlySpan<double> standard, int row)
    {
        ReadOnlySpan<double> z = Row(row);
        double sum = 0;
        for (int c = 0; c < z.Length; c++) sum += z[c] * standard[c];
        return sum;
    }

    void Take(ReadOnlySpan<double> rows, int dimension, int column)
    {
        double sum = 0, squares = 0;
        for (int i = 0; i < Count; i++) sum += rows[(i * dimension) + column];
        means[column] = intercept ? sum / Count : 0;
        for (int i = 0; i < Count; i++) squares += Math.Pow(rows[(i * dimension) + column] - means[column], 2);
        scales[column] = Math.Sqrt(squares / Count);
        if (!(scales[column] > 1e-12 * Math.Abs(means[column])))
            throw new ArgumentException($"Column {column + 1} holds one value in all {Count} rows; leave it out.");
        int first = intercept ? 1 : 0;
        for (int i = 0; i < Count; i++)
        {
            values[i * Width] = 1;
            values[(i * Width) + first + column] = (rows[(i * dimension) + column] - means[column]) / scales[column];
        }
    }
}
