using System.Buffers;
using Descent.Latent;
using Descent.Mixtures.Search;

namespace Descent.Mixtures.Laws;

/// <summary>
/// A mixture of k laws of one kind, <c>p(x_i) = Σ_j π_j f(x_i; block_j)</c>: Poisson, Bernoulli, linear or logistic regressions. θ is
/// π (k), then the blocks; statistics are those of the law, component by component.
/// </summary>
/// <remarks>
/// E-step: <c>r_ij ∝ π_j f(x_i; block_j)</c> by log-sum-exp, n·k densities; M-step: <c>π_j = Σ_i w_i r_ij / Σ w</c> and the law's own
/// maximiser. Rows are added in their order, so the same data give the same bits. Draws of z depend on key and row alone. Source: P 19.7;
/// Dempster, Laird and Rubin (1977).
/// </remarks>
public sealed partial class FiniteMixture : IMixture
{
    readonly IComponentLaw law;
    readonly double[]? weights;
    readonly IRoom room;
    Slab<double> best, chance;

    /// <summary>k components of a law over its rows.</summary>
    /// <param name="law">The law with its rows.</param>
    /// <param name="components">k, 1 … n.</param>
    /// <param name="weights">A weight ≥ 0 for each row; none for ones.</param>
    /// <param name="room">Where the two numbers a row that a start needs are to lie; null for the heap.</param>
    /// <exception cref="ArgumentException">k outside 1 … n; weights that are negative, not finite, all zero or not n.</exception>
    public FiniteMixture(IComponentLaw law, int components, ReadOnlySpan<double> weights = default, IRoom? room = null)
    {
        ArgumentNullException.ThrowIfNull(law);
        if (components < 1 || components > law.Count)
            throw new ArgumentException($"The number of components must lie in 1 … {law.Count} (the rows); got {components}.");
        (this.law, Components, this.room) = (law, components, room ?? ArrayRoom.Instance);
        if (!weights.IsEmpty) this.weights = Rows.Weights(weights, law.Count);
        for (int i = 0; i < law.Count; i++) TotalWeight += WeightOf(i);
    }

    /// <inheritdoc/>
    public int Components { get; }

    /// <inheritdoc/>
    public int Count => law.Count;

    /// <inheritdoc/>
    public double TotalWeight { get; }

    /// <inheritdoc/>
    public int Parameters => Components * (1 + law.Parameters);

    /// <inheritdoc/>
    public int FreeParameters => Components - 1 + (Components * law.Parameters);

    /// <inheritdoc/>
    public int Statistics => Components * law.Statistics;

    /// <inheritdoc/>
    public ReadOnlySpan<double> Frame => law.Frame;

    /// <inheritdoc/>
    public bool StatisticsPerRow => law.StatisticsPerRow;

    /// <summary>The law that the components have in common.</summary>
    internal IComponentLaw Law => law;

    /// <summary>Weight of a row.</summary>
    internal double WeightOf(int row) => weights is null ? 1 : weights[row];

    int Room => Components * (1 + law.Factors);

    /// <inheritdoc/>
    public double Expect(ReadOnlySpan<double> theta, int first, int count, Span<double> statistics)
    {
        if (!IsValid(theta)) return double.NaN;
        double[] rented = ArrayPool<double>.Shared.Rent(Room);
        Span<double> factors = rented.AsSpan(0, Room), shares = stackalloc double[Math.Min(Components, 64)];
        if (Components > 64) shares = new double[Components];
        Prepare(theta, factors);
        double log = 0;
        for (int i = first; i < first + count; i++)
        {
            double weight = WeightOf(i);
            if (weight == 0) continue;
            log += weight * Share(factors, i, shares);
            for (int j = 0; j < Components; j++) law.Add(i, weight * shares[j], Block(statistics, j, law.Statistics));
        }
        ArrayPool<double>.Shared.Return(rented);
        return log;
    }

    /// <inheritdoc/>
    public void Draw(ReadOnlySpan<double> theta, int first, int count, ulong key, Span<double> statistics)
    {
        double[] factors = new double[Room], shares = new double[Components];
        Prepare(theta, factors);
        for (int i = first; i < first + count; i++)
        {
            Share(factors, i, shares);
            law.Add(i, WeightOf(i), Block(statistics, Pick(shares, key, i), law.Statistics));
        }
    }

    /// <inheritdoc/>
    public bool Maximise(ReadOnlySpan<double> statistics, Span<double> theta)
    {
        double all = 0;
        for (int j = 0; j < Components; j++) all += theta[j] = law.Weight(statistics.Slice(j * law.Statistics, law.Statistics));
        for (int j = 0; j < Components; j++)
        {
            if (!(theta[j] > 0)) return false;
            theta[j] /= all;
            if (!law.Maximise(statistics.Slice(j * law.Statistics, law.Statistics), BlockOf(theta, j))) return false;
        }
        return IsValid(theta);
    }

    /// <inheritdoc/>
    public bool IsValid(ReadOnlySpan<double> theta)
    {
        if (theta.Length != Parameters) return false;
        double sum = 0;
        for (int j = 0; j < Components; j++)
        {
            if (!(theta[j] > 0) || !law.IsValid(BlockOf(theta, j))) return false;
            sum += theta[j];
        }
        return Math.Abs(sum - 1) < 1e-6;
    }

    /// <inheritdoc/>
    public string? Degeneracy(ReadOnlySpan<double> theta)
    {
        for (int j = 0; j < Components; j++)
        {
            double rows = theta[j] * TotalWeight;
            if (rows < 1e-6) return FormattableString.Invariant($"A component holds {rows:g3} rows: it is empty. Take fewer components.");
            if (law.Degeneracy(BlockOf(theta, j), rows) is { } why) return why;
        }
        return null;
    }

    /// <inheritdoc/>
    public double LogDensity(ReadOnlySpan<double> theta, int row)
    {
        if (!IsValid(theta)) return double.NaN;
        double[] factors = new double[Room];
        Prepare(theta, factors);
        return Share(factors, row, new double[Components]);
    }

    // Extrapolation leaves Σπ = 1 + ε, worth nε of likelihood: shares are taken relative to their sum.
    /// <summary>Factors of all components, log (π_j / Σπ) first of each.</summary>
    internal void Prepare(ReadOnlySpan<double> theta, Span<double> factors)
    {
        double sum = 0;
        for (int j = 0; j < Components; j++) sum += theta[j];
        for (int j = 0; j < Components; j++)
        {
            Span<double> own = Block(factors, j, 1 + law.Factors);
            own[0] = Math.Log(theta[j] / sum);
            law.Prepare(BlockOf(theta, j), own[1..]);
        }
    }

    /// <summary>Writes r_ij and returns log p(x_i); −∞, and NaN shares, where no component can give the row.</summary>
    internal double Share(ReadOnlySpan<double> factors, int row, Span<double> shares)
    {
        double top = double.NegativeInfinity, sum = 0;
        for (int j = 0; j < Components; j++)
        {
            ReadOnlySpan<double> own = factors.Slice(j * (1 + law.Factors), 1 + law.Factors);
            shares[j] = own[0] + law.LogDensity(own[1..], row);
            top = Math.Max(top, shares[j]);
        }
        for (int j = 0; j < Components; j++) sum += shares[j] = Math.Exp(shares[j] - top);
        for (int j = 0; j < Components; j++) shares[j] /= sum;
        return double.IsNegativeInfinity(top) ? top : top + Math.Log(sum);
    }

    int Pick(ReadOnlySpan<double> shares, ulong key, int row)
    {
        double u = (Philox.Pair((ulong)row, key).A >> 11) * (1.0 / (1L << 53));
        int j = 0;
        while (j < Components - 1 && (u -= shares[j]) >= 0) j++;
        return j;
    }

    ReadOnlySpan<double> BlockOf(ReadOnlySpan<double> theta, int j) => theta.Slice(Components + (j * law.Parameters), law.Parameters);

    Span<double> BlockOf(Span<double> theta, int j) => theta.Slice(Components + (j * law.Parameters), law.Parameters);

    static Span<double> Block(Span<double> all, int j, int length) => all.Slice(j * length, length);
}
