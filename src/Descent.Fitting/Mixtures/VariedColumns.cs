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
        int[] constant = [.. Enumerable.Range(0, data.Columns.Count).Where(j => !HasSpread(data, j))];
        if (constant.Length == data.Columns.Count && constant.Length > 1)
            throw new DataException($"{data.Source}: all {Text.Count(data.Count)} rows are equal, so there is nothing to tell components "
                + "apart by. Fit other columns (`Features`).");
        if (constant.Length > 0)
            throw new DataException($"{data.Source}, column '{data.Columns[constant[0]]}': holds {Text.Exact(data.Values[constant[0]])} in "
                + $"all {Text.Count(data.Count)} rows, or is as good as constant, so it has no spread. Leave it out with "
                + $"`Exclude = {data.Columns[constant[0]]}`, or name others in `Features`.");
    }

    static bool HasSpread(MixtureData data, int column)
    {
        int d = data.Columns.Count;
        double mean = 0, squares = 0;
        for (int i = 0; i < data.Count; i++) mean += data.Values[(i * d) + column] / data.Count;
        for (int i = 0; i < data.Count; i++)
        {
            double gap = data.Values[(i * d) + column] - mean;
            squares += gap * gap / data.Count;
        }
        return squares > Rounding * mean * mean;
    }
}
