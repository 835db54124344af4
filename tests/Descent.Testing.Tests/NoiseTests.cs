using Descent.Testing;

namespace Descent.Testing.Tests;

/// <summary>Noise has mean 0 and the stated variance, and is the same for the same sample.</summary>
public class NoiseTests
{
    const int Draws = 40_000;

    static Sample At(long first, int count = 1) => new(SampleOrder.Replacement, 2024, first, count);

    // At w = 0 the exact gradient is 0, so that what is left is the noise.
    static (double Mean, double Variance) Moments(IStochasticOracle<double> oracle, int count)
    {
        double[] w = new double[oracle.Dimension], g = new double[oracle.Dimension], sum = new double[oracle.Dimension];
        double squares = 0;
        for (int k = 0; k < Draws; k++)
        {
            oracle.Gradient(w, At((long)k * count, count), g);
            for (int i = 0; i < g.Length; i++)
            {
                sum[i] += g[i];
                squares += g[i] * g[i];
            }
        }
        return (sum.Max(s => Math.Abs(s / Draws)), squares / Draws);
    }

    // Four standard errors: of a mean σ/√N, of a variance of normals σ⁴(2/d)/N, of a rare noise σ⁴(1/p − 1)/N, all as roots.
    [Theory]
    [InlineData(NoiseKind.Normal, 1)]
    [InlineData(NoiseKind.Normal, 4)]
    [InlineData(NoiseKind.Sign, 1)]
    [InlineData(NoiseKind.Rare, 1)]
    public void Moments_are_as_stated(NoiseKind kind, int count)
    {
        const double Sigma = 1.5;
        NoisyOracle noisy = new(new Quadratic<double>([1, 2, 3]), Sigma, kind);
        double variance = Sigma * Sigma / count;
        double spread = kind switch { NoiseKind.Rare => Math.Sqrt(1 / 0.02), NoiseKind.Sign => 1e-9, _ => Math.Sqrt(2.0 / 3) };
        var (mean, found) = Moments(noisy, count);
        Assert.InRange(mean, 0, 4 * Math.Sqrt(variance / Draws));
        Assert.InRange(found, variance * (1 - (4 * spread / Math.Sqrt(Draws))), variance * (1 + (4 * spread / Math.Sqrt(Draws))));
    }

    // Variance σ² in each of 3 coordinates, over a batch of 2.
    [Fact]
    public void A_noisy_quadratics_variance_is_of_every_coordinate()
    {
        var (mean, found) = Moments(new NoisyQuadratic<double>([1, 2, 3], 0.7), 2);
        double variance = 3 * 0.49 / 2;
        Assert.InRange(mean, 0, 4 * Math.Sqrt(0.49 / 2 / Draws));
        Assert.InRange(found, variance * (1 - (4 * Math.Sqrt(2.0 / 3 / Draws))), variance * (1 + (4 * Math.Sqrt(2.0 / 3 / Draws))));
    }

    [Fact]
    public void The_same_sample_has_the_same_noise_and_another_sample_another()
    {
        NoisyOracle noisy = new(new Quadratic<double>([1, 2]), 1);
        double[] Noise(Sample s)
        {
            double[] g = new double[2];
            noisy.Gradient([0, 0], s, g);
            return g;
        }
        Assert.Equal(Noise(At(7)), Noise(At(7)));
        Assert.NotEqual(Noise(At(7)), Noise(At(8)));
        Assert.NotEqual(Noise(At(7)), Noise(At(7) with { Key = 1 }));
        Assert.Equal((Noise(At(7))[0] + Noise(At(8))[0]) / 2, Noise(At(7, 2))[0], 1e-15);
    }
}
