using Descent.Numerics;
using Descent.Oracles;

namespace Descent.Expectations;

/// <summary>
/// <c>F(θ) = E f(z), z ~ p_θ</c>, minimised from draws of z (M39). By the score function <c>∇F = E[(f(z) − b) ∇ log p_θ(z)]</c>, which asks
/// values of f alone, or along the path <c>∇F = E[(∂z/∂θ)ᵀ ∂f/∂z]</c> where the law is reparameterised.
/// </summary>
/// <remarks>
/// A sampled gradient is the mean over B draws: B values of f, B·(m + d) numbers of memory; nothing is allocated once B has been seen. Both
/// are unbiased. The score function pays with a variance that grows with f itself; a baseline takes off the constant part. The same sample
/// gives the same bits. Sources: W (15); Williams (1992); Kool, van Hoof and Welling (2019) for the others' mean; Greensmith, Bartlett and
/// Baxter (2004) for the optimal one.
/// </remarks>
public sealed class ExpectationObjective : IStochasticOracle<double>
{
    // Words of the stream set aside for one draw.
    const int WordsShift = 20;
    readonly IScoreLaw law;
    readonly Integrand value;
    readonly SlopedIntegrand? sloped;
    readonly ScoreBaseline baseline;
    readonly double[] slope, squares, products;
    double[] drawn = [], values = [], scores = [];
    Draws draws = new(0);

    /// <summary>By the score function.</summary>
    /// <param name="law">p_θ.</param>
    /// <param name="f">f; needs no slope and may be discontinuous.</param>
    /// <param name="baseline">What is taken off; other than none it asks at least 2 draws a sample.</param>
    public ExpectationObjective(IScoreLaw law, Integrand f, ScoreBaseline baseline = ScoreBaseline.LeaveOneOut)
    {
        ArgumentNullException.ThrowIfNull(law);
        ArgumentNullException.ThrowIfNull(f);
        (this.law, value, this.baseline) = (law, f, baseline);
        (slope, squares, products) = ([], new double[law.Parameters], new double[law.Parameters]);
        Layout = BlockLayout.Flat(law.Parameters);
    }

    /// <summary>An objective whose gradient is taken along the path, <c>E (∂z/∂θ)ᵀ∇f(z)</c>.</summary>
    /// <param name="law">p_θ, reparameterised.</param>
    /// <param name="f">f with its slope, differentiable almost everywhere and continuous (a jump would be lost).</param>
    public ExpectationObjective(IPathLaw law, SlopedIntegrand f)
    {
        ArgumentNullException.ThrowIfNull(law);
        ArgumentNullException.ThrowIfNull(f);
        (this.law, sloped, slope) = (law, f, new double[law.Dimension]);
        (squares, products) = ([], []);
        value = z => f(z, slope);
        Layout = BlockLayout.Flat(law.Parameters);
    }

    /// <inheritdoc/>
    public int Dimension => law.Parameters;

    /// <inheritdoc/>
    public BlockLayout Layout { get; }

    /// <inheritdoc/>
    public OracleMeter Meter { get; } = new();

    /// <inheritdoc/>
    public int Population => 0;

    /// <inheritdoc/>
    public double Value(ReadOnlySpan<double> w, Sample sample)
    {
        Guard.Length("Value", Dimension, w.Length);
        Meter.CountValues(sample.Count);
        return Fill(w, sample);
    }

    /// <inheritdoc/>
    public double Gradient(ReadOnlySpan<double> w, Sample sample, Span<double> g)
    {
        Guard.Length("Gradient", Dimension, w.Length);
        Guard.Length("Gradient", Dimension, g.Length);
        Meter.CountGradients(sample.Count);
        if (sloped is null && baseline != ScoreBaseline.None && sample.Count < 2)
            throw new ArgumentException($"A baseline asks at least 2 draws a sample; got {sample.Count}. Take a larger batch, or none.");
        double mean = Fill(w, sample);
        g.Clear();
        if (sloped is not null) Path(w, sample.Count, g);
        else if (baseline == ScoreBaseline.Optimal) Optimal(w, sample.Count, g);
        else Score(w, sample.Count, mean, g);
        return mean;
    }

    double Fill(ReadOnlySpan<double> w, Sample sample)
    {
        int count = sample.Count, m = law.Dimension;
        if (values.Length < count) (values, drawn) = (new double[count], new double[count * m]);
        if (draws.Seed != sample.Key) draws = new Draws(sample.Key, 39);
        double sum = 0;
        for (int k = 0; k < count; k++)
        {
            draws.Position = (ulong)(sample.First + k) << WordsShift;
            Span<double> z = drawn.AsSpan(k * m, m);
            law.Draw(w, draws, z);
            sum += values[k] = value(z);
        }
        return sum / count;
    }

    void Score(ReadOnlySpan<double> w, int count, double mean, Span<double> g)
    {
        for (int k = 0; k < count; k++)
        {
            double others = baseline == ScoreBaseline.None ? 0 : ((mean * count) - values[k]) / (count - 1);
            law.AddScore(w, drawn.AsSpan(k * law.Dimension, law.Dimension), (values[k] - others) / count, g);
        }
    }

    void Optimal(ReadOnlySpan<double> w, int count, Span<double> g)
    {
        int d = Dimension;
        if (scores.Length < count * d) scores = new double[count * d];
        scores.AsSpan(0, count * d).Clear();
        squares.AsSpan().Clear();
        products.AsSpan().Clear();
        for (int k = 0; k < count; k++)
        {
            Span<double> s = scores.AsSpan(k * d, d);
            law.AddScore(w, drawn.AsSpan(k * law.Dimension, law.Dimension), 1, s);
            for (int j = 0; j < d; j++)
            {
                squares[j] += s[j] * s[j];
                products[j] += values[k] * s[j] * s[j];
            }
        }
        for (int k = 0; k < count; k++)
        {
            for (int j = 0; j < d; j++)
            {
                double s = scores[(k * d) + j], others = squares[j] - (s * s);
                double constant = others > 0 ? (products[j] - (values[k] * s * s)) / others : 0;
                g[j] += (values[k] - constant) * s / count;
            }
        }
    }

    void Path(ReadOnlySpan<double> w, int count, Span<double> g)
    {
        for (int k = 0; k < count; k++)
        {
            ReadOnlySpan<double> z = drawn.AsSpan(k * law.Dimension, law.Dimension);
            sloped!(z, slope);
            ((IPathLaw)law).AddPath(w, z, slope, 1.0 / count, g);
        }
    }
}
