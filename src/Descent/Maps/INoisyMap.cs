using Descent.Oracles;

namespace Descent.Maps;

/// <summary>A map that is seen through noise: <c>E G(x; ξ) = G(x)</c>.
/// The sample is a value, so the same noise can be asked again at another point.</summary>
public interface INoisyMap
{
    /// <summary>d.</summary>
    int Dimension { get; }

    /// <summary>Writes G(x; ξ), length d, into <paramref name="image"/>, which is not <paramref name="x"/>.</summary>
    void Map(ReadOnlySpan<double> x, Sample sample, Span<double> image);
}
