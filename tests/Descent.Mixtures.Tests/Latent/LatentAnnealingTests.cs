using Descent.Latent;
using Descent.Mixtures.Laws;
using Descent.Numerics;

namespace Descent.Mixtures.Tests.Latent;

public class LatentAnnealingTests
{
    // x | z ~ N(z, 1), z | θ ~ N(θ, 1), flat μ: p(x | θ)^J is N(x, 2)^J, so θ ~ N(x, 2/J) exactly.
    [Theory]
    [InlineData(1)]
    [InlineData(4)]
    [InlineData(16)]
    [InlineData(64)]
    public void The_conjugate_case_has_its_law(int copies)
    {
        const int Sweeps = 40_000;
        LatentAnnealingResult run = LatentAnnealing.Run(new Chain(3), [0], [.. Enumerable.Repeat(copies, Sweeps)], (ulong)copies);
        Assert.Equal(Sweeps, run.Kept);
        // θ_{t+1} = x/2 + θ_t/2 + noise: an AR(1) chain of coefficient ½, so the mean of n sweeps has 3 times the variance of n draws, and
        // a variance of theirs the relative error √(2/n · 5/3).
        double variance = run.Deviations[0] * run.Deviations[0];
        Assert.Equal(1, variance * copies / 2, 3 * Math.Sqrt(2.0 / Sweeps * 5 / 3));
        Assert.Equal(3, run.Mean[0], 3 * Math.Sqrt(3 * (2.0 / copies) / Sweeps));
    }

    // scikit-learn 1.2: the diagonal mixture of Old Faithful has its maximum at −1147.806352538.
    [Fact]
    public void A_hundred_copies_gather_at_the_maximum_of_a_mixture()
    {
        FiniteMixture model = new(new NormalLaw(GaussianMixtureTests.Read("faithful.csv"), 2), 2);
        double[] start = [0.5, 0.5, 3, 70, 1, 100, 4, 75, 1, 100];
        LatentAnnealingResult run = LatentAnnealing.Run(model, start, LatentAnnealing.Geometric(100, 300), 5);
        Assert.Equal(0, run.Skipped);
        // ℓ̂ − ℓ of one draw is χ²₉/(2J): 99.9 % at 27.9.
        Assert.InRange(-1147.806352538 - run.LogLikelihood, 0, 27.9 / 200);
        Assert.InRange(-1147.806352538 - new EmMap(model).Merit([.. run.Mean]), 0, 0.02);
        // Deviations are the standard errors over √J (certificate of the maximum).
        double error = model.Certify([.. run.Mean]).StandardErrors[2];
        Assert.InRange(run.Deviations[2] * 10 / error, 0.75, 1.35);
    }

    // scikit-learn 1.2: with full covariances the maximum is −1130.263960185, its larger share 0.6441271422818.
    [Fact]
    public void A_hundred_copies_gather_at_the_maximum_with_full_covariances()
    {
        GaussianMixture model = new(GaussianMixtureTests.Read("faithful.csv"), 2, 2);
        double[] start = [0.5, 0.5, 3, 70, 4, 75, 1, 0, 0, 100, 1, 0, 0, 100];
        LatentAnnealingResult run = LatentAnnealing.Run(model, start, LatentAnnealing.Geometric(100, 300), 5);
        Assert.Equal(0, run.Skipped);
        // ℓ̂ − ℓ of one draw is χ²₁₁/(2J): 99.9 % at 31.3.
        Assert.InRange(-1130.263960185 - run.LogLikelihood, 0, 31.3 / 200);
        Assert.InRange(-1130.263960185 - new EmMap(model).Merit([.. run.Mean]), 0, 0.02);
        Assert.Equal(0.6441271422818, Math.Max(run.Mean[0], run.Mean[1]), 0.005);
    }

    // One component in the plane: E Σ = S/(n − 2d − 3) under the flat prior (inverse Wishart of n − d − 2 degrees), and the covariance of μ
    // is E Σ/n.
    [Fact]
    public void The_normal_posterior_in_the_plane_is_the_closed_form()
    {
        const int Sweeps = 20_000;
        double[] rows = [1, 2, 3, 1, 4, 4, 0, -1, 2, 2, 5, 3, -1, 0, 2, 5, 6, 4, 3, 3, 1, 0, 4, 1, 2, 3, 0, 2, 5, 6];
        GaussianMixture model = new(rows, 2, 1);
        double[] theta = new double[7];
        Assert.True(model.Start(new Draws(1), theta));
        LatentAnnealingResult run = LatentAnnealing.Run(model, theta, [.. Enumerable.Repeat(1, Sweeps)]);
        // θ at the start holds S/n.
        for (int i = 3; i < 7; i++) Assert.Equal(theta[i] * 15 / 8, run.Mean[i], 3.5 * run.Deviations[i] / Math.Sqrt(Sweeps));
        for (int i = 0; i < 2; i++)
        {
            Assert.Equal(theta[1 + i], run.Mean[1 + i], 3.5 * run.Deviations[1 + i] / Math.Sqrt(Sweeps));
            Assert.Equal(1, run.Deviations[1 + i] / Math.Sqrt(theta[3 + (3 * i)] / 8), 0.04);
        }
    }

    // One component: the posterior of a Poisson rate under a flat prior is Gamma(1 + JΣx)/(Jn), mean (1 + JΣx)/(Jn).
    [Theory]
    [InlineData(1)]
    [InlineData(10)]
    public void One_Poisson_law_has_its_Gamma_posterior(int copies)
    {
        FiniteMixture model = new(new PoissonLaw([0, 2, 3, 1, 2]), 1);
        LatentAnnealingResult run = LatentAnnealing.Run(model, [1, 1], [.. Enumerable.Repeat(copies, 20_000)]);
        double shape = 1 + (8.0 * copies), rate = 5.0 * copies;
        Assert.Equal(shape / rate, run.Mean[1], 3 * Math.Sqrt(shape) / rate / Math.Sqrt(20_000));
        Assert.Equal(1, run.Deviations[1] * rate / Math.Sqrt(shape), 0.03);
        Assert.Equal(1, run.Mean[0]);
    }

    // One component of binary columns: Beta(1 + Σx, 1 + n − Σx). One of normals: the mean is x̄, its variance that of v/n with v an inverse
    // Gamma, S/(n − 5)/n; v itself has the mean S/(n − 5).
    [Fact]
    public void Other_posteriors_are_the_closed_forms()
    {
        const int Sweeps = 20_000;
        LatentAnnealingResult binary = LatentAnnealing.Run(new FiniteMixture(new BernoulliLaw([0, 1, 1, 1, 0, 1], 1), 1), [1, 0.5],
            [.. Enumerable.Repeat(1, Sweeps)]);
        Assert.Equal(5.0 / 8, binary.Mean[1], 3 * Math.Sqrt(5.0 * 3 / 64 / 9 / Sweeps));
        Assert.Equal(1, binary.Deviations[1] / Math.Sqrt(5.0 * 3 / 64 / 9), 0.03);
        double[] x = [.. Enumerable.Range(0, 21).Select(i => i % 7 * 0.5)];
        double mean = x.Average(), s = x.Sum(v => (v - mean) * (v - mean));
        LatentAnnealingResult normal = LatentAnnealing.Run(new FiniteMixture(new NormalLaw(x, 1), 1), [1, 1, 1], [.. Enumerable.Repeat(1,
            Sweeps)]);
        Assert.Equal(mean, normal.Mean[1], 3 * Math.Sqrt(s / 16 / 21 / Sweeps));
        Assert.Equal(1, normal.Deviations[1] / Math.Sqrt(s / 16 / 21), 0.05);
        Assert.Equal(1, normal.Mean[2] / (s / 16), 0.03);
    }

    [Fact]
    public void A_schedule_grows_and_one_that_falls_is_refused()
    {
        IReadOnlyList<int> copies = LatentAnnealing.Geometric(64, 12);
        Assert.Equal([1, 2, 4, 8, 16, 32, 64, 64, 64, 64, 64, 64], copies);
        Refused("Sweep 3 has 1 copies after 2; their number is at least 1 and never falls.", [1, 2, 1]);
        Refused("Sweep 1 has 0 copies after 1; their number is at least 1 and never falls.", [0]);
        Refused("The schedule is empty; give the number of copies of each sweep.", []);
    }

    // A law without conjugate draws keeps its θ, and says so.
    [Fact]
    public void Sweeps_without_a_draw_are_counted()
    {
        FiniteMixture model = new(new LogisticRegressionLaw([1, 2, 3, 4], 1, [0, 1, 0, 1]), 1);
        LatentAnnealingResult run = LatentAnnealing.Run(model, [1, 0, 0], [1, 1, 1]);
        Assert.Equal(3, run.Skipped);
        Assert.Equal([1.0, 0, 0], run.Theta);
    }

    static void Refused(string sentence, int[] copies) =>
        Assert.Equal(sentence, Assert.Throws<ArgumentException>(() => LatentAnnealing.Run(new Chain(0), [0], copies)).Message);

    /// <summary>x | z ~ N(z, 1), z | θ ~ N(θ, 1), one row; statistics are the number of copies and Σz.</summary>
    sealed class Chain(double x) : IGibbsModel
    {
        public int Parameters => 1;

        public int Statistics => 2;

        public int Count => 1;

        public double Expect(ReadOnlySpan<double> theta, int first, int count, Span<double> statistics)
        {
            statistics[0] += 1;
            statistics[1] += (x + theta[0]) / 2;
            return LogDensity(theta, 0);
        }

        public void Draw(ReadOnlySpan<double> theta, int first, int count, ulong key, Span<double> statistics)
        {
            statistics[0] += 1;
            statistics[1] += ((x + theta[0]) / 2) + (Math.Sqrt(0.5) * new Draws(key).NextNormal());
        }

        public bool Maximise(ReadOnlySpan<double> statistics, Span<double> theta)
        {
            theta[0] = statistics[1] / statistics[0];
            return true;
        }

        public bool DrawParameters(ReadOnlySpan<double> statistics, Draws draws, Span<double> theta)
        {
            theta[0] = (statistics[1] / statistics[0]) + (draws.NextNormal() / Math.Sqrt(statistics[0]));
            return true;
        }

        public bool IsValid(ReadOnlySpan<double> theta) => double.IsFinite(theta[0]);

        public double LogDensity(ReadOnlySpan<double> theta,
            int row) => -0.25 * (x - theta[0]) * (x - theta[0]) - (0.5 * Math.Log(4 * Math.PI));
    }
}
