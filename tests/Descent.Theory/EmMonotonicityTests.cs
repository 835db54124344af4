using System.Globalization;
using Descent.Latent;
using Descent.Maps;
using Descent.Mixtures;

namespace Descent.TheoryTests;

/// <summary>
/// M36: from any start EM raises the observed likelihood at every step, strictly while it moves. Old Faithful, all shapes of covariances,
/// two to five components, starts drawn from the parameter space and not by k-means++: a thousand in the slow tier (`eng/theory`), fifty in
/// the fast.
/// </summary>
public class EmMonotonicityTests
{
    static int Starts => Simulation.Repeats > 1000 ? 1000 : 50;

    [Fact]
    public void The_likelihood_rises_at_every_step_from_random_starts()
    {
        double[] rows = Rows();
        int steps = 0, spikes = 0;
        for (int run = 0; run < Starts; run++)
        {
            Draws draws = new((ulong)run, 36);
            int k = 2 + draws.NextIndex(4);
            GaussianMixture model = new(rows, 2, k, (CovarianceShape)draws.NextIndex(4));
            EmMap map = new(model);
            double[] theta = Start(model, rows, draws), image = new double[theta.Length];
            double log = map.MapWithMerit(theta, image);
            Assert.True(double.IsFinite(log), $"start {run} has no likelihood");
            for (int step = 0; step < 300; step++)
            {
                // A component may run onto one row, where there is no maximiser: the end of a start, and said.
                if (!model.IsValid(image))
                {
                    spikes++;
                    break;
                }
                double moved = model.Distance(theta, image), before = log;
                image.CopyTo(theta, 0);
                log = map.MapWithMerit(theta, image);
                Assert.True(log >= before - map.Rounding(log), $"start {run}, k = {k}, step {step}: ℓ falls from {before} to {log}");
                if (moved > 1e-4)
                    Assert.True(log > before, $"start {run}, k = {k}, step {step}: ℓ stays at {log} though θ moves by {moved}");
                steps++;
                if (moved < 1e-9) break;
            }
        }
        Assert.True(steps > 40 * Starts, $"{steps} steps");
        Assert.True(spikes < Starts / 5, $"{spikes} spikes");
    }

    // Shares from a flat law, means at rows that were drawn, covariances AAᵀ of normal draws in units of the columns; tied ones are equal.
    static double[] Start(GaussianMixture model, double[] rows, Draws draws)
    {
        int k = model.Components;
        double[] theta = new double[model.Parameters], unit = [1.14, 13.6];
        double sum = 0;
        for (int j = 0; j < k; j++) sum += theta[j] = -Math.Log(1 - draws.NextDouble());
        for (int j = 0; j < k; j++)
        {
            theta[j] /= sum;
            int row = draws.NextIndex(272);
            (theta[k + (2 * j)], theta[k + (2 * j) + 1]) = (rows[2 * row], rows[(2 * row) + 1]);
            Covariance(theta.AsSpan((3 * k) + (4 * j), 4));
        }
        return theta;

        void Covariance(Span<double> c)
        {
            double a = 0.3 + Math.Abs(draws.NextNormal()), b = 0.5 * draws.NextNormal(), d = 0.3 + Math.Abs(draws.NextNormal());
            if (model.Shape is CovarianceShape.Diagonal or CovarianceShape.Spherical) b = 0;
            (double xx, double xy, double yy) = (a * a, a * b, (b * b) + (d * d));
            (c[0], c[1], c[2], c[3]) = (xx * unit[0] * unit[0], xy * unit[0] * unit[1], xy * unit[0] * unit[1], yy * unit[1] * unit[1]);
            if (model.Shape == CovarianceShape.Spherical) c[0] = c[3];
        }
    }

    static double[] Rows() => [.. File.ReadLines(Path.Combine(AppContext.BaseDirectory, "faithful.csv"))
        .SelectMany(l => l.Split(',')).Where(f => double.TryParse(f, CultureInfo.InvariantCulture, out _))
        .Select(f => double.Parse(f, CultureInfo.InvariantCulture))];
}
