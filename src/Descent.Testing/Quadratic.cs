namespace Descent.Testing;

/// <summary><c>F(w) = ½ Σ hᵢ(wᵢ − cᵢ)²</c> with a given spectrum h: H = max hᵢ, μ = min hᵢ, optimum 0 at c.</summary>
/// <typeparam name="T">Element type.</typeparam>
public sealed class Quadratic<T> : AnalyticOracle<T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    readonly double[] spectrum, centre;

    /// <summary>
    /// A quadratic with eigenvalues <paramref name="spectrum"/> ≥ 0 and minimiser <paramref name="centre"/> (zero when left out).
    /// </summary>
    public Quadratic(double[] spectrum, double[]? centre = null)
        : base((spectrum ?? throw new ArgumentNullException(nameof(spectrum))).Length)
    {
        this.spectrum = spectrum;
        this.centre = centre ?? new double[spectrum.Length];
    }

    /// <inheritdoc/>
    public override double Optimum => 0;

    /// <inheritdoc/>
    public override ReadOnlySpan<double> Minimiser => centre;

    /// <inheritdoc/>
    public override double Smoothness => spectrum.Length == 0 ? 0 : spectrum.Max();

    /// <inheritdoc/>
    public override double StrongConvexity => spectrum.Length == 0 ? 0 : spectrum.Min();

    /// <inheritdoc/>
    protected override double ValueCore(ReadOnlySpan<T> w)
    {
        double sum = 0;
        for (int i = 0; i < w.Length; i++)
        {
            double r = double.CreateTruncating(w[i]) - centre[i];
            sum += 0.5 * spectrum[i] * r * r;
        }
        return sum;
    }

    /// <inheritdoc/>
    protected override double GradientCore(ReadOnlySpan<T> w, Span<T> g)
    {
        for (int i = 0; i < w.Length; i++) g[i] = T.CreateTruncating(spectrum[i] * (double.CreateTruncating(w[i]) - centre[i]));
        return ValueCore(w);
    }

    /// <inheritdoc/>
    protected override void HessianCore(ReadOnlySpan<T> w, Span<double> hessian)
    {
        for (int i = 0; i < spectrum.Length; i++) hessian[(i * spectrum.Length) + i] = spectrum[i];
    }
}
