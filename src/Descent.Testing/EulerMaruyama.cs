using Descent.Oracles;

namespace Descent.Testing;

/// <summary>
/// M35, the diffusion that SGD tends to for small steps: <c>dX = −∇F(X) dt + √(ηΣ) dW</c>, Σ the covariance of one step's gradient (for a
/// mini-batch, of its mean), by
/// Euler and Maruyama, <c>X ← X − ∇F(X)h + √(hηΣ)ξ</c>. Diagonal Σ. One gradient a step. Source: W 3 (10).
/// </summary>
/// <remarks>
/// W prints √(2ηΣ); matching one step of SGD to dt = η gives √(ηΣ). On <c>½hx²</c> the diffusion has stationary variance <c>ησ²/(2h)</c>,
/// SGD <c>ησ²/(h(2−ηh))</c>.
/// </remarks>
public sealed class EulerMaruyama
{
    readonly IGradientOracle<double> oracle;
    readonly double[] point, gradient, scale;
    readonly Draws draws;

    /// <summary>Starts a path.</summary>
    /// <param name="oracle">The objective F.</param>
    /// <param name="start">X₀, length d.</param>
    /// <param name="eta">η of the SGD that is modelled.</param>
    /// <param name="variances">Diagonal of Σ, length d.</param>
    /// <param name="step">h &gt; 0, the step in time; one SGD step takes the time η.</param>
    /// <param name="draws">Random numbers.</param>
    public EulerMaruyama(IGradientOracle<double> oracle, double[] start, double eta, double[] variances, double step, Draws draws)
    {
        ArgumentNullException.ThrowIfNull(oracle);
        ArgumentNullException.ThrowIfNull(start);
        ArgumentNullException.ThrowIfNull(variances);
        Guard.Length("The start", oracle.Dimension, start.Length);
        Guard.Length("The variances", oracle.Dimension, variances.Length);
        this.oracle = oracle;
        this.draws = draws;
        Step = Guard.Positive("The step in time", step, nameof(EulerMaruyama));
        point = (double[])start.Clone();
        gradient = new double[point.Length];
        scale = [.. variances.Select(v => Math.Sqrt(step * eta * v))];
    }

    /// <summary>h.</summary>
    public double Step { get; }

    /// <summary>Time passed.</summary>
    public double Time { get; private set; }

    /// <summary>X.</summary>
    public ReadOnlySpan<double> Point => point;

    /// <summary>Takes some steps.</summary>
    public void Advance(long steps = 1)
    {
        for (long k = 0; k < steps; k++)
        {
            oracle.Gradient(point, gradient);
            for (int i = 0; i < point.Length; i++) point[i] += (-Step * gradient[i]) + (scale[i] * draws.NextNormal());
            Time += Step;
        }
    }
}
