using Descent.Oracles;

namespace Descent.Diffusions;

/// <summary>
/// The objective whose diffusion follows SGD to second order: <c>F + (η/4)‖∇F‖²</c> with gradient <c>∇F + (η/2)∇²F·∇F</c>.
/// Two gradients a call: the product is a central difference along the gradient, exact on quadratics but for rounding.
/// Source: Li, Tai and E 2017, theorem 1.
/// </summary>
public sealed class ModifiedDrift : IGradientOracle<double>
{
    readonly IGradientOracle<double> inner;
    readonly double eta;
    readonly double[] moved, above, below;

    /// <summary>The objective whose drift is to be corrected, and the step size η &gt; 0 of the recursion.</summary>
    /// <param name="inner">F.</param>
    /// <param name="eta">η of the SGD that is modelled, &gt; 0.</param>
    public ModifiedDrift(IGradientOracle<double> inner, double eta)
    {
        ArgumentNullException.ThrowIfNull(inner);
        this.inner = inner;
        this.eta = Guard.Positive("η", eta, nameof(ModifiedDrift));
        (moved, above, below) = (new double[inner.Dimension], new double[inner.Dimension], new double[inner.Dimension]);
    }

    /// <inheritdoc/>
    public int Dimension => inner.Dimension;

    /// <inheritdoc/>
    public BlockLayout Layout => inner.Layout;

    /// <inheritdoc/>
    public OracleMeter Meter => inner.Meter;

    /// <inheritdoc/>
    public double Value(ReadOnlySpan<double> w)
    {
        double value = inner.Gradient(w, above);
        return value + (eta / 4 * Square(above));
    }

    /// <inheritdoc/>
    public double Gradient(ReadOnlySpan<double> w, Span<double> g)
    {
        double value = inner.Gradient(w, g), square = Square(g), norm = Math.Sqrt(square);
        if (norm == 0) return value;
        double s = 6e-6 * (1 + Vectors.Norm(w)) / norm;
        for (int i = 0; i < g.Length; i++) moved[i] = w[i] + (s * g[i]);
        inner.Gradient(moved, above);
        for (int i = 0; i < g.Length; i++) moved[i] = w[i] - (s * g[i]);
        inner.Gradient(moved, below);
        for (int i = 0; i < g.Length; i++) g[i] += eta / 2 * (above[i] - below[i]) / (2 * s);
        return value + (eta / 4 * square);
    }

    static double Square(ReadOnlySpan<double> g)
    {
        double norm = Vectors.Norm(g);
        return norm * norm;
    }
}
