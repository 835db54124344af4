namespace Descent.Testing;

/// <summary>
/// <c>F(w) = Σ φᵢ(wᵢ)</c>, φ a function of one variable given with its derivatives: the worst cases of most theorems have this form.
/// </summary>
public sealed class Separable : AnalyticOracle<double>
{
    readonly Func<double, int, double> value, slope, bend;
    readonly double[] minimiser;

    /// <summary>A sum of functions of one variable.</summary>
    /// <param name="minimiser">Where F is smallest, d numbers.</param>
    /// <param name="value">φᵢ(x), by x and i.</param>
    /// <param name="slope">φᵢ′(x), or a subgradient.</param>
    /// <param name="bend">φᵢ″(x); 0 when left out.</param>
    /// <param name="smoothness">H; ∞ when left out.</param>
    /// <param name="strongConvexity">μ.</param>
    public Separable(double[] minimiser, Func<double, int, double> value, Func<double, int, double> slope, Func<double, int,
        double>? bend = null, double smoothness = double.PositiveInfinity, double strongConvexity = 0)
        : base((minimiser ?? throw new ArgumentNullException(nameof(minimiser))).Length)
    {
        ArgumentNullException.ThrowIfNull(value);
        ArgumentNullException.ThrowIfNull(slope);
        (this.minimiser, this.value, this.slope) = (minimiser, value, slope);
        this.bend = bend ?? ((_, _) => 0);
        (Smoothness, StrongConvexity) = (smoothness, strongConvexity);
    }

    /// <inheritdoc/>
    public override double Optimum => ValueCore(minimiser);

    /// <inheritdoc/>
    public override ReadOnlySpan<double> Minimiser => minimiser;

    /// <inheritdoc/>
    public override double Smoothness { get; }

    /// <inheritdoc/>
    public override double StrongConvexity { get; }

    /// <summary>
    /// Huber's function in every coordinate: ½Hx² up to a width, then straight; convex, H-smooth and (H·width·√d)-Lipschitz.
    /// </summary>
    public static Separable Huber(int dimension, double smoothness, double width) => new(
        new double[dimension],
        (x, _) => Math.Abs(x) <= width ? 0.5 * smoothness * x * x : smoothness * width * (Math.Abs(x) - (width / 2)),
        (x, _) => smoothness * Math.Clamp(x, -width, width),
        (x, _) => Math.Abs(x) <= width ? smoothness : 0,
        smoothness);

    /// <inheritdoc/>
    protected override double ValueCore(ReadOnlySpan<double> w)
    {
        double sum = 0;
        for (int i = 0; i < w.Length; i++) sum += value(w[i], i);
        return sum;
    }

    /// <inheritdoc/>
    protected override double GradientCore(ReadOnlySpan<double> w, Span<double> g)
    {
        for (int i = 0; i < w.Length; i++) g[i] = slope(w[i], i);
        return ValueCore(w);
    }

    /// <inheritdoc/>
    protected override void HessianCore(ReadOnlySpan<double> w, Span<double> hessian)
    {
        for (int i = 0; i < w.Length; i++) hessian[(i * w.Length) + i] = bend(w[i], i);
    }
}
