using Descent.Algorithms;
using Descent.Models.Certificates;
using Descent.Models.Linear;
using Descent.Oracles;

namespace Descent.Models.Tests.Certificates;

/// <summary>What the solvers behind a certificate find, judged by the conditions of an optimum:
/// nothing but signs and sums of the exact form.</summary>
public class ExactSolverTests
{
    public static TheoryData<string, double, double> Smooth
    {
        get
        {
            TheoryData<string, double, double> data = [];
            foreach (string model in (string[])["linear", "logistic", "softmax", "poisson", "huber"])
            {
                data.Add(model, 0.01, 0);
                data.Add(model, 0, 0.02);
                data.Add(model, 0.03, 0.05);
                data.Add(model, 0, 0.4);
            }
            return data;
        }
    }

    // v + λw + λ₁ sign(w) = 0 where w ≠ 0 or λ₁ = 0; |v| ≤ λ₁ where w = 0.
    [Theory]
    [MemberData(nameof(Smooth))]
    public void Newton_reaches_the_conditions_of_an_optimum_to_25_digits(string model, double l2, double l1)
    {
        for (ulong seed = 1; seed <= 8; seed++)
        {
            var (_, exact, point, _) = ExactPointTests.Make(model, l2, l1, seed % 3 != 0, seed, 24);
            new ExactSolver(exact, point).Solve(400);
            for (int j = 0; j < exact.Dimension; j++)
            {
                DoubleDouble slope = point.V[j] + (point.W[j] * exact.Ridge[j]);
                double size = Math.Abs(point.V[j].Hi) + exact.Lasso[j] + 1e-3;
                if (exact.Lasso[j] == 0 || point.W[j].Hi != 0)
                    Assert.InRange(Math.Abs((double)(slope + ((DoubleDouble)exact.Lasso[j] * Math.Sign(point.W[j].Hi)))) / size, 0, 1e-24);
                else Assert.InRange(Math.Abs(slope.Hi), 0, exact.Lasso[j] * (1 + 1e-12));
            }
            ExactPoint again = new(exact);
            point.W.CopyTo(again.W, 0);
            again.Evaluate();
            Assert.Equal((again.Value.Hi, again.Value.Lo), (point.Value.Hi, point.Value.Lo));
        }
    }

    // Squares take one step, and one that finds out; the others converge quadratically from 0, Huber's loss once its rows are sorted.
    [Theory]
    [InlineData("linear", 3)]
    [InlineData("logistic", 12)]
    [InlineData("softmax", 12)]
    [InlineData("poisson", 20)]
    [InlineData("huber", 16)]
    public void Newton_takes_few_steps(string model, int most)
    {
        for (ulong seed = 1; seed <= 8; seed++)
        {
            var (_, exact, point, _) = ExactPointTests.Make(model, 0.05, 0, false, seed, 24);
            Array.Clear(point.W);
            new ExactSolver(exact, point).Solve(most);
            for (int j = 0; j < exact.Dimension; j++)
                Assert.InRange(Math.Abs((double)(point.V[j] + (point.W[j] * exact.Ridge[j]))), 0, 1e-22);
        }
    }

    // All classes' intercepts may rise together without a change of F; with an
    // L1 penalty that way must not be taken for one on which F falls.
    [Theory]
    [InlineData(0, 0.02)]
    [InlineData(0.03, 0.05)]
    [InlineData(0, 0.4)]
    public void Softmax_with_free_intercepts_and_an_L1_penalty_is_certified_from_any_start(double l2, double l1)
    {
        for (ulong seed = 1; seed <= 8; seed++)
        {
            var (risk, exact, point, w) = ExactPointTests.Make("softmax", l2, l1, true, seed, 24);
            new ExactSolver(exact, point).Solve(400);
            double optimum = (double)point.Value;
            Assert.InRange(point.W.Max(x => Math.Abs(x.Hi)), 0, 1e3);
            foreach (double[] at in (double[][])[new double[w.Length], w])
                Assert.InRange(optimum - new RiskCertifier<double>(risk).Certify(at, default, true).LowerBound, -1e-14, 1e-11 * optimum);
        }
    }

    // Orthogonal columns of ±1: w_j = soft(x_jᵀy/n, λ₁)/(1 + λ).
    [Fact]
    public void Lasso_on_orthogonal_columns_is_soft_thresholding()
    {
        double[] x = [1, 1, 1, 1, -1, 1, 1, 1, -1, 1, -1, -1], y = [3, -1, 0.5, 0.25];
        EmpiricalRisk<double> risk = Problems.Dense("linear", x, y, new RiskOptions { Intercept = false, L1 = 0.5, L2 = 0.25 });
        ExactRisk exact = ExactRisk.Of(risk, 1e6)!;
        ExactPoint point = new(exact);
        new ExactSolver(exact, point).Solve(400);
        for (int j = 0; j < 3; j++)
        {
            double c = Enumerable.Range(0, 4).Sum(i => x[(3 * i) + j] * y[i]) / 4;
            Assert.Equal(Math.Sign(c) * Math.Max(0, Math.Abs(c) - 0.5) / 1.25, (double)point.W[j], 1e-30);
        }
    }

    // With more columns than rows and an L1 penalty alone F is linear along a way without curvature.
    [Fact]
    public void Wide_lasso_problems_are_solved_along_flat_ways()
    {
        for (ulong seed = 1; seed <= 12; seed++)
        {
            Draws draws = new(seed);
            double[] x = [.. Enumerable.Range(0, 3 * 7).Select(_ => draws.NextNormal())], y = [1, -2, 0.5],
                start = [.. Enumerable.Range(0, 7).Select(_ => draws.NextNormal())];
            for (int i = 0; i < 3; i++) x[(7 * i) + 1] = -2 * x[7 * i];
            EmpiricalRisk<double> risk = Problems.Dense("linear", x, y, new RiskOptions { Intercept = false, L1 = 0.05 });
            ExactRisk exact = ExactRisk.Of(risk, 1e6)!;
            ExactPoint point = new(exact);
            for (int j = 0; j < 7; j++) point.W[j] = start[j];
            new ExactSolver(exact, point).Solve(400);
            Assert.InRange(point.W.Count(w => w.Hi != 0), 1, 3);
            double tight = new ExactBound(exact, point, (double)point.Value).Work().Lower;
            Assert.InRange((double)point.Value - tight, 0, 1e-13 * (double)point.Value);
        }
    }

    [Theory]
    [InlineData("absolute", 0, 0)]
    [InlineData("absolute", 0.05, 0)]
    [InlineData("quantile", 0, 0)]
    [InlineData("quantile", 0, 0.04)]
    [InlineData("hinge", 0.05, 0)]
    [InlineData("hinge", 0.02, 0.05)]
    public void Interior_points_meet_their_duals(string model, double l2, double l1)
    {
        for (ulong seed = 1; seed <= 6; seed++)
        {
            var (risk, exact, point, _) = ExactPointTests.Make(model, l2, l1, seed % 2 == 0, seed, 15);
            ExactInterior interior = new(exact);
            double size = 1, lower = double.NegativeInfinity;
            foreach (double part in (double[])[1e-6, 1e-12, 1e-20])
            {
                Assert.True(interior.Run(part), $"seed {seed}, {part}");
                interior.Point.CopyTo(point.W);
                point.Evaluate();
                DoubleDouble value = point.Value;
                point.Take(interior.Dual);
                DoubleDouble dual = point.Conjugates;
                for (int j = 0; j < exact.Dimension; j++)
                {
                    DoubleDouble beyond = DoubleDouble.Abs(point.V[j]) - exact.Lasso[j];
                    if (exact.Ridge[j] > 0) dual -= beyond.Hi > 0 ? beyond * beyond / (2 * exact.Ridge[j]) : 0;
                    else Assert.InRange(beyond.Hi, double.NegativeInfinity, Math.Max(1e-22, part));
                }
                lower = dual.Hi;
                Assert.All(interior.Dual.ToArray(), u => Assert.True((u - exact.Low).Hi > 0 && (exact.High - u).Hi > 0));
                size = exact.Weight.Select((a, i) => a.Hi * Math.Abs(exact.Centre[i])).Sum();
                Assert.InRange((value - dual).Hi, exact.Ridge.Max() > 0 || l1 > 0 ? -1e-3 * part * size : -part * size, 1.01 * part * size);
            }
            double best = Best(risk);
            Assert.InRange(lower, best - (1e-9 * size), best + (1e-12 * size));
        }
    }

    static double Best(EmpiricalRisk<double> risk)
    {
        Iteration<double> run = Methods.InteriorPoint()
            .Start((IPiecewiseLinearOracle<double>)risk, new double[risk.Dimension], new Draws(1));
        run.Advance(100);
        return risk.Value(run.Point) + (risk.NonSmooth?.Value(run.Point) ?? 0);
    }

    // From the dual variables of a run in double precision to a vertex at which the bound meets F.
    [Theory]
    [InlineData("absolute", 0, 0)]
    [InlineData("absolute", 0.05, 0)]
    [InlineData("quantile", 0, 0)]
    [InlineData("quantile", 0.3, 0)]
    [InlineData("hinge", 0.05, 0)]
    public void Duals_of_a_run_are_refined_to_a_vertex(string model, double l2, double l1)
    {
        for (ulong seed = 1; seed <= 8; seed++)
        {
            var (risk, exact, point, _) = ExactPointTests.Make(model, l2, l1, seed % 2 == 0, seed, 21);
            Iteration<double> run = Methods.InteriorPoint()
                .Start((IPiecewiseLinearOracle<double>)risk, new double[risk.Dimension], new Draws(1));
            run.Advance(100);
            double value = risk.Value(run.Point), lower = double.NegativeInfinity;
            double[] dual = [.. Enumerable.Range(0, exact.Count).Select(i => -run.Dual[exact.Origin[i]])];
            ExactKinks kinks = new(exact, point);
            foreach (double near in (double[])[1e-6, 1e-4, 1e-9])
            {
                kinks.Refine(dual, near);
                Assert.All(point.U, u => Assert.True((u - exact.Low).Hi >= 0 && (exact.High - u).Hi >= 0));
                for (int j = 0; j < exact.Dimension && near < 1e-5; j++)
                    if (exact.IsFree(j)) Assert.InRange(Math.Abs(point.V[j].Hi), 0, 1e-20);
                lower = Math.Max(lower, new ExactBound(exact, point, value).Work().Lower);
            }
            Assert.InRange(value - lower, -1e-13 * value, 1e-11 * value);
        }
    }
}
