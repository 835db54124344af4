namespace Descent.Mixtures.Chains;

/// <summary>Rows of probabilities.</summary>
static class Simplex
{
    /// <summary>Whether every row of this width is a law: no negative entry, sum 1 to rounding.</summary>
    public static bool Holds(ReadOnlySpan<double> rows, int width)
    {
        for (int r = 0; r < rows.Length; r += width)
        {
            double sum = 0;
            for (int j = r; j < r + width; j++)
            {
                if (!(rows[j] >= 0)) return false;
                sum += rows[j];
            }
            if (!(Math.Abs(sum - 1) < 1e-9)) return false;
        }
        return true;
    }

    /// <summary>Writes each row of counts by its sum; false where a row is empty.</summary>
    public static bool Shares(ReadOnlySpan<double> counts, Span<double> rows, int width)
    {
        for (int r = 0; r < counts.Length; r += width)
        {
            double sum = 0;
            for (int j = r; j < r + width; j++) sum += counts[j];
            if (!(sum > 0)) return false;
            for (int j = r; j < r + width; j++) rows[j] = counts[j] / sum;
        }
        return true;
    }
}
