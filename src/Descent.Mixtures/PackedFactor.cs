namespace Descent.Mixtures;

/// <summary>Inverse Cholesky factors, packed by rows.</summary>
static class PackedFactor
{
    /// <summary>
    /// L⁻¹ of A = LLᵀ: first L in place, then its inverse row by row. False where A is not positive definite to working precision.
    /// </summary>
    public static bool Inverse(ReadOnlySpan<double> a, int d, Span<double> packed, out double logDeterminant)
    {
        logDeterminant = 0;
        for (int i = 0; i < d; i++)
        {
            Span<double> row = packed.Slice(i * (i + 1) / 2, i + 1);
            for (int j = 0; j <= i; j++)
            {
                double s = a[(i * d) + j];
                ReadOnlySpan<double> other = packed.Slice(j * (j + 1) / 2, j + 1);
                for (int c = 0; c < j; c++) s -= row[c] * other[c];
                if (j < i)
                {
                    row[j] = s / other[j];
                    continue;
                }
                if (!(s > 1e-14 * a[(i * d) + i]) || !double.IsFinite(s)) return false;
                row[i] = Math.Sqrt(s);
                logDeterminant += Math.Log(s);
            }
        }
        for (int i = 0; i < d; i++)
        {
            Span<double> row = packed.Slice(i * (i + 1) / 2, i + 1);
            for (int j = 0; j < i; j++)
            {
                double s = 0;
                for (int c = j; c < i; c++) s -= row[c] * packed[(c * (c + 1) / 2) + j];
                row[j] = s / row[i];
            }
            row[i] = 1 / row[i];
        }
        return true;
    }
}
