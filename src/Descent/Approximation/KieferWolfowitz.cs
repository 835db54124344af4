using Descent.Oracles;
using Descent.StepSizes;

namespace Descent.Approximation;

/// <summary>
/// A minimum from noisy values: <c>θᵢ ← θᵢ − aₙ(y(θ + cₙeᵢ) − y(θ − cₙeᵢ))/(2cₙ)</c>, 2d values a step;
/// or, simultaneously perturbed (SPSA), all coordinates from two values at <c>θ ± cₙΔ</c>, Δ random signs. <c>cₙ = c(n+1)^(−1/6)</c>;
/// needs Σa = ∞ and Σ(a/c)² &lt; ∞. The same draws give the same bits. Source: Kiefer and Wolfowitz 1952; Spall 1992.
/// </summary>
public sealed record KieferWolfowitz
{
    const double WidthPower = 1.0 / 6;

    /// <summary>aₙ, n from 0.</summary>
    public IStepSize Gain { get; init; } = new Power(1, 1);

    /// <summary>c &gt; 0.</summary>
    public double Width { get; init; } = 1;

    /// <summary>Whether two values serve all coordinates (SPSA).</summary>
    public bool Simultaneous { get; init; }

    /// <summary>Takes some steps from a point. The average's intervals hold about its own limit;
    /// the differences leave a bias of order c²n^(−1/3).</summary>
    public RootEstimate Run(INoisyValue function, ReadOnlySpan<double> start, long steps, Draws draws)
    {
        ArgumentNullException.ThrowIfNull(function);
        ArgumentNullException.ThrowIfNull(draws);
        Guard.Length("The start", function.Dimension, start.Length);
        Guard.Positive("The width", Width, nameof(KieferWolfowitz));
        Guard.AtLeast("The number of steps", steps, 1, nameof(KieferWolfowitz));
        if (!(Gain.DecayPower <= 1 && Gain.DecayPower - WidthPower > 0.5))
            throw new ArgumentException(
                $"The gain '{Gain}' does not fulfil Σa = ∞ and Σ(a/c)² < ∞ with c ~ n^(−1/6). Take c/(n+1)^p with ⅔ < p ≤ 1.");
        double[] theta = start.ToArray(), probe = new double[theta.Length], slope = new double[theta.Length];
        PathAverage path = new(theta.Length);
        ulong key = draws.NextWord();
        long asked = 0;
        for (long n = 0; n < steps; n++)
        {
            double c = Width * Math.Pow(n + 1, -WidthPower), gain = Gain.Next(new StepInfo(n));
            if (Simultaneous) AllAtOnce(function, theta, probe, slope, c, key, ref asked, draws);
            else OneByOne(function, theta, probe, slope, c, key, ref asked);
            for (int i = 0; i < theta.Length; i++) theta[i] -= gain * slope[i];
            if (!double.IsFinite(Vectors.Norm<double>(theta)))
                return path.Ended(theta, n + 1, $"The iterate is not finite after step {n + 1}. Take a smaller gain.");
            path.Add(theta);
        }
        return path.Ended(theta, steps, null);
    }

    static double Ask(INoisyValue f, double[] at, ulong key, ref long asked) =>
        f.Value(at, new Sample(SampleOrder.Replacement, key, asked++, 1));

    static void OneByOne(INoisyValue f, double[] theta, double[] probe, double[] slope, double c, ulong key, ref long asked)
    {
        theta.CopyTo(probe, 0);
        for (int i = 0; i < theta.Length; i++)
        {
            probe[i] = theta[i] + c;
            double above = Ask(f, probe, key, ref asked);
            probe[i] = theta[i] - c;
            slope[i] = (above - Ask(f, probe, key, ref asked)) / (2 * c);
            probe[i] = theta[i];
        }
    }

    static void AllAtOnce(INoisyValue f, double[] theta, double[] probe, double[] slope, double c, ulong key, ref long asked, Draws draws)
    {
        for (int i = 0; i < theta.Length; i++) slope[i] = (draws.NextWord() >> 63) == 0 ? 1 : -1;
        for (int i = 0; i < theta.Length; i++) probe[i] = theta[i] + (c * slope[i]);
        double above = Ask(f, probe, key, ref asked);
        for (int i = 0; i < theta.Length; i++) probe[i] = theta[i] - (c * slope[i]);
        double difference = (above - Ask(f, probe, key, ref asked)) / (2 * c);
        for (int i = 0; i < theta.Length; i++) slope[i] = difference / slope[i];
    }
}
