namespace Descent.Models.Inference;

/// <summary>
/// Which columns of a design are linear combinations of the columns before them (aliased, in R's word). Without a penalty such a column
/// leaves <c>inf F</c> as it is and makes the optimum a whole line; without it the optimum is unique and its standard errors exist.
/// </summary>
/// <remarks>
/// Zero and constant columns are found exactly. For combinations the columns are centred (with an intercept) and made orthogonal one after
/// another, twice each, so that what is left of a column is right to about 1e-15 of it (Giraud, Langou, Rozložník and van den Eshof 2005);
/// it counts as a combination when no more than 1e-12 is left. A design whose Gram matrix is far from singular is passed without that. Cost
/// n·d² for the Gram matrix, 4n·d² for the orthogonal columns; memory d², and 2n·d where columns are made orthogonal. Rows of weight 0 do
/// not count. Deterministic.
/// </remarks>
public static class ColumnRank
{
    const double Rounding = 1e-12;

    /// <summary>The dependent columns, in ascending order.</summary>
    /// <param name="rows">The rows, n × d.</param>
    /// <param name="weights">Weights ≥ 0, one a row; null for equal ones.</param>
    /// <param name="intercept">Whether the model has a constant, which comes before all columns.</param>
    /// <param name="mostEntries">Above this n·d only zero and constant columns are looked for.</param>
    /// <param name="mostWork">Above this n·d² likewise.</param>
    /// <exception cref="ArgumentException">The weights are not as many as the rows.</exception>
    public static IReadOnlyList<DependentColumn> Dependent<TRows>(TRows rows, double[]? weights, bool intercept, double mostEntries = 2.5e7,
        double mostWork = 6e9)
        where TRows : struct, IRows<double>
    {
        if (weights is not null && weights.Length != rows.Count)
            throw new ArgumentException($"{rows.Count} rows need as many weights; got {weights.Length}.", nameof(weights));
        int[] used = [.. Enumerable.Range(0, rows.Count).Where(i => weights is null || weights[i] > 0)];
        List<DependentColumn> found = Constants(rows, used, intercept);
        int[] rest = [.. Enumerable.Range(0, rows.Columns).Except(found.Select(f => f.Column))];
        double entries = (double)used.Length * rest.Length;
        if (rest.Length < (intercept ? 1 : 2) || entries > mostEntries || entries * rest.Length > mostWork) return found;
        if (!Correlations<TRows>.FarFromSingular(rows, used, rest, intercept))
        {
            OrthogonalColumns columns = OrthogonalColumns.Of(rows, used, rest, intercept);
            for (int j = 0; j < rest.Length; j++)
                if (columns.Add(j, Rounding) is { } of)
                    found.Add(new DependentColumn(rest[j], ColumnFault.Combination, [.. of.Select(k => rest[k])]));
        }
        return [.. found.OrderBy(f => f.Column)];
    }

    static List<DependentColumn> Constants<TRows>(TRows rows, int[] used, bool intercept)
        where TRows : struct, IRows<double>
    {
        int d = rows.Columns;
        int[] stored = new int[d];
        double[] value = new double[d];
        bool[] varies = new bool[d];
        foreach (int i in used)
        {
            ReadOnlySpan<int> at = rows.IndicesOf(i);
            ReadOnlySpan<double> values = rows.ValuesOf(i);
            for (int k = 0; k < values.Length; k++)
            {
                int j = rows.IsSparse ? at[k] : k;
                if (stored[j]++ == 0) value[j] = values[k];
                else varies[j] |= values[k] != value[j];
            }
        }
        List<DependentColumn> found = [];
        for (int j = 0; j < d; j++)
        {
            // A stored value that is missing in some row is 0 there.
            if (!varies[j] && value[j] == 0) found.Add(new DependentColumn(j, ColumnFault.Zero, []));
            else if (!varies[j] && stored[j] == used.Length && intercept) found.Add(new DependentColumn(j, ColumnFault.Constant, []));
        }
        return found;
    }
}
