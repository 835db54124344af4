using Descent.Algorithms;
using Descent.Models.Linear;
using Descent.Models.Losses;
using Descent.Testing;

namespace Descent.Tests.Recursions;

/// <summary>How deterministic methods end: at the optimum they say so, and what they report of the last step is what they did.</summary>
public class EndingTests
{
    public static TheoryData<string> Ending =>
        [.. Catalogue.All.Where(e => e.Step is null && !e.CanSample && e.Name != "interior-point").Select(e => e.Name)];

    [Theory]
    [MemberData(nameof(Ending))]
    public void Started_at_the_minimum_it_ends_there_as_converged(string name)
    {
        Quadratic<double> f = new([1, 4, 10], [1, -2, 0.5]);
        Iteration<double> run = Start(name, new MethodSettings(Catalogue.Find(name)!) { Smoothness = 10, StrongConvexity = 1 }, f,
            f.Minimiser.ToArray());
        run.Advance(3);
        Assert.True(run.Ended is { Converged: true }, run.Ended?.Reason);
        Assert.Equal(1, run.Step);
        Assert.Equal(f.Minimiser.ToArray(), run.Point.ToArray());
    }

    [Theory]
    [MemberData(nameof(Ending))]
    public void It_reports_the_value_that_it_saw_and_ends_converged(string name)
    {
        Plain plain = Plain.Blocks();
        double[] start = [.. Enumerable.Range(0, 14).Select(j => 0.3 * Math.Sin(j))];
        Iteration<double> run = Start(name, new MethodSettings(Catalogue.Find(name)!) { Smoothness = 3, StrongConvexity = 0.05 },
            new PlainOracle(plain), start);
        double before = plain.Value(start, plain.All);
        run.Advance();
        double after = plain.Value(run.Point.ToArray(), plain.All);
        // Searches that keep the gradient of the point they accept report its value, the others that of the point they left.
        Assert.Equal(name is "bfgs" or "lbfgs" ? after : before, run.LastValue, 1e-14);
        Assert.True(after < before);
        Assert.True(run.LastStepSize > 0);
        // A step of almost-convex is a whole inner run.
        run.Advance(name == "almost-convex" ? 45 : 5000);
        Assert.True(Math.Sqrt(Norms.Square(plain.Gradient(run.Point.ToArray(), plain.All))) < 1e-6);
        Assert.True(run.Ended is { Converged: true } || name is "exact-line-search"
            || run.Ended?.Reason is "no step along the gradient decreases F in this precision"
                or "no step decreases F in this precision", run.Ended?.Reason);
    }

    // The optimum of a linear programme sits at a vertex: of all choices of d vanishing residuals or coefficients, the least.
    [Theory]
    [InlineData(0.5, 0.0)]
    [InlineData(0.3, 0.05)]
    [InlineData(0.7, 0.3)]
    public void The_interior_point_ends_at_the_best_vertex(double tau, double l1)
    {
        Draws draws = new(8);
        double[][] x = [.. Enumerable.Range(0, 9).Select(_ => new[] { draws.NextNormal(), draws.NextNormal(), draws.NextNormal() })];
        double[] y = [.. Enumerable.Range(0, 9).Select(_ => 2 * draws.NextNormal())],
            weights = [.. Enumerable.Range(0, 9).Select(i => 1.0 + (i % 3))];
        double Objective(double[] w) =>
            Enumerable.Range(0, 9).Sum(i => weights[i] * (y[i] - Dense.Dot(x[i], w) is var r && r > 0 ? tau * r : (tau - 1) * r))
            / weights.Sum() + (l1 * w.Sum(Math.Abs));
        double best = Vertices(x, y).Min(Objective);
        var risk = Risk.PiecewiseLinear<double, DenseRows<double>, PinballLoss>(new DenseRows<double>([.. x.SelectMany(r => r)], 9, 3), y,
            new PinballLoss(tau, 1), new RiskOptions { Intercept = false, L1 = l1, Weights = weights });
        Iteration<double> run = new InteriorPoint().Start(risk, new double[3], new Draws(1));
        run.Advance(200);
        Assert.True(run.Ended is { Converged: true }, run.Ended?.Reason);
        Assert.InRange(run.Step, 4, 30);
        Assert.Equal(best, Objective(run.Point.ToArray()), 1e-9 * best);
    }

    static IEnumerable<double[]> Vertices(double[][] x, double[] y)
    {
        double[][] rows = [.. x, [1, 0, 0], [0, 1, 0], [0, 0, 1]];
        double[] right = [.. y, 0, 0, 0];
        for (int a = 0; a < rows.Length; a++)
            for (int b = a + 1; b < rows.Length; b++)
                for (int c = b + 1; c < rows.Length; c++)
                {
                    double[,] m = new double[3, 3];
                    for (int j = 0; j < 3; j++) (m[0, j], m[1, j], m[2, j]) = (rows[a][j], rows[b][j], rows[c][j]);
                    yield return Dense.Solve(m, [right[a], right[b], right[c]]);
                }
    }

    static Iteration<double> Start<TOracle>(string name, MethodSettings settings, TOracle oracle, double[] start) =>
        ((IMethod<double, TOracle>)settings.Build()).Start(oracle, start, new Draws(1));
}
