namespace Descent.Mixtures;

/// <summary>The checks that laws of whole rows share, with one wording.</summary>
static class Rows
{
    /// <summary>Number of rows of finite numbers, more than columns,
    /// no column constant; <see cref="ArgumentException"/> otherwise.</summary>
    public static int Check(ReadOnlySpan<double> data, int dimension)
    {
        if (dimension < 1 || data.Length % dimension != 0)
            throw new ArgumentException($"{data.Length} numbers do not make rows of {dimension} columns.");
        int count = data.Length / dimension;
        for (int i = 0; i < data.Length; i++)
        {
            if (!double.IsFinite(data[i]))
                throw new ArgumentException(FormattableString.Invariant(
                    $"Row {(i / dimension) + 1}, column {(i % dimension) + 1} holds {data[i]}; every number must be finite."));
        }
        if (count <= dimension)
            throw new ArgumentException($"{count} rows cannot give a scatter of {dimension} columns; at least {dimension + 1} are needed.");
        for (int j = 0; j < dimension; j++)
        {
            if (IsConstant(data, dimension, j))
                throw new ArgumentException($"Column {j + 1} holds one value in all {count} rows, so it has no scale; leave it out.");
        }
        return count;
    }

    /// <summary>Number of rows of finite numbers that are not all equal; <see cref="ArgumentException"/> otherwise.</summary>
    public static int Varied(Slab<double> data, int dimension)
    {
        if (dimension < 1 || data.Length == 0 || data.Length % dimension != 0)
            throw new ArgumentException($"{data.Length} numbers do not make rows of {dimension} columns.");
        int count = checked((int)(data.Length / dimension));
        bool varied = false;
        for (long i = 0; i < data.Length; i++)
        {
            if (!double.IsFinite(data[i])) throw NotFinite(data[i], i, dimension);
            varied |= data[i] != data[i % dimension];
        }
        if (!varied)
            throw new ArgumentException($"All {count} rows are equal: there is nothing to tell components apart; one law fits them.");
        return count;
    }

    /// <summary>What is said of a number that is not finite.</summary>
    public static ArgumentException NotFinite(double value, long at, int dimension) => new(FormattableString.Invariant(
        $"Row {(at / dimension) + 1}, column {(at % dimension) + 1} holds {value}; every number must be finite."));

    /// <summary>The weights, or ones; finite and not negative, with a positive sum.</summary>
    public static double[] Weights(ReadOnlySpan<double> weights, int count)
    {
        double[] result = new double[count];
        if (weights.IsEmpty)
        {
            Array.Fill(result, 1);
            return result;
        }
        if (weights.Length != count) throw new ArgumentException($"{count} rows need {count} weights; got {weights.Length}.");
        double total = 0;
        for (int i = 0; i < count; i++)
        {
            if (!(weights[i] >= 0) || !double.IsFinite(weights[i]))
                throw new ArgumentException(
                    FormattableString.Invariant($"Weight {i + 1} is {weights[i]}; weights must be finite and ≥ 0."));
            total += weights[i];
        }
        if (total == 0) throw new ArgumentException("All weights are 0; at least one row must count.");
        weights.CopyTo(result);
        return result;
    }

    /// <summary>Takes the column means off the rows and returns them: products of centred numbers lose no digits.</summary>
    public static double[] Centre(double[] rows, int dimension)
    {
        double[] means = new double[dimension];
        int count = rows.Length / dimension;
        for (int i = 0; i < rows.Length; i++) means[i % dimension] += rows[i] / count;
        for (int i = 0; i < rows.Length; i++) rows[i] -= means[i % dimension];
        return means;
    }

    static bool IsConstant(ReadOnlySpan<double> data, int dimension, int column)
    {
        for (int i = column; i < data.Length; i += dimension)
        {
            if (data[i] != data[column]) return false;
        }
        return true;
    }
}
