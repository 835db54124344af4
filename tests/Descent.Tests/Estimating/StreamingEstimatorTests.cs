using Descent.Approximation;
using Descent.Estimating;
using Descent.Numerics;
using Xunit;

namespace Descent.Tests.Estimating;

public class StreamingEstimatorTests
{
    // MASS::chem. The numbers below are R 4.2.2's: t.test, var, mean(x, trim = 0.1), uniroot on the sum of ψ (tol 1e-15), MASS::huber(x,
    // 1.345, tol = 1e-14); the errors by the formulas of the classes, written out in R.
    static readonly double[] Chem = [2.9, 3.1, 3.4, 3.4, 3.7, 3.7, 2.8, 2.5, 2.4, 2.4, 2.7, 2.2,
        5.28, 3.37, 3.03, 3.03, 28.95, 3.77, 3.4, 2.2, 3.5, 3.6, 3.7, 3.7];

    static StreamEstimate Of(StreamingEstimator one, double[] numbers)
    {
        one.Add(numbers);
        return one.Estimate();
    }

    static void Equal(double[] expected, StreamEstimate found)
    {
        double[] seen = [found.Value, found.StandardError, found.Low, found.High];
        for (int i = 0; i < expected.Length; i++) Assert.Equal(expected[i], seen[i], 1e-11 * Math.Abs(expected[i]));
        Assert.Equal(24, found.Rows);
    }

    [Fact]
    public void FewNumbersGiveTheMeanAndStudentsInterval() =>
        Equal([4.28041666666667, 1.08132642632915, 2.04352252549363, 6.5173108078397], Of(new StreamingMean(), Chem));

    [Fact]
    public void FewNumbersGiveTheVariance() => Equal([28.0624041666667, 24.7599800412352], Of(new StreamingVariance(), Chem));

    [Fact]
    public void FewNumbersGiveTheTrimmedMean() =>
        Equal([3.205, 0.130169378230771, 2.93255236021562, 3.47744763978438], Of(new StreamingTrimmedMean(0.1), Chem));

    [Fact]
    public void FewNumbersGiveTheExpectile() =>
        Equal([10.4478125, 5.43096432474727, -0.786993182302783, 21.6826181823028], Of(new StreamingExpectile(0.9), Chem));

    [Fact]
    public void FewNumbersGiveHubersLocation()
    {
        Equal([3.21625215852942, 0.143786370771311], Of(new StreamingHuber(), Chem));
        Equal([3.205], Of(StreamingHuber.WithThreshold(1), Chem));
    }

    // qt(0.975, ν) and qt(0.95, ν) in R.
    [Theory]
    [InlineData(1, 12.7062047361747, 6.31375151467504)]
    [InlineData(2, 4.30265272974946, 2.91998558035372)]
    [InlineData(3, 3.18244630528371, 2.35336343480182)]
    [InlineData(4, 2.77644510519779, 2.13184678632665)]
    [InlineData(7, 2.36462425159278, 1.89457860509001)]
    [InlineData(30, 2.04227245630124, 1.69726088659396)]
    [InlineData(31, 2.03951344639641, 1.69551878254587)]
    [InlineData(62, 1.99897151703338, 1.66980416251201)]
    public void StudentsQuantilesAreThoseOfTables(int degrees, double at95, double at90)
    {
        Assert.Equal(at95, StandardNormal.StudentTwoSided(0.95, degrees), 2e-6);
        Assert.Equal(at90, StandardNormal.StudentTwoSided(0.9, degrees), 2e-6);
    }

    public static TheoryData<string> All => ["mean", "variance", "expectile", "trimmed", "huber", "huber-1"];

    static StreamingEstimator Make(string name) => name switch
    {
        "mean" => new StreamingMean(),
        "variance" => new StreamingVariance(),
        "expectile" => new StreamingExpectile(0.8),
        "trimmed" => new StreamingTrimmedMean(0.2),
        "huber" => new StreamingHuber(),
        _ => StreamingHuber.WithThreshold(1),
    };

    static double[] Normal(int count, ulong seed = 4)
    {
        Draws draws = new(seed);
        double[] x = new double[count];
        for (int i = 0; i < x.Length; i++) x[i] = draws.NextNormal();
        return x;
    }

    [Theory]
    [MemberData(nameof(All))]
    public void BlocksOfAnyLengthGiveTheSameBits(string name)
    {
        double[] x = Normal(20_000);
        StreamEstimate whole = Of(Make(name), x);
        foreach (int length in (int[])[1, 37, 300, 5_000])
        {
            StreamingEstimator parts = Make(name);
            for (int i = 0; i < x.Length; i += length) parts.Add(x.AsSpan(i, Math.Min(length, x.Length - i)));
            Assert.Equal(whole, parts.Estimate());
        }
        Assert.Equal(20_000, whole.Rows);
    }

    // What is streamed agrees with what would have been found with all numbers at hand, far within its error: the batches differ from it
    // to second order only.
    [Theory]
    [MemberData(nameof(All))]
    public void TheStreamComesToWhatAllNumbersGive(string name)
    {
        double[] x = Normal(100_000);
        StreamEstimate found = Of(Make(name), x);
        double[] sorted = (double[])x.Clone();
        Array.Sort(sorted);
        double mean = x.Sum() / x.Length, square = x.Sum(v => (v - mean) * (v - mean)) / (x.Length - 1);
        double middle = (sorted[49_999] + sorted[50_000]) / 2;
        double[] apart = [.. x.Select(v => Math.Abs(v - middle)).Order()];
        double wanted = name switch
        {
            "mean" => mean,
            "variance" => square,
            "expectile" => Root(x, t => v => (v > t ? 0.8 : 0.2) * (v - t)),
            "trimmed" => sorted[20_000..80_000].Sum() / 60_000,
            "huber" => Root(x, t => v => Math.Clamp(v - t, -1.345 * 1.4826 * apart[50_000], 1.345 * 1.4826 * apart[50_000])),
            _ => Root(x, t => v => Math.Clamp(v - t, -1, 1)),
        };
        double part = name is "mean" ? 1e-9 : name is "huber" or "variance" ? 0.1 : 0.05;
        Assert.InRange(Math.Abs(found.Value - wanted) / found.StandardError, 0, part);
        // σ/√n times what the law says: 1 for the mean, √2 for the variance, and near 1 for the others.
        Assert.InRange(found.StandardError * Math.Sqrt(x.Length), 0.75, name is "variance" ? 1.75 : 1.4);
    }

    static double Root(double[] x, Func<double, Func<double, double>> psi)
    {
        double low = -3, high = 3;
        for (int i = 0; i < 50; i++)
        {
            double t = (low + high) / 2;
            if (x.Sum(psi(t)) > 0) low = t;
            else high = t;
        }
        return low;
    }

    // What the numbers stand far from zero changes their estimates by nothing more.
    [Fact]
    public void AMeanFarFromZeroLosesNothing()
    {
        double[] x = Normal(50_000), far = [.. x.Select(v => 1e9 + v)];
        double[] near = [.. far.Select(v => v - 1e9)];
        StreamEstimate a = Of(new StreamingMean(), near), b = Of(new StreamingMean(), far);
        Assert.Equal(a.Value, b.Value - 1e9, 2.5e-7);
        Assert.Equal(a.StandardError, b.StandardError, 1e-6 * a.StandardError);
        // Of numbers that are held the mean is that of exact sums, to a unit of its last place.
        Assert.Equal((double)(far[..4_000].Sum(v => (decimal)v) / 4_000), Of(new StreamingMean(), far[..4_000]).Value, 1.2e-7);
    }

    [Fact]
    public void OneNumberHasNoInterval() =>
        Assert.Equal(new StreamEstimate(7, double.NaN, double.NegativeInfinity, double.PositiveInfinity, 1), Of(new StreamingMean(), [7]));

    [Theory]
    [MemberData(nameof(All))]
    public void EqualNumbersHaveNoError(string name)
    {
        StreamEstimate found = Of(Make(name), [.. Enumerable.Repeat(3.0, 10_000)]);
        Assert.Equal((name is "variance" ? 0.0 : 3.0, 0.0), (found.Value, found.StandardError));
    }

    [Fact]
    public void HalfOfTheNumbersEqualLeaveNoScale()
    {
        ArgumentException e = Assert.Throws<ArgumentException>(() => Of(new StreamingHuber(), [1, 1, 1, 5, 9]));
        Assert.Contains("At least half of the first 5 numbers are 1", e.Message, StringComparison.Ordinal);
        Assert.Equal(5, Of(StreamingHuber.WithThreshold(2), [1, 1, 1, 5, 9]).Rows);
    }

    [Theory]
    [MemberData(nameof(All))]
    public void ANumberThatIsNotFiniteIsRefusedWithItsPlace(string name)
    {
        StreamingEstimator one = Make(name);
        double[] x = Normal(5_000);
        x[4_700] = double.NaN;
        Assert.Contains("Number 4701 of the stream is NaN",
            Assert.Throws<ArgumentException>(() => one.Add(x)).Message, StringComparison.Ordinal);
        Assert.Equal(4_700, one.Count);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(0.5)]
    [InlineData(double.NaN)]
    public void SharesThatLeaveNothingOrTrimNothingAreRefused(double share) =>
        Assert.Contains("must lie in (0, 0.5)",
            Assert.Throws<ArgumentOutOfRangeException>(() => new StreamingTrimmedMean(share)).Message, StringComparison.Ordinal);
}
