using System.Globalization;
using Descent.Mixtures.Search;
using Descent.Numerics;
using Descent.Runs;

namespace Descent.Mixtures.Tests.Search;

public class MixtureSearchTests
{
    static double[] Iris() =>
        [.. File.ReadLines(Path.Combine(AppContext.BaseDirectory, "iris.csv")).Skip(1)
            .SelectMany(l => l.Split(',')[..4]).Select(w => double.Parse(w, CultureInfo.InvariantCulture))];

    static double[] Faithful { get; } = GaussianMixtureTests.Read("faithful.csv");

    // scikit-learn 1.2, GaussianMixture(2, reg_covar = 0): weights and means of the larger component first.
    [Theory]
    [InlineData(MixtureMethod.Em)]
    [InlineData(MixtureMethod.Squarem)]
    [InlineData(MixtureMethod.Anderson)]
    public void Old_Faithful_is_the_reference_by_every_method(MixtureMethod method)
    {
        MixtureFit fit = MixtureSearch.Run(new GaussianMixture(Faithful, 2, 2), new MixtureOptions(3, method));
        Assert.Equal(-1130.263960185, fit.LogLikelihood, 7);
        Assert.Equal([0.6441271422818, 0.3558728577182, 4.289661974415, 79.96811518979, 2.036388456111, 54.47851639196], fit.Theta![..6],
            new Close(1e-6));
        Assert.Equal(OutcomeKind.Converged, fit.Outcome.Kind);
        Assert.Equal(3, fit.Agreeing);
    }

    // p = 11, n = 272: BIC = 11 log 272 + 2 · 1130.263960185 by hand.
    [Fact]
    public void Criteria_are_their_formulas()
    {
        MixtureFit fit = MixtureSearch.Run(new GaussianMixture(Faithful, 2, 2), new MixtureOptions(1));
        Assert.Equal(2260.52792037 + 22, fit.Aic, 5);
        Assert.Equal(2260.52792037 + (11 * Math.Log(272)), fit.Bic, 5);
        double entropy = fit.Responsibilities.Where(r => r > 0).Sum(r => -r * Math.Log(r));
        Assert.Equal(fit.Bic + (2 * entropy), fit.Icl, 9);
    }

    // One component: the errors of a normal sample in closed form, σ/√n for the mean and σ/√(2n) for the standard deviation.
    [Fact]
    public void Standard_errors_of_one_component_are_the_closed_form()
    {
        double[] x = Samples.Galaxies;
        MixtureFit fit = MixtureSearch.Run(new GaussianMixture(x, 1, 1), new MixtureOptions(1));
        double mean = x.Average(), sd = Math.Sqrt(x.Average(v => (v - mean) * (v - mean)));
        LocalCertificate c = fit.Certificate!;
        Assert.Equal([1, mean, sd], c.Quantities, new Close(1e-9));
        Assert.Equal([0, sd / Math.Sqrt(82), sd / Math.Sqrt(164)], c.StandardErrors, new Close(1e-7));
        // In the coordinates of the certificate the Hessian of a normal sample is diag(−n, −2n).
        Assert.Equal(-82, c.LargestEigenvalue, 4);
        Assert.InRange(c.Shortfall, 0, 1e-15);
    }

    // One component in two dimensions: the error of a covariance in closed form, √((σ₁₁σ₂₂ + σ₁₂²)/n).
    [Theory]
    [InlineData(CovarianceShape.Full)]
    [InlineData(CovarianceShape.Tied)]
    public void The_error_of_a_covariance_of_one_component_is_the_closed_form(CovarianceShape shape)
    {
        double[] x = Faithful;
        LocalCertificate c = MixtureSearch.Run(new GaussianMixture(x, 2, 1, shape), new MixtureOptions(1)).Certificate!;
        double a = Enumerable.Range(0, 272).Average(i => x[2 * i]), b = Enumerable.Range(0, 272).Average(i => x[(2 * i) + 1]);
        double aa = Enumerable.Range(0, 272).Average(i => (x[2 * i] - a) * (x[2 * i] - a));
        double bb = Enumerable.Range(0, 272).Average(i => (x[(2 * i) + 1] - b) * (x[(2 * i) + 1] - b));
        double ab = Enumerable.Range(0, 272).Average(i => (x[2 * i] - a) * (x[(2 * i) + 1] - b));
        Assert.Equal(6, c.Quantities.Count);
        Assert.Equal(ab, c.Quantities[^1], 9);
        Assert.Equal(Math.Sqrt(((aa * bb) + (ab * ab)) / 272), c.StandardErrors[^1], 6);
    }

    // What is told of steps is what the starts keep; the iterates are points with these likelihoods.
    [Fact]
    public void Steps_are_told_with_their_iterates()
    {
        GaussianMixture model = new(Samples.Galaxies, 1, 2);
        List<(int Start, double Log)> told = [];
        MixtureFit fit = MixtureSearch.Run(model, new MixtureOptions(2), onStep: (start, log, theta) =>
        {
            double[] at = theta.ToArray();
            Assert.Equal(Enumerable.Range(0, 82).Sum(i => model.LogDensity(at, i)), log, 8);
            told.Add((start, log));
        });
        Assert.Equal(fit.Starts.SelectMany(s => s.Trace.Select(l => (s.Number, l))), told);
    }

    // The gradient of the certificate against central differences of the likelihood itself, away from the optimum.
    [Theory]
    [InlineData(CovarianceShape.Full)]
    [InlineData(CovarianceShape.Tied)]
    [InlineData(CovarianceShape.Diagonal)]
    [InlineData(CovarianceShape.Spherical)]
    public void The_score_is_the_slope_of_the_likelihood(CovarianceShape shape)
    {
        GaussianMixture model = new(Faithful, 2, 2, shape);
        double[] theta = new double[model.Parameters], statistics = new double[model.Statistics];
        Assert.True(model.Start(new Draws(4), theta));
        LocalScore score = new(model, theta);
        Slopes.Check(score, at => model.Expect(score.At(at), 0, model.Count, statistics), 1e-4);
    }

    [Fact]
    public void At_the_optimum_the_certificate_says_so_and_on_the_way_it_does_not()
    {
        GaussianMixture model = new(Faithful, 2, 2);
        LocalCertificate there = MixtureSearch.Run(model, new MixtureOptions(1)).Certificate!;
        Assert.True(there.IsLocalMaximum);
        Assert.InRange(there.Shortfall, 0, 1e-10);
        // On the way the shortfall is what is still to be gained, to second order.
        int seen = 0;
        for (int passes = 4; passes < 12; passes++)
        {
            MixtureFit early = MixtureSearch.Run(model, new MixtureOptions(1, MostPasses: passes));
            double gap = -1130.263960185 - early.LogLikelihood;
            if (gap is > 1e-3 or < 1e-8) continue;
            seen++;
            Assert.Equal(OutcomeKind.AccuracyMissed, early.Outcome.Kind);
            Assert.InRange(early.Certificate!.Shortfall / gap, 0.95, 1.05);
        }
        Assert.True(seen >= 3);
    }

    // Two components in one place stand still under EM, with the likelihood of one.
    [Fact]
    public void Two_equal_components_are_no_local_maximum()
    {
        GaussianMixture model = new(Faithful, 2, 2);
        MixtureFit one = MixtureSearch.Run(new GaussianMixture(Faithful, 2, 1), new MixtureOptions(1));
        double[] theta = [0.5, 0.5, .. one.Theta![1..3], .. one.Theta[1..3], .. one.Theta[3..], .. one.Theta[3..]];
        LocalCertificate c = model.Certify(theta);
        // The gradient vanishes there, and the shares do not matter:
        // an eigenvalue of zero, and others above it since two components fit better than one.
        Assert.InRange(c.GradientNorm, 0, 1e-9);
        Assert.True(c.LargestEigenvalue > 1);
        Assert.False(c.IsLocalMaximum);
        Assert.Empty(c.StandardErrors);
    }

    // R: six components with free variances reach −186.867284 with a spike (s.d. 0.043): it is found and does not win.
    [Fact]
    public void A_spike_never_wins()
    {
        MixtureFit fit = MixtureSearch.Run(new GaussianMixture(Samples.Galaxies, 1, 6), new MixtureOptions(20));
        Assert.Equal(-186.867284, fit.Starts.Where(s => s.Degeneracy is not null).Max(s => s.LogLikelihood), 5);
        // More than three components reach, −203.1792280 by R.
        Assert.InRange(fit.LogLikelihood, -203.1792280, -186.8673);
        Assert.Null(((GaussianMixture)fit.Model).Degeneracy(fit.Theta));
    }

    // R: four components with free variances reach −197.4537638; most starts end at −202.161, the maximum of k-means' partition.
    [Fact]
    public void Galaxies_with_four_components_reach_the_reference()
    {
        MixtureFit fit = MixtureSearch.Run(new GaussianMixture(Samples.Galaxies, 1, 4), new MixtureOptions(40));
        Assert.Equal(-197.4537638, fit.LogLikelihood, 6);
        Assert.True(fit.Certificate!.IsLocalMaximum);
    }

    // scikit-learn 1.2, GaussianMixture(3, reg_covar = 0) on iris.
    [Fact]
    public void Iris_with_three_components_reaches_the_reference()
    {
        MixtureFit fit = MixtureSearch.Run(new GaussianMixture(Iris(), 4, 3), new MixtureOptions(20));
        Assert.Equal(-180.1854771, fit.LogLikelihood, 6);
    }

    [Fact]
    public void Components_come_by_their_shares_whatever_the_start()
    {
        for (ulong seed = 1; seed <= 8; seed++)
        {
            double[] theta = MixtureSearch.Run(new GaussianMixture(Faithful, 2, 2), new MixtureOptions(1, Seed: seed)).Theta!;
            Assert.Equal([0.6441271422818, 0.3558728577182, 4.289661974415], theta[..3], new Close(1e-6));
        }
    }

    [Fact]
    public void A_row_of_weight_two_counts_as_two_in_everything()
    {
        double[] x = Samples.Galaxies, weights = [.. x.Select((_, i) => 1.0 + (i % 2))];
        double[] twice = [.. x.SelectMany((v, i) => Enumerable.Repeat(v, 1 + (i % 2)))];
        double[] theta = [0.7, 0.3, 21, 20, 4, 25];
        GaussianMixture weighted = new(x, 1, 2, weights: weights), repeated = new(twice, 1, 2);
        Assert.Equal(repeated.Responsibilities(theta, new double[2 * twice.Length]),
            weighted.Responsibilities(theta, new double[2 * x.Length]), 9);
        Assert.Equal(repeated.TotalWeight, weighted.TotalWeight);
        LocalCertificate a = repeated.Certify(theta), b = weighted.Certify(theta);
        Assert.Equal(a.GradientNorm, b.GradientNorm, 9);
        Assert.Equal(a.LargestEigenvalue, b.LargestEigenvalue, 4);
    }

    // Extrapolations overshoot now and then: they are taken back, so the likelihood never falls by more than rounding.
    [Theory]
    [InlineData(MixtureMethod.Squarem)]
    [InlineData(MixtureMethod.Anderson)]
    public void Accelerated_steps_that_lower_the_likelihood_are_taken_back(MixtureMethod method)
    {
        MixtureFit fit = MixtureSearch.Run(new GaussianMixture(Samples.Galaxies, 1, 4), new MixtureOptions(30, method));
        Assert.True(fit.Starts.Sum(s => s.Fallbacks) > 0);
        foreach (MixtureStart s in fit.Starts)
            for (int i = 1; i < s.Trace.Count; i++) Assert.True(s.Trace[i] >= s.Trace[i - 1] - 1e-9, $"start {s.Number}, step {i}");
    }

    // Rows in shards of any length, six columns, against sums written out row by row.
    [Fact]
    public void The_expected_statistics_are_the_sums_over_the_rows()
    {
        const int N = 211, D = 6, K = 2, Own = 1 + D + (D * (D + 1) / 2);
        Draws draws = new(9);
        double[] x = [.. Enumerable.Range(0, N * D).Select(_ => draws.NextNormal())];
        GaussianMixture model = new(x, D, K);
        double[] theta = new double[model.Parameters], found = new double[model.Statistics], expected = new double[model.Statistics],
            r = new double[N * K];
        Assert.True(model.Start(new Draws(2), theta));
        double log = model.Expect(theta, 0, 77, found) + model.Expect(theta, 77, 101, found) + model.Expect(theta, 178, N - 178, found);
        Assert.Equal(Enumerable.Range(0, N).Sum(i => model.LogDensity(theta, i)), log, 8);
        model.Responsibilities(theta, r);
        double[] centre = [.. Enumerable.Range(0, D).Select(a => Enumerable.Range(0, N).Average(i => x[(i * D) + a]))];
        for (int i = 0; i < N; i++)
            for (int j = 0; j < K; j++)
            {
                double w = r[(i * K) + j];
                expected[j * Own] += w;
                for (int a = 0, at = 1 + D; a < D; a++)
                {
                    expected[(j * Own) + 1 + a] += w * (x[(i * D) + a] - centre[a]);
                    for (int b = a; b < D; b++, at++)
                        expected[(j * Own) + at] += w * (x[(i * D) + a] - centre[a]) * (x[(i * D) + b] - centre[b]);
                }
            }
        for (int i = 0; i < found.Length; i++) Assert.Equal(expected[i], found[i], 9);
    }

    // Clusters far apart are no spikes, however small each is beside the distance between them.
    [Fact]
    public void Clusters_far_apart_are_not_degenerate()
    {
        Draws draws = new(7);
        double[] rows = [.. Enumerable.Range(0, 400).Select(i => (i % 2 * 1000) + draws.NextNormal())];
        MixtureFit fit = MixtureSearch.Run(new GaussianMixture(rows, 1, 2), new MixtureOptions(2));
        Assert.NotNull(fit.Theta);
        Assert.Equal(0.5, fit.Theta[0], 9);
    }

    [Fact]
    public void Equal_rows_in_a_component_end_with_a_sentence()
    {
        double[] rows = [.. Enumerable.Repeat(1.0, 50), .. Enumerable.Repeat(2.0, 50)];
        MixtureFit fit = MixtureSearch.Run(new GaussianMixture(rows, 1, 2), new MixtureOptions(3));
        Assert.Null(fit.Theta);
        Assert.Equal(OutcomeKind.Diverged, fit.Outcome.Kind);
        Assert.Contains("All 3 starts are degenerate", fit.Outcome.Sentence, StringComparison.Ordinal);
    }

    [Fact]
    public void Two_threads_give_the_bits_of_one()
    {
        Draws draws = new(3);
        double[] rows = [.. Enumerable.Range(0, 12_000).Select(i => (i / 3 % 3 * 4) + draws.NextNormal())];
        GaussianMixture model = new(rows, 3, 3);
        using Workers two = new(2);
        MixtureOptions few = new(2, MostPasses: 30);
        Assert.Equal(MixtureSearch.Run(model, few).Theta, MixtureSearch.Run(model, few, two).Theta);
    }

    sealed class Close(double relative) : IEqualityComparer<double>
    {
        public bool Equals(double x, double y) => Math.Abs(x - y) <= relative * (1e-3 + Math.Abs(y));

        public int GetHashCode(double x) => 0;
    }
}
