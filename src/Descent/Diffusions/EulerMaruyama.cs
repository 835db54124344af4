using Descent.Oracles;

namespace Descent.Diffusions;

/// <summary>
/// M35, the diffusion that SGD tends to for small steps: <c>dX = −∇F(X) dt + √(ηΣ(X)) dW</c>, Σ the covariance of one step's gradient
/// (for a mini-batch, of its mean), by Euler and Maruyama, <c>X ← X − ∇F(X)h + √(hηΣ)ξ</c>.
/// One gradient a step, nothing allocated. Source: W 3 (10); Li, Tai and E 2017.
/// </summary>
/// <remarks>
/// W prints √(2ηΣ); matching one step of SGD to dt = η gives √(ηΣ). On <c>½hx²</c> the diffusion has stationary variance <c>ησ²/(2h)</c>,
/// SGD <c>ησ²/(h(2−ηh))</c>. With the drift of <see cref="ModifiedDrift"/> it follows SGD to second order in η.
/// </remarks>
public sealed class EulerMaruyama
{
    readonly IGradientOracle<double> oracle;
    readonly double[] point, gradient, kick, normals;
    readonly Action<double[], double[], double[]> noise;
    readonly double root;
    readonly Draws draws;

    /// <summary>Starts a path with a constant diagonal Σ.</summary>
    /// <param name="oracle">The objective F.</param>
    /// <param name="start">X₀, length d.</param>
    /// <param name="eta">η of the SGD that is modelled.</param>
    /// <param name="variances">Diagonal of Σ, length d.</param>
    /// <param name="step">h &gt; 0, the step in time; one SGD step takes the time η.</param>
    /// <param name="draws">Random numbers.</param>
    public EulerMaruyama(IGradientOracle<double> oracle, double[] start, double eta, double[] variances, double step, Draws draws)
        : this(oracle, start, eta, Diagonal(oracle, variances), step, draws)
    {
    }

    /// <summary>Starts a path whose Σ may depend on the state and be full.</summary>
    /// <param name="oracle">The objective F.</param>
    /// <param name="start">X₀, length d.</param>
    /// <param name="eta">η of the SGD that is modelled.</param>
    /// <param name="noise">Writes <c>Σ(x)^½ ξ</c>, given x, ξ and where to write;
    /// every square root serves, a Cholesky factor as well as the symmetric one.</param>
    /// <param name="step">h &gt; 0.</param>
    /// <param name="draws">Random numbers.</param>
    public EulerMaruyama(IGradientOracle<double> oracle, double[] start, double eta, Action<double[], double[], double[]> noise,
        double step, Draws draws)
    {
        ArgumentNullException.ThrowIfNull(oracle);
        ArgumentNullException.ThrowIfNull(start);
        ArgumentNullException.ThrowIfNull(noise);
        Guard.Length("The start", oracle.Dimension, start.Length);
        Guard.Positive("η", eta, nameof(EulerMaruyama));
        (this.oracle, this.draws, this.noise) = (oracle, draws, noise);
        Step = Guard.Positive("The step in time", step, nameof(EulerMaruyama));
        root = Math.Sqrt(step * eta);
        point = (double[])start.Clone();
        gradient = new double[point.Length];
        kick = new double[point.Length];
        normals = new double[point.Length];
    }

    /// <summary>h.</summary>
    public double Step { get; }

    /// <summary>Time passed.</summary>
    public double Time { get; private set; }

    /// <summary>X.</summary>
    public ReadOnlySpan<double> Point => point;

    /// <summary>Takes as many steps as asked, ≥ 0, each with one gradient and d normal draws.</summary>
    public void Advance(long steps = 1)
    {
        for (long k = 0; k < steps; k++)
        {
            oracle.Gradient(point, gradient);
            for (int i = 0; i < normals.Length; i++) normals[i] = draws.NextNormal();
            noise(point, normals, kick);
            for (int i = 0; i < point.Length; i++) point[i] += (-Step * gradient[i]) + (root * kick[i]);
            Time += Step;
        }
    }

    static Action<double[], double[], double[]> Diagonal(IGradientOracle<double> oracle, double[] variances)
    {
        ArgumentNullException.ThrowIfNull(oracle);
        ArgumentNullException.ThrowIfNull(variances);
        Guard.Length("The variances", oracle.Dimension, variances.Length);
        double[] roots = [.. variances.Select(Math.Sqrt)];
        return (_, xi, kick) =>
        {
            for (int i = 0; i < kick.Length; i++) kick[i] = roots[i] * xi[i];
        };
    }
}
