using Descent.Latent;
using Descent.Maps;
using Descent.Mixtures.Chains;
using Descent.Mixtures.Laws;
using Descent.Mixtures.Search;
using Descent.Numerics;

namespace Descent.Mixtures.Tests.Latent;

/// <summary>
/// What EM rests on, at every E-step of a run: <c>ℓ(θ) = Q(θ | θ) + entropy</c>, and for the step to θ′
/// <c>ℓ(θ′) − ℓ(θ) = Q(θ′ | θ) − Q(θ | θ) + KL(r_θ ‖ r_θ′)</c>, both terms ≥ 0. Q without the entropy, as P 19.7 prints it, is not ℓ.
/// Joints come from the laws without rows, which share no code with the E-step.
/// </summary>
public class EmIdentityTests
{
    public static TheoryData<string> Families => ["full", "tied", "diagonal", "spherical", "poisson", "bernoulli", "regression"];

    [Theory]
    [MemberData(nameof(Families))]
    public void The_likelihood_is_Q_and_the_entropy_at_every_step(string family)
    {
        (IMixture model, Func<double[], IMixtureLaw> law, double[] rows, int width) = Of(family);
        double[] theta = new double[model.Parameters], image = new double[model.Parameters];
        Assert.True(model.Start(new Draws(4), theta));
        EmMap map = new(model);
        for (int step = 0; step < 25; step++)
        {
            double log = map.MapWithMerit(theta, image), tolerance = 1e-11 * (1 + Math.Abs(log));
            (double q, double entropy, double[] shares) = Sides(law(theta), rows, width, null);
            Assert.True(entropy > 0, "an allocation that is sure proves nothing");
            Assert.Equal(log, q + entropy, tolerance);
            Assert.Equal(entropy, model.Entropy(theta), 1e-9 * (1 + entropy));
            (double next, double cross, _) = Sides(law(image), rows, width, shares);
            Assert.True(next >= q - tolerance, $"step {step}: Q falls from {q} to {next}");
            Assert.True(cross >= entropy - tolerance, $"step {step}: KL is {cross - entropy}");
            Assert.Equal(map.Merit(image), next + cross, tolerance);
            image.CopyTo(theta, 0);
        }
    }

    // A chain's Q by its expected counts, its entropy by the enumeration of all 64 paths.
    [Fact]
    public void The_likelihood_of_a_chain_is_Q_and_the_entropy_of_its_paths()
    {
        int[] symbols = [0, 2, 1, 1, 0, 2];
        HiddenMarkovChain chain = new(new DiscreteEmission(symbols, 3), 2);
        double[] theta = [0.6, 0.4, 0.5, 0.5, 0.05, 0.95, 0.5, 0.3, 0.2, 0.1, 0.4, 0.5], image = new double[12];
        EmMap map = new(chain);
        for (int step = 0; step < 10; step++)
        {
            double[] counts = new double[chain.Statistics];
            double log = chain.Expect(theta, 0, 1, counts), q = 0, entropy = 0;
            for (int i = 0; i < counts.Length; i++) q += counts[i] > 0 ? counts[i] * Math.Log(theta[i]) : 0;
            for (int code = 0; code < 64; code++)
            {
                int before = code & 1;
                double joint = theta[before] * theta[6 + (3 * before) + symbols[0]];
                for (int t = 1; t < 6; t++)
                {
                    int now = (code >> t) & 1;
                    joint *= theta[2 + (2 * before) + now] * theta[6 + (3 * now) + symbols[t]];
                    before = now;
                }
                double share = joint / Math.Exp(log);
                if (share > 0) entropy -= share * Math.Log(share);
            }
            Assert.Equal(log, q + entropy, 1e-11);
            if (step == 0) Assert.True(entropy > 0.1);
            map.Map(theta, image);
            image.CopyTo(theta, 0);
        }
    }

    // Neal and Hinton: F(θ, q) = Q + entropy of q, with the q that the blocks were last renewed with, never falls, and ends at ℓ.
    [Fact]
    public void The_free_energy_of_incremental_EM_never_falls_and_ends_at_the_likelihood()
    {
        Watched model = new(GaussianMixtureTests.Read("faithful.csv"), 8);
        double[] start = new double[model.Parameters];
        Assert.True(model.Inner.Start(new Draws(1), start));
        IncrementalEm run = new(model, start, 8);
        run.Run(1e-12, 400);
        Assert.True(model.Energies.Count > 200);
        for (int i = 1; i < model.Energies.Count; i++)
            Assert.True(model.Energies[i] >= model.Energies[i - 1] - 1e-9, $"F falls from {model.Energies[i - 1]} to {model.Energies[i]}");
        Assert.True(model.Energies[^1] > model.Energies[0] + 1);
        Assert.Equal(-1130.263960185, model.Energies[^1], 7);
    }

    /// <summary>A mixture that writes down F after each E-step of a block and each M-step.</summary>
    sealed class Watched(double[] rows, int blocks) : ILatentModel
    {
        readonly double[][] shares = new double[blocks][];

        public GaussianMixture Inner { get; } = new(rows, 2, 2);

        public List<double> Energies { get; } = [];

        public int Parameters => Inner.Parameters;

        public int Statistics => Inner.Statistics;

        public int Count => Inner.Count;

        public double Expect(ReadOnlySpan<double> theta, int first, int count, Span<double> statistics)
        {
            int size = (Count + blocks - 1) / blocks;
            shares[first / size] = Sides(new GaussianLaw(theta, 2, 2), rows[(2 * first)..(2 * (first + count))], 2, null).Shares;
            double log = Inner.Expect(theta, first, count, statistics);
            Note(theta);
            return log;
        }

        public bool Maximise(ReadOnlySpan<double> statistics, Span<double> theta)
        {
            bool good = Inner.Maximise(statistics, theta);
            Note(theta);
            return good;
        }

        public bool IsValid(ReadOnlySpan<double> theta) => Inner.IsValid(theta);

        public double LogDensity(ReadOnlySpan<double> theta, int row) => Inner.LogDensity(theta, row);

        void Note(ReadOnlySpan<double> theta)
        {
            if (shares.Any(s => s is null)) return;
            double[] q = [.. shares.SelectMany(s => s)];
            Energies.Add(Sides(new GaussianLaw(theta, 2, 2), rows, 2, q).Q - q.Sum(r => r > 0 ? r * Math.Log(r) : 0));
        }
    }

    // Σ r log p(x, z) and −Σ r log r′, r given or those of the law itself, r′ those of the law.
    static (double Q, double Entropy, double[] Shares) Sides(IMixtureLaw law, double[] rows, int width, double[]? shares)
    {
        int k = law.Components, n = rows.Length / width;
        double q = 0, entropy = 0;
        double[] joints = new double[k], own = new double[n * k];
        for (int i = 0; i < n; i++)
        {
            law.LogJoints(rows.AsSpan(i * width, width), joints);
            double top = joints.Max(), log = top + Math.Log(joints.Sum(j => Math.Exp(j - top)));
            for (int j = 0; j < k; j++)
            {
                own[(i * k) + j] = Math.Exp(joints[j] - log);
                double r = shares is null ? own[(i * k) + j] : shares[(i * k) + j];
                if (!(r > 0)) continue;
                q += r * joints[j];
                entropy -= r * (joints[j] - log);
            }
        }
        return (q, entropy, own);
    }

    static (IMixture, Func<double[], IMixtureLaw>, double[] Rows, int Width) Of(string family)
    {
        double[] faithful = GaussianMixtureTests.Read("faithful.csv"), stations = GaussianMixtureTests.Read("quakes-stations.csv");
        double[] birth = GaussianMixtureTests.Read("birthwt-binary.csv"), engel = GaussianMixtureTests.Read("engel.csv", 1e-3);
        double[] x = [.. engel.Where((_, i) => i % 2 == 0)], y = [.. engel.Where((_, i) => i % 2 == 1)];
        return family switch
        {
            "poisson" => (new FiniteMixture(new PoissonLaw(stations), 2), t => new PoissonMixtureLaw(t, 2, 1), stations, 1),
            "bernoulli" => (new FiniteMixture(new BernoulliLaw(birth, 4), 2), t => new BernoulliMixtureLaw(t, 2, 4), birth, 4),
            "regression" => (new FiniteMixture(new LinearRegressionLaw(x, 1, y), 2), t => new LinearRegressionMixtureLaw(t, 2, 1),
                engel, 2),
            _ => (new GaussianMixture(faithful, 2, 2, Enum.Parse<CovarianceShape>(family, true)), t => new GaussianLaw(t, 2, 2),
                faithful, 2),
        };
    }
}
