using Descent.Diffusions;
using Descent.Numerics;
using Descent.Testing;
using Xunit;

namespace Descent.Tests.Diffusions;

public class DiffusionTests
{
    [Fact]
    public void OneDimensionHasTheVariancesOfTheClosedForms()
    {
        // ησ²/(2h) and ησ²/(h(2 − ηh)) at h = σ = 1, η = 0.1.
        Assert.Equal(0.05, StationaryCovariance.OfDiffusion([1], [1], 1, 0.1)[0], 1e-14);
        Assert.Equal(0.1 / 1.9, StationaryCovariance.OfSgd([1], [1], 1, 0.1)[0], 1e-14);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void TheCovarianceSolvesItsEquation(bool sgd)
    {
        double[] a = [2, 0.5, 0.5, 1], noise = [1, -0.3, -0.3, 2];
        double eta = 0.2;
        double[] s = sgd ? StationaryCovariance.OfSgd(a, noise, 2, eta) : StationaryCovariance.OfDiffusion(a, noise, 2, eta);
        double[] left = Times(a, s), right = Times(s, a), both = Times(left, a);
        for (int i = 0; i < 4; i++) Assert.Equal(eta * noise[i], left[i] + right[i] - (sgd ? eta * both[i] : 0), 1e-13);
    }

    [Fact]
    public void AStepTooLongHasNoStationaryLaw() => Assert.Throws<ArgumentException>(() => StationaryCovariance.OfSgd([4], [1], 1, 0.5));

    [Fact]
    public void TheModifiedDriftOfAQuadraticIsItsClosedForm()
    {
        double[] g = new double[2];
        new ModifiedDrift(new Quadratic<double>([3, 1]), 0.1).Gradient([2, -1], g);
        // h + (η/2)h² times x.
        Assert.Equal(6.9, g[0], 1e-8);
        Assert.Equal(-1.05, g[1], 1e-8);
    }

    [Theory]
    [InlineData(0.2)]
    [InlineData(0.1)]
    public void TheMeanOfTheModifiedEquationIsNearerByAnOrder(double eta)
    {
        // Means without noise: SGD (1 − η)^n, the diffusion e^{−ηn}, the modified one e^{−(η + η²/2)n}; at ηn = 1.
        int n = (int)Math.Round(1 / eta);
        double sgd = Math.Pow(1 - eta, n), plain = Mean(false), modified = Mean(true);
        // First order: η/2·e^{−1}; second: η²/3·e^{−1}; each to a third.
        Assert.InRange((plain - sgd) / (eta / 2 * Math.Exp(-1)), 0.7, 1.5);
        Assert.InRange((modified - sgd) / (eta * eta / 3 * Math.Exp(-1)), 0.7, 1.5);

        double Mean(bool second)
        {
            Quadratic<double> f = new([1]);
            EulerMaruyama path = new(second ? new ModifiedDrift(f, eta) : f, [1], eta, [0], 1e-5, new Draws(1));
            path.Advance(100_000);
            return path.Point[0];
        }
    }

    [Fact]
    public void TheNoiseOfAPathHasTheCovarianceOfItsFactor()
    {
        double sum = 0, cross = 0;
        EulerMaruyama path = new(new Quadratic<double>([1, 1]), [0, 0], 0.5,
            (_, xi, kick) => (kick[0], kick[1]) = (xi[0], (0.6 * xi[0]) + (0.8 * xi[1])), 0.05, new Draws(8));
        path.Advance(500);
        for (int t = 0; t < 40_000; t++)
        {
            path.Advance(5);
            sum += path.Point[0] * path.Point[0] / 40_000;
            cross += path.Point[0] * path.Point[1] / 40_000;
        }
        // η/2 = 0.25 for the diffusion, and 2/(2 − h) of it for its discrete steps; four standard errors of about 5 000 independent values.
        Assert.InRange(sum / (0.25 / 0.975), 0.92, 1.08);
        Assert.InRange(cross / (0.6 * 0.25 / 0.975), 0.9, 1.1);
    }

    static double[] Times(double[] a, double[] b) =>
        [(a[0] * b[0]) + (a[1] * b[2]), (a[0] * b[1]) + (a[1] * b[3]), (a[2] * b[0]) + (a[3] * b[2]), (a[2] * b[1]) + (a[3] * b[3])];
}
