using Descent.Estimating;
using Descent.Numerics;

namespace Descent.TheoryTests;

/// <summary>
/// How often the intervals of streamed estimates hold the truth, 200 streams each, nominal 95 %, 90–99 % asked for; and whether the
/// standard errors are those that the estimates show. Exponential numbers, for which no estimator is symmetric. Truths in closed form:
/// mean and variance 1; expectile <c>1 + W((2τ − 1)/((1 − τ)e))</c>; trimmed mean
/// <c>((1 − α)(1 − ln(1 − α)) − α(1 − ln α))/(1 − 2α)</c>; Huber <c>θ = 1 − e^(−θ − δ) = 1 + W(−e^(−1 − δ))</c> for θ ≤ δ, with the MAD
/// arsinh ½. W by scipy.special.lambertw. The slow tier (eng/theory) takes streams of 10⁶ numbers.
/// </summary>
public class StreamEstimatorCoverageTests
{
    const int Streams = 200;
    static readonly int Length = Environment.GetEnvironmentVariable("DESCENT_THEORY") == "full" ? 1_000_000 : 20_000;

    [Fact]
    public void Means_cover() => Check(() => new StreamingMean(), 1);

    [Fact]
    public void Variances_cover() => Check(() => new StreamingVariance(), 1);

    [Theory]
    [InlineData(0.9, 2.04011258223569)]
    [InlineData(0.2, 0.580131399025977)]
    public void Expectiles_cover(double tau, double truth) => Check(() => new StreamingExpectile(tau), truth);

    [Fact]
    public void Trimmed_means_cover() =>
        Check(() => new StreamingTrimmedMean(0.1), ((0.9 * (1 - Math.Log(0.9))) - (0.1 * (1 - Math.Log(0.1)))) / 0.8);

    [Fact]
    public void Huber_locations_with_a_streamed_scale_cover() => Check(() => new StreamingHuber(), 0.83356452490109);

    [Fact]
    public void Huber_locations_with_a_given_threshold_cover() => Check(() => StreamingHuber.WithThreshold(1), 0.841405660436961);

    // The intervals of quantiles have tests of their own (StreamCoverageTests); here their standard errors.
    [Theory]
    [InlineData(0.5)]
    [InlineData(0.9)]
    [InlineData(0.99)]
    public void Standard_errors_of_quantiles_are_those_that_they_show(double tau)
    {
        double truth = -Math.Log(1 - tau), errors = 0, squares = 0;
        // The first numbers tell the density at a quantile far out within a sixth only; few more would not make the error less noisy.
        double[] x = new double[Math.Max(Length, 40_000)];
        for (int s = 0; s < Streams; s++)
        {
            Fill(x, s);
            StreamingQuantile one = new(tau);
            one.Add(x);
            QuantileEstimate found = one.Estimate();
            errors += (found.Estimate - truth) * (found.Estimate - truth) / Streams;
            squares += found.StandardError * found.StandardError / Streams;
        }
        Console.WriteLine($"errors of the {tau} quantile {Math.Sqrt(errors):G4}, said {Math.Sqrt(squares):G4}");
        Assert.InRange(Math.Sqrt(squares / errors), 0.8, 1.25);
    }

    static void Fill(double[] x, int stream)
    {
        Draws draws = new(50_000 + (ulong)stream, 3);
        for (int i = 0; i < x.Length; i++) x[i] = -Math.Log(1 - draws.NextDouble());
    }

    static void Check(Func<StreamingEstimator> make, double truth)
    {
        double errors = 0, squares = 0;
        int covered = 0;
        double[] x = new double[Length];
        for (int s = 0; s < Streams; s++)
        {
            Fill(x, s);
            StreamingEstimator one = make();
            one.Add(x);
            StreamEstimate found = one.Estimate();
            if (found.Low <= truth && truth <= found.High) covered++;
            errors += (found.Value - truth) * (found.Value - truth) / Streams;
            squares += found.StandardError * found.StandardError / Streams;
        }
        string seen = $"{covered} of {Streams} covered; errors {Math.Sqrt(errors):G4}, said {Math.Sqrt(squares):G4}";
        Console.WriteLine(seen);
        Assert.True(covered is >= 180 and <= 198, seen);
        // 200 squares have a relative spread of 0.1, the root half of that.
        Assert.InRange(Math.Sqrt(squares / errors), 0.83, 1.2);
    }
}
