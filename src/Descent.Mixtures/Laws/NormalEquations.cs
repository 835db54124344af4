namespace Descent.Mixtures.Laws;

/// <summary>Symmetric positive definite systems in the lower triangle by rows, packed; in place and without allocations.</summary>
static class NormalEquations
{
    public static int Length(int width) => width * (width + 1) / 2;

    /// <summary>Adds <c>weight · zzᵀ</c>.</summary>
    public static void Add(ReadOnlySpan<double> z, double weight, Span<double> packed)
    {
        for (int i = 0, at = 0; i < z.Length; i++)
        {
            double scaled = weight * z[i];
            for (int j = 0; j <= i; j++, at++) packed[at] += scaled * z[j];
        }
    }

    /// <summary>Replaces A by its Cholesky factor and b by A⁻¹b; returns <c>bᵀA⁻¹b</c>, NaN where A is not positive definite.</summary>
    public static double Solve(Span<double> a, Span<double> b)
    {
        double form = 0;
        for (int i = 0; i < b.Length; i++)
        {
            Span<double> row = a.Slice(i * (i + 1) / 2, i + 1);
            double diagonal = row[i];
            for (int j = 0; j <= i; j++)
            {
                ReadOnlySpan<double> other = a.Slice(j * (j + 1) / 2, j + 1);
                double s = row[j];
                for (int c = 0; c < j; c++) s -= row[c] * other[c];
                row[j] = j < i ? s / other[j] : s;
            }
            if (!(row[i] > 1e-14 * diagonal) || !double.IsFinite(row[i])) return double.NaN;
            row[i] = Math.Sqrt(row[i]);
            for (int c = 0; c < i; c++) b[i] -= row[c] * b[c];
            b[i] /= row[i];
            form += b[i] * b[i];
        }
        for (int i = b.Length - 1; i >= 0; i--)
        {
            for (int c = i + 1; c < b.Length; c++) b[i] -= a[(c * (c + 1) / 2) + i] * b[c];
            b[i] /= a[(i * (i + 1) / 2) + i];
        }
        return form;
    }
}
