namespace Descent.Fitting.ModelFiles;

/// <summary>Margins of rows under parameters on the original scale.</summary>
static class Predictor
{
    public static double[] Margins<TRows>(TRows rows, ReadOnlySpan<double> w, int outputs, bool intercept)
        where TRows : struct, IRows<double>
    {
        int d = rows.Columns;
        double[] z = new double[rows.Count * outputs];
        for (int i = 0; i < rows.Count; i++)
            for (int k = 0; k < outputs; k++)
                z[(i * outputs) + k] = rows.DotExact(i, w.Slice(k * d, d)) + (intercept ? w[(outputs * d) + k] : 0);
        int linear = outputs * (d + (intercept ? 1 : 0));
        if (w.Length > linear) AddPairs(rows, w[linear..], z);
        return z;
    }

    // Σ ⟨vⱼ, vₗ⟩ xⱼxₗ over the pairs of columns, as ½ Σ_f ((v_f·x)² − Σ(v_fⱼxⱼ)²).
    static void AddPairs<TRows>(TRows rows, ReadOnlySpan<double> factors, double[] z)
        where TRows : struct, IRows<double>
    {
        int d = rows.Columns;
        for (int i = 0; i < z.Length; i++)
        {
            ReadOnlySpan<double> x = rows.ValuesOf(i);
            ReadOnlySpan<int> at = rows.IsSparse ? rows.IndicesOf(i) : default;
            double pairs = 0;
            for (int f = 0; f < factors.Length; f += d)
            {
                double sum = 0, squares = 0;
                for (int e = 0; e < x.Length; e++)
                {
                    double t = x[e] == 0 ? 0 : factors[f + (rows.IsSparse ? at[e] : e)] * x[e];
                    sum += t;
                    squares += t * t;
                }
                pairs += (sum * sum) - squares;
            }
            z[i] += 0.5 * pairs;
        }
    }
}
