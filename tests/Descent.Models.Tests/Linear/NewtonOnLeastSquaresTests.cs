using Descent.Algorithms;
using Descent.Models.Linear;
using Descent.Models.Losses;
using Descent.Runs;

namespace Descent.Models.Tests.Linear;

public class NewtonOnLeastSquaresTests
{
    static EmpiricalRisk<double> Regression(ulong seed, int n, int d, double noise, double offset = 0, double size = 1,
        bool centred = false)
    {
        Draws draws = new(seed);
        double[] x = new double[n * d], y = new double[n], slope = new double[d];
        for (int j = 0; j < d; j++) slope[j] = draws.NextNormal();
        for (int i = 0; i < n; i++)
        {
            for (int j = 0; j < d; j++)
            {
                double v = draws.NextNormal();
                x[(i * d) + j] = v + (centred ? 0 : offset);
                y[i] += v * slope[j];
            }
            y[i] = size * (y[i] + offset + (noise * draws.NextNormal()));
        }
        return Risk.Of<double, DenseRows<double>, SquaredLoss>(new DenseRows<double>(x, n, d), y, default);
    }

    // With default options a program has nothing but the method's own ending. A quadratic is solved by one step; the second finds out.
    [Theory]
    [InlineData(5, 1, 0.1)]
    [InlineData(5, 1, 0.01)]
    [InlineData(5, 3, 1)]
    [InlineData(20, 3, 0.03)]
    [InlineData(20, 3, 1)]
    [InlineData(1000, 10, 0.1)]
    [InlineData(50, 20, 1e-4)]
    [InlineData(20, 3, 1e-9)]
    [InlineData(20, 3, 0)]
    public void Two_hundred_regressions_end_within_three_steps(int n, int d, double noise)
    {
        for (ulong seed = 1; seed <= 200; seed++)
        {
            EmpiricalRisk<double> risk = Regression(seed, n, d, noise);
            RunResult<double> run = new Problem<double, EmpiricalRisk<double>>(risk)
                .Minimize(Methods.Newton(), new RunOptions<double> { MaxSteps = 100 });
            Assert.True(run.Outcome.Kind == OutcomeKind.Converged && run.Steps <= 3, $"seed {seed}: {run.Outcome.Sentence}");
            double[] g = new double[risk.Dimension];
            double f = risk.Gradient(run.Point, g);
            Assert.InRange(Vectors.Norm<double>(g), 0, 1e-13 * (1 + Math.Sqrt(f)) * n);
        }
    }

    [Theory]
    [InlineData(1e6, 1)]
    [InlineData(0, 1e-9)]
    [InlineData(0, 1e9)]
    [InlineData(1e3, 1e-6)]
    public void Units_and_offsets_do_not_keep_it_running(double offset, double size)
    {
        for (ulong seed = 1; seed <= 200; seed++)
        {
            RunResult<double> run = new Problem<double, EmpiricalRisk<double>>(Regression(seed, 30, 3, 0.5, offset, size, true))
                .Minimize(Methods.Newton(), new RunOptions<double> { MaxSteps = 100 });
            Assert.True(run.Outcome.Kind == OutcomeKind.Converged && run.Steps <= 3,
                $"seed {seed}: {run.Steps} steps, {run.Outcome.Sentence}");
        }
    }

    // Singular Hessians (more columns than rows; one column twice;
    // a column of zeros) end as well, without a budget, at the least F there is.
    [Theory]
    [InlineData(3, 5, 0)]
    [InlineData(20, 3, 1)]
    [InlineData(20, 3, 2)]
    public void Rank_deficient_designs_end(int n, int d, int kind)
    {
        for (ulong seed = 1; seed <= 100; seed++)
        {
            Draws draws = new(seed);
            double[] x = new double[n * d], y = new double[n];
            for (int i = 0; i < x.Length; i++) x[i] = draws.NextNormal();
            for (int i = 0; i < n; i++)
            {
                y[i] = draws.NextNormal();
                if (kind == 1) x[(i * d) + 2] = 3 * x[i * d];
                if (kind == 2) x[(i * d) + 1] = 0;
            }
            EmpiricalRisk<double> risk = Risk.Of<double, DenseRows<double>, SquaredLoss>(new DenseRows<double>(x, n, d), y, default);
            RunResult<double> run = new Problem<double, EmpiricalRisk<double>>(risk).Minimize(Methods.Newton());
            double[] g = new double[risk.Dimension];
            risk.Gradient(run.Point, g);
            Assert.True(run.Outcome.Kind == OutcomeKind.Converged && run.Steps <= 20,
                $"seed {seed}: {run.Steps} steps, {run.Outcome.Sentence}");
            Assert.InRange(Vectors.Norm<double>(g), 0, 1e-7);
        }
    }

    // A small F is no reason to end early: with targets of 1e-9 the coefficients keep their digits.
    [Fact]
    public void Small_targets_keep_their_digits()
    {
        double[] x = [1, 2, 3, 4], y = [2e-9, 4.1e-9, 6.2e-9, 7.7e-9];
        RunResult<double> run = new Problem<double, EmpiricalRisk<double>>(
            Risk.Of<double, DenseRows<double>, SquaredLoss>(new DenseRows<double>(x, 4, 1), y, default)).Minimize(Methods.Newton());
        // Slope Σ(x − 2.5)(y − 5)/5 = 9.6/5 … by hand: 1.92e-9, intercept 5e-9 − 2.5·1.92e-9 = 0.2e-9.
        Assert.Equal(1.92e-9, run.Point[0], 1e-21);
        Assert.Equal(0.2e-9, run.Point[1], 1e-21);
    }
}
