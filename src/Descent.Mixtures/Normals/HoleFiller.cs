namespace Descent.Mixtures.Normals;

/// <summary>Conditional law of a normal row's holes given the rest; the factor is kept while the pattern of holes stays.</summary>
sealed class HoleFiller
{
    readonly int d;
    readonly double[] theta, filled, covariance, half, joint;
    readonly int[] columns;
    readonly bool[] hole;
    int observed = -1;
    double logDeterminant;

    public HoleFiller(int dimension, double[] theta)
    {
        (d, this.theta) = (dimension, theta);
        (filled, half, columns, hole) = (new double[d], new double[d], new int[d], new bool[d]);
        (covariance, joint) = (new double[d * d], new double[d * d]);
    }

    /// <summary>The row with expected values in its holes.</summary>
    public ReadOnlySpan<double> Filled => filled;

    /// <summary>Covariance of the holes given the rest, d × d; zero where a number is seen.</summary>
    public ReadOnlySpan<double> Covariance => covariance;

    /// <summary>Columns that are seen.</summary>
    public ReadOnlySpan<int> Observed => columns.AsSpan(0, Math.Max(observed, 0));

    /// <summary>Fills a row; returns the log-density of what is seen, NaN where its covariance is not positive definite.</summary>
    public double Fill(ReadOnlySpan<double> row)
    {
        if (!Same(row) && !Prepare(row)) return double.NaN;
        double square = 0;
        // y = L⁻¹(x_o − μ_o); the rows of L below hold Σ_mo L⁻ᵀ.
        for (int i = 0; i < d; i++)
        {
            int c = columns[i];
            double sum = 0;
            for (int k = 0; k < Math.Min(i, observed); k++) sum += joint[(i * d) + k] * half[k];
            if (i < observed)
            {
                half[i] = (row[c] - theta[c] - sum) / joint[(i * d) + i];
                square += half[i] * half[i];
                filled[c] = row[c];
            }
            else
            {
                filled[c] = theta[c] + sum;
            }
        }
        return -0.5 * ((observed * Math.Log(2 * Math.PI)) + logDeterminant + square);
    }

    bool Same(ReadOnlySpan<double> row)
    {
        if (observed < 0) return false;
        for (int c = 0; c < d; c++)
        {
            if (double.IsNaN(row[c]) != hole[c]) return false;
        }
        return true;
    }

    // Cholesky over the seen columns first; what is left of the others is their covariance given the seen.
    bool Prepare(ReadOnlySpan<double> row)
    {
        observed = 0;
        logDeterminant = 0;
        for (int c = 0; c < d; c++)
        {
            hole[c] = double.IsNaN(row[c]);
            if (!hole[c]) columns[observed++] = c;
        }
        for (int c = 0, at = observed; c < d; c++)
        {
            if (hole[c]) columns[at++] = c;
        }
        Array.Clear(covariance);
        for (int i = 0; i < d; i++)
        {
            for (int j = 0; j <= i; j++)
            {
                double diagonal = theta[d + (columns[i] * d) + columns[j]], s = diagonal;
                for (int k = 0; k < Math.Min(j, observed); k++) s -= joint[(i * d) + k] * joint[(j * d) + k];
                if (j >= observed)
                {
                    covariance[(columns[i] * d) + columns[j]] = covariance[(columns[j] * d) + columns[i]] = s;
                }
                else if (j < i)
                {
                    joint[(i * d) + j] = s / joint[(j * d) + j];
                }
                else
                {
                    if (!(s > 1e-14 * diagonal)) return false;
                    joint[(i * d) + i] = Math.Sqrt(s);
                    logDeterminant += Math.Log(s);
                }
            }
        }
        return true;
    }
}
