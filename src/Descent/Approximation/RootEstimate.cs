namespace Descent.Approximation;

/// <summary>Where a stochastic search has come to.</summary>
/// <param name="Last">θₙ, length d.</param>
/// <param name="Average">θ̄ₙ, the average of the path: the answer.</param>
/// <param name="Steps">n.</param>
public sealed record RootEstimate(IReadOnlyList<double> Last, IReadOnlyList<double> Average, long Steps)
{
    /// <summary>Intervals of the averages by random scaling, a coordinate each.</summary>
    public required IReadOnlyList<RandomScaling> Scalings { get; init; }

    /// <summary>Standard errors and intervals of the averages by batch means, a coordinate each.</summary>
    public required IReadOnlyList<BatchMeans> Batches { get; init; }

    /// <summary>Why the search ended early, in a sentence; null when it did not.</summary>
    public string? Failure { get; init; }
}
