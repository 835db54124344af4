namespace Descent.Models.Linear;

/// <summary>The pairs of a factorisation machine's margin, <c>Σ_{j&lt;l} ⟨vⱼ, vₗ⟩ xⱼxₗ = ½ Σ_f ((v_f·x)² − Σⱼ (v_fⱼxⱼ)²)</c>, in a row's
/// non-zeros times K. Source: Rendle 2010, lemma 3.1.</summary>
public static class FactorPairs
{
    /// <summary>The sum over the pairs of one row.</summary>
    /// <param name="columns">Columns of its stored values; empty where all are stored, in order.</param>
    /// <param name="row">Its stored values.</param>
    /// <param name="factors">K vectors v_f of d numbers, one behind the other.</param>
    /// <param name="width">d.</param>
    /// <param name="sums">Takes the K sums v_f·x, which slopes are made of; empty where nobody asks.</param>
    public static double Of(ReadOnlySpan<int> columns, ReadOnlySpan<double> row, ReadOnlySpan<double> factors, int width,
        Span<double> sums = default)
    {
        double pairs = 0;
        for (int f = 0; f * width < factors.Length; f++)
        {
            ReadOnlySpan<double> v = factors.Slice(f * width, width);
            double sum = 0, squares = 0;
            for (int e = 0; e < row.Length; e++)
            {
                double t = v[columns.IsEmpty ? e : columns[e]] * row[e];
                sum += t;
                squares += t * t;
            }
            if (!sums.IsEmpty) sums[f] = sum;
            pairs += (sum * sum) - squares;
        }
        return 0.5 * pairs;
    }
}
