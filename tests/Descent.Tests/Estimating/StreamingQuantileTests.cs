using Descent.Estimating;
using Descent.Numerics;
using Xunit;

namespace Descent.Tests.Estimating;

public class StreamingQuantileTests
{
    // Exponential numbers: the quantile is −ln(1 − τ). Each quantile in a unit of its own, of the same numbers.
    [Fact]
    public void IntervalsCoverAtEveryScale()
    {
        (double Tau, double Scale)[] kinds = [(0.5, 1), (0.9, 1e6), (0.99, 1e-6)];
        int[] covered = new int[kinds.Length];
        double[] squares = new double[kinds.Length], x = new double[60_000], scaled = new double[x.Length];
        for (ulong seed = 0; seed < 200; seed++)
        {
            Draws draws = new(seed, 3);
            for (int i = 0; i < x.Length; i++) x[i] = -Math.Log(1 - draws.NextDouble());
            for (int k = 0; k < kinds.Length; k++)
            {
                (double tau, double scale) = kinds[k];
                for (int i = 0; i < x.Length; i++) scaled[i] = scale * x[i];
                StreamingQuantile q = new(tau);
                q.Add(scaled);
                QuantileEstimate found = q.Estimate();
                double truth = -scale * Math.Log(1 - tau);
                if (found.Low <= truth && truth <= found.High) covered[k]++;
                squares[k] += (found.Estimate - truth) * (found.Estimate - truth) / 200;
            }
        }
        for (int k = 0; k < kinds.Length; k++)
        {
            (double tau, double scale) = kinds[k];
            // Wide intervals cover too: the error itself is that of the sample quantile,
            // √(τ(1 − τ)/n)/f with f = (1 − τ)/scale, within a third.
            Assert.InRange(Math.Sqrt(squares[k]) / (scale * Math.Sqrt(tau / (1 - tau) / x.Length)), 0.75, 1.33);
            // 95 % less and more four standard errors of 200 repetitions.
            Assert.InRange(covered[k], 178, 200);
        }
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

    // Poisson numbers of mean 1: F(0) = 0.368, F(1) = 0.736, so the median is 1 and nothing else; the quantile 0.736 lies at a step and is
    // nobody's beyond doubt.
    [Fact]
    public void AValueThatIsTheQuantileBeyondDoubtHasNoError()
    {
        Draws draws = new(8);
        double[] x = new double[60_000];
        for (int i = 0; i < x.Length; i++)
        {
            double u = draws.NextDouble(), p = Math.Exp(-1), sum = p;
            for (int k = 1; u > sum; k++)
            {
                p /= k;
                sum += p;
                x[i] = k;
            }
        }
        StreamingQuantile median = new(0.5), step = new(0.736);
        median.Add(x);
        step.Add(x);
        Assert.Equal(new QuantileEstimate(0.5, 1, 1, 1, 4_096 + (218 * 256)) { StandardError = 0 }, median.Estimate());
        Assert.InRange(step.Estimate().High - step.Estimate().Low, 1e-3, 2);
    }

    // Most of the first numbers are 0, the others are not: 0 is no longer the quantile.
    [Fact]
    public void AnAtomOfTheStartAloneIsNotTheAnswer()
    {
        StreamingQuantile q = new(0.5);
        double[] x = new double[60_000];
        q.Add([.. new double[3_900], .. Enumerable.Repeat(9.0, 196)]);
        Assert.Equal(0, q.Estimate().Estimate);
        for (int i = 0; i < x.Length; i++) x[i] = 1 + (i % 7);
        q.Add(x);
        Assert.NotEqual(0, q.Estimate().Estimate);
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
