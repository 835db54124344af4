using Descent.Estimating;
using Descent.Numerics;
using Xunit;

namespace Descent.Tests.Estimating;

public class StreamingQuantileTests
{
    [Theory]
    [InlineData(0.5, 1)]
    [InlineData(0.9, 1e6)]
    [InlineData(0.99, 1e-6)]
    public void IntervalsCoverAtEveryScale(double tau, double scale)
    {
        // Exponential numbers: the quantile is −ln(1 − τ). 95 % less and more four standard errors of 200 repetitions.
        double truth = -scale * Math.Log(1 - tau);
        int covered = 0;
        double squares = 0;
        double[] x = new double[60_000];
        for (ulong seed = 0; seed < 200; seed++)
        {
            Draws draws = new(seed, 3);
            for (int i = 0; i < x.Length; i++) x[i] = -scale * Math.Log(1 - draws.NextDouble());
            StreamingQuantile q = new(tau);
            q.Add(x);
            QuantileEstimate found = q.Estimate();
            if (found.Low <= truth && truth <= found.High) covered++;
            squares += (found.Estimate - truth) * (found.Estimate - truth) / 200;
        }
        // Wide intervals cover too: the error itself is that of the sample quantile,
        // √(τ(1 − τ)/n)/f with f = (1 − τ)/scale, within a third.
        Assert.InRange(Math.Sqrt(squares) / (scale * Math.Sqrt(tau / (1 - tau) / x.Length)), 0.75, 1.33);
        Assert.InRange(covered, 178, 200);
    }

    [Fact]
    public void TheMedianOfAMillionLiesWithinFourStandardErrors()
    {
        Draws draws = new(11);
        StreamingQuantile median = new(0.5);
        double[] x = new double[1_000_000];
        for (int i = 0; i < x.Length; i++) x[i] = 7 + draws.NextNormal();
        median.Add(x);
        // √(¼/(n f²)) with f = φ(0) = 0.39894: 0.0012533.
        Assert.InRange(median.Estimate().Estimate - 7, -0.00502, 0.00502);
    }

    [Fact]
    public void FewNumbersGiveTheSampleQuantileAndOrderStatistics()
    {
        StreamingQuantile q = new(0.3);
        for (int i = 100; i >= 1; i--) q.Add([i]);
        QuantileEstimate found = q.Estimate();
        // R: quantile(1:100, 0.3) = 30.7; ranks 30 ∓ 1.96·4.583 = 21.02 and 38.98, so 21 and 40.
        Assert.Equal((30.7, 21.0, 40.0), (Math.Round(found.Estimate, 12), found.Low, found.High));
    }

    [Fact]
    public void BlocksOfAnyLengthGiveTheSameBits()
    {
        Draws draws = new(4);
        double[] x = new double[20_000];
        for (int i = 0; i < x.Length; i++) x[i] = draws.NextNormal();
        StreamingQuantile whole = new(0.9);
        whole.Add(x);
        // Blocks shorter and longer than a batch: the longer ones begin within one.
        foreach (int length in (int[])[37, 300])
        {
            StreamingQuantile parts = new(0.9);
            for (int i = 0; i < x.Length; i += length) parts.Add(x.AsSpan(i, Math.Min(length, x.Length - i)));
            Assert.Equal(whole.Estimate(), parts.Estimate());
        }
        Assert.Equal(19_968 + 32, whole.Count);
        Assert.Equal(4_096 + (62 * 256), whole.Estimate().Rows);
    }

    [Fact]
    public void ANumberThatIsNotFiniteIsRefusedWithItsPlace() =>
        Assert.Contains("Number 3 of the stream is NaN",
            Assert.Throws<ArgumentException>(() => new StreamingQuantile(0.5).Add([1, 2, double.NaN])).Message, StringComparison.Ordinal);

    [Theory]
    [InlineData(double.NaN)]
    [InlineData(double.NegativeInfinity)]
    public void ANumberThatIsNotFiniteInAWholeBatchIsRefusedWithItsPlace(double bad)
    {
        // 4 096 numbers of the start, one whole batch, then the 256th of the next.
        double[] x = new double[4_096 + (3 * 256)];
        for (int i = 0; i < x.Length; i++) x[i] = i % 97;
        x[4_096 + 256 + 255] = bad;
        StreamingQuantile q = new(0.5);
        Assert.Contains("Number 4608 of the stream", Assert.Throws<ArgumentException>(() => q.Add(x)).Message, StringComparison.Ordinal);
        Assert.Equal(4_352, q.Count);
    }
}
