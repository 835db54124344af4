using Descent.Approximation;
using Descent.Numerics;
using Descent.Oracles;
using Descent.StepSizes;
using Xunit;

namespace Descent.Tests.Approximation;

public class RootTests
{
    [Fact]
    public void TheDoseOfNinetyPercentIsFound()
    {
        RobbinsMonroProcedure probit = new() { Level = 0.9, Gain = new Power(4, 2.0 / 3) };
        RootEstimate found = probit.Run(new Dose(), [0], 200_000, new Draws(5));
        // Φ⁻¹(0.9); σ²/M′² = 0.09/φ(1.2816)² = 2.922, so four standard errors of 200 000 are 0.0153.
        Assert.InRange(found.Average[0] - 1.2815515655, -0.0153, 0.0153);
        // An order of magnitude: √(2.922/200000) = 0.00382.
        Assert.InRange(found.Batches[0].StandardError, 0.0025, 0.0055);
    }

    [Theory]
    [InlineData(2.0, 100)]
    [InlineData(0.3, 100)]
    public void TheVarianceOfALinearSearchIsThatOfTheExactRecursion(double c, int steps)
    {
        // V ← (1 − c/n)²V + c²/n², M = θ, σ = 1, V₁ = 4 from the start 2 (P
        // 19.6); second moments of 4 000 chains within four standard errors.
        double exact = 4, measured = 0;
        for (int n = 1; n <= steps; n++) exact = ((1 - (c / n)) * (1 - (c / n)) * exact) + (c * c / n / n);
        RobbinsMonroProcedure search = new() { Gain = new Power(c, 1) };
        for (ulong seed = 0; seed < 4_000; seed++)
            measured += Math.Pow(search.Run(new Line(), [2], steps, new Draws(seed)).Last[0], 2) / 4_000;
        Assert.InRange(measured / exact, 1 - (4 * Math.Sqrt(2.0 / 4_000)), 1 + (4 * Math.Sqrt(2.0 / 4_000)));
    }

    [Fact]
    public void IntervalsByRandomScalingCover()
    {
        int covered = 0;
        double c = RandomScaling.CriticalValue(0.95);
        RobbinsMonroProcedure search = new();
        for (ulong seed = 0; seed < 500; seed++)
        {
            RootEstimate found = search.Run(new Line(), [0], 2_000, new Draws(seed, 7));
            if (Math.Abs(found.Average[0]) <= c * found.Scalings[0].Scale) covered++;
        }
        // 95 % less and more four standard errors of 500 repetitions.
        Assert.InRange(covered / 500.0, 0.911, 0.989);
    }

    [Fact]
    public void CriticalValuesAreThoseOfTheTable()
    {
        // Abadir and Paruolo 1997, table 1, 95 % and 97.5 % of the one-sided law.
        Assert.Equal(5.323, RandomScaling.CriticalValue(0.90), 0.002);
        Assert.Equal(6.747, RandomScaling.CriticalValue(0.95), 0.002);
    }

    [Fact]
    public void TheScaleIsTheSumOfItsDefinition()
    {
        double[] path = [3, 5, 4, 8, 1];
        RandomScaling scaling = new();
        foreach (double x in path) scaling.Add(x);
        double mean = path.Average(), v = 0;
        for (int s = 1; s <= 5; s++) v += Math.Pow(s * (path.Take(s).Average() - mean), 2) / 25;
        Assert.Equal(Math.Sqrt(v / 5), scaling.Scale, 1e-12);
        Assert.Equal(4.2, scaling.Average, 1e-12);
    }

    [Fact]
    public void AGainThatIsNotOfRobbinsAndMonroIsRefusedUnlessForced()
    {
        Assert.Throws<ArgumentException>(
            () => new RobbinsMonroProcedure { Gain = new Constant(0.1) }.Run(new Line(), [0], 10, new Draws(1)));
        Assert.Equal(10, new RobbinsMonroProcedure { Gain = new Constant(0.1), Force = true }.Run(new Line(), [0], 10, new Draws(1)).Steps);
    }

    [Fact]
    public void AFallingFunctionNeedsTheOtherSign()
    {
        RootEstimate found = new RobbinsMonroProcedure { Decreasing = true }.Run(new Line(-1), [1], 20_000, new Draws(2));
        Assert.InRange(found.Average[0], -0.03, 0.03);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void TheMinimumIsFoundFromNoisyValuesAlone(bool simultaneous)
    {
        KieferWolfowitz search = new() { Simultaneous = simultaneous, Gain = new Power(0.5, 0.9) };
        RootEstimate found = search.Run(new Bowl(), [4, 4], 20_000, new Draws(3));
        Assert.InRange(found.Last[0], 0.9, 1.1);
        Assert.InRange(found.Last[1], -2.1, -1.9);
    }

    // y = 1{Z ≤ θ}: E y = Φ(θ).
    sealed class Dose : IRootOracle
    {
        public int Dimension => 1;

        public void Observe(ReadOnlySpan<double> theta, Sample sample, Span<double> y) =>
            y[0] = new Draws(sample.Key, (ulong)sample.First).NextNormal() <= theta[0] ? 1 : 0;
    }

    sealed class Line(double slope = 1) : IRootOracle
    {
        public int Dimension => 1;

        public void Observe(ReadOnlySpan<double> theta, Sample sample, Span<double> y) =>
            y[0] = (slope * theta[0]) + new Draws(sample.Key, (ulong)sample.First).NextNormal();
    }

    sealed class Bowl : INoisyValue
    {
        public int Dimension => 2;

        public double Value(ReadOnlySpan<double> w, Sample sample) =>
            (0.5 * (w[0] - 1) * (w[0] - 1)) + ((w[1] + 2) * (w[1] + 2)) + (0.1 * new Draws(sample.Key, (ulong)sample.First).NextNormal());
    }
}
