using Descent.Expectations;
using Descent.Numerics;
using Descent.Oracles;
using Descent.Runs;
using Descent.StepSizes;
using Descent.Testing;

namespace Descent.Tests.Expectations;

/// <summary>f = z², z ~ N(θ, 1): F = θ² + 1, and the variance of one draw in closed form from the moments of the normal.</summary>
public class ExpectationObjectiveTests
{
    const int Batch = 512, Times = 2000;
    static readonly NormalColumns Law = new(1);

    static double Square(ReadOnlySpan<double> z) => z[0] * z[0];

    static double SlopedSquare(ReadOnlySpan<double> z, Span<double> slope)
    {
        slope[0] = 2 * z[0];
        return z[0] * z[0];
    }

    static (double Mean, double Variance) Measure(ExpectationObjective objective, double theta, int coordinate = 0)
    {
        double[] g = new double[2];
        double sum = 0, squares = 0;
        for (int t = 0; t < Times; t++)
        {
            objective.Gradient([theta, 0], new Sample(SampleOrder.Replacement, 11, (long)t * Batch, Batch), g);
            sum += g[coordinate] / Times;
            squares += g[coordinate] * g[coordinate] / Times;
        }
        return (sum, squares - (sum * sum));
    }

    // With s = ε: Var f s = θ⁴ + 14θ² + 15; less the mean E f = θ² + 1: 8θ² + 10; less E f s²/E s² = θ² + 3: 8θ² + 6; path f′: 4.
    [Theory]
    [InlineData(0)]
    [InlineData(2)]
    public void Variances_are_the_closed_forms_in_their_order(double theta)
    {
        double t2 = theta * theta;
        (ExpectationObjective Objective, double Variance)[] kinds =
        [
            (new(Law, Square, ScoreBaseline.None), (t2 * t2) + (14 * t2) + 15), (new(Law, Square), (8 * t2) + 10),
            (new(Law, Square, ScoreBaseline.Optimal), (8 * t2) + 6), (new(Law, SlopedSquare), 4),
        ];
        double before = double.PositiveInfinity;
        foreach ((ExpectationObjective objective, double variance) in kinds)
        {
            (double mean, double found) = Measure(objective, theta);
            Assert.Equal(2 * theta, mean, 3.5 * Math.Sqrt(variance / Batch / Times));
            // A baseline from 511 other draws costs a part in 511 more, that of Σfs²/Σs² ten; a variance of 2000 is known to 3.2 %.
            Assert.InRange(found * Batch / variance, 0.9, 1.12);
            Assert.True(found < before, $"{found} is not below {before}");
            before = found;
        }
    }

    // With two draws a baseline that saw its own draw would lose half of the gradient.
    [Theory]
    [InlineData(ScoreBaseline.LeaveOneOut)]
    [InlineData(ScoreBaseline.Optimal)]
    public void Two_draws_are_unbiased(ScoreBaseline baseline)
    {
        const int Pairs = 100_000;
        ExpectationObjective objective = new(Law, Square, baseline);
        double[] g = new double[2];
        double sum = 0, squares = 0;
        for (int t = 0; t < Pairs; t++)
        {
            objective.Gradient([1, 0], new Sample(SampleOrder.Replacement, 13, 2L * t, 2), g);
            sum += g[0] / Pairs;
            squares += g[0] * g[0] / Pairs;
        }
        Assert.Equal(2, sum, 3.5 * Math.Sqrt((squares - (sum * sum)) / Pairs));
    }

    // ∂F/∂τ at σ = 1: F = θ² + σ², 2σ² = 2.
    [Fact]
    public void The_scale_has_its_gradient_too()
    {
        Assert.Equal(2, Measure(new(Law, Square), 1, 1).Mean, 0.03);
        Assert.Equal(2, Measure(new(Law, SlopedSquare), 1, 1).Mean, 0.02);
    }

    // Binary z enumerated: F(θ) = Σ_z p(z) f(z) over four cells, and its gradient Σ p(1 − p)(difference of means).
    [Fact]
    public void Binary_columns_are_unbiased_by_enumeration()
    {
        double[] theta = [0.4, -1], g = new double[2], mean = new double[2];
        double p = 1 / (1 + Math.Exp(-0.4)), q = 1 / (1 + Math.Exp(1.0));
        ExpectationObjective objective = new(new BernoulliColumns(2), z => 1 + (2 * z[0]) + (3 * z[1]) + (5 * z[0] * z[1]),
            ScoreBaseline.Optimal);
        double value = 0;
        for (int t = 0; t < Times; t++)
        {
            value += objective.Gradient(theta, new Sample(SampleOrder.Replacement, 3, (long)t * Batch, Batch), g) / Times;
            mean[0] += g[0] / Times;
            mean[1] += g[1] / Times;
        }
        Assert.Equal(1 + (2 * p) + (3 * q) + (5 * p * q), value, 0.03);
        Assert.Equal(p * (1 - p) * (2 + (5 * q)), mean[0], 0.01);
        Assert.Equal(q * (1 - q) * (3 + (5 * p)), mean[1], 0.01);
    }

    // What the documentation says of small samples: estimated from 63 other draws, the optimal constant loses more than it gains here.
    [Fact]
    public void The_optimal_constant_asks_hundreds_of_draws()
    {
        double Variance(ScoreBaseline baseline, int batch)
        {
            ExpectationObjective objective = new(Law, Square, baseline);
            double[] g = new double[2];
            double squares = 0;
            for (int t = 0; t < 4000; t++)
            {
                objective.Gradient([2, 0], new Sample(SampleOrder.Replacement, 11, (long)t * batch, batch), g);
                squares += (g[0] - 4) * (g[0] - 4) / 4000;
            }
            return squares;
        }

        Assert.True(Variance(ScoreBaseline.Optimal, 32) > Variance(ScoreBaseline.LeaveOneOut, 32));
        Assert.True(Variance(ScoreBaseline.Optimal, 512) < Variance(ScoreBaseline.LeaveOneOut, 512));
    }

    // E (z − 3)² has its minimum at μ = 3, σ → 0.
    [Fact]
    public void Methods_of_the_catalogue_run_on_it()
    {
        ExpectationObjective objective = new(Law, z => (z[0] - 3) * (z[0] - 3), ScoreBaseline.LeaveOneOut);
        double[] start = new double[2];
        RunResult<double> run = new Problem<double, IStochasticOracle<double>>(objective).Minimize(
            Methods.Sgd(new Power(0.1, 0.6), new Sampling(SampleOrder.Replacement, 32)), new RunOptions<double>
            {
                MaxSteps = 4000,
                Start = start
            });
        Assert.Equal(3, run.Point[0], 0.1);
        Assert.True(run.Point[1] < -1);
    }

    [Fact]
    public void The_same_sample_gives_the_same_bits_and_nothing_is_allocated()
    {
        ExpectationObjective objective = new(Law, Square, ScoreBaseline.Optimal);
        double[] w = [1, 0], a = new double[2], b = new double[2];
        Sample sample = new(SampleOrder.Replacement, 5, 640, 16);
        objective.Gradient(w, sample, a);
        objective.Gradient(w, new Sample(SampleOrder.Replacement, 5, 0, 16), b);
        Assert.NotEqual(a, b);
        objective.Gradient(w, sample, b);
        Assert.Equal(a, b);
        Assert.Equal(0, AllocationCheck.Bytes(() => objective.Gradient(w, sample, b)));
    }

    [Fact]
    public void One_draw_has_no_others()
    {
        ExpectationObjective objective = new(Law, Square);
        Assert.Equal("A baseline asks at least 2 draws a sample; got 1. Take a larger batch, or none.",
            Assert.Throws<ArgumentException>(() => objective.Gradient([1, 0], new Sample(SampleOrder.Replacement, 5, 0, 1),
                new double[2])).Message);
    }
}
