namespace Descent.Numerics;

/// <summary>Cholesky factor of a symmetric positive definite matrix, with the columns scaled to a unit diagonal first.</summary>
/// <remarks>Memory d². Cost d³/3 multiplications. Deterministic: every entry is one fused sum in a fixed order.</remarks>
public sealed class Cholesky
{
    readonly double[] factor;
    readonly double[] scale;
    readonly double[] work;

    /// <summary>Room for matrices of dimension <paramref name="dimension"/>.</summary>
    public Cholesky(int dimension)
    {
        Dimension = dimension;
        factor = new double[dimension * dimension];
        scale = new double[dimension];
        work = new double[dimension];
    }

    /// <summary>Dimension d.</summary>
    public int Dimension { get; }

    /// <summary>Smallest squared pivot of the scaled matrix: near 2⁻⁵² the matrix is singular to working precision.</summary>
    public double SmallestPivot { get; private set; }

    /// <summary>Column with the smallest pivot.</summary>
    public int WeakestColumn { get; private set; }

    /// <summary>Factors <c>A + shift·diag(A)</c>; reads the upper triangle of the row-major matrix.</summary>
    /// <returns>False when a pivot is not positive (the matrix is not positive definite to working precision).</returns>
    public bool Factor(ReadOnlySpan<double> a, double shift = 0)
    {
        int d = Dimension;
        SmallestPivot = double.PositiveInfinity;
        for (int i = 0; i < d; i++)
        {
            double diagonal = a[(i * d) + i];
            if (!(diagonal > 0) || !double.IsFinite(diagonal))
            {
                SmallestPivot = 0;
                WeakestColumn = i;
                return false;
            }
            scale[i] = 1 / Math.Sqrt(diagonal);
        }
        for (int j = 0; j < d; j++)
        {
            for (int i = j; i < d; i++)
            {
                double s = a[(j * d) + i] * scale[j] * scale[i];
                if (i == j) s += shift;
                s -= Vectors.Dot<double>(factor.AsSpan(i * d, j), factor.AsSpan(j * d, j));
                if (i == j)
                {
                    if (s < SmallestPivot)
                    {
                        SmallestPivot = s;
                        WeakestColumn = j;
                    }
                    if (!(s > 4e-16)) return false;
                    factor[(j * d) + j] = Math.Sqrt(s);
                }
                else
                {
                    factor[(i * d) + j] = s / factor[(j * d) + j];
                }
            }
        }
        return true;
    }

    /// <summary>Solves <c>A x = b</c> with the last factor; <paramref name="x"/> may be <paramref name="b"/>.</summary>
    public void Solve(ReadOnlySpan<double> b, Span<double> x)
    {
        HalfSolve(b, x);
        int d = Dimension;
        for (int i = d - 1; i >= 0; i--)
        {
            double s = x[i];
            for (int k = i + 1; k < d; k++) s = Math.FusedMultiplyAdd(-factor[(k * d) + i], x[k], s);
            x[i] = s / factor[(i * d) + i];
        }
        for (int i = 0; i < d; i++) x[i] *= scale[i];
    }

    /// <summary>The norm <c>√(bᵀA⁻¹b)</c> in the inverse of the matrix, by one triangular solve.</summary>
    public double InverseNorm(ReadOnlySpan<double> b)
    {
        HalfSolve(b, work);
        return Vectors.Norm<double>(work);
    }

    /// <summary>The full inverse, row-major; d solves.</summary>
    public double[] Inverse()
    {
        int d = Dimension;
        double[] inverse = new double[d * d], unit = new double[d], column = new double[d];
        for (int j = 0; j < d; j++)
        {
            unit[j] = 1;
            Solve(unit, column);
            for (int i = 0; i < d; i++) inverse[(i * d) + j] = column[i];
            unit[j] = 0;
        }
        return inverse;
    }

    void HalfSolve(ReadOnlySpan<double> b, Span<double> x)
    {
        int d = Dimension;
        for (int i = 0; i < d; i++)
        {
            double s = (b[i] * scale[i]) - Vectors.Dot<double>(factor.AsSpan(i * d, i), x[..i]);
            x[i] = s / factor[(i * d) + i];
        }
    }
}
