namespace Descent.Mixtures;

/// <summary>Lower Cholesky factor L of a d × d scatter matrix,
/// with its log-determinant and the distances <c>δ = (x − μ)ᵀΣ⁻¹(x − μ)</c>.</summary>
sealed class ScatterFactor(int dimension)
{
    readonly double[] factor = new double[dimension * dimension];
    readonly double[] half = new double[dimension];

    public double LogDeterminant { get; private set; }

    /// <summary>Factors the row-major matrix; false where it is not positive definite to working precision.</summary>
    public bool Factor(ReadOnlySpan<double> scatter)
    {
        LogDeterminant = 0;
        for (int j = 0; j < dimension; j++)
        {
            for (int i = j; i < dimension; i++)
            {
                double s = scatter[(i * dimension) + j];
                for (int k = 0; k < j; k++) s -= factor[(i * dimension) + k] * factor[(j * dimension) + k];
                if (i > j)
                {
                    factor[(i * dimension) + j] = s / factor[(j * dimension) + j];
                    continue;
                }
                if (!(s > 1e-14 * scatter[(i * dimension) + i]) || !double.IsFinite(s)) return false;
                factor[(j * dimension) + j] = Math.Sqrt(s);
                LogDeterminant += Math.Log(s);
            }
        }
        return true;
    }

    public double Distance(ReadOnlySpan<double> x, ReadOnlySpan<double> centre)
    {
        double sum = 0;
        for (int i = 0; i < dimension; i++)
        {
            double s = x[i] - centre[i];
            for (int k = 0; k < i; k++) s -= factor[(i * dimension) + k] * half[k];
            half[i] = s / factor[(i * dimension) + i];
            sum += half[i] * half[i];
        }
        return sum;
    }
}
