namespace Descent.Sets;

/// <summary>The ball <c>‖w‖₂ ≤ D₂</c> about the origin (catalogue O8); projection <c>w ← w·min(1, D₂/‖w‖)</c>.</summary>
/// <param name="Radius">Radius D₂ &gt; 0.</param>
public sealed record Ball(double Radius) : IProximalMap
{
    /// <summary>Radius D₂ &gt; 0.</summary>
    public double Radius { get; } = Guard.Positive("The radius", Radius, nameof(Ball));

    /// <inheritdoc/>
    public bool IsProjection => true;

    /// <inheritdoc/>
    public string Description => FormattableString.Invariant($"ball of radius {Radius:G6}");

    /// <inheritdoc/>
    public void Apply<T>(Span<T> w, double stepSize)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        double norm = Vectors.Norm<T>(w);
        if (norm > Radius) Vectors.Scale(T.CreateTruncating(Radius / norm), w);
    }

    /// <inheritdoc/>
    public double Value<T>(ReadOnlySpan<T> w)
        where T : unmanaged, IBinaryFloatingPointIeee754<T> => 0;
}
