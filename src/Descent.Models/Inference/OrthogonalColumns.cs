namespace Descent.Models.Inference;

/// <summary>
/// Columns made orthogonal one after another by the modified Gram–Schmidt process with one repetition; each remembers its coefficients.
/// </summary>
/// <remarks>Memory 2·rows·columns. A column of length 0 is dependent on nothing.</remarks>
sealed class OrthogonalColumns
{
    readonly int n, d;
    readonly double[] columns;
    readonly double[] lengths;
    readonly double[] sizes;
    readonly List<int> kept = [];
    readonly Dictionary<int, double[]> coefficients = [];

    /// <param name="columns">Column after column, n numbers each; overwritten.</param>
    /// <param name="n">Numbers a column.</param>
    /// <param name="d">Columns.</param>
    /// <param name="sizes">Size that the rounding of a column's entries is relative to, √n times; 0 for none beyond its own length.</param>
    public OrthogonalColumns(double[] columns, int n, int d, double[]? sizes = null)
    {
        (this.columns, this.n, this.d) = (columns, n, d);
        this.sizes = sizes ?? new double[d];
        lengths = new double[d];
        for (int j = 0; j < d; j++) lengths[j] = Vectors.Norm<double>(Column(j));
    }

    /// <summary>The independent columns found so far.</summary>
    public IReadOnlyList<int> Kept => kept;

    /// <summary>Chosen rows and columns, centred when there is an intercept and scaled by a power of two to about unit length.</summary>
    public static OrthogonalColumns Of<TRows>(TRows rows, int[] used, int[] chosen, bool centre)
        where TRows : struct, IRows<double>
    {
        int n = used.Length, d = chosen.Length;
        double[] columns = LargePages.Allocate<double>((long)n * d), sizes = new double[d];
        int[] place = new int[rows.Columns];
        Array.Fill(place, -1);
        Array.Clear(columns);
        for (int j = 0; j < d; j++) place[chosen[j]] = j;
        for (int i = 0; i < n; i++)
        {
            ReadOnlySpan<int> at = rows.IndicesOf(used[i]);
            ReadOnlySpan<double> values = rows.ValuesOf(used[i]);
            for (int k = 0; k < values.Length; k++)
            {
                int j = place[rows.IsSparse ? at[k] : k];
                if (j >= 0) columns[((long)j * n) + i] = values[k];
            }
        }
        for (int j = 0; j < d; j++)
        {
            Span<double> c = columns.AsSpan(j * n, n);
            double largest = Vectors.MaxAbs<double>(c), unit = Math.ScaleB(1, -Math.ILogB(largest));
            Vectors.Scale(unit, c);
            sizes[j] = centre ? Math.Sqrt(n) : 0;
            // The second pass takes away what rounding left of the first mean.
            for (int pass = 0; centre && pass < 2; pass++)
            {
                double mean = Vectors.Sum<double>(c) / n;
                for (int i = 0; i < n; i++) c[i] -= mean;
            }
        }
        return new OrthogonalColumns(columns, n, d, sizes);
    }

    /// <summary>
    /// Makes column j orthogonal to those kept. Returns null when something is left of it, else the columns it is a combination of.
    /// </summary>
    /// <param name="j">The column.</param>
    /// <param name="rounding">Part of its length up to which what is left is rounding.</param>
    public IReadOnlyList<int>? Add(int j, double rounding)
    {
        Span<double> c = Column(j);
        double[] r = new double[kept.Count];
        double touched = lengths[j];
        for (int pass = 0; pass < 2; pass++)
        {
            for (int k = 0; k < kept.Count; k++)
            {
                double s = Vectors.Dot<double>(Column(kept[k]), c);
                r[k] += s;
                Vectors.AddScaled(-s, Column(kept[k]), c);
            }
        }
        double left = Vectors.Norm<double>(c);
        // Entries far from 0 carry the rounding of their size, not of their deviation; it matters only once most of the column is
        // explained.
        double noise = (rounding * touched) + (left < 0.5 * touched ? 4 * 2.2e-16 * sizes[j] : 0);
        if (left > noise)
        {
            Vectors.Scale(1 / left, c);
            coefficients[j] = [.. r, left];
            kept.Add(j);
            return null;
        }
        double[] of = Back(r);
        List<int> named = [];
        for (int k = 0; k < of.Length; k++)
            if (Math.Abs(of[k]) * lengths[kept[k]] > 1e-9 * touched) named.Add(kept[k]);
        coefficients[j] = of;
        return named;
    }

    /// <summary>The coefficients on the columns kept before it of a column that was found dependent.</summary>
    public double[] Combination(int j) => coefficients[j];

    // Column j = Σ r_k q_k and column kept[k] = Σ R_lk q_l: solves R c = r from below.
    double[] Back(double[] r)
    {
        double[] c = (double[])r.Clone();
        for (int k = c.Length - 1; k >= 0; k--)
        {
            double[] column = coefficients[kept[k]];
            c[k] /= column[k];
            for (int l = 0; l < k; l++) c[l] -= column[l] * c[k];
        }
        return c;
    }

    Span<double> Column(int j) => columns.AsSpan(j * n, n);
}
