using Descent.Algorithms;
using Descent.Cli.Output;
using Descent.Reports.Charts;
using Descent.StepSizes;
using Descent.Testing;

namespace Descent.Cli.Gallery;

/// <summary>E9: the gradient is orthogonal to level sets; stationary points need not be minima.</summary>
static class LevelSets
{
    public static ExampleResult Run()
    {
        Quadratic<double> bowl = new([1, 4]);
        double worst = 0;
        List<double> px = [], py = [];
        // The level set ½(x² + 4y²) = 2 is the ellipse (2 cos θ, sin θ) with tangent (−2 sin θ, cos θ).
        double[] g = new double[2];
        for (int k = 0; k < 360; k++)
        {
            double angle = k * Math.PI / 180, x = 2 * Math.Cos(angle), y = Math.Sin(angle), tx = -2 * Math.Sin(angle), ty = Math.Cos(angle);
            bowl.Gradient([x, y], g);
            worst = Math.Max(worst, Math.Abs((g[0] * tx) + (g[1] * ty)) / (Vectors.Norm<double>(g) * Math.Sqrt((tx * tx) + (ty * ty))));
        }
        List<Series> normals = [];
        for (int k = 0; k < 12; k++)
        {
            double angle = k * Math.PI / 6, x = 2 * Math.Cos(angle), y = Math.Sin(angle);
            bowl.Gradient([x, y], g);
            double length = 0.45 / Vectors.Norm<double>(g);
            normals.Add(new Series(k == 0 ? "−∇F" : "", [x, x - (length * g[0])], [y, y - (length * g[1])], Mark.Path) { Colour = 0 });
        }
        Hyperbolic saddle = new();
        Iteration<double> stuck = Methods.GradientDescent(new Constant(0.1)).Start(saddle, [1, 0], new Draws(1)),
            leaves = Methods.GradientDescent(new Constant(0.1)).Start(saddle, [1, 1e-6], new Draws(1));
        Series still = Follow("from (1, 0)", stuck, 60), away = Follow("from (1, 10⁻⁶)", leaves, 82);
        double[] h = new double[4];
        saddle.Curvature([0, 0], g, h);
        Iteration<double> cubic = Methods.CubicNewton(12).Start(saddle, [0, 0], new Draws(1));
        cubic.Advance(60);
        return new ExampleResult(
        [
            ["largest |cos| of gradient and tangent, 360 points", "0", "0", Text.Number(worst, "G2")],
            ["x² − y² + y⁴/4 from (1, 0): where GD ends", "a stationary point", "(0, 0)", $"({Text.Number(stuck.Point[0], "G2")}, "
                + $"{Text.Number(stuck.Point[1], "G2")})"],
            ["smallest eigenvalue of the Hessian there", "not a minimum", "−2", Text.Number(Math.Min(h[0], h[3]))],
            ["from (1, 10⁻⁶): steps until |y| > 1", "depends on the initialisation",
                Text.Number(Math.Ceiling(Math.Log(1e6) / Math.Log(1.2)), "0") + " (linearised)", Text.Number(Leaving(saddle), "0")],
            ["cubic-regularised Newton from (0, 0): |y|", "–", "√2", Text.Number(Math.Abs(cubic.Point[1]))],
        ],
        [
            new Chart { Title = "Gradients cross level sets at right angles", XLabel = "x", YLabel = "y", Equal = true, Series = normals,
                Contours = new Contours((x, y) => 0.5 * ((x * x) + (4 * y * y)), [0.25, 0.75, 2, 3.2]) },
            new Chart { Title = "A saddle", XLabel = "x", YLabel = "y", Equal = true, Series = [still, away],
                Contours = new Contours((x, y) => (x * x) - (y * y) + (y * y * y * y / 4), [-0.9, -0.6, -0.3, 0, 0.3, 0.8, 1.5]) },
        ], "On the axis the gradient never points along y and descent ends at the saddle; the least deviation grows by 1 + 2η a step "
            + "and leaves it.");
    }

    static double Leaving(Hyperbolic f)
    {
        Iteration<double> run = Methods.GradientDescent(new Constant(0.1)).Start(f, [1, 1e-6], new Draws(1));
        while (Math.Abs(run.Point[1]) <= 1) run.Advance();
        return run.Step;
    }

    static Series Follow(string name, Iteration<double> run, int steps)
    {
        List<double> x = [run.Point[0]], y = [run.Point[1]];
        for (int t = 0; t < steps; t++)
        {
            run.Advance();
            x.Add(run.Point[0]);
            y.Add(run.Point[1]);
        }
        return new Series(name, x, y, Mark.Path);
    }

    /// <summary>x² − y² + y⁴/4: a saddle at 0, minima at (0, ±√2) with value −1.</summary>
    sealed class Hyperbolic() : AnalyticOracle<double>(2)
    {
        static readonly double[] Least = [0, Math.Sqrt(2)];

        public override double Optimum => -1;

        public override ReadOnlySpan<double> Minimiser => Least;

        public override double Smoothness => double.PositiveInfinity;

        public override double StrongConvexity => 0;

        protected override double ValueCore(ReadOnlySpan<double> w) => (w[0] * w[0]) - (w[1] * w[1]) + (w[1] * w[1] * w[1] * w[1] / 4);

        protected override double GradientCore(ReadOnlySpan<double> w, Span<double> g)
        {
            g[0] = 2 * w[0];
            g[1] = (w[1] * w[1] * w[1]) - (2 * w[1]);
            return ValueCore(w);
        }

        protected override void HessianCore(ReadOnlySpan<double> w, Span<double> hessian)
        {
            hessian[0] = 2;
            hessian[3] = (3 * w[1] * w[1]) - 2;
        }
    }
}
