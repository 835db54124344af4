namespace Descent.Models.Tests.Certificates;

static class Dense
{
    /// <summary>Solves a symmetric positive semidefinite system, given by its lower triangle, by LDLᵀ;
    /// a direction with a pivot of rounding gets no step.</summary>
    public static Wide[] Solve(Wide[] lower, Wide[] right, int d)
    {
        Wide[] l = new Wide[d * d], pivots = new Wide[d], y = new Wide[d];
        for (int i = 0; i < d; i++)
        {
            for (int j = 0; j <= i; j++)
            {
                Wide s = lower[(i * d) + j];
                for (int q = 0; q < j; q++) s -= l[(i * d) + q] * l[(j * d) + q] * pivots[q];
                if (i == j) pivots[i] = s.Head > 1e-29 * lower[(i * d) + i].Head ? s : 0;
                else l[(i * d) + j] = pivots[j].Head == 0 ? 0 : s / pivots[j];
            }
        }
        for (int i = 0; i < d; i++)
        {
            y[i] = right[i];
            for (int q = 0; q < i; q++) y[i] -= l[(i * d) + q] * y[q];
        }
        for (int i = d - 1; i >= 0; i--)
        {
            y[i] = pivots[i].Head == 0 ? 0 : y[i] / pivots[i];
            for (int q = i + 1; q < d; q++) y[i] -= pivots[i].Head == 0 ? 0 : l[(q * d) + i] * y[q];
        }
        return y;
    }
}
