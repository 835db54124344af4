namespace Descent.Models.Separation;

/// <summary>
/// The rows of positive weight as a dense matrix with its columns centred (given an intercept) and scaled, the intercept's 1 first.
/// Parameters are k blocks of <see cref="Width"/> entries.
/// </summary>
/// <remarks>
/// Memory n·(d + 1). Subtracting a mean is a change of the intercept alone, so it changes neither separation nor fit, whatever rounding
/// the mean carries.
/// </remarks>
sealed class Design
{
    readonly double[] means, scales;
    readonly int columns;

    Design(double[] values, int[] examples, int columns, bool intercept, double[] means, double[] scales)
    {
        Values = values;
        Examples = examples;
        this.columns = columns;
        HasIntercept = intercept;
        Width = columns + (intercept ? 1 : 0);
        (this.means, this.scales) = (means, scales);
        Rows = new DenseRows<double>(values, examples.Length, Width);
    }

    public double[] Values { get; }

    /// <summary>Numbers of the examples among those given.</summary>
    public int[] Examples { get; }

    public bool HasIntercept { get; }

    public int Width { get; }

    public int Count => Examples.Length;

    public DenseRows<double> Rows { get; }

    public ReadOnlySpan<double> Row(int i) => Values.AsSpan(i * Width, Width);

    public static Design Of<TRows>(TRows rows, double[]? weights, bool intercept)
        where TRows : struct, IRows<double>
    {
        int[] used = [.. Enumerable.Range(0, rows.Count).Where(i => weights is null || weights[i] > 0)];
        int d = rows.Columns, first = intercept ? 1 : 0, width = d + first;
        double[] x = LargePages.Allocate<double>((long)used.Length * width), means = new double[d], scales = new double[d];
        for (int i = 0; i < used.Length; i++)
        {
            Span<double> to = x.AsSpan(i * width, width);
            to.Clear();
            if (intercept) to[0] = 1;
            ReadOnlySpan<int> at = rows.IndicesOf(used[i]);
            ReadOnlySpan<double> values = rows.ValuesOf(used[i]);
            for (int k = 0; k < values.Length; k++) to[first + (rows.IsSparse ? at[k] : k)] = values[k];
        }
        for (int j = 0; j < d; j++) (means[j], scales[j]) = Standardise(x, used.Length, width, first + j, intercept);
        return new Design(x, used, d, intercept, means, scales);
    }

    static (double Mean, double Scale) Standardise(double[] x, int n, int width, int at, bool centre)
    {
        double mean = 0, rest = 0, largest = 0;
        for (int i = 0; centre && i < n; i++) mean += x[(i * width) + at] / n;
        for (int i = 0; centre && i < n; i++) rest += (x[(i * width) + at] - mean) / n;
        mean += rest;
        for (int i = 0; i < n; i++) largest = Math.Max(largest, Math.Abs(x[(i * width) + at] -= mean));
        // Powers of two divide without rounding.
        double scale = largest > 0 ? Math.ScaleB(1, Math.ILogB(largest)) : 1;
        for (int i = 0; i < n; i++) x[(i * width) + at] /= scale;
        return (mean, scale);
    }

    /// <summary>Parameters of this design in the layout of a risk on the rows given: k weight vectors, then k intercepts.</summary>
    public double[] ToRisk(ReadOnlySpan<double> w, int outputs)
    {
        int first = HasIntercept ? 1 : 0;
        double[] to = new double[outputs * Width];
        for (int k = 0; k < outputs; k++)
        {
            ReadOnlySpan<double> own = w.Slice(k * Width, Width);
            double shift = 0;
            for (int j = 0; j < columns; j++)
            {
                double slope = own[first + j] / scales[j];
                to[(k * columns) + j] = slope;
                shift += slope * means[j];
            }
            if (HasIntercept) to[(outputs * columns) + k] = own[0] - shift;
        }
        return to;
    }

    /// <summary>Parameters of a risk on the rows given in the layout of this design.</summary>
    public double[] FromRisk(ReadOnlySpan<double> w, int outputs)
    {
        int first = HasIntercept ? 1 : 0;
        double[] to = new double[outputs * Width];
        for (int k = 0; k < outputs; k++)
        {
            Span<double> own = to.AsSpan(k * Width, Width);
            for (int j = 0; j < columns; j++)
            {
                double slope = w[(k * columns) + j];
                own[first + j] = slope * scales[j];
                if (HasIntercept) own[0] += slope * means[j];
            }
            if (HasIntercept) own[0] += w[(outputs * columns) + k];
        }
        return to;
    }
}
