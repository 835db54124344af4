namespace Descent.Sets;

/// <summary>The orthant <c>wᵢ ≥ 0</c>; projection <c>max(w, 0)</c>.</summary>
public sealed class NonNegative : IProximalMap
{
    /// <inheritdoc/>
    public bool IsProjection => true;

    /// <inheritdoc/>
    public string Description => "non-negative orthant";

    /// <inheritdoc/>
    public void Apply<T>(Span<T> w, double stepSize)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        for (int i = 0; i < w.Length; i++)
            if (w[i] < T.Zero) w[i] = T.Zero;
    }

    /// <inheritdoc/>
    public double Value<T>(ReadOnlySpan<T> w)
        where T : unmanaged, IBinaryFloatingPointIeee754<T> => 0;
}
