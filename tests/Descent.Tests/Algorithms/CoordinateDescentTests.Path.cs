using Descent.Algorithms;
using Descent.Models.Linear;
using Descent.Oracles;
using Descent.Runs;

namespace Descent.Tests.Algorithms;

// Along a path of penalties, with what one run leaves to the next.
public partial class CoordinateDescentTests
{
    static readonly double[] Falling = [.. Enumerable.Range(0, 12).Select(k => 0.6 * Math.Pow(0.6, k))];

    static RiskOptions At(double lambda, double ratio) => new() { L1 = lambda * ratio, L2 = lambda * (1 - ratio) };

    public static TheoryData<string, bool, int, double> Paths
    {
        get
        {
            TheoryData<string, bool, int, double> data = [];
            foreach (string model in new[] { "linear", "logistic", "poisson", "huber" })
                foreach (bool sparse in new[] { false, true })
                    foreach (int largest in new[] { 1, 500 })
                        foreach (double ratio in new[] { 1, 0.6 }) data.Add(model, sparse, largest, ratio);
            return data;
        }
    }

    [Theory]
    [MemberData(nameof(Paths))]
    public void Every_penalty_of_a_path_ends_at_the_optimum_of_a_run_of_its_own(string model, bool sparse, int largest, double ratio)
    {
        PathDescent path = new(new CoordinateDescent(largest));
        double[] w = new double[D + 1];
        foreach (double lambda in Falling)
        {
            EmpiricalRisk<double> risk = Problem(model, sparse, At(lambda, ratio));
            RunResult<double> run = new Problem<double,
                IHessianMatrixOracle<double>>(risk).Minimize(path, new RunOptions<double> { Start = w, MaxSteps = 200 });
            w = run.Point;
            Assert.InRange(Violation(risk, w), 0, 1e-7);
            double[] alone = Fit(Problem(model, sparse, At(lambda, ratio)), 500).Point;
            Assert.Equal(risk.Value(alone) + risk.NonSmooth!.Value(alone), risk.Value(w) + risk.NonSmooth.Value(w), 1e-12);
            for (int j = 0; j < w.Length; j++) Assert.Equal(alone[j], w[j], 1e-5);
        }
    }

    // What is left out by the slopes of the penalty before, without a column read, is zero at the optimum, and less is read than by runs of
    // their own from the same starts.
    [Theory]
    [InlineData("linear", 1)]
    [InlineData("logistic", 1)]
    [InlineData("logistic", 0.7)]
    public void What_a_path_carries_over_leaves_out_only_zeros_and_saves_work(string model, double ratio)
    {
        PathDescent path = new(new CoordinateDescent(1));
        double[] w = new double[D + 1];
        long carried = 0, alone = 0;
        int most = 0;
        foreach (double lambda in Falling)
        {
            EmpiricalRisk<double> risk = Problem(model, false, At(lambda, ratio)), other = Problem(model, false, At(lambda, ratio));
            double[] best = Fit(Problem(model, false, At(lambda, ratio)), 500).Point;
            Iteration<double> run = path.Start(risk, w, new Draws(1)), fresh = new CoordinateDescent(1).Start(other, w, new Draws(1));
            run.Advance();
            LeftOut seen = new();
            run.Visit(seen);
            foreach (int j in seen.Columns) Assert.Equal(0, best[j]);
            most = Math.Max(most, seen.Columns.Count);
            run.Advance(100);
            fresh.Advance(100);
            (carried, alone, w) = (carried + risk.Meter.Gradients, alone + other.Meter.Gradients, run.Point.ToArray());
        }
        Assert.True(most > 2, $"{most} left out at most");
        Assert.True(carried < alone, $"{carried} against {alone}");
    }

    // A run that has its certificate ends before it has looked at every column again: products of columns that were left out are not those
    // of its slopes.
    [Theory]
    [InlineData("linear")]
    [InlineData("logistic")]
    [InlineData("huber")]
    public void A_run_that_is_left_half_way_hands_over_nothing_stale(string model)
    {
        PathDescent path = new(new CoordinateDescent(1));
        double[] w = new double[D + 1];
        LeftOut seen = new();
        for (int k = 0; k < 80; k++)
        {
            RiskOptions options = At(0.6 * Math.Pow(0.93, k), 1);
            Iteration<double> run = path.Start(Problem(model, false, options), w, new Draws(1));
            double[] best = Fit(Problem(model, false, options), 500).Point;
            for (int t = 0; t < 2; t++)
            {
                run.Advance();
                run.Visit(seen);
                foreach (int j in seen.Columns) Assert.Equal(0, best[j]);
            }
            w = run.Point.ToArray();
        }
        Assert.Empty(seen.Columns);
    }

    [Fact]
    public void The_hessian_of_squares_is_formed_once_a_path()
    {
        PathDescent path = new();
        double[] w = new double[D + 1];
        long formed = 0;
        foreach (double lambda in Falling)
        {
            EmpiricalRisk<double> risk = Problem("linear", false, At(lambda, 0.5));
            RunResult<double> run = new Problem<double,
                IHessianMatrixOracle<double>>(risk).Minimize(path, new RunOptions<double> { Start = w, MaxSteps = 200 });
            (w, formed) = (run.Point, formed + risk.Meter.SecondOrder);
            // The model is the objective, so one step is enough and those after it find nothing but rounding.
            Assert.InRange(run.Steps, 1, 4);
        }
        Assert.Equal(N, formed);
    }

    // min ½x² + ½y² + 0.999xy − x − 1.0005y + 0.1(|x| + |y|) by Cramer's rule; the second coordinate is penalised so that it has to stop at
    // zero.
    [Fact]
    public void A_jump_solves_the_face_or_ends_where_a_sign_would_change()
    {
        double[] h = [1, 0.999, 0.999, 1], x = [0.4, 0.4], g = [-1, -1.0005], q = [.. Enumerable.Range(0, 2).Select(i =>
            g[i] + (h[2 * i] * x[0]) + (h[(2 * i) + 1] * x[1]))];
        CoordinatePenalty even = new([0.1, 0.1], 0);
        new Jump(2).Take(h, even, x, q);
        double det = 1 - (0.999 * 0.999);
        Assert.Equal((0.9 - (0.999 * 0.9005)) / det, x[0], 1e-9);
        Assert.Equal((0.9005 - (0.999 * 0.9)) / det, x[1], 1e-9);
        Assert.All(q, v => Assert.Equal(-0.1, v, 1e-12));

        double[] y = [0.4, 0.4], r = [g[0] + (1.999 * 0.4), g[1] + (1.999 * 0.4)];
        CoordinatePenalty uneven = new([0.1, 0.2], 0);
        double Model(double[] at) =>
            (0.5 * ((at[0] * at[0]) + (at[1] * at[1]))) + (0.999 * at[0] * at[1]) + (g[0] * at[0]) + (g[1] * at[1])
                + (0.1 * Math.Abs(at[0])) + (0.2 * Math.Abs(at[1]));
        double before = Model(y);
        new Jump(2).Take(h, uneven, y, r);
        Assert.Equal(0, y[1]);
        Assert.True(Model(y) < before);
        for (int i = 0; i < 2; i++) Assert.Equal(g[i] + (h[2 * i] * y[0]) + (h[(2 * i) + 1] * y[1]), r[i], 1e-12);
    }
}
