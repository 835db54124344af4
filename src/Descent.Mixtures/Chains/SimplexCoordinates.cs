namespace Descent.Mixtures.Chains;

/// <summary>
/// Rows of probabilities about a point: <c>p_j ∝ p⁰_j e^{α_j}</c>, α = 0 for the largest of a row. Probabilities below 10⁻⁹ have no
/// coordinate: they are held.
/// </summary>
sealed class SimplexCoordinates : IEmissionCoordinates
{
    const double Edge = 1e-9;
    readonly double[] origin;
    readonly int width;
    readonly int[] free;

    public SimplexCoordinates(double[] origin, int width)
    {
        (this.origin, this.width) = (origin, width);
        List<int> open = [];
        for (int r = 0; r < origin.Length; r += width)
        {
            int top = r;
            for (int j = r; j < r + width; j++)
                if (origin[j] > origin[top]) top = j;
            for (int j = r; j < r + width; j++)
                if (j != top && origin[j] > Edge) open.Add(j);
        }
        free = [.. open];
    }

    public int Length => free.Length;

    public void At(ReadOnlySpan<double> coordinates, Span<double> theta)
    {
        origin.CopyTo(theta);
        for (int i = 0; i < free.Length; i++) theta[free[i]] *= Math.Exp(coordinates[i]);
        for (int r = 0; r < theta.Length; r += width)
        {
            double held = 0, moving = 0;
            for (int j = r; j < r + width; j++) (held, moving) = origin[j] > Edge ? (held, moving + theta[j]) : (held + theta[j], moving);
            for (int j = r; j < r + width; j++)
                if (origin[j] > Edge) theta[j] *= (1 - held) / moving;
        }
    }

    public void Slope(ReadOnlySpan<double> statistics, ReadOnlySpan<double> theta, Span<double> slope)
    {
        for (int i = 0; i < free.Length; i++)
        {
            int first = free[i] / width * width;
            double total = 0, share = 0;
            for (int j = first; j < first + width; j++)
            {
                if (origin[j] <= Edge) continue;
                total += statistics[j];
                share += theta[j];
            }
            slope[i] = statistics[free[i]] - (total * theta[free[i]] / share);
        }
    }
}
