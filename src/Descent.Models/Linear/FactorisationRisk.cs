using Descent.Models.Losses;
using Descent.Oracles;

namespace Descent.Models.Linear;

/// <summary>
/// The second-order factorisation machine: the margin <c>z = x·w + b + o + Σ_{j&lt;l} ⟨vⱼ, vₗ⟩ xⱼxₗ</c>, K numbers vⱼ a column, under a
/// loss of one margin; the mean loss plus (λ/2)(‖w‖² + ‖V‖²). The sum over pairs is <c>½ Σ_f ((v_f·x)² − Σⱼ v_fⱼ²xⱼ²)</c>, so that a row
/// costs its non-zeros times K. <b>Not convex</b> in w and V together, and a rotation of the factors among themselves changes nothing.
/// Source: Rendle 2010, Factorization machines, eqs. 1 and 5.
/// </summary>
/// <remarks>Parameters: d weights, the constant, then K vectors of d numbers. A gradient costs 4·K·entries multiplications, and a sample
/// its rows' and one pass over the parameters; on the calling thread, in one order. Memory: one row. K = 0 is the linear model.</remarks>
/// <typeparam name="TRows">Kind of rows; of one-hot columns best sparse.</typeparam>
/// <typeparam name="TLoss">The loss, of bounded curvature: squared or logistic.</typeparam>
public sealed partial class FactorisationRisk<TRows, TLoss> : EmpiricalRisk<double>, IStationaryRisk
    where TRows : struct, IRows<double>
    where TLoss : struct, IMarginLoss
{
    // Standard deviation of the start, as in libFM: at 0 the factors' gradient is 0, and no method would leave it.
    const double Spread = 0.1;

    readonly TRows rows;
    readonly TLoss loss;
    readonly RowSampler sampler;
    readonly int[] columns;
    readonly double[] row, sums, start;
    readonly int first;

    /// <summary>Joins rows, labels, loss and options.</summary>
    /// <param name="rows">n rows.</param>
    /// <param name="labels">n labels of the loss: numbers, or 0 and 1.</param>
    /// <param name="rank">K ≥ 0, numbers a column.</param>
    /// <param name="loss">The loss.</param>
    /// <param name="options">Intercept, L2 penalty, weights, offsets, and the seed of the start; no L1 penalty and no scaled columns,
    /// since products of scaled columns are other products.</param>
    /// <exception cref="ArgumentException">The options ask for more, or the rank is below 0.</exception>
    public FactorisationRisk(TRows rows, double[] labels, int rank, TLoss loss, RiskOptions options)
        : base(rows.Count, rows.Columns, 1, labels, options, factors: RankOf(rank))
    {
        if (options.L1 > 0)
            throw new ArgumentException("A factorisation machine is fitted without an L1 penalty; an L2 penalty is possible.");
        if (options.ColumnScales is not null)
            throw new ArgumentException("A factorisation machine multiplies columns with each other, and takes them as they are.");
        (this.rows, this.loss, Rank, first) = (rows, loss, rank, Columns + (HasIntercept ? 1 : 0));
        sampler = new RowSampler(Count);
        int longest = RowReader.Longest<double, TRows>(rows);
        (columns, row, sums) = (new int[longest], new double[longest], new double[rank]);
        start = new double[Dimension];
        Draws draws = new(options.Seed, 11);
        for (int p = first; p < Dimension; p++) start[p] = Spread * draws.NextNormal();
    }

    /// <summary>K, numbers a column.</summary>
    public int Rank { get; }

    /// <summary>The loss.</summary>
    public TLoss Loss => loss;

    /// <inheritdoc/>
    public override string Name => "factorisation machine";

    /// <inheritdoc/>
    public override LossKind Kind => LossKind.Other;

    /// <inheritdoc/>
    public override bool IsConvex => Rank == 0 && loss.IsConvex;

    /// <inheritdoc/>
    public override bool HasLinearMargins => false;

    /// <inheritdoc/>
    public override double LossSmoothness => loss.Smoothness;

    /// <inheritdoc/>
    public override double SelfConcordance => double.NaN;

    /// <inheritdoc/>
    public override long Entries => rows.Entries;

    /// <summary>Weights 0 and factors drawn by the seed, normal with deviation 0.1.</summary>
    public override ReadOnlySpan<double> NeutralPoint => start;

    private protected override double ValueCore(ReadOnlySpan<double> w)
    {
        double sum = 0;
        for (int i = 0; i < Count; i++)
            if (WeightOf(i) is not 0 and var omega) sum += omega * loss.Value(MarginOf(i, w) + OffsetOf(i), Labels.Span[i]);
        return sum + RidgeValue(w);
    }

    private protected override double GradientCore(ReadOnlySpan<double> w, Span<double> g)
    {
        g.Clear();
        double sum = 0;
        for (int i = 0; i < Count; i++)
            if (WeightOf(i) is not 0 and var omega) sum += AddGradient(i, omega, w, g);
        AddRidge(w, g);
        return sum + RidgeValue(w);
    }

    private protected override double SampleCore(ReadOnlySpan<double> w, Sample sample, Span<double> g)
    {
        ReadOnlySpan<int> picked = sampler.Resolve(sample);
        double sum = 0, scale = (double)Count / sample.Count;
        g.Clear();
        foreach (int i in picked)
        {
            double omega = WeightOf(i) * scale;
            if (omega == 0) continue;
            if (g.IsEmpty) sum += omega * loss.Value(MarginOf(i, w) + OffsetOf(i), Labels.Span[i]);
            else sum += AddGradient(i, omega, w, g);
        }
        if (!g.IsEmpty) AddRidge(w, g);
        return sum + RidgeValue(w);
    }

    // z without its offset. Leaves the row's entries in columns and row, and of each factor v·x in sums.
    double MarginOf(int i, ReadOnlySpan<double> w) => MarginOf(i, w, out _);

    double MarginOf(int i, ReadOnlySpan<double> w, out int count)
    {
        count = ReadRow(i, columns, row);
        double z = HasIntercept ? w[Columns] : 0;
        for (int e = 0; e < count; e++) z += w[columns[e]] * row[e];
        return z + FactorPairs.Of(columns.AsSpan(0, count), row.AsSpan(0, count), w[first..], Columns, sums);
    }

    // ∂z/∂wⱼ = xⱼ and ∂z/∂v_fⱼ = xⱼ(v_f·x − v_fⱼxⱼ).
    double AddGradient(int i, double omega, ReadOnlySpan<double> w, Span<double> g)
    {
        double z = MarginOf(i, w, out int count) + OffsetOf(i), y = Labels.Span[i], u = omega * loss.Derivative(z, y);
        AddSlopes(count, u, w, g);
        return omega * loss.Value(z, y);
    }

    void AddSlopes(int count, double u, ReadOnlySpan<double> w, Span<double> g)
    {
        for (int e = 0; e < count; e++) g[columns[e]] += u * row[e];
        if (HasIntercept) g[Columns] += u;
        for (int f = 0; f < Rank; f++)
        {
            int at = first + (f * Columns);
            ReadOnlySpan<double> v = w.Slice(at, Columns);
            Span<double> own = g.Slice(at, Columns);
            double sum = sums[f];
            for (int e = 0; e < count; e++) own[columns[e]] += u * row[e] * (sum - (v[columns[e]] * row[e]));
        }
    }

    static int RankOf(int rank) => rank >= 0 ? rank
        : throw new ArgumentException($"The rank of a factorisation machine is {rank}; expected a number ≥ 0.");
}
