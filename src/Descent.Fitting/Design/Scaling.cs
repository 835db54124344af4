using Descent.Data.Files;

namespace Descent.Fitting.Design;

/// <summary>Columns moved by their means and divided by their standard deviations, and how coefficients are brought back.</summary>
sealed class Scaling
{
    Scaling(double[] means, double[] deviations)
    {
        Means = means;
        Deviations = deviations;
    }

    /// <summary>By what columns were moved: their means, or 0.</summary>
    public double[] Means { get; }

    /// <summary>The means, whether columns were moved by them or not.</summary>
    double[] Centres { get; init; } = [];

    public double[] Deviations { get; }

    /// <summary>The same for more columns, of which the others are not moved.</summary>
    /// <param name="kept">Numbers of the present columns among <paramref name="columns"/>.</param>
    /// <param name="columns">Number of all columns.</param>
    public Scaling Widen(int[] kept, int columns)
    {
        double[] means = new double[columns], deviations = new double[columns];
        Array.Fill(deviations, 1);
        for (int j = 0; j < kept.Length; j++) (means[kept[j]], deviations[kept[j]]) = (Means[j], Deviations[j]);
        return new Scaling(means, deviations);
    }

    /// <summary>Scales dense rows in place. Means and (population) deviations are weighted like the loss; the floor is added to every
    /// variance: λ/φ″ makes the curvature of loss and penalty together equal in all columns.</summary>
    public static Scaling Dense(Slab<double> x, int count, int columns, double[]? weights, bool centre, double floor = 0)
    {
        double[] means = new double[columns], squares = new double[columns];
        double total = 0;
        for (int i = 0; i < count; i++)
        {
            double w = weights?[i] ?? 1;
            total += w;
            ReadOnlySpan<double> row = x.Span((long)i * columns, columns);
            for (int j = 0; j < columns; j++) means[j] += w * row[j];
        }
        for (int j = 0; j < columns; j++) means[j] /= total;
        Recentre(x, count, columns, weights, means, total);
        for (int i = 0; i < count; i++)
        {
            double w = weights?[i] ?? 1;
            ReadOnlySpan<double> row = x.Span((long)i * columns, columns);
            for (int j = 0; j < columns; j++)
            {
                double r = row[j] - means[j];
                squares[j] += w * r * r;
            }
        }
        if (floor > 0)
            for (int j = 0; j < columns; j++) squares[j] += floor * total;
        Scaling s = Finish(means, squares, total, centre);
        for (int i = 0; i < count; i++)
        {
            Span<double> row = x.Span((long)i * columns, columns);
            for (int j = 0; j < columns; j++) row[j] = (row[j] - s.Means[j]) / s.Deviations[j];
        }
        return s;
    }

    /// <summary>
    /// Whether sparse rows are better written out and centred: when that costs little, or when a column lies so far from 0 that its Gram
    /// matrix with the intercept would lose most of its digits.
    /// </summary>
    public static bool IsWorthCentring(CsrRows<double> rows)
    {
        double size = (double)rows.Count * rows.Columns;
        if (size <= 1e5) return true;
        if (size > 2.5e7) return false;
        Scaling s = Sparse(rows).Scaling;
        for (int j = 0; j < rows.Columns; j++)
            if (Math.Abs(s.Centres[j]) > 1000 * s.Deviations[j]) return true;
        return false;
    }

    /// <summary>Divides sparse columns by their deviations; they are not moved, which would fill them.</summary>
    public static (Scaling Scaling, CsrRows<double> Rows) Sparse(CsrRows<double> rows, double[]? weights = null)
    {
        int d = rows.Columns, n = rows.Count;
        double[] means = new double[d], squares = new double[d], present = new double[d];
        double total = 0;
        for (int i = 0; i < n; i++)
        {
            double w = weights?[i] ?? 1;
            total += w;
            ReadOnlySpan<int> j = rows.IndicesOf(i);
            ReadOnlySpan<double> v = rows.ValuesOf(i);
            for (int k = 0; k < j.Length; k++)
            {
                means[j[k]] += w * v[k];
                present[j[k]] += w;
            }
        }
        // Mean m over all rows; of the zeros that are not stored, each is m away from it.
        for (int j = 0; j < d; j++)
        {
            means[j] /= total;
            squares[j] = Math.Max(0, total - present[j]) * means[j] * means[j];
        }
        double[] left = new double[d];
        for (int i = 0; i < n; i++)
        {
            double w = weights?[i] ?? 1;
            ReadOnlySpan<int> j = rows.IndicesOf(i);
            ReadOnlySpan<double> v = rows.ValuesOf(i);
            for (int k = 0; k < j.Length; k++)
            {
                double r = v[k] - means[j[k]];
                squares[j[k]] += w * r * r;
                left[j[k]] += w * r;
            }
        }
        // Σ(v − m)² about a rounded m is too large by W·(m̄ − m)²: the shift that two passes leave.
        for (int j = 0; j < d; j++)
        {
            double shift = (left[j] - (Math.Max(0, total - present[j]) * means[j])) / total;
            squares[j] = Math.Max(0, squares[j] - (total * shift * shift));
        }
        Scaling s = Finish(means, squares, total, false);
        long[] starts = new long[n + 1];
        Slab<int> indices = Room.Take<int>(rows.Entries);
        Slab<double> values = Room.Take<double>(rows.Entries);
        long at = 0;
        for (int i = 0; i < n; i++)
        {
            ReadOnlySpan<int> j = rows.IndicesOf(i);
            ReadOnlySpan<double> v = rows.ValuesOf(i);
            for (int k = 0; k < j.Length; k++, at++) (indices[at], values[at]) = (j[k], v[k] / s.Deviations[j[k]]);
            starts[i + 1] = at;
        }
        return (s, new CsrRows<double>(starts, indices, values, d));
    }

    /// <summary>
    /// Parameters of the scaled columns as parameters of the original ones; layout as in the risk: K weight vectors, then K intercepts.
    /// </summary>
    public double[] Undo(ReadOnlySpan<double> w, int outputs, bool intercept)
    {
        int d = Means.Length;
        double[] original = w.ToArray();
        for (int k = 0; k < outputs; k++)
        {
            double shift = 0;
            for (int j = 0; j < d; j++)
            {
                original[(k * d) + j] = w[(k * d) + j] / Deviations[j];
                shift += original[(k * d) + j] * Means[j];
            }
            if (intercept) original[(outputs * d) + k] -= shift;
        }
        return original;
    }

    /// <summary>Parameters of the original columns as parameters of the scaled ones: what <see cref="Undo"/> undoes.</summary>
    public double[] Redo(ReadOnlySpan<double> w, int outputs, bool intercept)
    {
        int d = Means.Length;
        double[] scaled = w.ToArray();
        for (int k = 0; k < outputs; k++)
        {
            double shift = 0;
            for (int j = 0; j < d; j++)
            {
                shift += w[(k * d) + j] * Means[j];
                scaled[(k * d) + j] *= Deviations[j];
            }
            if (intercept) scaled[(outputs * d) + k] += shift;
        }
        return scaled;
    }

    /// <summary>The variances of the original parameters from the covariance of the scaled ones.</summary>
    /// <param name="covariance">Of the vectors of weights, then the constants.</param>
    /// <param name="vectors">Vectors of weights.</param>
    /// <param name="constants">Constants: one a vector, several beside one vector, or none.</param>
    public double[] UndoVariances(double[] covariance, int vectors, int constants)
    {
        int d = Means.Length, size = (vectors * d) + constants;
        double[] variances = new double[size];
        for (int p = 0; p < vectors * d; p++) variances[p] = covariance[(p * size) + p] / (Deviations[p % d] * Deviations[p % d]);
        for (int k = 0; k < constants; k++)
        {
            int own = Math.Min(k, vectors - 1), b = (vectors * d) + k;
            // Var(b − Σ wⱼ mⱼ/sⱼ) = aᵀ C a with a = (−m/s, 1).
            double sum = 0;
            for (int p = 0; p <= d; p++)
            {
                int ip = p < d ? (own * d) + p : b;
                double ap = p < d ? -Means[p] / Deviations[p] : 1;
                for (int q = 0; q <= d; q++)
                {
                    int iq = q < d ? (own * d) + q : b;
                    sum += ap * (q < d ? -Means[q] / Deviations[q] : 1) * covariance[(Math.Min(ip, iq) * size) + Math.Max(ip, iq)];
                }
            }
            variances[b] = sum;
        }
        return variances;
    }

    // A mean far from 0 carries the rounding of its sum; the mean of what is left of the column mends it.
    static void Recentre(Slab<double> x, int count, int columns, double[]? weights, double[] means, double total)
    {
        double[] left = new double[columns];
        for (int i = 0; i < count; i++)
        {
            double w = weights?[i] ?? 1;
            ReadOnlySpan<double> row = x.Span((long)i * columns, columns);
            for (int j = 0; j < columns; j++) left[j] += w * (row[j] - means[j]);
        }
        for (int j = 0; j < columns; j++)
            if (double.IsFinite(left[j])) means[j] += left[j] / total;
    }

    static Scaling Finish(double[] means, double[] squares, double total, bool centre)
    {
        double[] deviations = new double[means.Length];
        for (int j = 0; j < means.Length; j++)
        {
            double deviation = Math.Sqrt(squares[j] / total);
            // A constant column stays as it is; dividing by its zero deviation would make NaN.
            deviations[j] = deviation > 1e-13 * Math.Abs(means[j]) && deviation > 0 ? deviation : 1;
        }
        return new Scaling(centre ? means : new double[means.Length], deviations) { Centres = means };
    }
}
