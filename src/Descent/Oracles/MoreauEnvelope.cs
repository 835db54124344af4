using Descent.Sets;

namespace Descent.Oracles;

/// <summary>
/// O10, the Moreau envelope of a function h that is known by its proximal map: <c>e(w) = inf_y h(y) + (H/2)‖w − y‖²</c>,
/// attained at <c>p = prox_{h/H}(w)</c>, with <c>∇e(w) = H(w − p)</c>. For convex h it is convex, H-smooth and has h's minimum
/// and minimisers; for G-Lipschitz h it lies below h by at most <c>G²/(2H)</c>.
/// The envelope of |x| is Huber's loss, that of a set (H/2) times the squared distance from it.
/// </summary>
/// <remarks>
/// Smoothness needs convexity: <c>h = −‖w‖</c> has the envelope <c>−‖w‖ − 1/(2H)</c>, whose kink at 0 is h's own.
/// Value and gradient cost one proximal map, O(d); memory 2d. Deterministic.
/// Source: C theorem 5.3 (which prints G²/H); Moreau 1965; Parikh and Boyd 2014, 3.1.
/// </remarks>
/// <typeparam name="T">Element type.</typeparam>
public sealed class MoreauEnvelope<T> : IGradientOracle<T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    readonly IProximalMap map;
    readonly T[] nearest, difference;

    /// <summary>The envelope of <paramref name="map"/>'s function with
    /// smoothness <paramref name="smoothness"/> &gt; 0, in <paramref name="dimension"/> ≥ 0 dimensions.</summary>
    /// <exception cref="ArgumentException">The map is missing, H is not positive and finite, or the dimension is negative.</exception>
    public MoreauEnvelope(IProximalMap map, double smoothness, int dimension)
    {
        this.map = Guard.Given("The proximal map", map, "MoreauEnvelope");
        Smoothness = Guard.Positive("H", smoothness, "MoreauEnvelope");
        int d = (int)Guard.AtLeast("The dimension", dimension, 0, "MoreauEnvelope");
        (nearest, difference) = (new T[d], new T[d]);
        Layout = BlockLayout.Flat(d);
    }

    /// <summary>H.</summary>
    public double Smoothness { get; }

    /// <inheritdoc/>
    public int Dimension => nearest.Length;

    /// <inheritdoc/>
    public BlockLayout Layout { get; }

    /// <inheritdoc/>
    public OracleMeter Meter { get; } = new();

    /// <summary>How far a convex, G-Lipschitz function lies above its envelope at most: <c>G²/(2H)</c>.</summary>
    public static double LargestGap(double lipschitz, double smoothness) => lipschitz * lipschitz / (2 * smoothness);

    /// <inheritdoc/>
    public double Value(ReadOnlySpan<T> w)
    {
        Guard.Length("Value", Dimension, w.Length);
        Meter.CountValues(1);
        return Evaluate(w);
    }

    /// <inheritdoc/>
    public double Gradient(ReadOnlySpan<T> w, Span<T> g)
    {
        Guard.Length("Gradient", Dimension, w.Length);
        Guard.Length("Gradient", Dimension, g.Length);
        Meter.CountGradients(1);
        double value = Evaluate(w);
        T h = T.CreateTruncating(Smoothness);
        for (int i = 0; i < g.Length; i++) g[i] = h * difference[i];
        return value;
    }

    // p into nearest, w − p into difference.
    double Evaluate(ReadOnlySpan<T> w)
    {
        w.CopyTo(nearest);
        map.Apply(nearest.AsSpan(), 1 / Smoothness);
        for (int i = 0; i < w.Length; i++) difference[i] = w[i] - nearest[i];
        double distance = Vectors.Norm<T>(difference);
        return map.Value<T>(nearest) + (0.5 * Smoothness * distance * distance);
    }
}
