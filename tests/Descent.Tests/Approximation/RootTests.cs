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

    // The average of a linear search has an exact variance too: with V = Var θ, C = Cov(θ, S), W = Var S, S the sum of the path,
    // V ← (1 − a)²V + a², C ← (1 − a)C + V, W ← W + 2(1 − a)C + V. It is σ²/(nM′²) to first order.
    [Fact]
    public void TheVarianceOfTheAverageIsExactAndNearTheBestThereIs()
    {
        const int Chains = 1_000, Steps = 500;
        double v = 0, c = 0, w = 0, measured = 0;
        for (int n = 1; n <= Steps; n++)
        {
            double a = Math.Pow(n, -2.0 / 3);
            double cross = (1 - a) * c;
            v = ((1 - a) * (1 - a) * v) + (a * a);
            c = cross + v;
            w += (2 * cross) + v;
        }
        double exact = w / Steps / Steps;
        Assert.InRange(exact * Steps, 1, 1.25);
        for (ulong seed = 0; seed < Chains; seed++)
            measured += Math.Pow(new RobbinsMonroProcedure().Run(new Line(), [0], Steps, new Draws(seed, 3)).Average[0], 2) / Chains;
        Assert.InRange(measured / exact, 1 - (3 * Math.Sqrt(2.0 / Chains)), 1 + (3 * Math.Sqrt(2.0 / Chains)));
    }

    // A linear pair on two time scales, x with (n+1)^(−0.9), y with (n+1)^(−0.6): E(θ, θᵀ) obeys V ← (I − DA)V(I − DA)ᵀ + DD exactly, D the
    // two gains, unit noise in each. Konda and Tsitsiklis (2004), theorem 2.6: V_xx/aₙ → Γ/(2Δ), Δ = a₁₁ − a₁₂a₂₁/a₂₂, Γ = 1 + (a₁₂/a₂₂)²;
    // that aₙ falls meanwhile takes 0.9·n^(−0.1) from 2Δ.
    [Fact]
    public void TwoTimeScalesHaveTheCovarianceOfTheExactRecursion()
    {
        const int Chains = 3_000, Steps = 300;
        (double xx, double xy, double yy) = Recursion(Steps, 4, 0, 0);
        RobbinsMonroProcedure search = new() { Gains = [new Power(1, 0.9), new Power(1, 0.6)] };
        (double X, double Y)[] ends = [.. Enumerable.Range(0, Chains).Select(seed =>
        {
            double[] last = search.Run(new Pair(), [2, 0], Steps, new Draws((ulong)seed, 7)).Last.ToArray();
            return (last[0], last[1]);
        })];
        double tolerance = 4 * Math.Sqrt(2.0 / Chains);
        Assert.InRange(ends.Average(e => e.X * e.X) / xx, 1 - tolerance, 1 + tolerance);
        Assert.InRange(ends.Average(e => e.Y * e.Y) / yy, 1 - tolerance, 1 + tolerance);
        Assert.InRange(ends.Average(e => e.X * e.Y), xy - (tolerance * Math.Sqrt(xx * yy)), xy + (tolerance * Math.Sqrt(xx * yy)));
        const long Long = 1_000_000;
        Assert.Equal(1.25 / (3 - (0.9 * Math.Pow(Long, -0.1))), Recursion(Long, 4, 0, 0).XX / Math.Pow(Long, -0.9), 0.01);

        static (double XX, double XY, double YY) Recursion(long steps, double xx, double xy, double yy)
        {
            for (long n = 1; n <= steps; n++)
            {
                double a = Math.Pow(n, -0.9), b = Math.Pow(n, -0.6), p = 1 - a, q = -a, r = b, s = 1 - (2 * b);
                (xx, xy, yy) = ((p * p * xx) + (2 * p * q * xy) + (q * q * yy) + (a * a), (p * r * xx) + (((p * s) + (q * r)) * xy)
                    + (q * s * yy), (r * r * xx) + (2 * r * s * xy) + (s * s * yy) + (b * b));
            }
            return (xx, xy, yy);
        }
    }

    [Fact]
    public void GainsThatDoNotFitAreRefused()
    {
        Assert.Equal("The function has 2 coordinates and 1 gains; expected one for each.", Assert.Throws<ArgumentException>(() =>
            new RobbinsMonroProcedure { Gains = [new Power(1, 0.9)] }.Run(new Pair(), [0, 0], 1, new Draws(1))).Message);
        Assert.Contains("not one of Robbins and Monro", Assert.Throws<ArgumentException>(() => new RobbinsMonroProcedure
        {
            Gains = [new Power(1, 0.9), new Power(1, 0.4)],
        }.Run(new Pair(), [0, 0], 1, new Draws(1))).Message, StringComparison.Ordinal);
    }

    // c below 1/(2M′): the start is forgotten as n^(−cM′) alone. E θ = 2Π(1 − c/k) → 2n^(−c)/Γ(1 − c), Γ(0.7) = 1.298055.
    [Fact]
    public void AGainTooSmallForgetsItsStartSlowly()
    {
        const int Chains = 1_000, Steps = 1_600;
        double mean = 2, variance = 0, measured = 0;
        for (int n = 1; n <= Steps; n++)
        {
            mean *= 1 - (0.3 / n);
            variance = ((1 - (0.3 / n)) * (1 - (0.3 / n)) * variance) + (0.09 / n / n);
        }
        Assert.Equal(2 * Math.Pow(Steps, -0.3) / 1.298055, mean, 1e-4);
        RobbinsMonroProcedure search = new() { Gain = new Power(0.3, 1) };
        for (ulong seed = 0; seed < Chains; seed++) measured += search.Run(new Line(), [2], Steps, new Draws(seed, 5)).Last[0] / Chains;
        Assert.InRange((measured - mean) / Math.Sqrt(variance / Chains), -3, 3);
    }

    [Fact]
    public void IntervalsByRandomScalingCover()
    {
        int covered = 0;
        double c = RandomScaling.CriticalValue(0.95);
        // The law of the scale is that of a long path: gains that forget fast come near it sooner.
        RobbinsMonroProcedure search = new() { Gain = new Power(2, 0.51) };
        for (ulong seed = 0; seed < 2_000; seed++)
        {
            RootEstimate found = search.Run(new Line(), [0], 1_000, new Draws(seed, 7));
            if (Math.Abs(found.Average[0]) <= c * found.Scalings[0].Scale) covered++;
        }
        Assert.InRange(covered / 2_000.0, 0.93, 0.97);
    }

    // M(θ) = Aθ, A of positive real part and not symmetric, level (1, 1): the root A⁻¹(1, 1) = (0.3, 0.4). The average has the covariance
    // A⁻¹A⁻ᵀ/n to first order: (0.2, 0.2)/n on its diagonal, so that 0.03 is more than four standard errors.
    [Fact]
    public void ARootInThePlaneIsFound()
    {
        RootEstimate found = new RobbinsMonroProcedure { Level = 1 }.Run(new Turned(), [3, -3], 4_000, new Draws(6));
        Assert.InRange(found.Average[0] - 0.3, -0.03, 0.03);
        Assert.InRange(found.Average[1] - 0.4, -0.03, 0.03);
    }

    // y = θ³ grows faster than the gain allows: from 3 the search runs away, and says so; growing sets bring it back.
    [Fact]
    public void GrowingSetsBringBackWhatRunsAway()
    {
        RobbinsMonroProcedure search = new() { Gain = new Power(1, 1) };
        Assert.Contains("growing sets", search.Run(new Cube(), [3], 5_000, new Draws(1)).Failure, StringComparison.Ordinal);
        RootEstimate found = (search with { GrowingRadius = 4 }).Run(new Cube(), [3], 5_000, new Draws(1));
        Assert.Null(found.Failure);
        Assert.InRange(found.Last[0], -0.7, 0.7);
    }

    // Kesten: without a change of sign the gain stays what it was, θ ← (1 − ½)θ for good; counted steps would leave 2⁴⁰ times as much.
    [Fact]
    public void KestensGainWaitsForAChangeOfSign()
    {
        RobbinsMonroProcedure search = new() { Gain = new Power(0.5, 1), CountsSignChanges = true };
        Assert.Equal(1000 * Math.Pow(0.5, 40), search.Run(new Line(noise: 0), [1000], 40, new Draws(1)).Last[0], 1e-15);
        // With noise about the root it settles: the gain falls with the crossings.
        Assert.InRange(search.Run(new Line(), [1000], 20_000, new Draws(1)).Last[0], -0.1, 0.1);
        Assert.Contains("of one sign", Assert.Throws<ArgumentException>(() => search.Run(new Turned(), [1, 1], 5, new Draws(1))).Message,
            StringComparison.Ordinal);
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

    sealed class Line(double slope = 1, double noise = 1) : IRootOracle
    {
        public int Dimension => 1;

        public void Observe(ReadOnlySpan<double> theta, Sample sample, Span<double> y) =>
            y[0] = (slope * theta[0]) + (noise * new Draws(sample.Key, (ulong)sample.First).NextNormal());
    }

    sealed class Turned : IRootOracle
    {
        public int Dimension => 2;

        public void Observe(ReadOnlySpan<double> theta, Sample sample, Span<double> y)
        {
            Draws draws = new(sample.Key, (ulong)sample.First);
            y[0] = (2 * theta[0]) + theta[1] + draws.NextNormal();
            y[1] = (2 * theta[1]) - theta[0] + draws.NextNormal() + 0.5;
        }
    }

    // x + y and 2y − x, each with unit noise.
    sealed class Pair : IRootOracle
    {
        public int Dimension => 2;

        public void Observe(ReadOnlySpan<double> theta, Sample sample, Span<double> y)
        {
            Draws draws = new(sample.Key, (ulong)sample.First);
            y[0] = theta[0] + theta[1] + draws.NextNormal();
            y[1] = (2 * theta[1]) - theta[0] + draws.NextNormal();
        }
    }

    sealed class Cube : IRootOracle
    {
        public int Dimension => 1;

        public void Observe(ReadOnlySpan<double> theta, Sample sample, Span<double> y) =>
            y[0] = (theta[0] * theta[0] * theta[0]) + new Draws(sample.Key, (ulong)sample.First).NextNormal();
    }

    sealed class Bowl : INoisyValue
    {
        public int Dimension => 2;

        public double Value(ReadOnlySpan<double> w, Sample sample) =>
            (0.5 * (w[0] - 1) * (w[0] - 1)) + ((w[1] + 2) * (w[1] + 2)) + (0.1 * new Draws(sample.Key, (ulong)sample.First).NextNormal());
    }
}
