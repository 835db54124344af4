using Descent.Algorithms;
using Descent.Latent;
using Descent.Mixtures.Laws;
using Descent.Mixtures.Search;
using Descent.Numerics;
using Descent.Oracles;
using Descent.Runs;
using Descent.StepSizes;

namespace Descent.Mixtures.Tests.Latent;

public class LatentObjectiveTests
{
    static double[] Rows => GaussianMixtureTests.Read("faithful.csv");

    static FiniteMixture Model { get; } = new(new NormalLaw(Rows, 2), 2);

    static double[] Away()
    {
        double[] theta = [0.5, 0.5, 4, 75, 1, 100, 2.5, 60, 0.5, 60], w = new double[Model.Coordinates];
        Model.ToCoordinates(theta, w);
        return w;
    }

    // scikit-learn 1.2, GaussianMixture(2, covariance_type = "diag", reg_covar = 0): −1147.806352538.
    [Fact]
    public void Normal_columns_are_the_diagonal_mixture()
    {
        MixtureFit fit = MixtureSearch.Run(Model, new MixtureOptions(4)), other = MixtureSearch.Run(new GaussianMixture(Rows, 2, 2,
            CovarianceShape.Diagonal), new MixtureOptions(4));
        Assert.Equal(-1147.806352538, fit.LogLikelihood, 7);
        Assert.Equal(other.Theta![..6], fit.Theta![..2].Concat(fit.Theta[2..4]).Concat(fit.Theta[6..8]).ToArray(), (a,
            b) => Math.Abs(a - b) < 1e-6);
        Assert.Equal(other.Certificate!.StandardErrors[2], fit.Certificate!.StandardErrors[2], 1e-7);
    }

    [Fact]
    public void Coordinates_lead_there_and_back()
    {
        double[] theta = new double[Model.Parameters];
        Model.FromCoordinates(Away(), theta);
        Assert.Equal([0.5, 0.5, 4, 75, 1, 100, 2.5, 60, 0.5, 60], theta, (a, b) => Math.Abs(a - b) < 1e-12 * Math.Abs(b));
    }

    // Fisher's identity: the enumerated complete-data score against differences of the likelihood.
    [Fact]
    public void The_enumerated_score_is_the_slope()
    {
        LatentObjective objective = new(Model);
        double[] w = Away(), g = new double[w.Length];
        Assert.Equal(objective.Value(w), objective.Gradient(w, g), 14);
        for (int i = 0; i < w.Length; i++)
        {
            double old = w[i];
            w[i] = old + 1e-5;
            double up = objective.Value(w);
            w[i] = old - 1e-5;
            double down = objective.Value(w);
            w[i] = old;
            Assert.Equal((up - down) / 2e-5, g[i], 1e-8 * (1 + Math.Abs(g[i])));
        }
    }

    // Drawn z: unbiased, and in the share's coordinate the variance Σ r(1 − r)/n² of the indicators; enumerated z over all rows has none.
    [Fact]
    public void Drawn_scores_are_unbiased_and_have_the_posterior_variance()
    {
        LatentObjective drawn = new(Model), exact = new(Model, draws: false);
        double[] w = Away(), theta = new double[Model.Parameters], g = new double[w.Length], mean = new double[w.Length],
            full = new double[w.Length], squares = new double[w.Length];
        double[] shares = new double[2 * 272];
        Model.FromCoordinates(w, theta);
        Model.Responsibilities(theta, shares);
        exact.Gradient(w, full);
        const int Times = 4000;
        for (int t = 0; t < Times; t++)
        {
            Sample all = new(SampleOrder.Sequential, (ulong)t, 0, 272);
            drawn.Gradient(w, all, g);
            for (int i = 0; i < g.Length; i++)
            {
                mean[i] += g[i] / Times;
                squares[i] += (g[i] - full[i]) * (g[i] - full[i]) / Times;
            }
            exact.Gradient(w, all, g);
            Assert.Equal(full, g);
        }
        for (int i = 0; i < g.Length; i++) Assert.Equal(full[i], mean[i], 3.5 * Math.Sqrt(squares[i] / Times));
        double variance = Enumerable.Range(0, 272).Sum(i => shares[2 * i] * shares[(2 * i) + 1]) / (272.0 * 272);
        // A variance of 4000 draws is known to √(2/4000) = 2.2 %.
        Assert.Equal(1, squares[0] / variance, 0.08);
    }

    // The mean over rows and draws: enumerating z (Rao and Blackwell) never has more variance.
    [Fact]
    public void Enumeration_lowers_the_variance_of_mini_batches()
    {
        double[] w = Away(), full = new double[w.Length];
        LatentObjective drawn = new(Model), enumerated = new(Model, draws: false);
        enumerated.Gradient(w, full);
        double[] a = Spread(drawn), b = Spread(enumerated);
        for (int i = 0; i < w.Length; i++) Assert.True(b[i] < a[i], $"coordinate {i}: {b[i]} against {a[i]}");

        double[] Spread(LatentObjective objective)
        {
            double[] g = new double[w.Length], squares = new double[w.Length];
            for (int t = 0; t < 4000; t++)
            {
                objective.Gradient(w, new Sample(SampleOrder.Replacement, 5, 8 * t, 8), g);
                for (int i = 0; i < g.Length; i++) squares[i] += (g[i] - full[i]) * (g[i] - full[i]);
            }
            return squares;
        }
    }

    [Fact]
    public void Stochastic_gradients_with_drawn_z_come_to_the_maximum_of_EM()
    {
        RunResult<double> run = Problem.Of(new LatentObjective(Model)).Minimize(
            Methods.Average<double, IStochasticOracle<double>>(Methods.Sgd(new Power(0.5, 0.6), new Sampling(Batch: 8)),
                new Averaging(AverageKind.Polynomial, 8)),
            new RunOptions<double> { MaxSteps = 30_000, Start = Away(), TraceEvery = 10_000 });
        double[] theta = new double[Model.Parameters];
        Model.FromCoordinates(run.Point.ToArray(), theta);
        Assert.InRange(-1147.806352538 - new EmMap(Model).Merit(theta), -1e-7, 0.1);
    }
}
