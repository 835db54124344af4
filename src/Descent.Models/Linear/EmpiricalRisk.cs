using Descent.Models.Losses;
using Descent.Oracles;
using Descent.Sets;

namespace Descent.Models.Linear;

/// <summary>
/// <c>F(w) = Σ ωᵢ ℓ(w; xᵢ, yᵢ) + Σ (λⱼ/2) wⱼ² (+ Σ λ₁ⱼ|wⱼ|)</c> with <c>Σ ωᵢ = 1</c>: a model that has been given data.
/// Full passes are cut into a fixed number of shards, summed in shard order, so that results do not depend on the number of threads.
/// </summary>
/// <typeparam name="T">Element type of rows and iterate.</typeparam>
public abstract class EmpiricalRisk<T> : IFiniteSumOracle<T>, IHessianMatrixOracle<T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    private protected readonly Workers workers;
    private protected readonly double totalWeight;
    readonly double equalWeight;
    private protected readonly double[]? weights;
    private protected readonly double[]? offsets;
    private protected readonly double[] ridge;
    readonly L1Penalty? l1;

    private protected EmpiricalRisk(int count, int columns, int outputs, double[] labels, RiskOptions options, int vectors = 0,
        int factors = 0)
    {
        ArgumentNullException.ThrowIfNull(labels);
        ArgumentNullException.ThrowIfNull(options);
        if (labels.Length != count) throw new ArgumentException($"{count} rows need as many labels; got {labels.Length}.");
        if (options.Weights is { } given && given.Length != count)
            throw new ArgumentException($"{count} rows need as many weights; got {given.Length}.");
        if (!(options.L2 >= 0) || !(options.L1 >= 0) || !double.IsFinite(options.L2 + options.L1))
            throw new ArgumentException(
                FormattableString.Invariant($"Penalties need to be ≥ 0 and finite; got λ = {options.L2}, λ₁ = {options.L1}."));
        CheckOffsets(count, outputs, vectors, options.Offsets);
        Count = count;
        Columns = columns;
        Outputs = outputs;
        WeightVectors = vectors == 0 ? outputs : vectors;
        Labels = labels;
        Options = options;
        weights = options.Weights;
        offsets = options.Offsets;
        totalWeight = weights is null ? count : Vectors.Sum<double>(weights);
        equalWeight = 1 / totalWeight;
        if (!(totalWeight > 0) || !double.IsFinite(totalWeight))
            throw new ArgumentException(FormattableString.Invariant($"The weights need a positive, finite sum; got {totalWeight}."));
        workers = options.Workers ?? Single;
        HasIntercept = options.Intercept;
        int linear = (WeightVectors * columns) + (HasIntercept ? outputs : 0);
        Dimension = linear + (factors * columns);
        Layout = new BlockLayout([new Block("weights", 0, WeightVectors, columns),
            .. HasIntercept ? [new Block("intercept", WeightVectors * columns, 1, outputs, options.PenaliseIntercept)] : (Block[])[],
            .. factors > 0 ? [new Block("factors", linear, factors, columns)] : (Block[])[]]);
        ridge = new double[Dimension];
        double[] lasso = new double[Dimension];
        for (int k = 0; k < WeightVectors; k++)
        {
            for (int j = 0; j < columns; j++)
            {
                double s = options.ColumnScales is { } scales ? scales[j] : 1;
                ridge[(k * columns) + j] = options.L2 / (s * s);
                lasso[(k * columns) + j] = options.L1 / s;
            }
        }
        for (int b = WeightVectors * columns; b < linear && options.PenaliseIntercept; b++)
            (ridge[b], lasso[b]) = (options.L2, options.L1);
        for (int f = linear; f < Dimension; f++) (ridge[f], lasso[f]) = (options.L2, options.L1);
        if (options.L1 > 0) l1 = new L1Penalty(lasso);
    }

    // A replica: data, penalties and layout are shared, the meter is its own, and full passes run on the caller's thread.
    private protected EmpiricalRisk(EmpiricalRisk<T> original)
    {
        Count = original.Count;
        Columns = original.Columns;
        Outputs = original.Outputs;
        WeightVectors = original.WeightVectors;
        Labels = original.Labels;
        Options = original.Options with { Workers = null };
        weights = original.weights;
        offsets = original.offsets;
        (totalWeight, equalWeight) = (original.totalWeight, original.equalWeight);
        workers = Single;
        HasIntercept = original.HasIntercept;
        Dimension = original.Dimension;
        Layout = original.Layout;
        ridge = original.ridge;
        l1 = original.l1;
    }

    static Workers Single { get; } = new(1);

    static void CheckOffsets(int count, int outputs, int vectors, double[]? offsets)
    {
        if (offsets is null) return;
        // Thresholds share one vector of weights, and an offset moves their margins together against the constants.
        if (outputs > 1 && vectors != 1)
            throw new ArgumentException("One offset a row moves the margins of all classes alike, which changes nothing: leave it out.");
        if (offsets.Length != count) throw new ArgumentException($"{count} rows need as many offsets; got {offsets.Length}.");
        int at = Array.FindIndex(offsets, o => !double.IsFinite(o));
        if (at < 0) return;
        throw new ArgumentException(FormattableString.Invariant($"Offsets need to be finite; that of row {at + 1} is {offsets[at]}."));
    }

    /// <inheritdoc/>
    public int Count { get; }

    /// <summary>Number of columns d of the rows.</summary>
    public int Columns { get; }

    /// <summary>Number of margins an example: 1, or the number of classes.</summary>
    public int Outputs { get; }

    /// <summary>Whether the last parameters are intercepts.</summary>
    public bool HasIntercept { get; }

    /// <inheritdoc/>
    public int Dimension { get; }

    /// <inheritdoc/>
    public int Population => Count;

    /// <inheritdoc/>
    public BlockLayout Layout { get; }

    /// <inheritdoc/>
    public OracleMeter Meter { get; } = new();

    /// <inheritdoc/>
    public IProximalMap? NonSmooth => l1;

    /// <summary>Labels, one a row.</summary>
    public ReadOnlyMemory<double> Labels { get; }

    /// <summary>The options given.</summary>
    public RiskOptions Options { get; }

    /// <summary>λⱼ of every parameter.</summary>
    public ReadOnlySpan<double> Ridge => ridge;

    /// <summary>λ₁ⱼ of every parameter; empty without an L1 penalty.</summary>
    public ReadOnlySpan<double> Lasso => l1 is null ? default : l1.Weights;

    /// <summary>
    /// This risk as an oracle that holds for some losses and penalties alone, null where it does not:
    /// <c>risk.Find&lt;IDualCoordinateOracle&lt;double&gt;&gt;()</c>. The one door where loss and penalty are known at run time only.
    /// </summary>
    /// <typeparam name="TOracle">What a method asks for.</typeparam>
    public TOracle? Find<TOracle>()
        where TOracle : class => this as TOracle;

    /// <summary>Sum of the example weights; n when they are equal.</summary>
    public double TotalWeight => totalWeight;

    /// <summary>sup of the loss's curvature along its margins; +∞ when there is none.</summary>
    public abstract double LossSmoothness { get; }

    /// <summary>M with |φ‴| ≤ Mφ″ for the loss as a function of its margin: 0 for a quadratic; NaN when there is none.</summary>
    public abstract double SelfConcordance { get; }

    /// <summary>Weight vectors: one for every margin, or one that all margins of an example share, each with a constant of its
    /// own.</summary>
    public int WeightVectors { get; }

    /// <summary>A point at which F is finite, from which methods start: the fit without columns where that is known, else 0.</summary>
    public virtual ReadOnlySpan<double> NeutralPoint => new double[Dimension];

    /// <summary>The same parameters with a vector of weights for every margin: all vectors, then the constants.</summary>
    public double[] Expand(double[] w)
    {
        ArgumentNullException.ThrowIfNull(w);
        if (WeightVectors == Outputs) return w;
        double[] all = new double[(Outputs * Columns) + w.Length - (WeightVectors * Columns)];
        for (int k = 0; k < Outputs; k++) w.AsSpan(0, Columns).CopyTo(all.AsSpan(k * Columns));
        w.AsSpan(Columns).CopyTo(all.AsSpan(Outputs * Columns));
        return all;
    }

    /// <summary>Why F is convex, in words, where it is no sum of losses of linear functions.</summary>
    internal virtual string WhySmooth => "logarithms of sums of exponentials of linear functions, and convex penalties";

    /// <summary>Whether every loss is convex in its margins, and with it F.</summary>
    public virtual bool IsConvex => true;

    /// <summary>Whether margins are linear in the parameters, offsets apart: what duals, Hessians of rows and standard errors rest
    /// on.</summary>
    public virtual bool HasLinearMargins => true;

    /// <summary>The margin at and below which losses are +∞; −∞ where they are finite everywhere. Steps on single rows do not keep the
    /// margins of the others above it: such risks are minimised by methods of whole gradients.</summary>
    public virtual double LowestMargin => double.NegativeInfinity;

    /// <summary>Whether F is a sum of losses of single rows, which methods may sample and ask one by one.</summary>
    public virtual bool IsSumOverRows => true;

    /// <summary>Parts that full passes are cut into, by the data alone; ranks and threads share them. 1 where a pass is one
    /// whole.</summary>
    public virtual int PassParts => 1;

    /// <summary>Name of the model, for people.</summary>
    public abstract string Name { get; }

    /// <summary>Which loss it is the mean of.</summary>
    public abstract LossKind Kind { get; }

    /// <summary>Stored entries of the data.</summary>
    public abstract long Entries { get; }

    /// <summary>Weight of example i divided by the sum of all.</summary>
    public double WeightOf(int example) => weights is null ? equalWeight : weights[example] / totalWeight;

    /// <summary>What is added to the margin of example i; 0 without offsets.</summary>
    public double OffsetOf(int example) => offsets is null ? 0 : offsets[example];

    /// <inheritdoc/>
    public double Value(ReadOnlySpan<T> w)
    {
        Guard.Length("Value", Dimension, w.Length);
        Meter.CountValues(Count);
        return ValueCore(w);
    }

    /// <inheritdoc/>
    public double Gradient(ReadOnlySpan<T> w, Span<T> g)
    {
        Guard.Length("Gradient", Dimension, w.Length);
        Guard.Length("Gradient", Dimension, g.Length);
        Meter.CountGradients(Count);
        return GradientCore(w, g);
    }

    /// <inheritdoc/>
    public double Value(ReadOnlySpan<T> w, Sample sample)
    {
        Guard.Length("Value", Dimension, w.Length);
        Meter.CountValues(sample.Count);
        return SampleCore(w, sample, default);
    }

    /// <inheritdoc/>
    public double Gradient(ReadOnlySpan<T> w, Sample sample, Span<T> g)
    {
        Guard.Length("Gradient", Dimension, w.Length);
        Guard.Length("Gradient", Dimension, g.Length);
        Meter.CountGradients(sample.Count);
        return SampleCore(w, sample, g);
    }

    /// <inheritdoc/>
    public void HessianProduct(ReadOnlySpan<T> w, ReadOnlySpan<T> v, Span<T> hv)
    {
        Guard.Length("HessianProduct", Dimension, w.Length);
        Guard.Length("HessianProduct", Dimension, v.Length);
        Guard.Length("HessianProduct", Dimension, hv.Length);
        Meter.CountSecondOrder(Count);
        HessianProductCore(w, v, hv);
    }

    /// <inheritdoc/>
    public double Curvature(ReadOnlySpan<T> w, Span<double> gradient, Span<double> hessian)
    {
        Guard.Length("Curvature", Dimension, w.Length);
        Guard.Length("Curvature", Dimension, gradient.Length);
        if (hessian.Length != Dimension * Dimension)
            throw new ArgumentException($"Curvature needs a matrix of {Dimension}×{Dimension} entries; got {hessian.Length}.");
        Meter.CountGradients(Count);
        Meter.CountSecondOrder(Count);
        gradient.Clear();
        hessian.Clear();
        double value = CurvatureCore(w, gradient, hessian);
        for (int j = 0; j < Dimension; j++)
        {
            double wj = double.CreateTruncating(w[j]);
            gradient[j] += ridge[j] * wj;
            hessian[(j * Dimension) + j] += ridge[j];
        }
        return value + RidgeValue(w);
    }

    /// <summary>Writes all margins in double precision, example by example, <see cref="Outputs"/> each.</summary>
    public void Margins(ReadOnlySpan<double> w, Span<double> z)
    {
        Products(w, z);
        AddOffsets(0, z);
    }

    /// <summary>Writes what of the margins is linear in w, <c>x·w + b</c>: the margins without their offsets.</summary>
    public abstract void Products(ReadOnlySpan<double> w, Span<double> z);

    /// <summary>Writes <c>Σ ωᵢ uᵢ ⊗ (xᵢ, 1)</c>, the gradient of the loss part for dual variables u.</summary>
    public abstract void Adjoint(ReadOnlySpan<double> u, Span<double> v);

    /// <summary>Writes the derivative of example i's loss by its margins and returns the loss.</summary>
    public abstract double LossAt(int example, ReadOnlySpan<double> z, Span<double> u);

    /// <summary>Writes derivatives and losses of all examples at once.</summary>
    public abstract void LossesAt(ReadOnlySpan<double> z, Span<double> u, Span<double> losses);

    /// <summary>Writes <c>D dz</c>, D the second derivative of example i's loss by its margins.</summary>
    public abstract void CurvatureAt(int example, ReadOnlySpan<double> z, ReadOnlySpan<double> dz, Span<double> result);

    /// <summary>The conjugate of example i's loss; +∞ outside its domain.</summary>
    public abstract double ConjugateAt(int example, ReadOnlySpan<double> u);

    /// <summary>The largest s ≤ 1 such that s·u lies in the conjugate's domain.</summary>
    public abstract double FeasibleScale(int example, ReadOnlySpan<double> u);

    /// <summary>Smallest value of example i's loss over all margins.</summary>
    public abstract double LeastLoss(int example);

    /// <summary>sup ‖∂φᵢ‖ over all margins: how steep example i's loss can be; +∞ without a bound.</summary>
    public abstract double SlopeBound(int example);

    /// <summary>Squared norm of row i, the constant 1 of the intercept included.</summary>
    public abstract double SquaredRowNorm(int example);

    /// <summary>Non-zero entries of one row in double precision; the buffers hold <see cref="LongestRow"/> entries.</summary>
    internal abstract int ReadRow(int example, Span<int> columns, Span<double> values);

    /// <summary>Writes <c>Σⱼ |xᵢⱼ| aⱼ</c> for every margin, a ≥ 0: what rounding of the margins is in proportion to.</summary>
    internal abstract void Magnitudes(ReadOnlySpan<double> a, Span<double> result);

    /// <summary>Writes <c>Σᵢ aᵢ |xᵢⱼ|</c> for every parameter, a ≥ 0, one for every margin.</summary>
    internal abstract void AdjointMagnitudes(ReadOnlySpan<double> a, Span<double> result);

    /// <summary>Bounds on φ″ of example i, of one margin, within t of its margin.</summary>
    internal virtual (double Least, double Most) CurvaturesNear(int example, double z, double t) => (0, double.PositiveInfinity);

    /// <summary>What the rounding of φ and of φ′ of example i, of one margin, is in proportion to.</summary>
    internal virtual (double Value, double Slope) RoundingSizes(int example, double z) =>
        (double.PositiveInfinity, double.PositiveInfinity);

    /// <summary>What the rounding of φ* of example i, of one margin, is in proportion to.</summary>
    internal virtual double ConjugateSizeAt(int example, double u) => double.PositiveInfinity;

    /// <summary>Writes <c>Σᵢ hᵢ xᵢxᵢᵀ</c>, the 1 of the intercept included, to the upper triangle of a d×d matrix, for any weights h: with
    /// h = ω(dμ/dη)²/V the expected information of a generalised linear model.</summary>
    /// <param name="h">n weights.</param>
    /// <param name="gram">d×d entries; what stands there is overwritten.</param>
    /// <returns>False where the risk has several margins an example, and no such matrix.</returns>
    public bool WeightedGram(ReadOnlySpan<double> h, Span<double> gram)
    {
        gram.Clear();
        return AddWeightedGram(h, gram);
    }

    /// <summary>Adds <c>Σᵢ hᵢ xᵢxᵢᵀ</c>, the 1 of the intercept included, to the upper triangle of a d×d matrix; false where the risk has
    /// no such matrix.</summary>
    internal virtual bool AddWeightedGram(ReadOnlySpan<double> h, Span<double> gram) => false;

    /// <summary>Most stored entries of any row.</summary>
    internal abstract int LongestRow { get; }

    /// <summary>Adds the offsets of the examples from <paramref name="first"/> on.</summary>
    private protected void AddOffsets(int first, Span<double> z)
    {
        if (offsets is null) return;
        for (int i = 0; i < z.Length; i++) z[i] += offsets[first + (Outputs == 1 ? i : i / Outputs)];
    }

    private protected abstract double ValueCore(ReadOnlySpan<T> w);

    private protected abstract double GradientCore(ReadOnlySpan<T> w, Span<T> g);

    private protected abstract double SampleCore(ReadOnlySpan<T> w, Sample sample, Span<T> g);

    private protected abstract void HessianProductCore(ReadOnlySpan<T> w, ReadOnlySpan<T> v, Span<T> hv);

    private protected abstract double CurvatureCore(ReadOnlySpan<T> w, Span<double> gradient, Span<double> hessian);

    private protected double RidgeValue(ReadOnlySpan<T> w)
    {
        double sum = 0;
        for (int j = 0; j < w.Length; j++)
        {
            double wj = double.CreateTruncating(w[j]);
            sum = Math.FusedMultiplyAdd(0.5 * ridge[j] * wj, wj, sum);
        }
        return sum;
    }

    private protected void AddRidge(ReadOnlySpan<T> w, Span<T> g)
    {
        for (int j = 0; j < w.Length; j++)
            if (ridge[j] != 0) g[j] += T.CreateTruncating(ridge[j]) * w[j];
    }
}
