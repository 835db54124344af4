using Descent.Data;

namespace Descent.Fitting.Mixtures;

/// <summary>What laws with a scale ask of their columns.</summary>
static class VariedColumns
{
    // As GaussianMixture: a spread below rounding of the mean is none.
    const double Rounding = 1e-24;

    /// <exception cref="DataException">One row, rows that are all equal, or a column that is constant.</exception>
    public static void Require(MixtureData data)
    {
        if (data.Count < 2) throw new DataException($"{data.Source}: has 1 row; a mixture needs at least 2.");
        bool[] varied = HaveSpread(data);
        int[] constant = [.. Enumerable.Range(0, data.Columns.Count).Where(j => !varied[j])];
        if (constant.Length == data.Columns.Count && constant.Length > 1)
            throw new DataException($"{data.Source}: all {Text.Count(data.Count)} rows are equal, so there is nothing to tell components "
                + "apart by. Fit other columns (`Features`).");
        if (constant.Length > 0)
            throw new DataException($"{data.Source}, column '{data.Columns[constant[0]]}': holds {Text.Exact(data.Values[constant[0]])} in "
                + $"all {Text.Count(data.Count)} rows, or is as good as constant, so it has no spread. Leave it out with "
                + $"`Exclude = {data.Columns[constant[0]]}`, or name others in `Features`.");
    }

    /// <summary>What laws without a scale ask: values of their kind, in rows that are not all equal.</summary>
    /// <exception cref="DataException">One row, rows that are all equal, or a value that the family gives no probability to.</exception>
    public static void RequireRows(MixtureData data, MixtureFamily family)
    {
        int d = data.Columns.Count;
        RequireValues(data, family);
        if (data.Count < 2) throw new DataException($"{data.Source}: has 1 row; a mixture needs at least 2.");
        for (int i = 1; i < data.Count; i++)
            if (!data.Row(i).SequenceEqual(data.Row(0))) return;
        throw new DataException($"{data.Source}: all {Text.Count(data.Count)} rows are equal, so there is nothing to tell components "
            + "apart by. Fit other columns (`Features`).");
    }

    /// <summary>Refuses the first value that has no probability under any law of the family.</summary>
    /// <exception cref="DataException">There is one; row and column are said.</exception>
    public static void RequireValues(MixtureData data, MixtureFamily family)
    {
        int d = data.Columns.Count;
        double[] row = new double[data.RowColumns.Count];
        for (int i = 0; i < data.Count; i++)
        {
            data.Row(i).CopyTo(row);
            if (data.Targets.Length > 0) row[d] = data.Targets[i];
            if (data.Trials.Length > 0) row[d + 1] = data.Trials[i];
            RequireRow(data.Source, data.RowColumns, row, d, data.RowNumber?.Invoke(i) ?? i + 1, family);
        }
    }

    /// <summary>Refuses a row with a value that the family gives no probability to.</summary>
    /// <exception cref="DataException">There is one; row and column are said.</exception>
    public static void RequireRow(
        string source, IReadOnlyList<string> columns, ReadOnlySpan<double> row, int features, int number, MixtureFamily family)
    {
        for (int a = 0; a < row.Length; a++)
            if (!double.IsNaN(row[a]) && family.Wrong(row, a, features) is { } expected)
                throw new DataException($"{source}, row {Text.Count(number)}, column '{columns[a]}': holds {Text.Exact(row[a])}; a "
                    + $"{family.Name} mixture needs {expected}. Leave the column out with `Exclude`, or name others in `Features`.");
    }

    // Of the numbers that are there, in one pass over the rows, which may lie on a disk (Welford 1962).
    static bool[] HaveSpread(MixtureData data)
    {
        int d = data.Columns.Count;
        double[] mean = new double[d], squares = new double[d];
        int[] seen = new int[d];
        for (int i = 0; i < data.Count; i++)
        {
            ReadOnlySpan<double> row = data.Row(i);
            for (int j = 0; j < d; j++)
            {
                if (double.IsNaN(row[j])) continue;
                double gap = row[j] - mean[j];
                mean[j] += gap / ++seen[j];
                squares[j] += gap * (row[j] - mean[j]);
            }
        }
        return [.. squares.Select((s, j) => s > Rounding * mean[j] * mean[j] * seen[j])];
    }
}
