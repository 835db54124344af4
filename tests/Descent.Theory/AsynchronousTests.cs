using Descent.Testing;
using static Descent.TheoryTests.Simulation;

namespace Descent.TheoryTests;

public class AsynchronousTests
{
    [Theory]
    [InlineData(4, 0, 200)]
    [InlineData(10, 8, 400)]
    [InlineData(1, 20, 200)]
    public void G14_stale_coordinate_steps(int d, int staleness, long steps)
    {
        (Guarantee g, Situation s, (double, double) mean) = Stale(d, staleness, steps);
        Under(g, g.Bound(s), mean);
    }

    internal static (Guarantee G, Situation S, (double Mean, double Error) Measured) Stale(int d, int staleness, long steps)
    {
        // ‖∇ℓ‖ ≤ √d/2 + ½: a Huber function of slope ½ in every coordinate, noise ±½ in the first.
        Guarantee g = Theory.Find("G14");
        Separable f = Separable.Huber(d, 1, 0.5);
        double[] start = [.. Enumerable.Repeat(1.0, d)];
        Situation s = new(Constants(h: 1, gl: (Math.Sqrt(d) / 2) + 0.5, delta: f.Value(start), dimension: d), steps)
        { Staleness = staleness };
        Prescription p = g.Prescribe(s);
        double[] gradient = new double[d];
        return (g, s, Mean(seed =>
        {
            StaleCoordinateSimulator run = new(new NoisyOracle(f, 0.5, NoiseKind.Sign), start, p.Eta, staleness, new Draws(seed));
            double sum = 0;
            for (long t = 0; t < steps; t++)
            {
                f.Gradient(run.Point, gradient);
                sum += Vectors.Dot<double>(gradient, gradient);
                run.Advance();
            }
            return sum / steps;
        }));
    }

    [Theory]
    [InlineData(0.9, 50)]
    [InlineData(0, 20)]
    [InlineData(-0.9, 10)]
    public void G27_noisy_fixed_point(double slope, long steps)
    {
        (Guarantee g, Situation s, (double, double) mean) = FixedPoint(slope, steps);
        Under(g, g.Bound(s), mean);
    }

    internal static (Guarantee G, Situation S, (double Mean, double Error) Measured) FixedPoint(double slope, long steps)
    {
        Guarantee g = Theory.Find("G27");
        Situation s = new(Constants(sigma: 1, d: 1), steps) { Contraction = Math.Abs(slope) };
        Prescription p = g.Prescribe(s);
        return (g, s, Mean(seed =>
        {
            FixedPointSimulator run = new(x => slope * x, 1, p.StepSize, [1], new Draws(seed));
            run.Advance(steps);
            return run.Point[0] * run.Point[0];
        }, Repeats * 5));
    }
}
