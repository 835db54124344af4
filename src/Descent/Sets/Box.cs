namespace Descent.Sets;

/// <summary>The box <c>|wᵢ| ≤ D∞</c> about the origin (catalogue O8); projection coordinate by coordinate.</summary>
/// <param name="HalfWidth">Half-width D∞ &gt; 0.</param>
public sealed record Box(double HalfWidth) : IProximalMap
{
    /// <summary>Half-width D∞ &gt; 0.</summary>
    public double HalfWidth { get; } = Guard.Positive("The half-width", HalfWidth, nameof(Box));

    /// <inheritdoc/>
    public bool IsProjection => true;

    /// <inheritdoc/>
    public string Description => FormattableString.Invariant($"box of half-width {HalfWidth:G6}");

    /// <inheritdoc/>
    public void Apply<T>(Span<T> w, double stepSize)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        T limit = T.CreateTruncating(HalfWidth);
        for (int i = 0; i < w.Length; i++)
        {
            if (w[i] > limit) w[i] = limit;
            else if (w[i] < -limit) w[i] = -limit;
        }
    }

    /// <inheritdoc/>
    public double Value<T>(ReadOnlySpan<T> w)
        where T : unmanaged, IBinaryFloatingPointIeee754<T> => 0;
}
