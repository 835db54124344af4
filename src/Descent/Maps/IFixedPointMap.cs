namespace Descent.Maps;

/// <summary>A map <c>x ↦ G(x)</c> on ℝ^d whose fixed point <c>x* = G(x*)</c> is wanted.
/// The same point gives the same image, to the last bit.</summary>
public interface IFixedPointMap
{
    /// <summary>d.</summary>
    int Dimension { get; }

    /// <summary>Writes G(x), length d, into <paramref name="image"/>, which is not <paramref name="x"/>. Allocates nothing.</summary>
    void Map(ReadOnlySpan<double> x, Span<double> image);
}
