using Descent.Algorithms;
using Descent.Oracles;
using Descent.StepSizes;
using Descent.Testing;
using static Descent.TheoryTests.Simulation;

namespace Descent.TheoryTests;

public class StrongTests
{
    static Quadratic<double> Valley(double kappa) => new([1, 1 / kappa]);

    [Theory]
    [InlineData(4, 3)]
    [InlineData(100, 30)]
    public void G16_gradient_descent(double kappa, long steps)
    {
        Guarantee g = Theory.Find("G16");
        Quadratic<double> f = Valley(kappa);
        Situation s = new(Constants(h: 1, mu: 1 / kappa, delta: 0.5 / kappa), steps);
        Under(g, g.Bound(s), Mean(k => Measure(g, Build(g, s, g.Prescribe(s)), f, f, 0, [0, 1], steps, k), 1));
    }

    [Fact]
    public void G17_certificate_is_attained_and_never_crossed()
    {
        Guarantee g = Theory.Find("G17");
        Quadratic<double> f = Valley(10);
        double[] gradient = new double[2];
        foreach (double[] w in new double[][] { [0, 1], [1, 0], [0.3, -2] })
        {
            double gap = f.Gradient(w, gradient);
            double bound = g.Bound(new Situation(Constants(mu: 0.1), 1) { GradientNorm = Vectors.Norm<double>(gradient) });
            Assert.True(gap <= bound * (1 + 1e-12));
            if (w[0] == 0) Assert.Equal(gap, bound, 12);
        }
    }

    [Theory]
    [InlineData(0.5, 100)]
    [InlineData(0.1, 1000)]
    public void G18_projected_sgd(double mu, long steps)
    {
        Guarantee g = Theory.Find("G18");
        Separable f = new([0], (x, _) => 0.5 * mu * x * x, (x, _) => mu * x, (_, _) => mu, mu, mu);
        Situation s = new(Constants(mu: mu, g: Math.Sqrt((mu * mu) + 1), d: 1), steps) { Radius = 1 };
        NoisyOracle noisy = new(f, 1, NoiseKind.Sign);
        Under(g, g.Bound(s), Mean(k => Measure(g, Build(g, s, g.Prescribe(s)), noisy, f, 0, [1], steps, k)));
    }

    [Theory]
    [InlineData("G25", 1, 50)]
    [InlineData("G25", 20, 200)]
    [InlineData("G26", 1, 50)]
    [InlineData("G26", 5, 400)]
    public void G25_and_G26_sgd_under_the_PL_inequality(string id, double kappa, long steps)
    {
        Guarantee g = Theory.Find(id);
        Quadratic<double> f = Valley(kappa);
        Situation s = new(Constants(h: 1, mu: 1 / kappa, sigma: 1, delta: 0.5), steps);
        NoisyOracle noisy = new(f, 1, NoiseKind.Normal);
        Under(g, g.Bound(s), Mean(k => Measure(g, Build(g, s, g.Prescribe(s)), noisy, f, 0, [1, 0], steps, k)));
    }

    [Theory]
    [InlineData(1, 50)]
    [InlineData(5, 400)]
    public void G26_with_the_steps_that_the_notes_print(double kappa, long steps)
    {
        Guarantee g = Theory.Find("G26");
        Quadratic<double> f = Valley(kappa);
        Situation s = new(Constants(h: 1, mu: 1 / kappa, sigma: 1, delta: 0.5), steps);
        NoisyOracle noisy = new(f, 1, NoiseKind.Normal);
        Prescription printed = new(new StronglyConvex(s.Mu, s.H));
        Under(g, g.BoundUnder(s, printed), Mean(k => Measure(g, Build(g, s, printed), noisy, f, 0, [1, 0], steps, k)));
    }

    [Theory]
    [InlineData(10)]
    [InlineData(300)]
    public void G29_gradient_descent_on_a_ridge(long steps)
    {
        (Guarantee g, Situation s, (double, double) mean) = Ridge(steps);
        Under(g, g.Bound(s), mean);
    }

    internal static (Guarantee G, Situation S, (double Mean, double Error) Measured) Ridge(long steps)
    {
        // The penalty is part of what descends; the bound is on F without it.
        Guarantee g = Theory.Find("G29");
        Situation s = new(Constants(h: 1, d: 1), steps);
        Prescription p = g.Prescribe(s);
        Separable f = new([1], (x, _) => 0.5 * (x - 1) * (x - 1) / steps, (x, _) => (x - 1) / steps, null, 1);
        Separable ridge = new([0], (x, _) => (0.5 * (x - 1) * (x - 1) / steps) + (0.5 * p.Ridge * x * x),
            (x, _) => ((x - 1) / steps) + (p.Ridge * x));
        Iteration<double> run = Methods.GradientDescent(p.StepSize).Start(ridge, [0], new Draws(1));
        run.Advance(steps);
        return (g, s, (f.Value(run.Point), 0));
    }

    [Theory]
    [InlineData(4, 5)]
    [InlineData(100, 40)]
    public void M9_accelerated_gradient(double kappa, long steps)
    {
        Guarantee g = Theory.Find("M9");
        Quadratic<double> f = Valley(kappa);
        Situation s = new(Constants(h: 1, mu: 1 / kappa, delta: 0.5 / kappa, d: 1), steps);
        Under(g, g.Bound(s), Mean(k => Measure(g, Build(g, s, g.Prescribe(s)), f, f, 0, [0, 1], steps, k), 1), tight: false);
    }
}
