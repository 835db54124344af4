using Descent.Oracles;
using Descent.Sets;
using Descent.StepSizes;

namespace Descent.Approximation;

/// <summary>
/// M32: a root of a function seen through noise, <c>θ ← Π(θ − aₙ·sign·(yₙ − α))</c>, and the average of its path (Polyak and Ruppert),
/// whose variance is <c>σ²/(nM′²)</c> for every gain <c>c·n^(−p)</c>, ½ &lt; p &lt; 1. One observation and O(d) operations a step,
/// nothing allocated. The same draws give the same bits. Source: P 19.6; Polyak and Juditsky 1992.
/// </summary>
public sealed record RobbinsMonroProcedure
{
    /// <summary>aₙ, n from 0; by default <c>(n+1)^(−2/3)</c>.</summary>
    public IStepSize Gain { get; init; } = new Power(1, 2.0 / 3);

    /// <summary>
    /// A gain for each coordinate in the place of <see cref="Gain"/>; null for one gain for all. Two time scales: where the gains of some
    /// coordinates fall more slowly, these follow the root that the others leave them, and the others see it as reached. Of a linear pair
    /// the slow one then has the variance <c>aₙΓ/(2Δ)</c>. Source: Konda and Tsitsiklis 2004.
    /// </summary>
    public IReadOnlyList<IStepSize>? Gains { get; init; }

    /// <summary>α, the level that M is to reach; one number for all coordinates.</summary>
    public double Level { get; init; }

    /// <summary>Whether M decreases through α, so that the sign of the correction is turned.</summary>
    public bool Decreasing { get; init; }

    /// <summary>Kesten's gain: n counts the changes of sign of yₙ − α, not the steps,
    /// so the gain stays large until the root has been crossed. For one dimension. Source: Kesten 1958.</summary>
    public bool CountsSignChanges { get; init; }

    /// <summary>A set Π to stay in; null for the whole space.</summary>
    public IProximalMap? Set { get; init; }

    /// <summary>r &gt; 0: growing sets ‖θ‖ ≤ r, 2r, 4r, …; a step that leaves the present one goes back to the start and the next,
    /// larger one holds. Null for none. Source: Chen 2002.</summary>
    public double? GrowingRadius { get; init; }

    /// <summary>Whether gains are taken that are not of Robbins and Monro (Σa = ∞, Σa² &lt; ∞).</summary>
    public bool Force { get; init; }

    /// <summary>Takes some steps from a point.</summary>
    /// <param name="oracle">M.</param>
    /// <param name="start">θ₁, length d.</param>
    /// <param name="steps">n ≥ 1.</param>
    /// <param name="draws">Names the samples.</param>
    public RootEstimate Run(IRootOracle oracle, ReadOnlySpan<double> start, long steps, Draws draws)
    {
        ArgumentNullException.ThrowIfNull(oracle);
        ArgumentNullException.ThrowIfNull(draws);
        Check(oracle, start, steps);
        double[] origin = start.ToArray(), theta = start.ToArray(), y = new double[theta.Length];
        PathAverage path = new(theta.Length);
        double sign = Decreasing ? -1 : 1, radius = GrowingRadius ?? double.PositiveInfinity, before = 0;
        long crossed = 0;
        ulong key = draws.NextWord();
        for (long n = 0; n < steps; n++)
        {
            oracle.Observe(theta, new Sample(SampleOrder.Replacement, key, n, 1), y);
            if (CountsSignChanges && n > 0 && (y[0] - Level) * before < 0) crossed++;
            before = y[0] - Level;
            StepInfo info = new(CountsSignChanges ? crossed : n);
            double gain = Gain.Next(info);
            for (int i = 0; i < theta.Length; i++)
                theta[i] -= (Gains is { } own ? own[i].Next(info) : gain) * sign * (y[i] - Level);
            Set?.Apply<double>(theta, gain);
            double norm = Vectors.Norm<double>(theta);
            if (!double.IsFinite(norm))
                return path.Ended(theta, n + 1,
                    $"The iterate is not finite after step {n + 1}: the observations grow faster than the gain allows. "
                    + "Take a smaller gain, or growing sets.");
            if (norm > radius)
            {
                origin.CopyTo(theta, 0);
                radius *= 2;
            }
            path.Add(theta);
        }
        return path.Ended(theta, steps, null);
    }

    void Check(IRootOracle oracle, ReadOnlySpan<double> start, long steps)
    {
        Guard.Length("The start", oracle.Dimension, start.Length);
        Guard.AtLeast("The number of steps", steps, 1, nameof(RobbinsMonroProcedure));
        if (GrowingRadius is { } r) Guard.Positive("The radius", r, nameof(RobbinsMonroProcedure));
        if (CountsSignChanges && oracle.Dimension > 1)
            throw new ArgumentException($"Kesten's gain counts changes of one sign; the function has {oracle.Dimension} coordinates. "
                + "Leave it out, or search one coordinate.");
        if (Set is { IsProjection: false })
            throw new ArgumentException($"The set is a penalty ({Set.Description}); expected a projection.");
        if (Gains is { } own && own.Count != oracle.Dimension)
            throw new ArgumentException($"The function has {oracle.Dimension} coordinates and {own.Count} gains; expected one for each.");
        foreach (IStepSize gain in Gains ?? [Gain])
        {
            if (!Force && StepSizes.RobbinsMonro.Check(gain).Holds != true)
                throw new ArgumentException($"The gain '{gain}' is not one of Robbins and Monro "
                    + $"({StepSizes.RobbinsMonro.Check(gain).Sentence}). Take c/(n+1)^p with ½ < p ≤ 1, or set Force.");
        }
    }
}
