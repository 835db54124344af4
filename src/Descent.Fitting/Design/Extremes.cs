using Descent.Data;

namespace Descent.Fitting.Design;

/// <summary>
/// Refuses columns whose size double precision cannot square and multiply: gradients are products of a column and a target, and norms
/// square them, (1e75·1e75)² = 1e300. Beyond, a fit would be of overflowed or vanished numbers, and would be called converged.
/// </summary>
static class Extremes
{
    const double Largest = 1e75, Smallest = 1e-75, LargestCount = 9007199254740992;

    /// <exception cref="DataException">A column, the target or the weights are beyond; the sentence names it and what to multiply it
    /// by.</exception>
    public static void Require(LoadedData data)
    {
        if (data.Family.Labels == LabelKind.Counts && data.Labels.Max() > LargestCount)
            throw new DataException($"{data.Source}: the target '{data.Target}' holds {Text.Number(data.Labels.Max())}; counts above "
                + $"2⁵³ are not whole numbers in double precision. Is it a count?");
        if (data.Classes is null) Require(data, $"the target '{data.Target}'", Size(data.Labels));
        if (data.Weights is { } weights) Require(data, "the weights", Size(weights));
        if (data.Offsets is { } offsets) Require(data, "the offset", Size(offsets));
        double[] sizes = data.Sparse is { } rows ? Sizes(rows) : Sizes(data.Dense!.Value, data.Columns);
        for (int j = 0; j < sizes.Length; j++) Require(data, $"the column '{data.Features[j].Name}'", sizes[j]);
    }

    static void Require(LoadedData data, string what, double size)
    {
        if (size == 0 || size is >= Smallest and <= Largest) return;
        int power = (int)Math.Round(Math.Log10(size));
        throw new DataException(
            $"{data.Source}: the largest value of {what} is {Text.Number(size, "G3")} in size; sizes from 1e-75 to 1e75 can be fitted "
                + $"in double precision. Multiply it by 1e{Math.Clamp(-power, -300, 300)}, that is, measure it in another unit.");
    }

    static double Size(ReadOnlySpan<double> x)
    {
        double most = 0;
        foreach (double v in x) most = Math.Max(most, Math.Abs(v));
        return most;
    }

    static double[] Sizes(Slab<double> x, int columns)
    {
        double[] most = new double[columns];
        for (long at = 0; at + columns <= x.Length && columns > 0; at += columns)
        {
            ReadOnlySpan<double> row = x.Span(at, columns);
            for (int j = 0; j < columns; j++) most[j] = Math.Max(most[j], Math.Abs(row[j]));
        }
        return most;
    }

    static double[] Sizes(CsrRows<double> rows)
    {
        double[] most = new double[rows.Columns];
        for (int i = 0; i < rows.Count; i++)
        {
            ReadOnlySpan<int> at = rows.IndicesOf(i);
            ReadOnlySpan<double> v = rows.ValuesOf(i);
            for (int k = 0; k < at.Length; k++) most[at[k]] = Math.Max(most[at[k]], Math.Abs(v[k]));
        }
        return most;
    }
}
