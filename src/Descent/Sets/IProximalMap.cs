namespace Descent.Sets;

/// <summary>The non-smooth part h of an objective, given by its value and its proximal map;
/// a feasible set is the case of an indicator function.</summary>
public interface IProximalMap
{
    /// <summary>Whether h is 0 on a set and ∞ outside, so that the map is a projection and ignores the step size.</summary>
    bool IsProjection { get; }

    /// <summary>One line for reports, for example <c>L1 penalty, λ₁ = 0.01</c>.</summary>
    string Description { get; }

    /// <summary><c>w ← argmin_u h(u) + ‖u − w‖²/(2η)</c>, in place. <paramref name="stepSize"/>: η &gt; 0.</summary>
    void Apply<T>(Span<T> w, double stepSize)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>;

    /// <summary>h(w); 0 for sets (points of a run are feasible).</summary>
    double Value<T>(ReadOnlySpan<T> w)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>;
}
