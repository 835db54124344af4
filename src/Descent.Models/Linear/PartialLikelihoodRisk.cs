using Descent.Models.Losses;
using Descent.Oracles;

namespace Descent.Models.Linear;

/// <summary>
/// Cox's proportional hazards: −log of the partial likelihood over the sum of the weights, plus (λ/2)‖w‖². Convex; no sum over rows, so
/// that methods that sample rows refuse it, and without an intercept, which the partial likelihood does not see.
/// </summary>
/// <remarks>
/// Columns are moved by their means inside, which changes nothing but the digits. A gradient costs 2n·d and a Hessian n·d²/2 more
/// multiplications, and d² for every event; on the calling thread, in one order. See <see cref="RiskSets"/> for formula and sources.
/// </remarks>
/// <typeparam name="TRows">Kind of rows.</typeparam>
public sealed class PartialLikelihoodRisk<TRows> : EmpiricalRisk<double>, IWholeLikelihood
    where TRows : struct, IRows<double>
{
    readonly TRows rows;
    readonly RiskSets sets;
    readonly double[] z, means, row, risk, ending, x, reach;
    readonly int[] columns;

    /// <summary>Joins rows, labels and options.</summary>
    /// <param name="rows">n rows.</param>
    /// <param name="labels">Times above 0, negative where censored.</param>
    /// <param name="efron">Efron's treatment of ties; Breslow's otherwise.</param>
    /// <param name="options">L2 penalty, weights and offsets; no intercept and no L1 penalty.</param>
    /// <exception cref="ArgumentException">An intercept or an L1 penalty is asked for, or a time is 0.</exception>
    public PartialLikelihoodRisk(TRows rows, double[] labels, bool efron, RiskOptions options)
        : base(rows.Count, rows.Columns, 1, labels, options)
    {
        if (options.Intercept) throw new ArgumentException("A partial likelihood does not see an intercept: leave it out.");
        if (options.L1 > 0) throw new ArgumentException("The partial likelihood is fitted without an L1 penalty; an L2 penalty is "
            + "possible.");
        int zero = Array.FindIndex(labels, t => t == 0 || !double.IsFinite(t));
        if (zero >= 0)
            throw new ArgumentException(
                FormattableString.Invariant($"Times need to be above 0; that of row {zero + 1} is {labels[zero]}."));
        this.rows = rows;
        sets = new RiskSets(labels, efron);
        int d = rows.Columns;
        (z, means, row) = (new double[rows.Count], new double[d], new double[d]);
        (risk, ending, x) = (new double[d], new double[d], new double[d]);
        columns = new int[RowReader.Longest<double, TRows>(rows)];
        for (int i = 0; i < rows.Count; i++) rows.AddScaledExact(i, 1.0 / rows.Count, means);
        reach = new double[d];
        for (int i = 0; i < rows.Count; i++)
        {
            Read(i);
            for (int j = 0; j < d; j++) reach[j] = Math.Max(reach[j], Math.Abs(row[j]) + (2 * Math.Abs(means[j])));
        }
        for (int i = 0; i < labels.Length; i++) Mass += sets.Events[i] ? WeightOf(i) : 0;
    }

    /// <inheritdoc/>
    public override string Name => sets.Efron ? "cox" : "cox-breslow";

    /// <inheritdoc/>
    public override LossKind Kind => LossKind.Other;

    /// <inheritdoc/>
    public override bool IsSumOverRows => false;

    /// <inheritdoc/>
    public override double LossSmoothness => double.PositiveInfinity;

    /// <inheritdoc/>
    public override double SelfConcordance => double.NaN;

    /// <inheritdoc/>
    public override long Entries => rows.Entries;

    /// <inheritdoc/>
    public string Words => "the spread of the rows";

    /// <summary>The share of the weights that ends with an event.</summary>
    public double Mass { get; }

    /// <inheritdoc/>
    // The largest |x − mean|, and twice the mean, which its rounding is in proportion to.
    public double[] Reach(ReadOnlySpan<double> w) => reach;

    /// <inheritdoc/>
    public double TermSize(ReadOnlySpan<double> w, double margins) => 2 + margins + Math.Log(Count + 1);

    /// <inheritdoc/>
    // The third cumulant of a bounded variable is at most its range times its variance: twice the longest centred row.
    public double ThirdDerivative(ReadOnlySpan<double> w, ReadOnlySpan<double> lengths, double radius)
    {
        double longest = 0;
        for (int i = 0; i < Count; i++)
        {
            Read(i);
            double length = 0;
            for (int j = 0; j < row.Length; j++) length += row[j] * row[j] * lengths[j] * lengths[j];
            longest = Math.Max(longest, length);
        }
        return 2 * Math.Sqrt(longest);
    }

    /// <inheritdoc/>
    public override void Products(ReadOnlySpan<double> w, Span<double> z)
    {
        for (int i = 0; i < Count; i++) z[i] = rows.DotExact(i, w);
    }

    /// <inheritdoc/>
    public override void Adjoint(ReadOnlySpan<double> u, Span<double> v)
    {
        v.Clear();
        for (int i = 0; i < Count; i++) rows.AddScaledExact(i, WeightOf(i) * u[i], v);
    }

    /// <inheritdoc/>
    public override double LossAt(int example, ReadOnlySpan<double> z, Span<double> u) => throw NoRows();

    /// <inheritdoc/>
    public override void LossesAt(ReadOnlySpan<double> z, Span<double> u, Span<double> losses) => throw NoRows();

    /// <inheritdoc/>
    public override void CurvatureAt(int example, ReadOnlySpan<double> z, ReadOnlySpan<double> dz, Span<double> result) => throw NoRows();

    /// <inheritdoc/>
    public override double ConjugateAt(int example, ReadOnlySpan<double> u) => throw NoRows();

    /// <inheritdoc/>
    public override double FeasibleScale(int example, ReadOnlySpan<double> u) => throw NoRows();

    /// <inheritdoc/>
    public override double LeastLoss(int example) => double.NegativeInfinity;

    /// <inheritdoc/>
    public override double SlopeBound(int example) => double.PositiveInfinity;

    /// <inheritdoc/>
    public override double SquaredRowNorm(int example) => rows.SquaredNorm(example);

    internal override int ReadRow(int example, Span<int> columns, Span<double> values) =>
        RowReader.Read<double, TRows>(rows, example, columns, values);

    internal override void Magnitudes(ReadOnlySpan<double> a, Span<double> result)
    {
        for (int i = 0; i < Count; i++) result[i] = RowReader.Magnitude<double, TRows>(rows, i, a) + Math.Abs(OffsetOf(i));
    }

    internal override void AdjointMagnitudes(ReadOnlySpan<double> a, Span<double> result)
    {
        result.Clear();
        for (int i = 0; i < Count; i++) RowReader.AddMagnitude<double, TRows>(rows, i, a[i], result);
    }

    internal override int LongestRow => columns.Length;

    private protected override double ValueCore(ReadOnlySpan<double> w)
    {
        Margins(w, z);
        return (sets.Value(z, weights) / totalWeight) + RidgeValue(w);
    }

    private protected override double GradientCore(ReadOnlySpan<double> w, Span<double> g)
    {
        g.Clear();
        double value = Pass(w, g, default);
        Vectors.Scale(1 / totalWeight, g);
        AddRidge(w, g);
        return (value / totalWeight) + RidgeValue(w);
    }

    private protected override double SampleCore(ReadOnlySpan<double> w, Sample sample, Span<double> g) => throw NoRows();

    private protected override void HessianProductCore(ReadOnlySpan<double> w, ReadOnlySpan<double> v, Span<double> hv)
    {
        int d = Dimension;
        double[] hessian = new double[d * d];
        Pass(w, new double[d], hessian);
        for (int i = 0; i < d; i++)
        {
            hv[i] = ridge[i] * v[i];
            for (int j = 0; j < d; j++) hv[i] += hessian[(Math.Min(i, j) * d) + Math.Max(i, j)] / totalWeight * v[j];
        }
    }

    private protected override double CurvatureCore(ReadOnlySpan<double> w, Span<double> gradient, Span<double> hessian)
    {
        double value = Pass(w, gradient, hessian);
        Vectors.Scale(1 / totalWeight, gradient);
        Vectors.Scale(1 / totalWeight, hessian);
        return value / totalWeight;
    }

    static ArgumentException NoRows() => new("The partial likelihood is no sum over rows, so that rows cannot be sampled: use "
        + "newton, lbfgs, bfgs, gd or another method of full gradients.");

    // The row with its columns moved by their means.
    void Read(int i)
    {
        for (int j = 0; j < row.Length; j++) row[j] = -means[j];
        rows.AddScaledExact(i, 1, row);
    }

    // Value; adds gradient and, where it is wanted, the upper triangle of the Hessian. Sums over those at risk, and over those whose event
    // is at this time: of e^z, of e^z x, of e^z xxᵀ, all in units of e^top.
    double Pass(ReadOnlySpan<double> w, Span<double> g, Span<double> hessian)
    {
        Margins(w, z);
        int d = Columns;
        bool curved = !hessian.IsEmpty;
        double[] square = curved ? new double[d * d] : [], tied = curved ? new double[d * d] : [];
        double sum = 0, top = double.NegativeInfinity, at = 0;
        risk.AsSpan().Clear();
        for (int t = 0; t + 1 < sets.Starts.Length; t++)
        {
            double end = 0, mass = 0;
            int ties = 0;
            ending.AsSpan().Clear();
            tied.AsSpan().Clear();
            for (int k = sets.Starts[t]; k < sets.Starts[t + 1]; k++)
            {
                int i = sets.Order[k];
                double weight = weights?[i] ?? 1;
                if (weight == 0) continue;
                if (z[i] > top)
                {
                    double shrink = double.IsNegativeInfinity(top) ? 0 : Math.Exp(top - z[i]);
                    (at, end, top) = (at * shrink, end * shrink, z[i]);
                    foreach (double[] part in new[] { risk, ending, square, tied }) Vectors.Scale(shrink, part.AsSpan());
                }
                double e = weight * Math.Exp(z[i] - top);
                Read(i);
                at += e;
                Vectors.AddScaled(e, row, risk.AsSpan());
                if (curved) AddOuter(e, row, square);
                if (!sets.Events[i]) continue;
                (end, mass, ties) = (end + e, mass + weight, ties + 1);
                sum -= weight * z[i];
                Vectors.AddScaled(-weight, row, g);
                Vectors.AddScaled(e, row, ending.AsSpan());
                if (curved) AddOuter(e, row, tied);
            }
            for (int l = 0; l < ties; l++)
            {
                double part = sets.Efron ? (double)l / ties : 0, s = at - (part * end), share = mass / ties;
                sum += share * (top + Math.Log(s));
                for (int j = 0; j < d; j++) x[j] = (risk[j] - (part * ending[j])) / s;
                Vectors.AddScaled(share, x, g);
                if (!curved) continue;
                for (int a = 0; a < d; a++)
                    for (int b = a; b < d; b++)
                        hessian[(a * d) + b] += share * (((square[(a * d) + b] - (part * tied[(a * d) + b])) / s) - (x[a] * x[b]));
            }
        }
        return sum;
    }

    static void AddOuter(double a, double[] row, double[] to)
    {
        int d = row.Length;
        for (int i = 0; i < d; i++)
        {
            double t = a * row[i];
            for (int j = i; j < d; j++) to[(i * d) + j] += t * row[j];
        }
    }
}
