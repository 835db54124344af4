using Descent.Oracles;

namespace Descent.Testing;

/// <summary>
/// An expectation: the quadratic <c>½ Σ hᵢwᵢ²</c> whose sampled gradient is <c>hᵢwᵢ + σξᵢ</c>, ξ standard normal and the same whenever the
/// same sample is asked again. Total gradient-noise variance dσ²/B.
/// </summary>
/// <typeparam name="T">Element type.</typeparam>
public sealed class NoisyQuadratic<T> : IStochasticOracle<T>, IGradientOracle<T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    readonly double[] spectrum;
    readonly double sigma;

    /// <summary>A quadratic with noise of standard deviation <paramref name="sigma"/> in every coordinate.</summary>
    public NoisyQuadratic(double[] spectrum, double sigma)
    {
        ArgumentNullException.ThrowIfNull(spectrum);
        this.spectrum = spectrum;
        this.sigma = sigma;
        Layout = BlockLayout.Flat(spectrum.Length);
    }

    /// <inheritdoc/>
    public int Dimension => spectrum.Length;

    /// <inheritdoc/>
    public BlockLayout Layout { get; }

    /// <inheritdoc/>
    public OracleMeter Meter { get; } = new();

    /// <inheritdoc/>
    public int Population => 0;

    /// <inheritdoc/>
    public double Value(ReadOnlySpan<T> w)
    {
        Guard.Length("Value", Dimension, w.Length);
        Meter.CountValues(1);
        return Exact(w, default);
    }

    /// <inheritdoc/>
    public double Gradient(ReadOnlySpan<T> w, Span<T> g)
    {
        Guard.Length("Gradient", Dimension, w.Length);
        Guard.Length("Gradient", Dimension, g.Length);
        Meter.CountGradients(1);
        return Exact(w, g);
    }

    /// <inheritdoc/>
    public double Value(ReadOnlySpan<T> w, Sample sample)
    {
        Guard.Length("Value", Dimension, w.Length);
        Meter.CountValues(sample.Count);
        double linear = 0;
        for (int i = 0; i < w.Length; i++) linear += Noise(sample, i) * double.CreateTruncating(w[i]);
        return Exact(w, default) + linear;
    }

    /// <inheritdoc/>
    public double Gradient(ReadOnlySpan<T> w, Sample sample, Span<T> g)
    {
        Guard.Length("Gradient", Dimension, w.Length);
        Guard.Length("Gradient", Dimension, g.Length);
        Meter.CountGradients(sample.Count);
        double value = Exact(w, g), linear = 0;
        for (int i = 0; i < g.Length; i++)
        {
            double noise = Noise(sample, i);
            linear += noise * double.CreateTruncating(w[i]);
            g[i] += T.CreateTruncating(noise);
        }
        return value + linear;
    }

    double Exact(ReadOnlySpan<T> w, Span<T> g)
    {
        double sum = 0;
        for (int i = 0; i < w.Length; i++)
        {
            double x = double.CreateTruncating(w[i]);
            sum += 0.5 * spectrum[i] * x * x;
            if (!g.IsEmpty) g[i] = T.CreateTruncating(spectrum[i] * x);
        }
        return sum;
    }

    // The mean of the sample's normals, each a pure function of key, position and coordinate.
    double Noise(Sample sample, int coordinate)
    {
        double sum = 0;
        for (int k = 0; k < sample.Count; k++)
        {
            var (a, b) = Philox.Pair((ulong)((sample.First + k) * spectrum.Length) + (ulong)coordinate, sample.Key);
            double u = 1 - ((a >> 11) * (1.0 / (1L << 53))), v = (b >> 11) * (1.0 / (1L << 53));
            sum += Math.Sqrt(-2 * Math.Log(u)) * Math.Cos(2 * Math.PI * v);
        }
        return sigma * sum / sample.Count;
    }
}
