namespace Descent.Mixtures.Chains;

/// <summary>Free coordinates of a block of outputs about a point, which itself has the coordinates zero.</summary>
public interface IEmissionCoordinates
{
    /// <summary>Number of coordinates.</summary>
    int Length { get; }

    /// <summary>Writes the block at coordinates.</summary>
    void At(ReadOnlySpan<double> coordinates, Span<double> theta);

    /// <summary>Writes the slope of the expected complete-data log-likelihood with these statistics at a block that <see cref="At"/>
    /// wrote.</summary>
    void Slope(ReadOnlySpan<double> statistics, ReadOnlySpan<double> theta, Span<double> slope);
}
