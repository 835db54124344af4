using Descent.Latent;
using Descent.Mixtures.Chains;

namespace Descent.Mixtures.Tests.Chains;

public class HiddenMarkovChainTests
{
    static readonly int[] Symbols = [0, 2, 1, 1, 0, 2];

    // π, A, and two rows of three probabilities.
    static readonly double[] Law = [0.6, 0.4, 0.5, 0.5, 0.05, 0.95, 0.5, 0.3, 0.2, 0.1, 0.4, 0.5];

    // shared/latent-and-parallel.md; Baum–Welch written out in R 4.2.2 from this start ends within 3e-8 of these transitions and 5e-6 of
    // these variances.
    [Fact]
    public void Waiting_times_end_at_the_maximum_of_a_second_implementation()
    {
        HiddenMarkovChain chain = new(new GaussianEmission(Samples.Waiting), 2);
        EcmFit fit = new Ecm(chain, chain.BaumWelch()).Run([0.5, 0.5, 0.5, 0.5, 0.5, 0.5, 55, 80, 50, 50], 1e-12);
        Assert.Equal(EcmEnding.Settled, fit.Ending);
        Assert.Equal(-997.2188157, fit.LogLikelihood, 7);
        double[] expected = [0.06976636, 0.93023364, 0.58283356, 0.41716644, 55.4357072, 80.5266245, 43.679381, 30.012572];
        for (int i = 0; i < expected.Length; i++) Assert.Equal(expected[i], fit.Theta[2 + i], 1e-5 * Math.Max(1, expected[i]));
    }

    [Fact]
    public void Likelihood_posterior_and_expected_counts_agree_with_the_enumeration_of_all_paths()
    {
        HiddenMarkovChain chain = new(new DiscreteEmission(Symbols, 3), 2);
        double total = 0;
        double[] posterior = new double[12], expected = new double[chain.Statistics];
        foreach ((int[] path, double p) in Paths())
        {
            total += p;
            expected[path[0]] += p;
            for (int t = 0; t < 6; t++)
            {
                posterior[(2 * t) + path[t]] += p;
                expected[6 + (3 * path[t]) + Symbols[t]] += p;
                if (t > 0) expected[2 + (2 * path[t - 1]) + path[t]] += p;
            }
        }
        double[] statistics = new double[chain.Statistics], found = new double[12];
        Assert.Equal(Math.Log(total), chain.Expect(Law, 0, 1, statistics), 12);
        Assert.Equal(Math.Log(total), chain.Posterior(Law, 0, found), 12);
        for (int i = 0; i < statistics.Length; i++) Assert.Equal(expected[i] / total, statistics[i], 12);
        for (int i = 0; i < 12; i++) Assert.Equal(posterior[i] / total, found[i], 12);
    }

    // Whether a start has converged does not depend on the unit of the outputs; probabilities count as they are.
    [Fact]
    public void Distances_have_no_unit()
    {
        HiddenMarkovChain minutes = new(new GaussianEmission(Samples.Waiting), 2),
            seconds = new(new GaussianEmission([.. Samples.Waiting.Select(w => 60 * w)]), 2);
        double[] a = [0.5, 0.5, 0.5, 0.5, 0.5, 0.5, 55, 80, 50, 50], b = [0.5, 0.5, 0.5, 0.5, 0.5, 0.5, 55, 81, 50, 70];
        static double[] InSeconds(double[] theta) => [.. theta[..6], 60 * theta[6], 60 * theta[7], 3600 * theta[8], 3600 * theta[9]];
        double gap = minutes.Distance(a, b);
        Assert.InRange(gap, 0.01, 1);
        Assert.Equal(gap, seconds.Distance(InSeconds(a), InSeconds(b)), 1e-12);
        double[] turned = [0.5, 0.5, 0.4, 0.6, .. a[4..]];
        Assert.Equal(0.1, seconds.Distance(InSeconds(a), InSeconds(turned)), 1e-12);
    }

    [Fact]
    public void Viterbi_finds_the_best_of_all_paths()
    {
        (int[] best, double p) = Paths().MaxBy(x => x.P);
        int[] path = new int[6];
        double value = new HiddenMarkovChain(new DiscreteEmission(Symbols, 3), 2).Viterbi(Law, 0, path);
        Assert.Equal(Math.Log(p), value, 12);
        Assert.Equal(best, path);
    }

    [Fact]
    public void Viterbi_follows_the_direction_of_a_cycle()
    {
        double[] law = [1, 0, 0, 0.05, 0.9, 0.05, 0.05, 0.05, 0.9, 0.9, 0.05, 0.05, 1, 1, 1];
        int[] path = new int[5];
        double value = new HiddenMarkovChain(new DiscreteEmission([0, 0, 0, 0, 0], 1), 3).Viterbi(law, 0, path);
        Assert.Equal([0, 1, 2, 0, 1], path);
        Assert.Equal(4 * Math.Log(0.9), value, 12);
    }

    // Three states and six outputs: all 729 paths, for random laws.
    [Fact]
    public void Viterbi_finds_the_best_of_all_paths_for_random_laws()
    {
        int[] outputs = [0, 2, 1, 0, 1, 2];
        HiddenMarkovChain chain = new(new DiscreteEmission(outputs, 3), 3);
        Random random = new(5);
        for (int run = 0; run < 30; run++)
        {
            double[] law = new double[21];
            for (int i = 0; i < law.Length; i++) law[i] = random.NextDouble() + 0.02;
            for (int i = 0; i < law.Length; i += 3)
            {
                double sum = law[i] + law[i + 1] + law[i + 2];
                for (int j = 0; j < 3; j++) law[i + j] /= sum;
            }
            double best = double.NegativeInfinity;
            int[] expected = [], found = new int[6];
            for (int code = 0; code < 729; code++)
            {
                int[] path = [.. Enumerable.Range(0, 6).Select(t => code / (int)Math.Pow(3, t) % 3)];
                double p = Math.Log(law[path[0]]);
                for (int t = 0; t < 6; t++)
                    p += Math.Log(law[12 + (path[t] * 3) + outputs[t]]) + (t > 0 ? Math.Log(law[3 + (path[t - 1] * 3) + path[t]]) : 0);
                if (p > best) (best, expected) = (p, path);
            }
            Assert.Equal(best, chain.Viterbi(law, 0, found), 12);
            Assert.Equal(expected, found);
        }
    }

    [Fact]
    public void Several_sequences_add_up()
    {
        HiddenMarkovChain both = new(new DiscreteEmission(Symbols, 3), 2, 4, 2);
        HiddenMarkovChain one = new(new DiscreteEmission(Symbols.AsSpan(0, 4), 3), 2),
            two = new(new DiscreteEmission(Symbols.AsSpan(4), 3), 2);
        double[] sum = new double[both.Statistics], parts = new double[both.Statistics];
        double value = both.Expect(Law, 0, 2, sum);
        Assert.Equal(one.Expect(Law, 0, 1, parts) + two.Expect(Law, 0, 1, parts), value, 12);
        for (int i = 0; i < sum.Length; i++) Assert.Equal(parts[i], sum[i], 12);
        Assert.Equal(two.LogDensity(Law, 0), both.LogDensity(Law, 1), 12);
    }

    [Fact]
    public void The_log_likelihood_never_falls_from_random_starts()
    {
        HiddenMarkovChain chain = new(new DiscreteEmission([.. Enumerable.Range(0, 60).Select(i => i * i * 7 % 11 % 3)], 3), 3, 20, 40);
        Random random = new(3);
        for (int run = 0; run < 20; run++)
        {
            double[] theta = new double[chain.Parameters];
            for (int i = 0; i < theta.Length; i += 3)
            {
                double a = random.NextDouble() + 0.01, b = random.NextDouble() + 0.01, c = random.NextDouble() + 0.01;
                (theta[i], theta[i + 1], theta[i + 2]) = (a / (a + b + c), b / (a + b + c), c / (a + b + c));
            }
            double start = chain.Expect(theta, 0, 2, new double[chain.Statistics]);
            EcmFit fit = new Ecm(chain, chain.BaumWelch()).Run(theta, 1e-8, 200);
            Assert.NotEqual(EcmEnding.Lowered, fit.Ending);
            Assert.True(fit.LogLikelihood > start);
        }
    }

    [Fact]
    public void One_state_is_the_normal_maximum()
    {
        HiddenMarkovChain chain = new(new GaussianEmission([1, 2, 3, 6]), 1);
        EcmFit fit = new Ecm(chain, chain.BaumWelch()).Run([1, 1, 0, 1]);
        Assert.Equal(3, fit.Theta[2], 12);
        Assert.Equal(3.5, fit.Theta[3], 12);
        Assert.Equal(-2 * (Math.Log(2 * Math.PI * 3.5) + 1), fit.LogLikelihood, 12);
    }

    [Fact]
    public void Long_chains_and_far_outputs_do_not_underflow()
    {
        double[] outputs = [.. Enumerable.Range(0, 1_000_000).Select(i => i % 2 == 0 ? 1e4 : -1e4)];
        HiddenMarkovChain chain = new(new GaussianEmission(outputs), 2);
        double value = chain.LogDensity([0.5, 0.5, 0.5, 0.5, 0.5, 0.5, 0, 0, 1, 1], 0);
        Assert.Equal(1, value / (-1e6 * ((0.5 * Math.Log(2 * Math.PI)) + 5e7)), 10);
    }

    [Fact]
    public void A_state_that_shrinks_to_a_point_is_said()
    {
        HiddenMarkovChain chain = new(new GaussianEmission([0, 0, 0, 5, 7, 9, 6]), 2);
        EcmFit fit = new Ecm(chain, chain.BaumWelch()).Run([0.9, 0.1, 0.5, 0.5, 0.5, 0.5, 0, 7, 0.01, 3]);
        Assert.Equal(EcmEnding.Degenerate, fit.Ending);
        Assert.Contains("edge of the parameter space", fit.Sentence);
    }

    [Fact]
    public void Bad_chains_are_refused_with_a_sentence()
    {
        Assert.Contains("Output 2 is 3", Assert.Throws<ArgumentException>(() => new DiscreteEmission([0, 3], 3)).Message);
        Assert.Contains("Output 1 is -1", Assert.Throws<ArgumentException>(() => new DiscreteEmission([-1], 3)).Message);
        Assert.Contains("number of states",
            Assert.Throws<ArgumentException>(() => new HiddenMarkovChain(new DiscreteEmission([0, 1], 3), 3)).Message);
        Assert.Contains("add up to 3",
            Assert.Throws<ArgumentException>(() => new HiddenMarkovChain(new DiscreteEmission([0, 1], 3), 1, 3)).Message);
        Assert.Contains("one value", Assert.Throws<ArgumentException>(() => new GaussianEmission([1, 1])).Message);
    }

    static IEnumerable<(int[] Path, double P)> Paths()
    {
        for (int code = 0; code < 64; code++)
        {
            int[] path = [.. Enumerable.Range(0, 6).Select(t => (code >> t) & 1)];
            double p = Law[path[0]];
            for (int t = 0; t < 6; t++) p *= Law[6 + (3 * path[t]) + Symbols[t]] * (t == 0 ? 1 : Law[2 + (2 * path[t - 1]) + path[t]]);
            yield return (path, p);
        }
    }
}
