namespace Descent.Tests.Recursions;

/// <summary>Dense linear algebra of the slow and certain kind: Gaussian elimination with pivots, Jacobi's rotations.</summary>
static class Dense
{
    public static double[] Solve(double[,] matrix, double[] right)
    {
        int n = right.Length;
        double[,] a = (double[,])matrix.Clone();
        double[] b = (double[])right.Clone();
        for (int k = 0; k < n; k++)
        {
            int p = k;
            for (int i = k + 1; i < n; i++)
                if (Math.Abs(a[i, k]) > Math.Abs(a[p, k])) p = i;
            for (int j = 0; j < n; j++) (a[k, j], a[p, j]) = (a[p, j], a[k, j]);
            (b[k], b[p]) = (b[p], b[k]);
            for (int i = k + 1; i < n; i++)
            {
                double m = a[i, k] / a[k, k];
                for (int j = k; j < n; j++) a[i, j] -= m * a[k, j];
                b[i] -= m * b[k];
            }
        }
        for (int i = n - 1; i >= 0; i--)
        {
            for (int j = i + 1; j < n; j++) b[i] -= a[i, j] * b[j];
            b[i] /= a[i, i];
        }
        return b;
    }

    /// <summary>Eigenvalues in ascending order, and their vectors as the columns of a matrix.</summary>
    public static (double[] Values, double[,] Vectors) Eigen(double[,] matrix)
    {
        int n = matrix.GetLength(0);
        double[,] a = (double[,])matrix.Clone(), q = new double[n, n];
        for (int i = 0; i < n; i++) q[i, i] = 1;
        for (int sweep = 0; sweep < 60; sweep++)
            for (int p = 0; p < n; p++)
                for (int r = p + 1; r < n; r++) Rotate(a, q, p, r);
        int[] order = [.. Enumerable.Range(0, n).OrderBy(i => a[i, i])];
        double[,] sorted = new double[n, n];
        for (int i = 0; i < n; i++)
            for (int j = 0; j < n; j++) sorted[i, j] = q[i, order[j]];
        return ([.. order.Select(i => a[i, i])], sorted);
    }

    public static double[,] Multiply(double[,] a, double[,] b)
    {
        double[,] c = new double[a.GetLength(0), b.GetLength(1)];
        for (int i = 0; i < c.GetLength(0); i++)
            for (int j = 0; j < c.GetLength(1); j++)
                for (int k = 0; k < b.GetLength(0); k++) c[i, j] += a[i, k] * b[k, j];
        return c;
    }

    public static double[,] Transpose(double[,] a)
    {
        double[,] t = new double[a.GetLength(1), a.GetLength(0)];
        for (int i = 0; i < t.GetLength(0); i++)
            for (int j = 0; j < t.GetLength(1); j++) t[i, j] = a[j, i];
        return t;
    }

    public static double[] Times(double[,] a, double[] x) =>
        [.. Enumerable.Range(0, a.GetLength(0)).Select(i => Enumerable.Range(0, x.Length).Sum(j => a[i, j] * x[j]))];

    public static double Dot(double[] a, double[] b) => a.Zip(b, (x, y) => x * y).Sum();

    static void Rotate(double[,] a, double[,] q, int p, int r)
    {
        if (a[p, r] == 0) return;
        double theta = (a[r, r] - a[p, p]) / (2 * a[p, r]), t = (theta >= 0 ? 1 : -1) / (Math.Abs(theta) + Math.Sqrt((theta * theta) + 1)),
            c = 1 / Math.Sqrt((t * t) + 1), s = t * c;
        for (int k = 0; k < a.GetLength(0); k++) (a[k, p], a[k, r]) = ((c * a[k, p]) - (s * a[k, r]), (s * a[k, p]) + (c * a[k, r]));
        for (int k = 0; k < a.GetLength(0); k++) (a[p, k], a[r, k]) = ((c * a[p, k]) - (s * a[r, k]), (s * a[p, k]) + (c * a[r, k]));
        for (int k = 0; k < a.GetLength(0); k++) (q[k, p], q[k, r]) = ((c * q[k, p]) - (s * q[k, r]), (s * q[k, p]) + (c * q[k, r]));
        a[p, r] = a[r, p] = 0;
    }
}
