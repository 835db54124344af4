namespace Descent.Fitting.Fits;

/// <summary>Standard deviations of the columns of the training rows.</summary>
static class ColumnSpread
{
    /// <summary>√(Σ(x − x̄)²/n) for each column, in two passes; zeros of sparse rows count. O(entries).</summary>
    public static double[] Of(LoadedData data, int[] rows)
    {
        int d = data.Columns, n = rows.Length;
        double[] mean = new double[d], squares = new double[d];
        int[] met = new int[d];
        Each((j, v) =>
        {
            mean[j] += v / n;
            met[j]++;
        });
        Each((j, v) => squares[j] += (v - mean[j]) * (v - mean[j]));
        return [.. Enumerable.Range(0, d).Select(j => Math.Sqrt((squares[j] + ((n - met[j]) * mean[j] * mean[j])) / n))];

        void Each(Action<int, double> take)
        {
            foreach (int i in rows)
            {
                if (data.Dense is { } x)
                {
                    for (int j = 0; j < d; j++) take(j, x[((long)i * d) + j]);
                    continue;
                }
                ReadOnlySpan<int> at = data.Sparse!.Value.IndicesOf(i);
                ReadOnlySpan<double> values = data.Sparse.Value.ValuesOf(i);
                for (int k = 0; k < at.Length; k++) take(at[k], values[k]);
            }
        }
    }
}
