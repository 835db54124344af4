using Descent.StepSizes;
using Descent.Testing;
using static Descent.TheoryTests.Simulation;

namespace Descent.TheoryTests;

public class SmoothTests
{
    // ½x² from 1: H = 1, Δ = ½.
    static readonly Separable Bowl = new([0], (x, _) => 0.5 * x * x, (x, _) => x, (_, _) => 1, 1, 1);

    [Theory]
    [InlineData(1)]
    [InlineData(20)]
    public void G4_gradient_descent(long steps)
    {
        Guarantee g = Theory.Find("G4");
        Situation s = new(Constants(h: 1, delta: 0.5), steps);
        Under(g, g.Bound(s), Mean(k => Measure(g, Build(g, s, g.Prescribe(s)), Bowl, Bowl, 0, [1], steps, k), 1));
    }

    [Theory]
    [InlineData("G5", 1, NoiseKind.Normal, 10)]
    [InlineData("G5", 1, NoiseKind.Rare, 200)]
    [InlineData("G7", 4, NoiseKind.Sign, 100)]
    [InlineData("G7", 16, NoiseKind.Normal, 50)]
    public void G5_and_G7_sgd_with_bounded_variance(string id, int batch, NoiseKind noise, long steps)
    {
        Guarantee g = Theory.Find(id);
        Situation s = new(Constants(h: 1, delta: 0.5, sigma: 1), steps, batch);
        NoisyOracle noisy = new(Bowl, 1, noise);
        Under(g, g.Bound(s), Mean(k => Measure(g, Build(g, s, g.Prescribe(s)), noisy, Bowl, 0, [1], steps, k)));
        Prescription largest = Prescription.Constant(1 / s.H);
        Under(g, g.BoundUnder(s, largest), Mean(k => Measure(g, Build(g, s, largest), noisy, Bowl, 0, [1], steps, k)));
    }

    [Theory]
    [InlineData(20)]
    [InlineData(500)]
    public void G6_sgd_with_steps_that_decay(long steps)
    {
        Guarantee g = Theory.Find("G6");
        Separable f = Separable.Huber(1, 1, 1);
        Situation s = new(Constants(h: 1, delta: 1.5, g: Math.Sqrt(2)), steps);
        NoisyOracle noisy = new(f, 1, NoiseKind.Sign);
        Under(g, g.Bound(s), Mean(k => Measure(g, Build(g, s, g.Prescribe(s)), noisy, f, 0, [2], steps, k)));
    }

    [Theory]
    [InlineData(NoiseKind.Normal, 20)]
    [InlineData(NoiseKind.Rare, 200)]
    public void G15_momentum_as_an_average(NoiseKind noise, long steps)
    {
        Guarantee g = Theory.Find("G15");
        Situation s = new(Constants(h: 1, delta: 0.5, sigma: 1), steps);
        NoisyOracle noisy = new(Bowl, 1, noise);
        Under(g, g.Bound(s), Mean(k => Measure(g, Build(g, s, g.Prescribe(s)), noisy, Bowl, 0, [1], steps, k)));
    }

    [Theory]
    [InlineData("G20", NoiseKind.Normal, 20)]
    [InlineData("G20", NoiseKind.Rare, 500)]
    [InlineData("G21", NoiseKind.Normal, 20)]
    [InlineData("G21", NoiseKind.Rare, 500)]
    public void G20_and_G21_normalised_steps(string id, NoiseKind noise, long steps)
    {
        Guarantee g = Theory.Find(id);
        Situation s = new(Constants(h: 1, delta: 0.5, sigma: 1), steps);
        NoisyOracle noisy = new(Bowl, 1, noise);
        Under(g, g.Bound(s), Mean(k => Measure(g, Build(g, s, g.Prescribe(s)), noisy, Bowl, 0, [1], steps, k)));
    }
}
