namespace Descent.Sets;

/// <summary><c>h(w) = Σ λⱼ|wⱼ|</c>; its proximal map is soft thresholding, <c>wⱼ ← sign(wⱼ)·max(|wⱼ| − ηλⱼ, 0)</c>.</summary>
/// <remarks>Cost O(d). Entries beyond the given weights (the intercept) carry no penalty.
/// Source: Donoho and Johnstone 1994; Parikh and Boyd 2014, section 6.5.2.</remarks>
public sealed class L1Penalty : IProximalMap
{
    readonly double[] lambda;

    /// <summary>A penalty with one weight λⱼ ≥ 0 for each of the first coordinates.</summary>
    public L1Penalty(double[] lambda)
    {
        ArgumentNullException.ThrowIfNull(lambda);
        foreach (double l in lambda)
            if (!(l >= 0) || !double.IsFinite(l))
                throw new ArgumentOutOfRangeException(nameof(lambda),
                    FormattableString.Invariant($"An L1 weight needs to be ≥ 0 and finite; got {l}."));
        this.lambda = lambda;
    }

    /// <summary>The weights λⱼ.</summary>
    public ReadOnlySpan<double> Weights => lambda;

    /// <inheritdoc/>
    public bool IsProjection => false;

    /// <inheritdoc/>
    public string Description => FormattableString.Invariant($"L1 penalty, largest weight {(lambda.Length == 0 ? 0 : lambda.Max()):G6}");

    /// <inheritdoc/>
    public void Apply<T>(Span<T> w, double stepSize)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        for (int j = 0; j < lambda.Length; j++)
        {
            T threshold = T.CreateTruncating(stepSize * lambda[j]), size = T.Abs(w[j]) - threshold;
            // Comparing with the negation keeps a NaN visible instead of turning it into zero.
            w[j] = size <= T.Zero ? T.Zero : T.CopySign(size, w[j]);
        }
    }

    /// <inheritdoc/>
    public double Value<T>(ReadOnlySpan<T> w)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        double sum = 0;
        for (int j = 0; j < lambda.Length; j++) sum += lambda[j] * Math.Abs(double.CreateTruncating(w[j]));
        return sum;
    }
}
