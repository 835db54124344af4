namespace Descent.Mixtures.Search;

/// <summary>A mixture with its parameters and without rows: what predictions need. Safe for several threads.</summary>
public interface IMixtureLaw
{
    /// <summary>k ≥ 1.</summary>
    int Components { get; }

    /// <summary>Writes <c>log π_j p(row | z = j)</c> for the k components.</summary>
    void LogJoints(ReadOnlySpan<double> row, Span<double> joints);
}
