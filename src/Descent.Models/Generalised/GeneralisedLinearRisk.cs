using Descent.Models.Linear;
using Descent.Oracles;

namespace Descent.Models.Generalised;

/// <summary>
/// The risk of a generalised linear model with any link: <c>F(w) = Σ ωᵢ φ(yᵢ, g⁻¹(xᵢ·w + b + oᵢ)) + (λ/2)‖w‖²</c>, φ half the unit deviance
/// and Σ ωᵢ = 1; without a penalty F is half the mean deviance, and +∞ where a mean leaves its range. F need not be convex; the Fisher
/// information <c>Σ ωᵢ (dμᵢ/dη)²/V(μᵢ) xᵢxᵢᵀ</c> is positive semidefinite all the same, and <see cref="Algorithms.FisherScoring"/> goes
/// downhill along it. With a known dispersion φ₀, standard errors are the roots of the diagonal of <c>φ₀ (Σ weights · I)⁻¹</c>.
/// </summary>
/// <remarks>
/// Parameters: one weight a column, then the intercept. A gradient costs 2·entries multiplications and n inverse links,
/// an information matrix n·d²/2 more; memory 3n. Sums run over the rows in order, on the calling thread: deterministic.
/// One caller at a time. Source: P 19.4; McCullagh and Nelder 1989, 2.5.
/// </remarks>
/// <typeparam name="TRows">Kind of rows.</typeparam>
public sealed class GeneralisedLinearRisk<TRows> : IFisherMatrixOracle<double>
    where TRows : struct, IRows<double>
{
    readonly TRows rows;
    readonly double[] y, omega, z, slope, ridge;
    readonly double[]? trials, offsets;

    /// <summary>Joins rows, targets, family and link.</summary>
    /// <param name="rows">n rows of d columns.</param>
    /// <param name="targets">n targets in the family's range.</param>
    /// <param name="family">The family.</param>
    /// <param name="link">The link; the canonical one when null.</param>
    /// <param name="options">Intercept, L2 penalty, offsets and weights (for proportions, the numbers of trials).</param>
    /// <exception cref="ArgumentException">Lengths differ, a target is outside the family's range,
    /// weights have no positive sum, or an L1 penalty is asked for.</exception>
    public GeneralisedLinearRisk(TRows rows, double[] targets, Family family, Link? link = null, RiskOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(targets);
        ArgumentNullException.ThrowIfNull(family);
        options ??= new RiskOptions();
        int n = rows.Count;
        if (targets.Length != n) throw new ArgumentException($"{n} rows need as many targets; got {targets.Length}.");
        for (int i = 0; i < n; i++)
            if (!family.Has(targets[i]))
                throw new ArgumentException(FormattableString.Invariant(
                    $"Targets of the {family.Name} family are {family.Targets}; target {i + 1} is {targets[i]}."));
        if (options.L1 != 0) throw new ArgumentException("Fisher scoring has no proximal form: leave out the L1 penalty.");
        if (!(options.L2 >= 0) || !double.IsFinite(options.L2))
            throw new ArgumentException(FormattableString.Invariant($"The penalty needs to be ≥ 0 and finite; got λ = {options.L2}."));
        (this.rows, y, Family, Link, trials) = (rows, targets, family, link ?? family.Canonical, options.Weights);
        (HasIntercept, Dimension) = (options.Intercept, rows.Columns + (options.Intercept ? 1 : 0));
        offsets = Finite(options.Offsets, n);
        omega = Shares(options.Weights, n);
        (z, slope, ridge) = (new double[n], new double[n], new double[Dimension]);
        ridge.AsSpan(0, options.PenaliseIntercept ? Dimension : rows.Columns).Fill(options.L2);
        Layout = HasIntercept
            ? new BlockLayout(new Block("weights", 0, 1, rows.Columns),
                new Block("intercept", rows.Columns, 1, 1, options.PenaliseIntercept))
            : new BlockLayout(new Block("weights", 0, 1, rows.Columns));
    }

    /// <summary>The family.</summary>
    public Family Family { get; }

    /// <summary>The link.</summary>
    public Link Link { get; }

    /// <summary>Whether the last parameter is an intercept.</summary>
    public bool HasIntercept { get; }

    /// <inheritdoc/>
    public int Dimension { get; }

    /// <inheritdoc/>
    public BlockLayout Layout { get; }

    /// <inheritdoc/>
    public OracleMeter Meter { get; } = new();

    /// <summary>
    /// The parameters that R's <c>glm</c> starts from: the weighted least-squares fit of the links of means near the targets,
    /// with the weights of the information there. Means of the start may still leave their range:
    /// then F is +∞ there, and another start is needed.
    /// </summary>
    public double[] FirstFit()
    {
        double[] right = new double[Dimension], gram = new double[Dimension * Dimension], w = new double[Dimension];
        for (int i = 0; i < y.Length; i++)
        {
            double near = Family.Near(y[i], trials?[i] ?? 1), rest = 1 - near, eta = Link.Of(near, rest), t = Link.Slope(eta);
            slope[i] = omega[i] * t * t / Family.Variance(near, rest);
            z[i] = slope[i] == 0 ? 0 : slope[i] * (eta - (offsets?[i] ?? 0));
        }
        Add(z, right);
        AddGram(gram);
        Cholesky factor = new(Dimension);
        for (double shift = 0; !factor.Factor(gram, shift) && shift < 1; shift = shift == 0 ? 1e-10 : 10 * shift)
            for (int j = 0; j < Dimension; j++)
                if (!(gram[(j * Dimension) + j] > 0)) gram[(j * Dimension) + j] = 1;
        factor.Solve(right, w);
        return w;
    }

    /// <inheritdoc/>
    public double Value(ReadOnlySpan<double> w)
    {
        Guard.Length("Value", Dimension, w.Length);
        Meter.CountValues(y.Length);
        return Evaluate(w);
    }

    /// <inheritdoc/>
    public double Gradient(ReadOnlySpan<double> w, Span<double> g)
    {
        Guard.Length("Gradient", Dimension, w.Length);
        Guard.Length("Gradient", Dimension, g.Length);
        Meter.CountGradients(y.Length);
        return GradientCore(w, g);
    }

    /// <inheritdoc/>
    public double Information(ReadOnlySpan<double> w, Span<double> gradient, Span<double> information)
    {
        Guard.Length("Information", Dimension, w.Length);
        Guard.Length("Information", Dimension, gradient.Length);
        if (information.Length != Dimension * Dimension)
            throw new ArgumentException($"Information needs a matrix of {Dimension}×{Dimension} entries; got {information.Length}.");
        Meter.CountGradients(y.Length);
        Meter.CountSecondOrder(y.Length);
        double value = GradientCore(w, gradient);
        information.Clear();
        AddGram(information);
        for (int j = 0; j < Dimension; j++) information[(j * Dimension) + j] += ridge[j];
        return value;
    }

    static double[]? Finite(double[]? offsets, int n) =>
        offsets is null || (offsets.Length == n && offsets.All(double.IsFinite)) ? offsets
            : throw new ArgumentException($"{n} rows need as many offsets, all finite; got {offsets.Length}.");

    static double[] Shares(double[]? weights, int n)
    {
        if (weights is null) return [.. Enumerable.Repeat(1.0 / n, n)];
        if (weights.Length != n) throw new ArgumentException($"{n} rows need as many weights; got {weights.Length}.");
        double total = Vectors.Sum<double>(weights);
        if (!(total > 0) || !double.IsFinite(total) || weights.Any(a => !(a >= 0)))
            throw new ArgumentException(
                FormattableString.Invariant($"Weights must be ≥ 0 with a positive, finite sum; the sum is {total}."));
        return [.. weights.Select(a => a / total)];
    }

    // Leaves η in z.
    double Evaluate(ReadOnlySpan<double> w)
    {
        rows.Dots(0, w, z);
        double sum = 0;
        for (int i = 0; i < z.Length; i++)
        {
            z[i] += (HasIntercept ? w[^1] : 0) + (offsets?[i] ?? 0);
            if (omega[i] == 0) continue;
            (double mean, double rest) = Link.Mean(z[i]);
            if (!Family.Allows(mean, rest)) return double.IsNaN(z[i]) ? double.NaN : double.PositiveInfinity;
            sum += omega[i] * Family.Loss(y[i], mean, rest);
        }
        for (int j = 0; j < w.Length; j++) sum += 0.5 * ridge[j] * w[j] * w[j];
        return sum;
    }

    // Leaves the information's weights ω (dμ/dη)²/V in slope.
    double GradientCore(ReadOnlySpan<double> w, Span<double> g)
    {
        double value = Evaluate(w);
        g.Clear();
        if (!double.IsFinite(value))
        {
            g.Fill(double.NaN);
            slope.AsSpan().Clear();
            return value;
        }
        for (int i = 0; i < z.Length; i++)
        {
            (double mean, double rest) = omega[i] == 0 ? (double.NaN, double.NaN) : Link.Mean(z[i]);
            double t = Link.Slope(z[i]);
            (z[i], slope[i]) = omega[i] == 0
                ? (0, 0)
                : (-omega[i] * t * Family.Score(y[i], mean, rest), omega[i] * t * (t / Family.Variance(mean, rest)));
        }
        Add(z, g);
        for (int j = 0; j < w.Length; j++) g[j] += ridge[j] * w[j];
        return value;
    }

    void Add(double[] a, Span<double> g)
    {
        rows.AddScaled(0, a, g);
        if (HasIntercept) g[^1] = Vectors.Sum<double>(a);
    }

    void AddGram(Span<double> gram)
    {
        rows.AddGram(0, slope, gram, Dimension);
        if (!HasIntercept) return;
        double[] column = new double[Dimension];
        Add(slope, column);
        for (int j = 0; j < Dimension; j++) gram[(j * Dimension) + Dimension - 1] += column[j];
    }
}
