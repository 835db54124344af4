using Descent.Algorithms;
using Descent.Oracles;
using Descent.Runs;
using Descent.Testing;

namespace Descent.Tests.Algorithms;

public class CubicNewtonTests
{
    /// <summary>F = x²/2 − cos-like valley in y with a strict saddle at 0: ½x² + ¼y⁴ − ½y², minima at (0, ±1) with value −¼;
    /// third derivative 6y, so J = 6 on |y| ≤ 1.</summary>
    sealed class Saddle : AnalyticOracle<double>
    {
        static readonly double[] One = [0, 1];

        public Saddle()
            : base(2)
        {
        }

        public override double Optimum => -0.25;

        public override ReadOnlySpan<double> Minimiser => One;

        public override double Smoothness => double.PositiveInfinity;

        public override double StrongConvexity => 0;

        protected override double ValueCore(ReadOnlySpan<double> w) =>
            (0.5 * w[0] * w[0]) + (0.25 * w[1] * w[1] * w[1] * w[1]) - (0.5 * w[1] * w[1]);

        protected override double GradientCore(ReadOnlySpan<double> w, Span<double> g)
        {
            g[0] = w[0];
            g[1] = (w[1] * w[1] * w[1]) - w[1];
            return ValueCore(w);
        }

        protected override void HessianCore(ReadOnlySpan<double> w, Span<double> hessian)
        {
            hessian[0] = 1;
            hessian[3] = (3 * w[1] * w[1]) - 1;
        }
    }

    public static TheoryData<string> Names => ["cubic-newton", "cubic-newton-krylov", "negative-curvature"];

    [Theory]
    [MemberData(nameof(Names))]
    public void Leaves_a_strict_saddle_exactly_at_it(string name)
    {
        var method = (IMethod<double, IHessianMatrixOracle<double>>)new MethodSettings(Catalogue.Find(name)!).Build();
        RunResult<double> run = new Problem<double, IHessianMatrixOracle<double>>(new Saddle())
            .Minimize(method, new RunOptions<double> { Start = new double[] { 0, 0 }, MaxSteps = 200 });
        Assert.Equal(OutcomeKind.Converged, run.Outcome.Kind);
        Assert.Equal(0, run.Point[0], 1e-5);
        Assert.Equal(1, Math.Abs(run.Point[1]), 1e-5);
    }

    // The gradient step of Newton's method stays: at the saddle its gradient is zero.
    [Fact]
    public void Newtons_method_does_not()
    {
        RunResult<double> run = new Problem<double, IHessianMatrixOracle<double>>(new Saddle())
            .Minimize(Methods.Newton(), new RunOptions<double> { Start = new double[] { 0, 0 }, MaxSteps = 20 });
        Assert.Equal(0, run.Point[1]);
    }

    // The step against a grid over the plane, and the model decrease of at least J‖δ‖³/12.
    [Theory]
    [InlineData(0.3, -0.2, 1, 0.5, 2, 1)]
    [InlineData(0.3, -0.2, -1, 0.5, 2, 3)]
    [InlineData(1, 1, -1, 0, -2, 2)]
    [InlineData(0, 0.5, -1, 0, 1, 6)]
    [InlineData(0, 0, -1, 0, 1, 2)]
    [InlineData(1e-9, 0.5, -1, 0, 1, 6)]
    [InlineData(0.7, 0.1, 0, 0, 0, 1)]
    public void The_model_is_minimised_globally(double g0, double g1, double h00, double h01, double h11, double j)
    {
        CubicModel model = new(2);
        Assert.True(model.Decompose([h00, h01, h01, h11]));
        double[] delta = new double[2];
        double promised = model.Minimise([g0, g1], j, delta);
        double Value(double x, double y)
        {
            double norm = Math.Sqrt((x * x) + (y * y));
            return (g0 * x) + (g1 * y) + (0.5 * ((h00 * x * x) + (2 * h01 * x * y) + (h11 * y * y))) + (j / 6 * norm * norm * norm);
        }
        Assert.Equal(-promised, Value(delta[0], delta[1]), 1e-12);
        double least = double.PositiveInfinity;
        for (int a = -600; a <= 600; a++)
            for (int b = -600; b <= 600; b++) least = Math.Min(least, Value(a * 0.01, b * 0.01));
        Assert.True(-promised <= least + 1e-12);
        Assert.True(-promised >= least - 1e-3);
        double length = Math.Sqrt((delta[0] * delta[0]) + (delta[1] * delta[1]));
        Assert.True(promised >= (j * length * length * length / 12) - 1e-12);
    }

    // G22: at some t ≤ T, ‖∇F‖ ≤ J^⅓(12Δ/T)^⅔ and λ_min ≥ −(3/2)J^⅔(12Δ/T)^⅓.
    [Fact]
    public void Meets_its_guarantee_on_the_saddle()
    {
        const double J = 6;
        foreach (double[] start in new double[][] { [0, 0], [1e-3, 1e-4], [0.8, -0.1], [-0.5, 0.9] })
        {
            Saddle f = new();
            double delta = f.Value(start) + 0.25;
            Iteration<double> run = new CubicNewton(J).Start(f, start, new Draws(1));
            bool met = false;
            double[] g = new double[2], h = new double[4];
            for (int t = 1; t <= 60; t++)
            {
                run.Advance();
                Array.Clear(h);
                f.Curvature(run.Point, g, h);
                double least = Math.Min(h[0], h[3]);
                met |= Vectors.Norm<double>(g) <= Math.Cbrt(J) * Math.Pow(12 * delta / t, 2.0 / 3)
                    && least >= -1.5 * Math.Pow(J, 2.0 / 3) * Math.Cbrt(12 * delta / t);
                Assert.True(met, $"step {t}");
            }
        }
    }

    // G23: the step falls by at least 2λ³/(3J²).
    [Fact]
    public void A_negative_curvature_step_falls_as_promised()
    {
        foreach (double y in new[] { 0, 0.1, -0.3, 0.5 })
        {
            Saddle f = new();
            double lambda = 1 - (3 * y * y), before = f.Value([0.0, y]);
            Iteration<double> run = new NegativeCurvature(6).Start(f, [0, y], new Draws(1));
            run.Advance();
            Assert.True(f.Value(run.Point) <= before - (2 * lambda * lambda * lambda / (3 * 36)) + 1e-15);
        }
    }

    [Fact]
    public void Cubic_newton_solves_rosenbrock()
    {
        foreach (IMethod<double, IHessianMatrixOracle<double>> method in new IMethod<double,
            IHessianMatrixOracle<double>>[] { new CubicNewton(), new KrylovCubicNewton() })
        {
            RunResult<double> run = new Problem<double, IHessianMatrixOracle<double>>(new Rosenbrock<double>())
                .Minimize(method, new RunOptions<double> { Start = new double[] { -1.2, 1 }, MaxSteps = 200, GradientTolerance = 1e-8 });
            Assert.Equal(1, run.Point[0], 1e-7);
            Assert.Equal(1, run.Point[1], 1e-7);
        }
    }
}
