namespace Descent.Approximation;

/// <summary>The averages of a path in d coordinates, with what their intervals need.</summary>
sealed class PathAverage
{
    readonly RandomScaling[] scaling;
    readonly BatchMeans[] batches;

    public PathAverage(int dimension)
    {
        scaling = new RandomScaling[dimension];
        batches = new BatchMeans[dimension];
        for (int i = 0; i < dimension; i++) (scaling[i], batches[i]) = (new RandomScaling(), new BatchMeans());
    }

    public void Add(ReadOnlySpan<double> point)
    {
        for (int i = 0; i < point.Length; i++)
        {
            scaling[i].Add(point[i]);
            batches[i].Add(point[i]);
        }
    }

    public RootEstimate Ended(double[] last, long steps, string? failure) =>
        new(last, [.. scaling.Select(s => s.Average)], steps) { Scalings = scaling, Batches = batches, Failure = failure };
}
