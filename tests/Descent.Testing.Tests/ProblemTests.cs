using Descent.Testing;

namespace Descent.Testing.Tests;

/// <summary>Problems have the optimum, the constants and the derivatives that they state.</summary>
public class ProblemTests
{
    static readonly double[] Spectrum = [0.5, 3, 10], Centre = [1, -2, 0.25];

    public static TheoryData<string> Names => ["quadratic", "rosenbrock", "huber", "quartic"];

    static AnalyticOracle<double> Of(string name) => name switch
    {
        "quadratic" => new Quadratic<double>(Spectrum, Centre),
        "rosenbrock" => new Rosenbrock<double>(),
        "huber" => Separable.Huber(3, 4, 0.5),
        _ => new Separable([2, 2], (x, _) => Math.Pow(x - 2, 4), (x, _) => 4 * Math.Pow(x - 2, 3), (x, _) => 12 * Math.Pow(x - 2, 2)),
    };

    static double[] Point(int d, ulong seed)
    {
        Draws draws = new(seed);
        double[] w = new double[d];
        for (int i = 0; i < d; i++) w[i] = (4 * draws.NextDouble()) - 2;
        return w;
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void The_gradient_vanishes_at_the_minimiser_where_the_value_is_the_optimum(string name)
    {
        AnalyticOracle<double> f = Of(name);
        double[] g = new double[f.Dimension];
        Assert.Equal(f.Optimum, f.Gradient(f.Minimiser, g), 1e-15);
        Assert.All(g, x => Assert.Equal(0, x, 1e-14));
        for (ulong seed = 1; seed <= 50; seed++) Assert.True(f.Value(Point(f.Dimension, seed)) > f.Optimum);
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void Derivatives_are_those_of_the_value(string name)
    {
        AnalyticOracle<double> f = Of(name);
        for (ulong seed = 1; seed <= 20; seed++)
        {
            double[] w = Point(f.Dimension, seed);
            Assert.InRange(GradientCheck.Deviation(f, w), 0, 1e-7);
            Assert.InRange(GradientCheck.HessianDeviation(f, w), 0, 1e-7);
        }
    }

    // The standard start: F = 24.2, ∇F = (−215.6, −88), ∇²F = (1330, 480; 480, 200) (Moré, Garbow, Hillstrom 1981, problem 1).
    [Fact]
    public void Rosenbrocks_function_at_the_standard_start()
    {
        double[] g = new double[2], h = new double[4], w = [-1.2, 1], hv = new double[2];
        Rosenbrock<double> f = new();
        Assert.Equal(24.2, f.Curvature(w, g, h), 1e-12);
        Assert.Equal([-215.6, -88], g, (a, b) => Math.Abs(a - b) < 1e-10);
        Assert.Equal([1330, 480, 200], [h[0], h[1], h[3]], (a, b) => Math.Abs(a - b) < 1e-10);
        f.HessianProduct(w, [1, 0], hv);
        Assert.Equal([1330, 480], hv, (a, b) => Math.Abs(a - b) < 1e-10);
    }

    [Fact]
    public void A_quadratics_constants_are_those_of_its_spectrum()
    {
        Quadratic<double> f = new(Spectrum, Centre);
        Assert.Equal((10, 0.5), (f.Smoothness, f.StrongConvexity));
        Assert.Equal(0.5 * 3 * 4, f.Value([1, 0, 0.25]), 1e-15);
    }

    // ½·4·0.3² inside, 4·½·(1 − ¼) outside.
    [Fact]
    public void Hubers_function_is_a_parabola_inside_and_straight_outside()
    {
        Separable f = Separable.Huber(1, 4, 0.5);
        Assert.Equal(0.18, f.Value([0.3]), 1e-15);
        Assert.Equal(1.5, f.Value([-1]), 1e-15);
        double[] g = new double[1];
        f.Gradient([-1], g);
        Assert.Equal(-2, g[0]);
    }

    [Fact]
    public void Questions_are_counted_and_lengths_are_checked()
    {
        Rosenbrock<double> f = new();
        f.Value([0, 0]);
        f.Gradient([0, 0], new double[2]);
        f.Gradient([0, 0], new double[2]);
        Assert.Equal((1, 2), (f.Meter.Values, f.Meter.Gradients));
        Assert.Throws<ArgumentException>(() => f.Value([0, 0, 0]));
        Assert.Throws<ArgumentException>(() => f.Gradient([0, 0], new double[3]));
    }
}
