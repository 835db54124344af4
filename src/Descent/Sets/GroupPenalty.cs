namespace Descent.Sets;

/// <summary><c>h(w) = Σ_G λ_G‖w_G‖₂</c> over groups of consecutive coordinates;
/// its proximal map shrinks whole groups, <c>w_G ← w_G·max(0, 1 − ηλ_G/‖w_G‖)</c>.</summary>
/// <remarks>Coordinates outside every group carry no penalty. Cost O(d). Source: Yuan and Lin 2006; Parikh and Boyd 2014, 6.5.4.</remarks>
public sealed class GroupPenalty : IProximalMap
{
    readonly (int Start, int Length, double Lambda)[] groups;

    /// <summary>A penalty on groups given by start, length and weight λ_G ≥ 0.</summary>
    public GroupPenalty(params (int Start, int Length, double Lambda)[] groups)
    {
        ArgumentNullException.ThrowIfNull(groups);
        foreach (var (start, length, lambda) in groups)
        {
            if (start < 0 || length < 1)
                throw new ArgumentException($"A group needs a start ≥ 0 and a length ≥ 1; got {start} and {length}.");
            if (!(lambda >= 0) || !double.IsFinite(lambda))
                throw new ArgumentException(FormattableString.Invariant($"A group's weight needs to be ≥ 0 and finite; got {lambda}."));
        }
        this.groups = groups;
    }

    /// <inheritdoc/>
    public bool IsProjection => false;

    /// <inheritdoc/>
    public string Description =>
        FormattableString.Invariant(
            $"group penalty, {groups.Length} groups, largest weight {groups.Select(g => g.Lambda).DefaultIfEmpty().Max():G6}");

    /// <inheritdoc/>
    public void Apply<T>(Span<T> w, double stepSize)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        foreach (var (start, length, lambda) in groups)
        {
            Span<T> group = w.Slice(start, length);
            double norm = Vectors.Norm<T>(group), threshold = stepSize * lambda;
            if (norm <= threshold) group.Clear();
            else Vectors.Scale(T.CreateTruncating(1 - (threshold / norm)), group);
        }
    }

    /// <inheritdoc/>
    public double Value<T>(ReadOnlySpan<T> w)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        double sum = 0;
        foreach (var (start, length, lambda) in groups) sum += lambda * Vectors.Norm(w.Slice(start, length));
        return sum;
    }
}
