using Descent.Algorithms;
using Descent.Testing;
using static Descent.TheoryTests.Simulation;

namespace Descent.TheoryTests;

public class CurvedTests
{
    // |x|³/6: J = 1, and every cubic step shortens x by the same factor.
    static readonly Separable Cube = new([0], (x, _) => Math.Abs(x * x * x) / 6, (x, _) => x * Math.Abs(x) / 2, (x, _) => Math.Abs(x));

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    public void G22_cubic_newton_reaches_a_second_order_stationary_point(long steps)
    {
        (Guarantee g, Situation s, (double, double) mean) = Cubic(steps);
        Under(g, g.Bound(s), mean);
    }

    internal static (Guarantee G, Situation S, (double Mean, double Error) Measured) Cubic(long steps)
    {
        Guarantee g = Theory.Find("G22");
        Situation s = new(Constants(j: 1, delta: 1.0 / 6), steps);
        double least = double.PositiveInfinity;
        Iteration<double> run = Methods.CubicNewton(1).Start(Cube, [1], new Draws(1));
        double[] gradient = new double[1];
        for (long t = 0; t < steps; t++)
        {
            run.Advance();
            Cube.Gradient(run.Point, gradient);
            least = Math.Min(least, Math.Abs(gradient[0]));
        }
        return (g, s, (least, 0));
    }

    // From near a maximum of 1 − cos x the eigenvalue's part is what the theorem is about.
    [Fact]
    public void G22_bounds_the_smallest_eigenvalue_too()
    {
        Separable f = new([0], (x, _) => 1 - Math.Cos(x), (x, _) => Math.Sin(x), (x, _) => Math.Cos(x), 1);
        for (int steps = 1; steps <= 20; steps++)
        {
            double delta = 1 - Math.Cos(3.1), norm = Math.Pow(12 * delta / steps, 2.0 / 3), eigen = 1.5 * Math.Cbrt(12 * delta / steps);
            Iteration<double> run = Methods.CubicNewton(1).Start(f, [3.1], new Draws(1));
            bool met = false;
            for (int t = 0; t < steps; t++)
            {
                run.Advance();
                met |= Math.Abs(Math.Sin(run.Point[0])) <= norm && Math.Cos(run.Point[0]) >= -eigen;
            }
            Assert.True(met, $"{steps} steps");
        }
    }

    [Theory]
    [InlineData(1, 1)]
    [InlineData(0.2, 3)]
    public void G23_a_step_along_negative_curvature_is_attained(double lambda, double j)
    {
        Guarantee g = Theory.Find("G23");
        Separable f = new([2 * lambda / j], (x, _) => (-0.5 * lambda * x * x) + (j * Math.Abs(x * x * x) / 6),
            (x, _) => (-lambda * x) + (j * x * Math.Abs(x) / 2), (x, _) => -lambda + (j * Math.Abs(x)));
        Iteration<double> run = Methods.NegativeCurvature(j).Start(f, [0], new Draws(1));
        run.Advance();
        double decrease = -f.Value(run.Point), bound = g.Bound(new Situation(Constants(j: j), 1) { Descent = lambda });
        Assert.True(decrease >= bound * (1 - 1e-12));
        Assert.True(decrease < 100 * bound);
        Assert.Equal(bound, decrease, 12);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(5)]
    public void G28_accelerated_descent_for_almost_convex_objectives(int steps)
    {
        (Guarantee g, Situation s, (double, double) mean) = AlmostConvex(steps);
        Under(g, g.Bound(s), mean);
    }

    internal static (Guarantee G, Situation S, (double Mean, double Error) Measured) AlmostConvex(int steps)
    {
        const double Gamma = 0.05;
        Guarantee g = Theory.Find("G28");
        Separable f = new([0, 0], (x, i) => i == 0 ? Gamma * (1 - Math.Cos(x)) : 0.5 * x * x, (x, i) => i == 0 ? Gamma * Math.Sin(x) : x,
            (x, i) => i == 0 ? Gamma * Math.Cos(x) : 1, 1);
        double[] start = [2.5, 1], gradient = new double[2];
        double delta = f.Value(start), sum = 0;
        Situation s = new(Constants(h: 1, gamma: Gamma, delta: delta), steps);
        Iteration<double> run = Methods.AlmostConvex(Gamma, 1, Math.Sqrt(Gamma * delta / steps)).Start(f, start, new Draws(1));
        for (int t = 0; t < steps; t++)
        {
            long before = f.Meter.Gradients;
            run.Advance();
            Assert.True(f.Meter.Gradients - before <= g.GradientsPerStep(s) + 2);
            f.Gradient(run.Point, gradient);
            sum += Vectors.Dot<double>(gradient, gradient) / steps;
        }
        return (g, s, (sum, 0));
    }
}
