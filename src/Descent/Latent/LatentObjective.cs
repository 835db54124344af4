using Descent.Numerics;
using Descent.Oracles;

namespace Descent.Latent;

/// <summary>
/// Minus the mean log-likelihood of a latent model, <c>F(w) = −(1/n) Σ log p(x_i | w)</c>, for every method that asks samples or gradients
/// (M39). Sampled gradients draw z once a row, or enumerate it; exact ones enumerate.
/// </summary>
/// <remarks>
/// By Fisher's identity <c>∇ log p(x | w) = E[∇ log p(x, z | w) | x]</c>, both are unbiased; a drawn z adds the variance of the
/// complete-data score given x, and saves the sum over z. Ascent on log p is descent on F (the notes print the other sign). A sampled
/// gradient costs B densities of each component; nothing is allocated beside what the model allocates. The same sample gives the same bits.
/// Source: W (15).
/// </remarks>
public sealed class LatentObjective : IFiniteSumOracle<double>
{
    readonly IScoredModel model;
    readonly bool draws;
    readonly RowSampler sampler;
    readonly int[] all;

    /// <summary>The objective of a model.</summary>
    /// <param name="model">The model with its rows.</param>
    /// <param name="draws">Whether sampled gradients draw z; otherwise they enumerate it.</param>
    public LatentObjective(IScoredModel model, bool draws = true)
    {
        ArgumentNullException.ThrowIfNull(model);
        (this.model, this.draws, sampler) = (model, draws, new RowSampler(model.Count));
        all = [.. Enumerable.Range(0, model.Count)];
        Layout = BlockLayout.Flat(model.Coordinates);
    }

    /// <inheritdoc/>
    public int Dimension => model.Coordinates;

    /// <inheritdoc/>
    public BlockLayout Layout { get; }

    /// <inheritdoc/>
    public OracleMeter Meter { get; } = new();

    /// <inheritdoc/>
    public int Count => model.Count;

    /// <inheritdoc/>
    public int Population => model.Count;

    /// <inheritdoc/>
    public double Value(ReadOnlySpan<double> w)
    {
        Guard.Length("Value", Dimension, w.Length);
        Meter.CountValues(Count);
        return Of(w, all, null, new double[Dimension]);
    }

    /// <inheritdoc/>
    public double Gradient(ReadOnlySpan<double> w, Span<double> g)
    {
        Check(w, g);
        Meter.CountGradients(Count);
        return Of(w, all, null, g);
    }

    /// <inheritdoc/>
    public double Value(ReadOnlySpan<double> w, Sample sample)
    {
        Guard.Length("Value", Dimension, w.Length);
        Meter.CountValues(sample.Count);
        return Of(w, sampler.Resolve(sample), null, new double[Dimension]);
    }

    /// <inheritdoc/>
    public double Gradient(ReadOnlySpan<double> w, Sample sample, Span<double> g)
    {
        Check(w, g);
        Meter.CountGradients(sample.Count);
        return Of(w, sampler.Resolve(sample), draws ? Philox.Pair((ulong)sample.First, sample.Key).B : null, g);
    }

    double Of(ReadOnlySpan<double> w, ReadOnlySpan<int> rows, ulong? key, Span<double> g)
    {
        g.Clear();
        double log = key is { } k ? model.DrawScore(w, rows, k, g) : model.Score(w, rows, g);
        for (int i = 0; i < g.Length; i++) g[i] /= -rows.Length;
        return -log / rows.Length;
    }

    void Check(ReadOnlySpan<double> w, Span<double> g)
    {
        Guard.Length("Gradient", Dimension, w.Length);
        Guard.Length("Gradient", Dimension, g.Length);
    }
}
