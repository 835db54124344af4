namespace Descent.Models.Certificates;

/// <summary>
/// Cholesky factor in double-double arithmetic with diagonal pivoting, columns scaled to a unit diagonal;
/// tells which columns depend on others, and proves a lower bound on the smallest eigenvalue of the rest (Rump 2006:
/// a shifted matrix whose factorisation runs to its end is positive definite but for the rounding of the factorisation).
/// </summary>
sealed class ExactFactor : Factorisation
{
    readonly int size;
    readonly DoubleDouble[] matrix, factor;
    readonly double[] scale;
    readonly int[] order;
    int rank;

    /// <summary>Factors the upper triangle <paramref name="matrix"/>,
    /// leaving out columns whose pivot is at most <paramref name="drop"/> of their diagonal.</summary>
    public ExactFactor(DoubleDouble[] matrix, int size, double drop)
    {
        (this.matrix, this.size) = (matrix, size);
        (scale, order, factor) = (new double[size], new int[size], new DoubleDouble[size * size]);
        for (int j = 0; j < size; j++)
        {
            double diagonal = matrix[(j * size) + j].Hi;
            scale[j] = diagonal > 0 ? 1 / Math.Sqrt(diagonal) : 0;
            if (!double.IsFinite(scale[j])) scale[j] = 0;
            order[j] = j;
        }
        Pivot(drop);
    }

    /// <inheritdoc/>
    public override int Rank => rank;

    /// <summary>Smallest pivot kept.</summary>
    public double SmallestPivot { get; private set; } = 1;

    /// <inheritdoc/>
    public override ReadOnlySpan<int> Order => order;

    /// <inheritdoc/>
    public override double ScaleOf(int j) => scale[j];

    /// <inheritdoc/>
    public override void Solve(ReadOnlySpan<DoubleDouble> right, Span<DoubleDouble> result)
    {
        DoubleDouble[] y = new DoubleDouble[Rank];
        for (int i = 0; i < Rank; i++)
        {
            DoubleDouble s = right[order[i]] * scale[order[i]];
            for (int k = 0; k < i; k++) s -= factor[(i * size) + k] * y[k];
            y[i] = s / factor[(i * size) + i];
        }
        result.Clear();
        for (int i = Rank - 1; i >= 0; i--)
        {
            DoubleDouble s = y[i];
            for (int k = i + 1; k < Rank; k++) s -= factor[(k * size) + i] * y[k];
            y[i] = s / factor[(i * size) + i];
        }
        for (int i = 0; i < Rank; i++) result[order[i]] = y[i] * scale[order[i]];
    }

    /// <inheritdoc/>
    public override double SmallestEigenvalue(double error)
    {
        if (Rank == 0) return 1;
        double shift = ((2 * (Rank + 4) * DoubleDouble.Epsilon) + error) * Rank;
        DoubleDouble[] trial = new DoubleDouble[Rank * Rank];
        for (double part = 0.25; part > 1e-6; part /= 8)
            if (SmallestPivot * part > shift && RunsThrough(trial, (SmallestPivot * part) + shift)) return SmallestPivot * part;
        return 0;
    }

    bool RunsThrough(DoubleDouble[] l, double shift)
    {
        for (int i = 0; i < Rank; i++)
        {
            for (int j = 0; j <= i; j++)
            {
                DoubleDouble s = Scaled(order[i], order[j]);
                if (i == j) s -= shift;
                for (int k = 0; k < j; k++) s -= l[(i * Rank) + k] * l[(j * Rank) + k];
                if (i == j && !(s.Hi > 0)) return false;
                l[(i * Rank) + j] = i == j ? DoubleDouble.Sqrt(s) : s / l[(j * Rank) + j];
            }
        }
        return true;
    }

    DoubleDouble Scaled(int a, int b) => matrix[a < b ? (a * size) + b : (b * size) + a] * scale[a] * scale[b];

    void Pivot(double drop)
    {
        DoubleDouble[] left = new DoubleDouble[size];
        for (int j = 0; j < size; j++) left[j] = Scaled(j, j);
        for (int k = 0; k < size; k++)
        {
            int best = k;
            for (int i = k + 1; i < size; i++)
                if (left[i].Hi > left[best].Hi) best = i;
            if (!(left[best].Hi > drop)) break;
            Swap(k, best, left);
            SmallestPivot = Math.Min(SmallestPivot, left[k].Hi);
            DoubleDouble pivot = DoubleDouble.Sqrt(left[k]);
            factor[(k * size) + k] = pivot;
            for (int i = k + 1; i < size; i++)
            {
                DoubleDouble s = Scaled(order[i], order[k]);
                for (int m = 0; m < k; m++) s -= factor[(i * size) + m] * factor[(k * size) + m];
                s /= pivot;
                factor[(i * size) + k] = s;
                left[i] -= s * s;
            }
            rank = k + 1;
        }
    }

    void Swap(int a, int b, DoubleDouble[] left)
    {
        if (a == b) return;
        (order[a], order[b]) = (order[b], order[a]);
        (left[a], left[b]) = (left[b], left[a]);
        for (int k = 0; k < a; k++) (factor[(a * size) + k], factor[(b * size) + k]) = (factor[(b * size) + k], factor[(a * size) + k]);
    }
}
