namespace Descent.Models.Inference;

/// <summary>The correlation matrix of chosen columns, a block of rows at a time: enough to pass a design that is far from
/// singular.</summary>
/// <remarks>Three passes over the rows, n·d² for the Gram matrix; memory 256·d + d². Deterministic.</remarks>
/// <typeparam name="TRows">The rows.</typeparam>
readonly struct Correlations<TRows>
    where TRows : struct, IRows<double>
{
    const int Block = 256;

    readonly TRows rows;
    readonly int[] used, place;
    readonly int d;
    readonly double[] mean, largest;

    Correlations(TRows rows, int[] used, int[] chosen)
    {
        (this.rows, this.used, d) = (rows, used, chosen.Length);
        place = new int[rows.Columns];
        Array.Fill(place, -1);
        for (int j = 0; j < d; j++) place[chosen[j]] = j;
        (mean, largest) = (new double[d], new double[d]);
    }

    /// <summary>Whether no column can be a combination of others: the smallest pivot of their correlation matrix is above 10⁻⁶.</summary>
    /// <param name="rows">The rows.</param>
    /// <param name="used">Numbers of the rows that count.</param>
    /// <param name="chosen">Numbers of the columns, none of them zero in every row.</param>
    /// <param name="centre">Whether columns are centred first.</param>
    public static bool FarFromSingular(TRows rows, int[] used, int[] chosen, bool centre)
    {
        int d = chosen.Length;
        if (used.Length < d) return false;
        Correlations<TRows> all = new(rows, used, chosen);
        all.Measure(centre);
        double[] gram = new double[d * d];
        all.AddGram(gram);
        Cholesky factor = new(d);
        return factor.Factor(gram) && factor.SmallestPivot > 1e-6;
    }

    // The second pass takes away what rounding left of the first mean.
    void Measure(bool centre)
    {
        double[] block = new double[Block * d];
        for (int pass = 0; pass < (centre ? 2 : 1); pass++)
        {
            double[] sum = new double[d];
            for (int first = 0; first < used.Length; first += Block)
            {
                int count = Fill(block, first);
                for (int i = 0; i < count; i++)
                {
                    ReadOnlySpan<double> x = block.AsSpan(i * d, d);
                    for (int j = 0; j < x.Length; j++)
                    {
                        sum[j] += x[j];
                        largest[j] = Math.Max(largest[j], Math.Abs(x[j]));
                    }
                }
            }
            for (int j = 0; centre && j < d; j++) mean[j] += sum[j] / used.Length;
        }
    }

    // Columns are brought to entries of about 1, so that no square leaves the range of double.
    void AddGram(double[] gram)
    {
        double[] block = new double[Block * d], one = new double[Block], unit = new double[d];
        Array.Fill(one, 1);
        for (int j = 0; j < d; j++) unit[j] = largest[j] > 0 ? Math.ScaleB(1, -Math.ILogB(largest[j])) : 1;
        for (int first = 0; first < used.Length; first += Block)
        {
            int count = Fill(block, first);
            for (int i = 0; i < count; i++)
                for (int j = 0; j < d; j++) block[(i * d) + j] *= unit[j];
            new DenseRows<double>(block, Block, d).AddGram(0, one.AsSpan(0, count), gram, d);
        }
    }

    // Rows from first on, chosen columns, centred; how many there are.
    int Fill(double[] block, int first)
    {
        int count = Math.Min(Block, used.Length - first);
        for (int i = 0; i < count; i++)
        {
            Span<double> to = block.AsSpan(i * d, d);
            for (int j = 0; j < to.Length; j++) to[j] = -mean[j];
            ReadOnlySpan<int> at = rows.IndicesOf(used[first + i]);
            ReadOnlySpan<double> values = rows.ValuesOf(used[first + i]);
            if (!rows.IsSparse && d == rows.Columns)
            {
                for (int j = 0; j < to.Length; j++) to[j] += values[j];
                continue;
            }
            for (int k = 0; k < values.Length; k++)
            {
                int j = place[rows.IsSparse ? at[k] : k];
                if (j >= 0) to[j] += values[k];
            }
        }
        return count;
    }
}
