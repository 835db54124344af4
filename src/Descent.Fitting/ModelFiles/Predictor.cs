using Descent.Models.Linear;

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
        for (int i = 0; i < z.Length && w.Length > linear; i++)
            z[i] += FactorPairs.Of(rows.IsSparse ? rows.IndicesOf(i) : default, rows.ValuesOf(i), w[linear..], d);
        return z;
    }
}
