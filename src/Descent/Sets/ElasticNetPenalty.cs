namespace Descent.Sets;

/// <summary><c>h(w) = λ₁‖w‖₁ + (λ₂/2)‖w‖²</c>; its proximal map is <c>soft(w, ηλ₁)/(1 + ηλ₂)</c>.</summary>
/// <remarks>Cost O(d). Source: Zou and Hastie 2005; Parikh and Boyd 2014, 6.5.3.</remarks>
public sealed class ElasticNetPenalty(double l1, double l2) : IProximalMap
{
    /// <summary>λ₁ ≥ 0.</summary>
    public double L1 { get; } = Guard.Within("λ₁", l1, 0, double.PositiveInfinity, nameof(ElasticNetPenalty));

    /// <summary>λ₂ ≥ 0.</summary>
    public double L2 { get; } = Guard.Within("λ₂", l2, 0, double.PositiveInfinity, nameof(ElasticNetPenalty));

    /// <inheritdoc/>
    public bool IsProjection => false;

    /// <inheritdoc/>
    public string Description => FormattableString.Invariant($"elastic net, λ₁ = {L1:G6}, λ₂ = {L2:G6}");

    /// <inheritdoc/>
    public void Apply<T>(Span<T> w, double stepSize)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        T threshold = T.CreateTruncating(stepSize * L1), scale = T.CreateTruncating(1 / (1 + (stepSize * L2)));
        for (int j = 0; j < w.Length; j++)
        {
            T size = T.Abs(w[j]) - threshold;
            w[j] = size <= T.Zero ? T.Zero : T.CopySign(size, w[j]) * scale;
        }
    }

    /// <inheritdoc/>
    public double Value<T>(ReadOnlySpan<T> w)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        double sum = 0;
        foreach (T x in w)
        {
            double v = double.CreateTruncating(x);
            sum += (L1 * Math.Abs(v)) + (0.5 * L2 * v * v);
        }
        return sum;
    }
}
