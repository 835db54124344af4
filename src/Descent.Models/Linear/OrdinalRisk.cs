using Descent.Models.Losses;
using Descent.Oracles;

namespace Descent.Models.Linear;

/// <summary>
/// Proportional odds: classes 0 … K − 1 in order, <c>P(y &gt; k) = σ(zₖ)</c> with <c>zₖ = x·w + o + bₖ</c>, one vector of weights for all,
/// and <c>b₀ &gt; b₁ &gt; …</c>; R's polr has the thresholds ζₖ = −bₖ. The mean of <c>−log P(yᵢ)</c> over the rows, which with
/// <c>t = z_{y−1} − z_y</c> is <c>log(1 + e^{z_y}) + log(1 + e^{−z_{y−1}}) − log(1 − e^{−t})</c>, a sum of convex functions, plus
/// (λ/2)‖w‖². Where constants are out of order F is +∞. Source: McCullagh 1980; convexity Pratt 1981.
/// </summary>
/// <remarks>Parameters: d weights, then K − 1 constants. A gradient costs 2n·d and a Hessian n·d² multiplications; on the calling thread,
/// in one order. Steps on samples do not keep the constants in order: methods that sample rows are refused.</remarks>
/// <typeparam name="TRows">Kind of rows.</typeparam>
public sealed class OrdinalRisk<TRows> : EmpiricalRisk<double>, IWholeLikelihood
    where TRows : struct, IRows<double>
{
    readonly TRows rows;
    readonly double[] z, slopes, row, columnReach, start;
    readonly int[] columns;

    /// <summary>Joins rows, labels and options.</summary>
    /// <param name="rows">n rows.</param>
    /// <param name="labels">Class numbers 0 … K − 1, in the order of the classes.</param>
    /// <param name="classes">K, at least 2.</param>
    /// <param name="options">L2 penalty on the weights, and weights of rows; with a constant, that is the thresholds; no L1 penalty and
    /// no penalty on the thresholds. Offsets o are added to all margins of a row.</param>
    /// <exception cref="ArgumentException">The options ask for more, or a class has no row of positive weight.</exception>
    public OrdinalRisk(TRows rows, double[] labels, int classes, RiskOptions options)
        : base(rows.Count, rows.Columns, Math.Max(1, classes - 1), labels, options, 1)
    {
        if (!options.Intercept) throw new ArgumentException("An ordinal model has thresholds in the place of an intercept: they stay.");
        if (options.L1 > 0) throw new ArgumentException("An ordinal model is fitted without an L1 penalty; an L2 penalty is possible.");
        if (options.PenaliseIntercept) throw new ArgumentException("The thresholds of an ordinal model are not penalised.");
        double[] mass = new double[classes];
        for (int i = 0; i < labels.Length; i++) mass[(int)labels[i]] += WeightOf(i);
        if (Array.FindIndex(mass, m => !(m > 0)) is >= 0 and var k)
            throw new ArgumentException($"Class {k + 1} of {classes} has no row of positive weight, and no threshold of its own.");
        this.rows = rows;
        (z, slopes) = (new double[Count * Outputs], new double[Count * Outputs]);
        columnReach = new double[Columns];
        int longest = RowReader.Longest<double, TRows>(rows);
        (columns, row) = (new int[longest], new double[longest]);
        for (int i = 0; i < Count; i++)
        {
            int count = ReadRow(i, columns, row);
            for (int e = 0; e < count; e++) columnReach[columns[e]] = Math.Max(columnReach[columns[e]], Math.Abs(row[e]));
        }
        start = new double[Dimension];
        double above = 1;
        for (int c = 0; c < Outputs; c++)
        {
            above -= mass[c];
            start[Columns + c] = Math.Log(Math.Max(above, 1e-300) / Math.Max(1 - above, 1e-300));
        }
    }

    /// <inheritdoc/>
    public override string Name => "ordinal";

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

    /// <summary>The fit of the thresholds alone: the log-odds of the shares of the classes.</summary>
    public override ReadOnlySpan<double> NeutralPoint => start;

    /// <inheritdoc/>
    public override void Products(ReadOnlySpan<double> w, Span<double> z)
    {
        for (int i = 0; i < Count; i++)
        {
            double own = rows.DotExact(i, w[..Columns]);
            for (int k = 0; k < Outputs; k++) z[(i * Outputs) + k] = own + w[Columns + k];
        }
    }

    /// <inheritdoc/>
    public override void Adjoint(ReadOnlySpan<double> u, Span<double> v)
    {
        v.Clear();
        for (int i = 0; i < Count; i++)
        {
            double sum = 0, weight = WeightOf(i);
            for (int k = 0; k < Outputs; k++)
            {
                double own = u[(i * Outputs) + k];
                if (own == 0) continue;
                sum += own;
                v[Columns + k] += weight * own;
            }
            rows.AddScaledExact(i, weight * sum, v[..Columns]);
        }
    }

    /// <inheritdoc/>
    public override double LossAt(int example, ReadOnlySpan<double> z, Span<double> u)
    {
        int y = (int)Labels.Span[example];
        return Loss(y, z, y > 0 && y < Outputs ? z[y - 1] - z[y] : double.PositiveInfinity, u);
    }

    double Loss(int y, ReadOnlySpan<double> z, double gap, Span<double> u)
    {
        u.Clear();
        if (!(gap > 0)) return double.PositiveInfinity;
        double loss = -Barrier(gap);
        if (y < Outputs)
        {
            loss += LogOnePlusExp(z[y]);
            u[y] += Sigmoid(z[y]) + Push(gap);
        }
        if (y > 0)
        {
            loss += LogOnePlusExp(-z[y - 1]);
            u[y - 1] -= Sigmoid(-z[y - 1]) + Push(gap);
        }
        return loss;
    }

    /// <inheritdoc/>
    public override void LossesAt(ReadOnlySpan<double> z, Span<double> u, Span<double> losses)
    {
        for (int i = 0; i < Count; i++)
            losses[i] = LossAt(i, z.Slice(i * Outputs, Outputs), u.Slice(i * Outputs, Outputs));
    }

    /// <inheritdoc/>
    public override void CurvatureAt(int example, ReadOnlySpan<double> z, ReadOnlySpan<double> dz, Span<double> result)
    {
        int y = (int)Labels.Span[example];
        result.Clear();
        if (y < Outputs) result[y] += Bend(z[y]) * dz[y];
        if (y > 0) result[y - 1] += Bend(z[y - 1]) * dz[y - 1];
        if (y == 0 || y == Outputs) return;
        double apart = Stiffness(z[y - 1] - z[y]) * (dz[y - 1] - dz[y]);
        result[y - 1] += apart;
        result[y] -= apart;
    }

    /// <inheritdoc/>
    public override double ConjugateAt(int example, ReadOnlySpan<double> u) => double.PositiveInfinity;

    /// <inheritdoc/>
    public override double FeasibleScale(int example, ReadOnlySpan<double> u) => 0;

    /// <inheritdoc/>
    public override double LeastLoss(int example) => 0;

    /// <inheritdoc/>
    public override double SlopeBound(int example) => double.PositiveInfinity;

    /// <inheritdoc/>
    public override double SquaredRowNorm(int example) => rows.SquaredNorm(example) + 1;

    internal override int ReadRow(int example, Span<int> columns, Span<double> values) =>
        RowReader.Read<double, TRows>(rows, example, columns, values);

    internal override void Magnitudes(ReadOnlySpan<double> a, Span<double> result)
    {
        for (int i = 0; i < Count; i++)
        {
            double own = RowReader.Magnitude<double, TRows>(rows, i, a[..Columns]) + Math.Abs(OffsetOf(i));
            for (int k = 0; k < Outputs; k++) result[(i * Outputs) + k] = own + a[Columns + k];
        }
    }

    internal override void AdjointMagnitudes(ReadOnlySpan<double> a, Span<double> result)
    {
        result.Clear();
        for (int i = 0; i < Count; i++)
            for (int k = 0; k < Outputs; k++)
            {
                RowReader.AddMagnitude<double, TRows>(rows, i, a[(i * Outputs) + k], result[..Columns]);
                result[Columns + k] += a[(i * Outputs) + k];
            }
    }

    internal override int LongestRow => columns.Length;

    internal override string WhySmooth => "sums of −log of differences of logistic functions, convex where the thresholds are in order, "
        + "and convex penalties";

    /// <inheritdoc/>
    public string Words => "the reach of the rows and the gaps between thresholds";

    /// <inheritdoc/>
    public double Mass => 1;

    /// <inheritdoc/>
    // Slopes and curvatures of log(1 + e^z) are below 1; those of −log(1 − e^(−t)) are q and q(1 + q), q = 1/(e^t − 1).
    public double[] Reach(ReadOnlySpan<double> w)
    {
        double[] reach = [.. columnReach, .. new double[Outputs]];
        for (int k = 0; k < Outputs; k++)
            reach[Columns + k] = 1 + (2 * Math.Max(k > 0 ? Push(Gap(w, k)) : 0, k + 1 < Outputs ? Push(Gap(w, k + 1)) : 0));
        return reach;
    }

    /// <inheritdoc/>
    public double TermSize(ReadOnlySpan<double> w, double margins)
    {
        double most = 0;
        for (int k = 1; k < Outputs; k++) most = Math.Max(most, -Barrier(Gap(w, k)));
        return 4 + (2 * margins) + most;
    }

    /// <inheritdoc/>
    // φ‴ ≤ |ℓ′|φ″ for log(1 + e^ℓ), and coth(t/2)|t′| times φ″ for −log(1 − e^(−t)); over the radius a gap narrows by its own length
    // times it.
    public double ThirdDerivative(ReadOnlySpan<double> w, ReadOnlySpan<double> lengths, double radius)
    {
        double constant = 0, longest = 0, most = 0;
        for (int k = 0; k < Outputs; k++) constant = Math.Max(constant, lengths[Columns + k]);
        for (int i = 0; i < Count; i++)
        {
            int count = ReadRow(i, columns, row);
            double square = constant * constant;
            for (int e = 0; e < count; e++) square += row[e] * row[e] * lengths[columns[e]] * lengths[columns[e]];
            longest = Math.Max(longest, square);
        }
        most = Math.Sqrt(longest);
        for (int k = 1; k < Outputs; k++)
        {
            double own = lengths[Columns + k], before = lengths[Columns + k - 1], length = Math.Sqrt((own * own) + (before * before)),
                left = Gap(w, k) - (radius * length);
            most = Math.Max(most, left > 0 ? length / Math.Tanh(left / 2) : double.PositiveInfinity);
        }
        return most;
    }

    double Gap(ReadOnlySpan<double> w, int k) => w[Columns + k - 1] - w[Columns + k];

    private protected override double ValueCore(ReadOnlySpan<double> w) => Pass(w) + RidgeValue(w);

    private protected override double GradientCore(ReadOnlySpan<double> w, Span<double> g)
    {
        double value = Pass(w);
        Adjoint(slopes, g);
        AddRidge(w, g);
        return value + RidgeValue(w);
    }

    private protected override double SampleCore(ReadOnlySpan<double> w, Sample sample, Span<double> g) =>
        throw new ArgumentException("Steps on samples do not keep the thresholds of an ordinal model in order: use newton, lbfgs, bfgs, gd "
            + "or another method of full gradients.");

    private protected override void HessianProductCore(ReadOnlySpan<double> w, ReadOnlySpan<double> v, Span<double> hv)
    {
        double[] dz = new double[z.Length], bent = new double[z.Length];
        Margins(w, z);
        Products(v, dz);
        for (int i = 0, k = Outputs; i < Count; i++)
            CurvatureAt(i, z.AsSpan(i * k, k), dz.AsSpan(i * k, k), bent.AsSpan(i * k, k));
        Adjoint(bent, hv);
        for (int j = 0; j < Dimension; j++) hv[j] += ridge[j] * v[j];
    }

    private protected override double CurvatureCore(ReadOnlySpan<double> w, Span<double> gradient, Span<double> hessian)
    {
        double value = Pass(w);
        Adjoint(slopes, gradient);
        for (int i = 0; i < Count && double.IsFinite(value); i++)
        {
            int y = (int)Labels.Span[i], count = ReadRow(i, columns, row);
            double weight = WeightOf(i), below = y < Outputs ? weight * Bend(z[(i * Outputs) + y]) : 0,
                above = y > 0 ? weight * Bend(z[(i * Outputs) + y - 1]) : 0;
            for (int a = 0; a < count; a++)
            {
                Span<double> line = hessian.Slice(columns[a] * Dimension, Dimension);
                double all = (below + above) * row[a];
                for (int b = a; b < count; b++) line[columns[b]] += all * row[b];
                if (y < Outputs) line[Columns + y] += below * row[a];
                if (y > 0) line[Columns + y - 1] += above * row[a];
            }
            double apart = y > 0 && y < Outputs ? weight * Stiffness(Gap(w, y)) : 0;
            if (y < Outputs) hessian[((Columns + y) * Dimension) + Columns + y] += below + apart;
            if (y > 0) hessian[((Columns + y - 1) * Dimension) + Columns + y - 1] += above + apart;
            if (apart > 0) hessian[((Columns + y - 1) * Dimension) + Columns + y] -= apart;
        }
        return value;
    }

    // Gaps between thresholds are taken from the constants, where they are rounded once, not from margins.
    double Pass(ReadOnlySpan<double> w)
    {
        for (int k = 1; k < Outputs; k++)
            if (!(Gap(w, k) > 0)) return double.PositiveInfinity;
        Margins(w, z);
        double sum = 0;
        for (int i = 0; i < Count; i++)
        {
            int y = (int)Labels.Span[i];
            sum += WeightOf(i) * Loss(y, z.AsSpan(i * Outputs, Outputs), y > 0 && y < Outputs ? Gap(w, y) : double.PositiveInfinity,
                slopes.AsSpan(i * Outputs, Outputs));
        }
        return sum;
    }

    static double LogOnePlusExp(double z) => Math.Max(z, 0) + ElementaryFunctions.LogOnePlus(Math.Exp(-Math.Abs(z)));

    static double Sigmoid(double z) => z >= 0 ? 1 / (1 + Math.Exp(-z)) : Math.Exp(z) / (1 + Math.Exp(z));

    static double Bend(double z)
    {
        double e = Math.Exp(-Math.Abs(z));
        return e / ((1 + e) * (1 + e));
    }

    // 1/(e^t − 1), minus the slope of −log(1 − e^(−t)).
    static double Push(double t) => double.IsPositiveInfinity(t) ? 0 : 1 / ElementaryFunctions.ExpMinusOne(t);

    static double Stiffness(double t) => Push(t) * (1 + Push(t));

    // log(1 − e^(−t)).
    static double Barrier(double t) => double.IsPositiveInfinity(t) ? 0 : Math.Log(-ElementaryFunctions.ExpMinusOne(-t));
}
