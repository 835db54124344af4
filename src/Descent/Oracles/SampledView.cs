using Descent.Sets;

namespace Descent.Oracles;

/// <summary>An objective of which only samples may be asked: who looks at a run sees sampled losses and pays for no full pass.</summary>
/// <typeparam name="T">Element type.</typeparam>
public sealed class SampledView<T>(IStochasticOracle<T> inner) : IStochasticOracle<T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    /// <inheritdoc/>
    public int Dimension => inner.Dimension;

    /// <inheritdoc/>
    public BlockLayout Layout => inner.Layout;

    /// <inheritdoc/>
    public OracleMeter Meter => inner.Meter;

    /// <inheritdoc/>
    public IProximalMap? NonSmooth => inner.NonSmooth;

    /// <inheritdoc/>
    public int Population => inner.Population;

    /// <inheritdoc/>
    public double Value(ReadOnlySpan<T> w, Sample sample) => inner.Value(w, sample);

    /// <inheritdoc/>
    public double Gradient(ReadOnlySpan<T> w, Sample sample, Span<T> g) => inner.Gradient(w, sample, g);
}
