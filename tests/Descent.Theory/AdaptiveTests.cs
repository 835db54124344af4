using Descent.Testing;
using static Descent.TheoryTests.Simulation;

namespace Descent.TheoryTests;

public class AdaptiveTests
{
    [Theory]
    [InlineData("G8", 10)]
    [InlineData("G8", 400)]
    [InlineData("G9", 10)]
    [InlineData("G9", 400)]
    public void G8_and_G9_norm_steps_on_a_Huber_function(string id, long steps)
    {
        Guarantee g = Theory.Find(id);
        Separable f = Separable.Huber(1, 1, 1);
        Situation s = new(Constants(h: 1, g: 1, gl: 2, sigma: 1, delta: 4.5), steps);
        NoisyOracle noisy = new(f, 1, NoiseKind.Sign);
        Under(g, g.Bound(s), Mean(k => Measure(g, Build(g, s, g.Prescribe(s)), noisy, f, 0, [5], steps, k)));
    }

    [Theory]
    [InlineData("G12", 0.3, 50)]
    [InlineData("G12", 0.05, 1000)]
    [InlineData("G13", 0.3, 50)]
    [InlineData("G13", 0.05, 1000)]
    public void G12_and_G13_projected_adaptive_steps(string id, double slope, long steps)
    {
        (Guarantee g, Situation s, (double, double) mean) = Projected(id, slope, steps);
        Under(g, g.Bound(s), mean);
    }

    internal static (Guarantee G, Situation S, (double Mean, double Error) Measured) Projected(string id, double slope, long steps)
    {
        // a|x − 1| in every coordinate from −1, radius and half-width 1 (√2 for the ball of two coordinates), noise ±1 in the first.
        Guarantee g = Theory.Find(id);
        int d = id == "G13" ? 2 : 1;
        double[] right = [.. Enumerable.Repeat(1.0, d)], left = [.. Enumerable.Repeat(-1.0, d)];
        Separable f = new(right, (x, _) => slope * Math.Abs(x - 1), (x, _) => slope * Math.Sign(x - 1));
        Situation s = new(Constants(g: Math.Sqrt((d * slope * slope) + 1), d: 2 * Math.Sqrt(d), dimension: d), steps) { Radius = 1 };
        NoisyOracle noisy = new(f, 1, NoiseKind.Sign);
        return (g, s, Mean(k => Measure(g, Build(g, s, g.Prescribe(s)), noisy, f, 0, left, steps, k)));
    }
}
