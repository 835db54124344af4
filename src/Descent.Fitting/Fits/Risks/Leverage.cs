namespace Descent.Fitting.Fits;

/// <summary>Leverages of least squares.</summary>
static class Leverage
{
    const double MostWork = 1e9;

    /// <summary>
    /// hᵢ = wᵢ xᵢᵀ(XᵀWX)⁻¹xᵢ, the diagonal of the hat matrix: by how much a fitted value follows its own observation; they add up to the
    /// number of parameters. Columns are moved by their weighted means first (with an intercept) and scaled, which changes no hᵢ but keeps
    /// their digits. O(n p²); null where XᵀWX is singular to working precision or the work is over 10⁹.
    /// </summary>
    /// <param name="x">Rows of all columns.</param>
    /// <param name="columns">Number of all columns.</param>
    /// <param name="rows">Which rows were fitted.</param>
    /// <param name="used">Which columns were fitted.</param>
    /// <param name="weights">Weights of the fitted rows; null for 1 each.</param>
    /// <param name="intercept">Whether there is one.</param>
    public static double[]? Of(Slab<double> x, int columns, int[] rows, int[] used, double[]? weights, bool intercept)
    {
        int p = used.Length, n = rows.Length;
        if ((double)n * p * p > MostWork) return null;
        double[] z = new double[(long)n * p];
        for (int i = 0; i < n; i++)
            for (int j = 0; j < p; j++) z[(i * p) + j] = x[((long)rows[i] * columns) + used[j]];
        double total = 0;
        for (int i = 0; i < n; i++) total += weights?[i] ?? 1;
        for (int j = 0; j < p; j++) Standardise(z, n, p, j, weights, intercept ? total : double.NaN);
        double[] gram = new double[p * p], solved = new double[p], h = new double[n];
        for (int i = 0; i < n; i++)
        {
            double w = weights?[i] ?? 1;
            ReadOnlySpan<double> row = z.AsSpan(i * p, p);
            for (int j = 0; j < p; j++)
                for (int k = j; k < p; k++) gram[(j * p) + k] += w * row[j] * row[k];
        }
        Cholesky factor = new(p);
        if (p > 0 && !factor.Factor(gram)) return null;
        for (int i = 0; i < n; i++)
        {
            ReadOnlySpan<double> row = z.AsSpan(i * p, p);
            if (p > 0) factor.Solve(row, solved);
            double own = intercept ? 1 / total : 0;
            for (int j = 0; j < p; j++) own += row[j] * solved[j];
            h[i] = Math.Clamp((weights?[i] ?? 1) * own, 0, 1);
        }
        return h;
    }

    // Minus the weighted mean (where a total weight is given), over the largest size left.
    static void Standardise(double[] z, int n, int p, int j, double[]? weights, double total)
    {
        double mean = 0, size = 0;
        if (!double.IsNaN(total))
            for (int i = 0; i < n; i++) mean += (weights?[i] ?? 1) / total * z[(i * p) + j];
        for (int i = 0; i < n; i++) size = Math.Max(size, Math.Abs(z[(i * p) + j] -= mean));
        if (size > 0)
            for (int i = 0; i < n; i++) z[(i * p) + j] /= size;
    }
}
