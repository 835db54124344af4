namespace Descent.Models.Certificates;

/// <summary>Gauss's elimination with complete pivoting in double-double arithmetic; unknowns that the equations leave open are 0.</summary>
static class Elimination
{
    /// <summary>Solves in place; false when an equation is contradicted by more than rounding.</summary>
    public static bool Solve(DoubleDouble[] matrix, DoubleDouble[] right, int size)
    {
        int[] place = [.. Enumerable.Range(0, size)];
        double largest = 0;
        foreach (DoubleDouble x in matrix) largest = Math.Max(largest, Math.Abs(x.Hi));
        int rank = 0;
        for (; rank < size; rank++)
        {
            (int row, int column, double pivot) = Largest(matrix, rank, size);
            if (!(pivot > 1e-27 * largest)) break;
            Exchange(matrix, right, place, rank, row, column, size);
            for (int i = rank + 1; i < size; i++)
            {
                if (matrix[(i * size) + rank].Hi == 0) continue;
                DoubleDouble f = matrix[(i * size) + rank] / matrix[(rank * size) + rank];
                for (int j = rank + 1; j < size; j++) matrix[(i * size) + j] -= f * matrix[(rank * size) + j];
                right[i] -= f * right[rank];
            }
        }
        double scale = 0;
        foreach (DoubleDouble x in right) scale = Math.Max(scale, Math.Abs(x.Hi));
        for (int i = rank; i < size; i++)
            if (Math.Abs(right[i].Hi) > 1e-20 * scale) return false;
        DoubleDouble[] x0 = new DoubleDouble[size];
        for (int i = rank - 1; i >= 0; i--)
        {
            DoubleDouble s = right[i];
            for (int j = i + 1; j < rank; j++) s -= matrix[(i * size) + j] * x0[place[j]];
            x0[place[i]] = s / matrix[(i * size) + i];
        }
        x0.CopyTo(right, 0);
        return true;
    }

    static (int Row, int Column, double Pivot) Largest(DoubleDouble[] matrix, int from, int size)
    {
        (int row, int column, double pivot) = (from, from, 0);
        for (int i = from; i < size; i++)
        {
            for (int j = from; j < size; j++)
            {
                double a = Math.Abs(matrix[(i * size) + j].Hi);
                if (a > pivot) (row, column, pivot) = (i, j, a);
            }
        }
        return (row, column, pivot);
    }

    static void Exchange(DoubleDouble[] matrix, DoubleDouble[] right, int[] place, int k, int row, int column, int size)
    {
        for (int j = 0; j < size; j++)
            (matrix[(k * size) + j], matrix[(row * size) + j]) = (matrix[(row * size) + j], matrix[(k * size) + j]);
        (right[k], right[row]) = (right[row], right[k]);
        for (int i = 0; i < size; i++)
            (matrix[(i * size) + k], matrix[(i * size) + column]) = (matrix[(i * size) + column], matrix[(i * size) + k]);
        (place[k], place[column]) = (place[column], place[k]);
    }
}
