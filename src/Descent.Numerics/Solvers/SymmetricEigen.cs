namespace Descent.Numerics;

/// <summary>Eigenvalues and eigenvectors of a symmetric matrix:
/// Householder reduction to tridiagonal form, then QL with implicit Wilkinson shifts.</summary>
/// <remarks>Memory 2d². Cost about 9d³ operations. No allocation after the constructor; deterministic.
/// Source: Golub and Van Loan 2013, 8.3.</remarks>
public sealed class SymmetricEigen
{
    readonly double[] a, q, values, off, v, p;

    /// <summary>Room for matrices of dimension <paramref name="dimension"/>.</summary>
    public SymmetricEigen(int dimension)
    {
        Dimension = dimension;
        a = new double[dimension * dimension];
        q = new double[dimension * dimension];
        values = new double[dimension];
        off = new double[dimension];
        v = new double[dimension];
        p = new double[dimension];
    }

    /// <summary>Dimension d.</summary>
    public int Dimension { get; }

    /// <summary>Eigenvalues in ascending order.</summary>
    public ReadOnlySpan<double> Values => values;

    /// <summary>The unit eigenvector of the i-th eigenvalue.</summary>
    public ReadOnlySpan<double> Vector(int i) => q.AsSpan(i * Dimension, Dimension);

    /// <summary>Decomposes; reads the upper triangle of the row-major matrix.</summary>
    /// <returns>False when an entry is not finite or the iteration does not settle (60 shifts a value).</returns>
    public bool Decompose(ReadOnlySpan<double> matrix)
    {
        int d = Dimension;
        double unit = Unit(matrix);
        if (!double.IsFinite(unit)) return false;
        for (int i = 0; i < d; i++)
        {
            for (int j = i; j < d; j++)
            {
                double x = matrix[(i * d) + j] / unit;
                a[(i * d) + j] = x;
                a[(j * d) + i] = x;
            }
            Row(i).Clear();
            q[(i * d) + i] = 1;
        }
        Tridiagonalise();
        for (int l = 0; l < d; l++)
            if (!Settle(l)) return false;
        if (unit != 1)
            for (int i = 0; i < d; i++) values[i] *= unit;
        Sort();
        return true;
    }

    // A power of two that brings matrices whose squares would leave the range back into it;
    // 1 for all others, not finite when an entry is not.
    double Unit(ReadOnlySpan<double> matrix)
    {
        double top = 0;
        for (int i = 0; i < Dimension; i++)
        {
            double row = Vectors.MaxAbs(matrix.Slice((i * Dimension) + i, Dimension - i));
            if (!double.IsFinite(row)) return double.NaN;
            top = Math.Max(top, row);
        }
        return top is 0 or (> 1e-120 and < 1e120) ? 1 : Math.ScaleB(1, Math.Clamp(Math.ILogB(top), -1022, 1022));
    }

    Span<double> Row(int i) => q.AsSpan(i * Dimension, Dimension);

    // A ← PAP with P = I − 2vvᵀ for each column; the rows of q collect the product, transposed, so that later rotations act on rows.
    void Tridiagonalise()
    {
        int d = Dimension;
        for (int k = 0; k + 2 < d; k++)
        {
            Span<double> x = v.AsSpan(k + 1, d - k - 1), work = p.AsSpan(k + 1, d - k - 1);
            for (int i = 0; i < x.Length; i++) x[i] = a[((k + 1 + i) * d) + k];
            double norm = Vectors.Norm<double>(x);
            if (norm == 0) continue;
            x[0] += Math.CopySign(norm, x[0]);
            Vectors.Scale(1 / Vectors.Norm<double>(x), x);
            for (int i = 0; i < x.Length; i++) work[i] = 2 * Vectors.Dot<double>(a.AsSpan(((k + 1 + i) * d) + k + 1, x.Length), x);
            double half = Vectors.Dot<double>(x, work);
            // A ← A − v wᵀ − w vᵀ with w = 2Av − (vᵀ2Av)v.
            Vectors.AddScaled(-half, x, work);
            for (int i = 0; i < x.Length; i++)
            {
                Span<double> row = a.AsSpan(((k + 1 + i) * d) + k + 1, x.Length);
                Vectors.AddScaled(-x[i], work, row);
                Vectors.AddScaled(-work[i], x, row);
            }
            double column = -Math.CopySign(norm, a[((k + 1) * d) + k]);
            for (int i = k + 1; i < d; i++) a[(i * d) + k] = a[(k * d) + i] = 0;
            a[((k + 1) * d) + k] = a[(k * d) + k + 1] = column;
            Reflect(k + 1);
        }
        for (int i = 0; i < d; i++)
        {
            values[i] = a[(i * d) + i];
            off[i] = i + 1 < d ? a[(i * d) + i + 1] : 0;
        }
    }

    // Rows of q from first on: Q ← (I − 2vvᵀ)Q.
    void Reflect(int first)
    {
        p.AsSpan().Clear();
        for (int i = first; i < Dimension; i++) Vectors.AddScaled(2 * v[i], Row(i), p.AsSpan());
        for (int i = first; i < Dimension; i++) Vectors.AddScaled(-v[i], p, Row(i));
    }

    bool Settle(int l)
    {
        for (int tries = 0; tries < 60; tries++)
        {
            int m = l;
            while (m + 1 < Dimension && Math.Abs(off[m]) > 1.1e-16 * (Math.Abs(values[m]) + Math.Abs(values[m + 1]))) m++;
            if (m == l) return true;
            Sweep(l, m);
        }
        return false;
    }

    // One QL sweep over rows l … m with the shift of the leading two-by-two block.
    void Sweep(int l, int m)
    {
        double g = (values[l + 1] - values[l]) / (2 * off[l]), r = Math.Sqrt((g * g) + 1), s = 1, c = 1, shift = 0;
        g = values[m] - values[l] + (off[l] / (g + Math.CopySign(r, g)));
        for (int i = m - 1; i >= l; i--)
        {
            double f = s * off[i], b = c * off[i];
            r = Math.Sqrt((f * f) + (g * g));
            off[i + 1] = r;
            if (r == 0)
            {
                values[i + 1] -= shift;
                off[m] = 0;
                return;
            }
            (s, c) = (f / r, g / r);
            g = values[i + 1] - shift;
            r = ((values[i] - g) * s) + (2 * c * b);
            shift = s * r;
            values[i + 1] = g + shift;
            g = (c * r) - b;
            Rotate(Row(i), Row(i + 1), c, s);
        }
        values[l] -= shift;
        off[l] = g;
        off[m] = 0;
    }

    static void Rotate(Span<double> x, Span<double> y, double c, double s)
    {
        for (int k = 0; k < x.Length; k++)
        {
            double f = y[k];
            y[k] = (s * x[k]) + (c * f);
            x[k] = (c * x[k]) - (s * f);
        }
    }

    void Sort()
    {
        int d = Dimension;
        for (int i = 0; i + 1 < d; i++)
        {
            int least = i;
            for (int j = i + 1; j < d; j++)
                if (values[j] < values[least]) least = j;
            if (least == i) continue;
            (values[i], values[least]) = (values[least], values[i]);
            for (int k = 0; k < d; k++) (q[(i * d) + k], q[(least * d) + k]) = (q[(least * d) + k], q[(i * d) + k]);
        }
    }
}
