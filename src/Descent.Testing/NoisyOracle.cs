using Descent.Oracles;

namespace Descent.Testing;

/// <summary>
/// An expectation made of an exact objective: <c>f(w; ξ) = F(w) + ⟨ξ, w⟩</c>, hence <c>∇f = ∇F + ξ</c> with E ξ = 0 and E‖ξ‖² = σ², the
/// mean of B independent ξ for a sample of B. The same sample has the same ξ whenever it is asked again.
/// </summary>
public sealed class NoisyOracle : IStochasticOracle<double>, IGradientOracle<double>
{
    const double RareChance = 0.02;
    readonly IGradientOracle<double> exact;
    readonly double sigma;
    readonly NoiseKind kind;

    /// <summary>Noise on an exact objective.</summary>
    /// <param name="exact">F.</param>
    /// <param name="sigma">σ ≥ 0, the root of the total variance.</param>
    /// <param name="kind">Its distribution.</param>
    public NoisyOracle(IGradientOracle<double> exact, double sigma, NoiseKind kind = NoiseKind.Normal)
    {
        ArgumentNullException.ThrowIfNull(exact);
        (this.exact, this.sigma, this.kind) = (exact, sigma, kind);
    }

    /// <inheritdoc/>
    public int Dimension => exact.Dimension;

    /// <inheritdoc/>
    public BlockLayout Layout => exact.Layout;

    /// <inheritdoc/>
    public OracleMeter Meter => exact.Meter;

    /// <inheritdoc/>
    public int Population => 0;

    /// <inheritdoc/>
    public double Value(ReadOnlySpan<double> w) => exact.Value(w);

    /// <inheritdoc/>
    public double Gradient(ReadOnlySpan<double> w, Span<double> g) => exact.Gradient(w, g);

    /// <inheritdoc/>
    public double Value(ReadOnlySpan<double> w, Sample sample)
    {
        double value = exact.Value(w);
        for (int i = 0; i < w.Length; i++) value += Noise(sample, i) * w[i];
        return value;
    }

    /// <inheritdoc/>
    public double Gradient(ReadOnlySpan<double> w, Sample sample, Span<double> g)
    {
        double value = exact.Gradient(w, g);
        for (int i = 0; i < g.Length; i++)
        {
            double noise = Noise(sample, i);
            value += noise * w[i];
            g[i] += noise;
        }
        return value;
    }

    double Noise(Sample sample, int coordinate)
    {
        if (sigma == 0 || (kind != NoiseKind.Normal && coordinate > 0)) return 0;
        double sum = 0;
        for (int k = 0; k < sample.Count; k++)
        {
            var (a, b) = Philox.Pair((ulong)((sample.First + k) * Dimension) + (ulong)coordinate, sample.Key);
            double u = 1 - ((a >> 11) * (1.0 / (1L << 53))), v = (b >> 11) * (1.0 / (1L << 53));
            sum += kind switch
            {
                NoiseKind.Sign => v < 0.5 ? 1 : -1,
                NoiseKind.Rare => u <= RareChance ? (v < 0.5 ? 1 : -1) / Math.Sqrt(RareChance) : 0,
                _ => Math.Sqrt(-2 * Math.Log(u) / Dimension) * Math.Cos(2 * Math.PI * v),
            };
        }
        return sigma * sum / sample.Count;
    }
}
