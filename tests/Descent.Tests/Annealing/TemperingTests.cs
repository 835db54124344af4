using Descent.Testing;

namespace Descent.Tests.Annealing;

/// <summary>Parallel tempering, and the laws that it and Metropolis' chain have on twelve points.</summary>
public class TemperingTests
{
    // The landscape of twelve points.
    static readonly double[] Heights = [0, 0.5, 1.2, 0.3, 0.9, 2, 0.1, 1.5, 0.7, 0.2, 1, 0.4];

    static AnnealingOptions OnPoints(ulong seed, int evaluations) =>
        new() { Seed = seed, Integers = [0], Polish = false, Evaluations = evaluations };

    // p(x) ∝ e^(−f(x)/T).
    static double[] Law(double temperature)
    {
        double z = Heights.Sum(v => Math.Exp(-v / temperature));
        return [.. Heights.Select(v => Math.Exp(-v / temperature) / z)];
    }

    // Every chain has its own law; χ² with 11 degrees of freedom passes 37.4 once in ten thousand. And the share of exchanges is that of
    // independent states, Σ p_a(i) p_b(j) min(1, e^((J_a − J_b)(f_i − f_j))), by enumeration.
    [Fact]
    public void Chains_have_their_exact_laws_and_exchange_as_often_as_these_say()
    {
        const int Seeds = 12, Chains = 4;
        double[][] counts = [.. Enumerable.Range(0, Chains).Select(_ => new double[12])];
        double[] exchanged = new double[Chains - 1], temperatures = [];
        for (ulong seed = 1; seed <= Seeds; seed++)
        {
            AnnealingResult r = ParallelTempering.Minimize(x => Heights[(int)x[0]], [0], [11],
                OnPoints(seed, 120_000) with { Ladder = new(Chains, 0.7, 3) });
            foreach (AnnealingMark m in r.Trace.Skip(20 * Chains)) counts[m.Chain][(int)m.Point[0]]++;
            for (int k = 0; k < Chains - 1; k++) exchanged[k] += r.Rungs[k].Exchanged / Seeds;
            temperatures = [.. r.Rungs.Select(g => g.Temperature)];
        }
        Assert.Equal([0.7, 0.7 * Math.Pow(3 / 0.7, 1.0 / 3), 0.7 * Math.Pow(3 / 0.7, 2.0 / 3), 3], temperatures,
            (a, b) => Math.Abs(a - b) < 1e-12);
        for (int k = 0; k < Chains; k++)
        {
            double states = counts[k].Sum();
            Assert.True(states > 5_000);
            Assert.InRange(Law(temperatures[k]).Zip(counts[k], (p, c) => Math.Pow(c - (states * p), 2) / (states * p)).Sum(), 0, 37.4);
            if (k < Chains - 1) Assert.Equal(Share(temperatures[k], temperatures[k + 1]), exchanged[k], 0.005);
        }

        double Share(double cold, double hot)
        {
            double[] a = Law(cold), b = Law(hot);
            return Enumerable.Range(0, 144).Sum(c =>
                a[c / 12] * b[c % 12] * Math.Min(1, Math.Exp(((1 / cold) - (1 / hot)) * (Heights[c / 12] - Heights[c % 12]))));
        }
    }

    // Detailed balance by the transition matrix. The proposal as documented, written out: a step s of density 1/(s log 1000) on
    // [11/1000, 11] to either side, folded half a number beyond the ends, rounded: Q is symmetric. P = Q·min(1, e^(f_i − f_j)) fulfils
    // π_i P_ij = π_j P_ji, and the steps that the chain takes have these shares: χ² over 132 free cells passes 187 once in a thousand.
    [Fact]
    public void Steps_have_the_shares_of_a_transition_matrix_in_detailed_balance()
    {
        double[,] p = new double[12, 12], counts = new double[12, 12];
        double[] law = Law(1), visits = new double[12];
        for (int i = 0; i < 12; i++)
        {
            p[i, i] = 1;
            for (int j = 0; j < 12; j++)
            {
                if (j == i) continue;
                double q = (Mass(Math.Abs(i - j)) + Mass(i + j + 1) + Mass(23 - i - j)) / 2;
                p[i, j] = q * Math.Min(1, Math.Exp(Heights[i] - Heights[j]));
                p[i, i] -= p[i, j];
            }
        }
        for (int i = 0; i < 12; i++)
            for (int j = 0; j < 12; j++) Assert.Equal(law[i] * p[i, j], law[j] * p[j, i], 1e-15);
        for (ulong seed = 1; seed <= 200; seed++)
        {
            // Five hundred evaluations are marked one by one.
            AnnealingResult r = SimulatedAnnealing.Minimize(x => Heights[(int)x[0]], [0], [11],
                OnPoints(seed, 500) with { Cooling = Cooling.Constant, Depth = 1 });
            int[] path = [.. r.Trace.Select(m => (int)m.Point[0])];
            Assert.Equal(497, path.Length);
            for (int t = 1; t < path.Length; t++)
            {
                visits[path[t - 1]]++;
                counts[path[t - 1], path[t]]++;
            }
        }
        double square = 0;
        for (int i = 0; i < 12; i++)
            for (int j = 0; j < 12; j++) square += Math.Pow(counts[i, j] - (visits[i] * p[i, j]), 2) / (visits[i] * p[i, j]);
        Assert.InRange(square, 0, 187);

        static double Mass(int k)
        {
            double from = Math.Max(k - 0.5, 0.011), to = Math.Min(k + 0.5, 11);
            return from < to ? Math.Log(to / from) / Math.Log(1000) : 0;
        }
    }

    // Hajek's dichotomy. Six coordinates of 0 and 1, f by their sum: a local minimum of depth 1.5 at 0, the global one at 6. With c above
    // that depth the chain ends in the global one; with a tenth of it every chain is caught where it first went, half of them at 0.
    [Fact]
    public void The_logarithmic_schedule_needs_the_depth_of_the_deepest_minimum()
    {
        double[] f = [1, 2.5, 2.5, 2.5, 2.5, 2.5, 0];
        int Ends(double c) => Enumerable.Range(1, 40).Count(seed => SimulatedAnnealing.Minimize(
            x => f[(int)(x[0] + x[1] + x[2] + x[3] + x[4] + x[5])], new double[6], [1, 1, 1, 1, 1, 1], new()
            {
                Seed = (ulong)seed,
                Integers = [0, 1, 2, 3, 4, 5],
                Polish = false,
                Cooling = Cooling.Logarithmic,
                Depth = c,
                Evaluations = 15_000,
            }).Trace[^1].Current == 0);
        Assert.InRange(Ends(3), 34, 40);
        Assert.InRange(Ends(0.15), 10, 30);
    }

    [Theory]
    [InlineData("rastrigin", 2, 3_000)]
    [InlineData("rastrigin", 5, 20_000)]
    [InlineData("ackley", 5, 20_000)]
    [InlineData("schwefel", 5, 20_000)]
    [InlineData("himmelblau", 5, 5_000)]
    public void Every_one_of_twenty_seeds_finds_the_global_minimum(string name, int d, int budget)
    {
        TestLandscape l = Landscapes.All.Single(t => t.Name == name);
        double[] high = [.. Enumerable.Repeat(l.HalfWidth, d)], low = [.. high.Select(h => -h)];
        double tolerance = name == "schwefel" ? 420e-6 * d : 1e-6;
        Assert.All(Enumerable.Range(0, 20), seed => Assert.InRange(ParallelTempering.Minimize(l.Function, low, high,
            new() { Seed = (ulong)seed, Target = tolerance, Evaluations = budget }).Value, -1e-9, tolerance));
    }

    // A kink is found by the compass alone; an integer stays one.
    [Fact]
    public void Kinks_and_integers_are_found_within_the_budget_and_the_seed_decides_every_bit()
    {
        AnnealingResult Run(ulong seed) => ParallelTempering.Minimize(x => Math.Abs(x[0] - 2.6) + Math.Abs(x[1] - 0.3), [-9.5, -9.5],
            [9.5, 9.5], new() { Seed = seed, Integers = [0], Evaluations = 25_000, Ladder = new(3) });
        AnnealingResult a = Run(4), b = Run(4);
        Assert.Equal(25_000, a.Evaluations);
        Assert.Equal(3, a.Point[0]);
        Assert.Equal(0.4, a.Value, 8);
        Assert.Equal(a.Point, b.Point);
        Assert.Equal(a.Rungs, b.Rungs);
        Assert.NotEqual(a.Rungs, Run(5).Rungs);
        Assert.Equal(3, a.Rungs.Count);
        Assert.Equal(1000, a.Rungs[2].Temperature / a.Rungs[0].Temperature, 1e-9);
    }

    [Fact]
    public void What_cannot_run_is_refused_with_a_sentence()
    {
        Refused("at least 2; got 1", new() { Ladder = new(1) });
        Refused("from 3 to 2; give positive", new() { Ladder = new(4, 3, 2) });
        Refused("from -1 to the default; give positive", new() { Ladder = new(4, -1) });
        Refused("leave Cooling and Depth out", new() { Cooling = Cooling.Logarithmic });
        Refused("at least 24 evaluations; got 23", new() { Evaluations = 23 });
        Assert.Contains("belongs to parallel tempering", Assert.Throws<ArgumentException>(() =>
            SimulatedAnnealing.Minimize(Landscapes.Levy, [-1], [1], new() { Ladder = new() })).Message, StringComparison.Ordinal);

        static void Refused(string said, AnnealingOptions options) => Assert.Contains(said,
            Assert.Throws<ArgumentException>(() => ParallelTempering.Minimize(Landscapes.Levy, [-1], [1], options)).Message,
            StringComparison.Ordinal);
    }
}
