using Descent.Algorithms;
using Descent.Oracles;
using Descent.Rules;
using Descent.Runs;
using Descent.StepSizes;
using Descent.Testing;
using static Descent.TheoryTests.Simulation;

namespace Descent.TheoryTests;

/// <summary>Bounds and checks that a run makes with its own gradients.</summary>
public class RunBoundTests
{
    static readonly Separable Bowl = new([0, 0], (x, i) => (i == 0 ? 0.5 : 2) * x * x, (x, i) => (i == 0 ? 1 : 4) * x,
        (_, i) => i == 0 ? 1 : 4, 4);

    static readonly double[] Start = [2, -1];

    // The proof's own identity: what is lost is (‖w_{T+1} − w*‖² + Σ2η(⟨g, w − w*⟩ − gap))/(2Ση).
    [Theory]
    [InlineData(0.05, 1)]
    [InlineData(0.2, 30)]
    [InlineData(0.45, 7)]
    public void The_regret_of_gradient_descent_is_bounded_path_by_path(double eta, int steps)
    {
        Iteration<double> run = new GradientMethod(new Recorded(new Sgd()), new Constant(eta)).Start(Bowl, Start, new Draws(1)),
            plain = Methods.GradientDescent(new Constant(eta)).Start(Bowl, Start, new Draws(1));
        double sum = 0, squares = 0, slack = 0;
        double[] g = new double[2], roots = new double[2];
        for (int t = 0; t < steps; t++)
        {
            double gap = Bowl.Gradient(run.Point, g);
            sum += eta * gap;
            slack += 2 * eta * (Vectors.Dot<double>(g, run.Point) - gap);
            squares += eta * eta * Vectors.SquaredNorm<double>(g);
            for (int j = 0; j < 2; j++) roots[j] += g[j] * g[j];
            run.Advance();
            plain.Advance();
        }
        Assert.Equal(plain.Point.ToArray(), run.Point.ToArray());
        RunSums kept = run.Sums!.Value;
        Assert.Equal(steps, kept.Steps);
        Assert.Equal(squares, kept.SquaredMoves, 12);
        Assert.Equal(squares / (eta * eta), kept.SquaredGradients, 9);
        Assert.Equal(Math.Sqrt(roots[0]) + Math.Sqrt(roots[1]), kept.CoordinateRoots, 12);
        double bound = RegretBound.Of(Math.Sqrt(5), kept);
        Assert.True(sum / (eta * steps) <= bound);
        Assert.Equal(bound - ((Vectors.SquaredNorm<double>(run.Point) + slack) / (2 * eta * steps)), sum / (eta * steps), 12);
    }

    // With sampled gradients the same holds in mean, under steps that decay too.
    [Fact]
    public void The_regret_of_sgd_is_bounded_in_mean()
    {
        NoisyOracle noisy = new(Bowl, 2, NoiseKind.Normal);
        double[] g = new double[2];
        List<double> bounds = [];
        var (mean, error) = Mean(k =>
        {
            Iteration<double> run = new StochasticMethod(new Recorded(new Sgd()), new Power(0.2, 0.5),
                new Estimators.Minibatch(new Sampling(SampleOrder.Replacement))).Start(noisy, Start, new Draws(k));
            double sum = 0, weight = 0;
            for (int t = 0; t < 40; t++)
            {
                double gap = Bowl.Gradient(run.Point, g);
                run.Advance();
                sum += run.LastStepSize * gap;
                weight += run.LastStepSize;
            }
            bounds.Add(RegretBound.Of(Math.Sqrt(5), run.Sums!.Value));
            return (sum / weight) - bounds[^1];
        }, 2000);
        Assert.True(mean - (3 * error) <= 0);
        Assert.True(mean > -bounds.Average(), "a bound of nothing would not be crossed");
    }

    // By the run's own sums G12 and G13 need no bound on gradients.
    [Theory]
    [InlineData("G12")]
    [InlineData("G13")]
    public void Adaptive_bounds_with_the_runs_own_sums(string id)
    {
        Guarantee g = Theory.Find(id);
        NoisyOracle noisy = new(Bowl, 2, NoiseKind.Normal);
        const int T = 60;
        Situation s = new(Constants(h: 4, d: Math.Sqrt(5), dimension: 2), T) { Radius = Math.Sqrt(5) };
        StochasticMethod method = (StochasticMethod)Build(g, s, g.Prescribe(s));
        double[] scratch = new double[2];
        double own = 0;
        var (mean, error) = Mean(k =>
        {
            Iteration<double> run = (method with { Rule = new Recorded(method.Rule) }).Start(noisy, Start, new Draws(k));
            double sum = 0;
            for (int t = 0; t < T; t++)
            {
                sum += Bowl.Gradient(run.Point, scratch) / T;
                run.Advance();
            }
            double bound = g.BoundFromRun!(s, g.Prescribe(s), run.Sums!.Value);
            own += bound / 400;
            return sum - bound;
        }, 400);
        Assert.True(mean - (3 * error) <= 0, $"{mean} ± {error}");
        Assert.True(mean > -0.99 * own, "not within 100 of tight");
    }

    [Fact]
    public void A_run_refutes_a_smoothness_that_is_too_small_and_no_other()
    {
        SmoothnessWatch<double> watch = new(Bowl);
        Iteration<double> run = Methods.GradientDescent(new Constant(0.4)).Start(Bowl, [0, -1], new Draws(1));
        for (int t = 0; t < 20; t++)
        {
            watch.Look(new TracePoint(t, 0, 0, 0, 0, 0, 0, 0), run.Point);
            run.Advance();
        }
        Assert.InRange(watch.Least, 3.9, 4 * (1 + 1e-9));
        Assert.Equal(20, watch.Looks);
        Assert.NotEmpty(watch.Where);
        // Between other points, along which the curvature is less: nothing above H is claimed.
        SmoothnessWatch<double> other = new(Bowl);
        Draws draws = new(3);
        for (int t = 0; t < 200; t++)
            other.Look(new TracePoint(t, 0, 0, 0, 0, 0, 0, double.NegativeInfinity), [draws.NextNormal(), draws.NextNormal()]);
        Assert.InRange(other.Least, 3.9, 4 * (1 + 1e-9));
    }

    // Where F has become nothing beside what it was, its differences are rounding, and refute nothing.
    [Fact]
    public void Rounding_refutes_nothing()
    {
        Draws draws = new(5);
        double[] x = [.. Enumerable.Range(0, 30 * 3).Select(_ => 10 * draws.NextNormal())], y = new double[30];
        for (int i = 0; i < 30; i++) y[i] = x[3 * i] - (2 * x[(3 * i) + 1]) + (0.5 * x[(3 * i) + 2]);
        var risk = Models.Linear.Risk.Of<double, DenseRows<double>, Models.Losses.SquaredLoss>(new DenseRows<double>(x, 30, 3), y, default,
            new Models.Linear.RiskOptions { Intercept = false });
        double h = Models.Constants.ConstantsOf.Risk(risk).Smoothness.Value;
        SmoothnessWatch<double> watch = new(risk);
        Iteration<double> run = Methods.GradientDescent(new Constant(1 / h)).Start(risk, new double[3], new Draws(1));
        for (int t = 0; t < 3000; t++)
        {
            watch.Look(new TracePoint(t, 0, 0, 0, 0, 0, 0, 0), run.Point);
            run.Advance();
        }
        Assert.True(risk.Value(run.Point) < 1e-20);
        Assert.InRange(watch.Least, h / 2, h * (1 + 1e-6));
    }

    // Only the gradient and the gap: ½x² from a single look.
    [Fact]
    public void One_look_compares_the_gradient_with_the_gap()
    {
        Separable f = new([0], (x, _) => 0.5 * x * x, (x, _) => x, (_, _) => 1, 1);
        SmoothnessWatch<double> watch = new(f);
        watch.Look(new TracePoint(0, 0, 0, 0, 0, 0, 0, 0), [3.0]);
        Assert.Equal(1, watch.Least, 9);
        watch = new(f);
        watch.Look(new TracePoint(0, 0, 0, 0, 0, 0, 0, double.NegativeInfinity), [3.0]);
        Assert.Equal(0, watch.Least);
    }
}
