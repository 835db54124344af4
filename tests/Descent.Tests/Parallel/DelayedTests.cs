using Descent.Algorithms;
using Descent.Estimators;
using Descent.Oracles;
using Descent.Parallel;
using Descent.Rules;
using Descent.StepSizes;
using Descent.Testing;

namespace Descent.Tests.Parallel;

/// <summary>The staleness simulator against closed forms, and against the second simulator of the theorem's own tests.</summary>
public class DelayedTests
{
    static readonly Sampling Drawn = new(SampleOrder.Replacement);

    // Where the largest root of z^{τ+1} − z^τ + ηh reaches the unit circle, by bisection over numpy.roots (numpy 1.24).
    [Theory]
    [InlineData(0, 2.0)]
    [InlineData(1, 1.0)]
    [InlineData(2, 0.6180339887498949)]
    [InlineData(4, 0.3472963553338607)]
    [InlineData(9, 0.1651586909446627)]
    [InlineData(30, 0.0514958273)]
    public void A_constant_delay_is_stable_below_its_limit_and_not_above(int delay, double limit)
    {
        const double H = 3;
        Assert.Equal(limit, Delayed.StabilityLimit(delay), limit * 1e-6);
        Assert.True(End(0.99, delay) < 1e-3, $"0.99 of the limit: {End(0.99, delay)}");
        Assert.True(End(1.01, delay) > 1e3, $"1.01 of the limit: {End(1.01, delay)}");

        double End(double part, int tau)
        {
            NoisyOracle oracle = new(new Quadratic<double>([H], [0]), 0);
            Iteration<double> run = Methods.DelayedSgd(part * limit / H, tau, sampling: Drawn).Start(oracle, [1], new Draws(1));
            long steps = 3000L * (tau + 1);
            run.Advance(steps);
            // The largest of a whole period of the oscillation, 2(2τ+1) steps.
            double most = 0;
            for (int k = 0; k < 2 * ((2 * tau) + 1); k++)
            {
                run.Advance();
                most = Math.Max(most, Math.Abs(run.Point[0]));
            }
            return double.IsNaN(most) ? double.PositiveInfinity : most;
        }
    }

    // A delay read in cycles makes one step of length (τ+1)η out of τ+1: stable exactly below 2/(τ+1).
    [Theory]
    [InlineData(1)]
    [InlineData(6)]
    public void A_sawtooth_is_stable_below_two_over_its_length(int delay)
    {
        double End(double part)
        {
            Delayed method = Methods.DelayedSgd(part * 2 / (delay + 1.0), delay, 2, Drawn);
            Iteration<double> run = method.Start(new NoisyOracle(new Quadratic<double>([1], [0]), 0), [1], new Draws(1));
            run.Advance(1000 * (delay + 1));
            return Math.Abs(run.Point[0]);
        }
        Assert.Equal(Math.Pow(0.98, 1000), End(0.99), 1e-12);
        Assert.True(End(1.01) > 1e6);
    }

    [Fact]
    public void Uniform_delays_are_uniform_and_depend_on_step_and_key_alone()
    {
        UniformDelay law = new(9);
        int[] count = new int[10];
        for (long t = 0; t < 20_000; t++) count[law.At(t, 77)]++;
        // χ² with 9 degrees of freedom: 27.88 at 0.001.
        Assert.True(count.Sum(c => (c - 2000.0) * (c - 2000) / 2000) < 27.88);
        Assert.Equal(law.At(123, 77), law.At(123, 77));
        Assert.NotEqual(Enumerable.Range(0, 50).Select(t => law.At(t, 77)), Enumerable.Range(0, 50).Select(t => law.At(t, 78)));
    }

    // ĝ = d g[j] eⱼ with a fresh uniform j: mean g, E‖ĝ‖² = d‖g‖².
    [Fact]
    public void One_coordinate_in_d_places_is_unbiased()
    {
        double[] w = [1, -2, 0.5, 3];
        Quadratic<double> f = new([1, 2, 3, 4], [0, 0, 0, 0]);
        double[] g = new double[4], exact = new double[4], sum = new double[4];
        f.Gradient(w, exact);
        var estimation = ((IEstimator<double, IStochasticOracle<double>>)new OneCoordinate(
            new Sampling(SampleOrder.Replacement))).Start(new NoisyOracle(f, 0), new Draws(4));
        const int N = 40_000;
        double squares = 0;
        for (int k = 0; k < N; k++)
        {
            estimation.Estimate(w, g);
            Assert.Equal(1, g.Count(v => v != 0));
            for (int j = 0; j < 4; j++) sum[j] += g[j] / N;
            squares += Vectors.SquaredNorm<double>(g) / N;
        }
        // Standard error of a coordinate: |g|·√(d−1)/√N.
        for (int j = 0; j < 4; j++) Assert.Equal(exact[j], sum[j], 4 * Math.Abs(exact[j]) * Math.Sqrt(3.0 / N));
        Assert.Equal(4 * Vectors.SquaredNorm<double>(exact), squares, 0.03 * 4 * Vectors.SquaredNorm<double>(exact));
    }

    [Fact]
    public void Recorded_delays_are_followed()
    {
        int[] delays = [0, 1, 0, 3, 2];
        Iteration<double> run = Methods.DelayedSgd(new Sgd(), new Constant(0.1), new RecordedDelay(delays),
            new Sampling(SampleOrder.Replacement)).Start(new NoisyOracle(new Quadratic<double>([1], [0]), 0), [1], new Draws(1));
        double[] w = new double[6];
        w[0] = 1;
        for (int t = 0; t < 5; t++) w[t + 1] = w[t] - (0.1 * w[t - Math.Min(t, delays[t])]);
        run.Advance(5);
        Assert.Equal(w[5], run.Point[0], 1e-15);
        Assert.Throws<ArgumentException>(() => new RecordedDelay([]));
        Assert.Throws<ArgumentException>(() => new RecordedDelay([1, -1]));
    }
}
