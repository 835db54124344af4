using Descent.StepSizes;

namespace Descent.Testing;

/// <summary>
/// M33: <c>x ← (1 − η_t)x + η_t(G(x) + σξ)</c>, ξ standard normal in one coordinate, for a map G given coordinate by coordinate. Source: W
/// (12), (13).
/// </summary>
public sealed class FixedPointSimulator
{
    readonly Func<double, double> map;
    readonly IStepSize stepSize;
    readonly double sigma;
    readonly double[] point;
    readonly Draws draws;
    long step;

    /// <summary>Starts at a point.</summary>
    /// <param name="map">G, applied to every coordinate.</param>
    /// <param name="sigma">Root of E‖noise‖².</param>
    /// <param name="stepSize">η_t, t from 0.</param>
    /// <param name="start">x₀.</param>
    /// <param name="draws">Random numbers.</param>
    public FixedPointSimulator(Func<double, double> map, double sigma, IStepSize stepSize, ReadOnlySpan<double> start, Draws draws)
    {
        ArgumentNullException.ThrowIfNull(map);
        ArgumentNullException.ThrowIfNull(stepSize);
        ArgumentNullException.ThrowIfNull(draws);
        (this.map, this.sigma, this.stepSize, this.draws) = (map, sigma, stepSize, draws);
        point = start.ToArray();
    }

    /// <summary>x.</summary>
    public ReadOnlySpan<double> Point => point;

    /// <summary>Takes as many steps as asked, ≥ 0, each with one noisy application of the map.</summary>
    public void Advance(long steps)
    {
        for (long k = 0; k < steps; k++, step++)
        {
            double eta = stepSize.Next(new StepInfo(step));
            for (int i = 0; i < point.Length; i++)
                point[i] = ((1 - eta) * point[i]) + (eta * (map(point[i]) + (i == 0 ? sigma * draws.NextNormal() : 0)));
        }
    }
}
