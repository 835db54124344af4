using Descent.Latent;
using Descent.Mixtures.Search;
using Descent.Mixtures.StudentT;
using Descent.Runs;

namespace Descent.Mixtures.Tests.StudentT;

public class StudentTMixtureTests
{
    static double[] Faithful { get; } = GaussianMixtureTests.Read("faithful.csv");

    // Quantiles of t with two degrees of freedom in closed form, (2p − 1)/√(2p(1 − p)): 120 about 0, 80 of twice the scale about 12.
    static double[] TwoClusters { get; } = [.. Quantiles(120), .. Quantiles(80).Select(q => 12 + (2 * q))];

    static IEnumerable<double> Quantiles(int n) =>
        Enumerable.Range(0, n).Select(i => (i + 0.5) / n).Select(p => ((2 * p) - 1) / Math.Sqrt(2 * p * (1 - p)));

    // R 4.2.2: MASS::fitdistr(galaxies/1000, "t", control = list(reltol = 1e-14, maxit = 5000)), estimates and standard errors.
    [Theory]
    [InlineData(MixtureMethod.Em)]
    [InlineData(MixtureMethod.Squarem)]
    [InlineData(MixtureMethod.Anderson)]
    public void One_component_is_the_fit_of_r_with_its_errors(MixtureMethod method)
    {
        MixtureFit fit = MixtureSearch.Run(new StudentTMixture(Samples.Galaxies, 1, 1), new MixtureOptions(2, method));
        Assert.Equal(-226.459840514, fit.LogLikelihood, 8);
        LocalCertificate c = fit.Certificate!;
        Assert.True(c.IsLocalMaximum);
        double[] estimates = [1, 21.1377962372, 2.1356625876, 1.8598559170], errors = [0, 0.3157136343, 0.3131236304, 0.4682953820];
        for (int i = 0; i < 4; i++)
        {
            Assert.Equal(estimates[i], c.Quantities[i], 1e-5);
            Assert.Equal(errors[i], c.StandardErrors[i], 1e-5);
        }
    }

    // scipy 1.10: Nelder-Mead (xatol 1e-11) on −Σ log(w t.pdf + (1 − w) t.pdf) over the same 200 numbers, in log scales and log ν.
    [Theory]
    [InlineData(MixtureMethod.Em)]
    [InlineData(MixtureMethod.Squarem)]
    [InlineData(MixtureMethod.Anderson)]
    public void Two_components_are_the_direct_maximisation(MixtureMethod method)
    {
        MixtureFit fit = MixtureSearch.Run(new StudentTMixture(TwoClusters, 1, 2), new MixtureOptions(4, method));
        Assert.Equal(OutcomeKind.Converged, fit.Outcome.Kind);
        Assert.Equal(-562.2218064316218, fit.LogLikelihood, 8);
        double[] expected = [0.6029555003, 0.3970444997, 0.0042959083, 11.9947006545, 1.0209422427 * 1.0209422427,
            2.0048142042 * 2.0048142042, 2.0252392602, 2.2425333602];
        for (int i = 0; i < expected.Length; i++) Assert.Equal(expected[i], fit.Theta![i], 1e-5);
    }

    // The same maximisation on Old Faithful ends at ν = 1.9e6 and 19.1521056, ℓ = −1129.938675: one component is normal.
    [Theory]
    [InlineData(MixtureMethod.Em)]
    [InlineData(MixtureMethod.Squarem)]
    [InlineData(MixtureMethod.Anderson)]
    public void A_component_with_light_tails_is_held_at_the_end_and_costs_tens_of_passes(MixtureMethod method)
    {
        StudentTMixture model = new(Faithful, 2, 2);
        MixtureFit fit = MixtureSearch.Run(model, new MixtureOptions(10, method));
        Assert.Equal(10, fit.Agreeing);
        Assert.True(fit.Starts.Max(s => s.Passes) < 200);
        Assert.Equal(-1129.938675, fit.LogLikelihood, 1e-4);
        Assert.True(model.IsNormal(fit.Theta, 0));
        Assert.False(model.IsNormal(fit.Theta, 1));
        double[] expected = [0.643883924, 0.356116076, 4.290136775, 79.973307556, 2.022649155, 54.33471469];
        for (int i = 0; i < expected.Length; i++) Assert.Equal(expected[i], fit.Theta![i], 1e-3);
        Assert.Equal(19.1521056, fit.Theta![^1], 1e-3);
        LocalCertificate c = fit.Certificate!;
        Assert.True(c.IsLocalMaximum);
        Assert.True(double.IsNaN(c.StandardErrors[^2]));
        Assert.True(c.StandardErrors[^1] > 1);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    public void The_score_is_the_slope_of_the_likelihood(int dimension)
    {
        StudentTMixture model = new(dimension == 1 ? Samples.Galaxies : Faithful, dimension, 2);
        double[] theta = new double[model.Parameters], statistics = new double[model.Statistics];
        Assert.True(model.Start(new Draws(4), theta));
        theta[^1] = 2.5;
        StudentTScore score = new(model, theta);
        Assert.Equal(model.FreeParameters, score.Length);
        Slopes.Check(score, at => model.Expect(score.At(at), 0, model.Count, statistics), 1e-4);
    }

    [Fact]
    public void The_likelihood_never_falls_by_more_than_rounding()
    {
        for (ulong seed = 1; seed <= 40; seed++)
        {
            StudentTMixture model = new(seed % 2 == 0 ? TwoClusters : Samples.Galaxies, 1, 1 + (int)(seed % 3));
            double[] theta = new double[model.Parameters];
            if (!model.Start(new Draws(seed), theta)) continue;
            theta[^1] = seed % 5 == 0 ? 0.5 : 40;
            EmMap map = new(model);
            double[] next = new double[theta.Length];
            double before = map.MapWithMerit(theta, next);
            for (int step = 0; step < 60 && model.IsValid(next); step++)
            {
                next.CopyTo(theta, 0);
                double now = map.MapWithMerit(theta, next);
                Assert.True(now >= before - map.Rounding(before), $"seed {seed}, step {step}: {before:R} to {now:R}");
                before = now;
            }
        }
    }

    // The density of the model row by row, the law without rows, and the sums of the E-step are one function, written three times.
    [Fact]
    public void Law_rows_and_sums_agree()
    {
        StudentTMixture model = new(Faithful, 2, 3);
        double[] theta = new double[model.Parameters], joints = new double[3], shares = new double[3 * model.Count];
        Assert.True(model.Start(new Draws(7), theta));
        (theta[^3], theta[^2], theta[^1]) = (1.5, 30, 90_000);
        StudentTLaw law = new(theta, 3, 2);
        model.Responsibilities(theta, shares);
        double sum = 0;
        for (int i = 0; i < model.Count; i++)
        {
            law.LogJoints(Faithful.AsSpan(2 * i, 2), joints);
            double all = joints.Sum(Math.Exp);
            Assert.Equal(Math.Log(all), model.LogDensity(theta, i), 10);
            for (int j = 0; j < 3; j++) Assert.Equal(Math.Exp(joints[j]) / all, shares[(3 * i) + j], 10);
            sum += Math.Log(all);
        }
        double[] statistics = new double[model.Statistics];
        Assert.Equal(sum, model.Expect(theta, 0, 100, statistics) + model.Expect(theta, 100, 172, statistics), 8);
        Assert.Equal(272, statistics[0] + statistics[model.Statistics / 3] + statistics[2 * model.Statistics / 3], 9);
    }

    // With ν = 10⁵ a t law is a normal one to about (d + δ)²/4ν a row.
    [Fact]
    public void Many_degrees_of_freedom_are_a_normal_law()
    {
        double[] normal = [0.6, 0.4, 0, 1, 2, 3, 1, 0.3, 0.3, 2, 1, 0, 0, 1];
        GaussianLaw g = new(normal, 2, 2);
        StudentTLaw t = new([.. normal, 1e5, 1e5], 2, 2);
        double[] a = new double[2], b = new double[2];
        foreach (double x in (double[])[-3, 0, 1, 4])
        {
            g.LogJoints([x, 1], a);
            t.LogJoints([x, 1], b);
            Assert.Equal(a[0], b[0], 2e-3);
            Assert.Equal(a[1], b[1], 2e-3);
            Assert.NotEqual(a[0], b[0]);
        }
    }

    [Fact]
    public void Two_threads_give_the_bits_of_one()
    {
        Draws draws = new(3);
        double[] rows = [.. Enumerable.Range(0, 6_000).Select(i => (i / 2 % 2 * 6) + draws.NextNormal())];
        StudentTMixture model = new(rows, 2, 2);
        using Workers two = new(2);
        MixtureOptions few = new(2, MostPasses: 20);
        Assert.Equal(MixtureSearch.Run(model, few).Theta, MixtureSearch.Run(model, few, two).Theta);
    }

    [Fact]
    public void A_row_of_weight_two_counts_as_two()
    {
        double[] x = Samples.Galaxies, weights = [.. x.Select((_, i) => 1.0 + (i % 2))];
        double[] twice = [.. x.SelectMany((v, i) => Enumerable.Repeat(v, 1 + (i % 2)))];
        double[] theta = [0.7, 0.3, 21, 20, 4, 25, 3, 8];
        StudentTMixture weighted = new(x, 1, 2, weights), repeated = new(twice, 1, 2);
        double[] a = new double[8], b = new double[8];
        double la = new EmMap(weighted).MapWithMerit(theta, a), lb = new EmMap(repeated).MapWithMerit(theta, b);
        Assert.Equal(lb, la, 9);
        for (int i = 0; i < 8; i++) Assert.Equal(b[i], a[i], 1e-7);
    }

    [Fact]
    public void Components_that_shrink_are_refused_with_a_sentence()
    {
        double[] rows = [.. Enumerable.Repeat(1.0, 50), .. Enumerable.Repeat(2.0, 50)];
        MixtureFit fit = MixtureSearch.Run(new StudentTMixture(rows, 1, 2), new MixtureOptions(3));
        Assert.Null(fit.Theta);
        Assert.Contains("All 3 starts are degenerate", fit.Outcome.Sentence, StringComparison.Ordinal);
    }

    [Fact]
    public void A_law_outside_the_parameter_space_is_refused()
    {
        Assert.Contains("degrees of freedom of component 2", Assert.Throws<ArgumentException>(() => new StudentTLaw([0.5, 0.5, 0, 1, 1, 1,
            3, 0], 2, 1)).Message, StringComparison.Ordinal);
        Assert.Contains("scatter of component 1", Assert.Throws<ArgumentException>(() => new StudentTLaw([0.5, 0.5, 0, 1, 0, 1, 3, 1], 2,
            1)).Message, StringComparison.Ordinal);
        Assert.Contains("θ needs length 8", Assert.Throws<ArgumentException>(() => new StudentTLaw([1], 2, 1)).Message,
            StringComparison.Ordinal);
        Assert.Contains("covariance of component 2", Assert.Throws<ArgumentException>(() => new GaussianLaw([0.5, 0.5, 0, 1, 1, -1], 2,
            1)).Message, StringComparison.Ordinal);
    }
}
