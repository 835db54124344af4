using Descent.Models.Linear;
using Descent.Models.Losses;
using Descent.Oracles;
using Descent.StepSizes;
using Descent.Testing;
using static Descent.TheoryTests.Simulation;

namespace Descent.TheoryTests;

public class ConvexTests
{
    static Separable Absolute(double slope) => new([0], (x, _) => slope * Math.Abs(x), (x, _) => slope * Math.Sign(x));

    [Theory]
    [InlineData(1)]
    [InlineData(25)]
    [InlineData(400)]
    public void G1_subgradient_descent_on_the_absolute_value(long steps)
    {
        Guarantee g = Theory.Find("G1");
        Situation s = new(Constants(g: 2, d: 1), steps);
        Separable f = Absolute(2);
        Under(g, g.Bound(s), Mean(k => Measure(g, Build(g, s, g.Prescribe(s)), f, f, 0, [1], steps, k), 1));
    }

    [Theory]
    [InlineData(0.1, 1, 100)]
    [InlineData(0.6, 0.8, 25)]
    public void G2_sgd_with_a_bounded_second_moment(double slope, double sigma, long steps)
    {
        Guarantee g = Theory.Find("G2");
        Situation s = new(Constants(g: Math.Sqrt((slope * slope) + (sigma * sigma)), d: 1), steps);
        Separable f = Absolute(slope);
        NoisyOracle noisy = new(f, sigma, NoiseKind.Sign);
        Under(g, g.Bound(s), Mean(k => Measure(g, Build(g, s, g.Prescribe(s)), noisy, f, 0, [1], steps, k)));
    }

    // Examples y = ±1 with chances ½ ± δ and ℓ = |w − y|: the true loss is 2δ(1 − w) above its least on [−1, 1], whatever was drawn.
    [Theory]
    [InlineData(0.02, 100)]
    [InlineData(0.2, 1000)]
    public void G3_one_pass_bounds_the_loss_of_examples_never_seen(double delta, int examples)
    {
        (Guarantee g, Situation s, (double, double) mean) = OnePass(delta, examples);
        Under(g, g.Bound(s), mean);
        Assert.Equal(Standing.Holds, g.StandingIn(s));
        Assert.Equal(Standing.Violated, g.StandingIn(s with { Steps = examples + 1 }));
    }

    internal static (Guarantee G, Situation S, (double Mean, double Error) Measured) OnePass(double delta, int examples)
    {
        Guarantee g = Theory.Find("G3");
        Situation s = new(Constants(g: 1, d: 1, count: examples), examples) { Order = SampleOrder.Sequential };
        Separable truth = new([1], (w, _) => (Math.Abs(w - 1) * (0.5 + delta)) + (Math.Abs(w + 1) * (0.5 - delta)),
            (w, _) => (Math.Sign(w - 1) * (0.5 + delta)) + (Math.Sign(w + 1) * (0.5 - delta)));
        return (g, s, Mean(k =>
        {
            Draws draws = new(k, 3);
            double[] y = new double[examples], ones = new double[examples];
            for (int i = 0; i < examples; i++) (y[i], ones[i]) = (draws.NextDouble() < 0.5 + delta ? 1 : -1, 1);
            var risk = Risk.Of<double, DenseRows<double>, PinballLoss>(new DenseRows<double>(ones, examples, 1), y, new PinballLoss(0.5, 2),
                new RiskOptions { Intercept = false });
            return Measure(g, Build(g, s, g.Prescribe(s)), risk, truth, truth.Optimum, [0], examples, k);
        }));
    }

    // A narrow core D/(2T + 1) is gradient descent's worst case (Drori and Teboulle 2014).
    [Theory]
    [InlineData(1)]
    [InlineData(10)]
    [InlineData(100)]
    public void G10_gradient_descent_on_a_narrow_Huber_function(long steps)
    {
        Guarantee g = Theory.Find("G10");
        Situation s = new(Constants(h: 3, d: 1), steps);
        Separable f = Separable.Huber(1, 3, 1.0 / ((2 * steps) + 1));
        Under(g, g.Bound(s), Mean(k => Measure(g, Build(g, s, g.Prescribe(s)), f, f, 0, [1], steps, k), 1));
    }

    [Theory]
    [InlineData(1)]
    [InlineData(10)]
    [InlineData(100)]
    public void G11_linear_coupling_on_a_narrow_Huber_function(long steps)
    {
        Guarantee g = Theory.Find("G11");
        Situation s = new(Constants(h: 3, d: 1), steps);
        Separable f = Separable.Huber(1, 3, 2.0 / ((steps + 1) * (steps + 2)));
        Under(g, g.Bound(s), Mean(k => Measure(g, Build(g, s, g.Prescribe(s)), f, f, 0, [1], steps, k), 1));
    }

    [Theory]
    [InlineData(NoiseKind.Sign, 50)]
    [InlineData(NoiseKind.Rare, 50)]
    [InlineData(NoiseKind.Normal, 500)]
    public void G24_weighted_average_of_sgd(NoiseKind noise, long steps)
    {
        Guarantee g = Theory.Find("G24");
        Situation s = new(Constants(h: 1, d: 1, sigma: 1), steps);
        Separable f = Separable.Huber(1, 1, 0.3);
        NoisyOracle noisy = new(f, 1, noise);
        Under(g, g.Bound(s), Mean(k => Measure(g, Build(g, s, g.Prescribe(s)), noisy, f, 0, [1], steps, k)));
        // And for decaying steps, where the weights matter.
        Prescription decaying = new(new Power(0.5, 0.5));
        Under(g, g.BoundUnder(s, decaying), Mean(k => Measure(g, Build(g, s, decaying), noisy, f, 0, [1], steps, k)));
    }
}
