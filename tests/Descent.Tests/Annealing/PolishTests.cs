namespace Descent.Tests.Annealing;

/// <summary>The local search of annealing and its jumps where the function or the box ends.</summary>
public class PolishTests
{
    // x₁ stands at a wall behind which f is infinite, the step of its difference is forward, across the wall: the difference says nothing,
    // and x₀ goes on by itself. The compass search, which annealing runs now and then, would hide a fault of it.
    [Fact]
    public void A_difference_across_a_wall_of_infinity_leaves_the_other_coordinate_its_own()
    {
        foreach (double x1 in (double[])[0.5, 0.5 - 1e-9])
        {
            MeteredLandscape f = new(x => x[1] > 0.5 ? double.PositiveInfinity : ((x[0] - 0.3) * (x[0] - 0.3)) - x[1], [-4, -4], [4, 4],
                new AnnealingOptions { Evaluations = 1000 });
            double[] x = [-2, x1];
            double value = new LocalPolish(f, [false, false]).QuasiNewton(x, f.Of(x));
            Assert.Equal(0.3, x[0], 1e-5);
            Assert.Equal(x1, x[1]);
            Assert.Equal(-x1, value, 1e-9);
        }
    }

    // NaN is what a function says where it has no value: it counts as infinite.
    [Fact]
    public void A_difference_into_no_number_is_one_into_a_wall()
    {
        MeteredLandscape f = new(x => x[1] > 0.5 ? double.NaN : ((x[0] - 0.3) * (x[0] - 0.3)) - x[1], [-4, -4], [4, 4],
            new AnnealingOptions { Evaluations = 1000 });
        double[] x = [2, 0.5];
        Assert.Equal(-0.5, new LocalPolish(f, [false, false]).QuasiNewton(x, f.Of(x)), 1e-9);
    }

    // Differences at the upper end of the box are backward; a coordinate that presses against an end stands still, any other leaves it.
    [Theory]
    [InlineData(4, 1, 4)]
    [InlineData(4, -1, -4)]
    [InlineData(-4, 1, 4)]
    [InlineData(-4, -1, -4)]
    public void Ends_of_the_box_hold_what_presses_and_free_what_does_not(double start, double slope, double end)
    {
        List<double> asked = [];
        MeteredLandscape f = new(x =>
        {
            asked.Add(x[1]);
            return ((x[0] - 0.3) * (x[0] - 0.3)) - (slope * x[1]);
        }, [-4, -4], [4, 4], new AnnealingOptions { Evaluations = 2000 });
        double[] x = [-2, start];
        double value = new LocalPolish(f, [false, false]).QuasiNewton(x, f.Of(x));
        Assert.All(asked, y => Assert.InRange(y, -4, 4));
        Assert.Equal(end, x[1], 1e-6);
        Assert.Equal(-4, value, 1e-6);
    }

    // At fixed J the law on an interval is ∝ e^(−f), so folded at its ends: with f = x on [0, 1] the twenty bins have the probabilities
    // e^(−i/20)(1 − e^(−1/20))/(1 − e^(−1)). 19 degrees of freedom pass 43.8 once in a thousand. Proposals that were clamped to the ends,
    // not folded, would gather in the two bins there.
    [Fact]
    public void At_a_fixed_temperature_an_interval_has_its_exact_law_up_to_its_ends()
    {
        double[] counts = new double[20];
        int states = 0;
        for (ulong seed = 1; seed <= 40; seed++)
        {
            AnnealingResult r = SimulatedAnnealing.Minimize(x => x[0], [0], [1], new()
            {
                Seed = seed,
                Polish = false,
                Cooling = Cooling.Constant,
                Depth = 1,
                Evaluations = 30_000,
            });
            foreach (AnnealingMark m in r.Trace.Skip(20))
            {
                counts[Math.Min(19, (int)(20 * m.Point[0]))]++;
                states++;
            }
        }
        Assert.True(states > 18_000, $"{states}");
        double square = 0;
        for (int i = 0; i < 20; i++)
        {
            double expected = states * Math.Exp(-i / 20.0) * (1 - Math.Exp(-0.05)) / (1 - Math.Exp(-1));
            square += (counts[i] - expected) * (counts[i] - expected) / expected;
        }
        Assert.InRange(square, 0, 43.8);
    }

    // What jumps of the search over minima write lies in the box, whole where it has to be, and folded as far beyond an end as it went.
    [Fact]
    public void A_jump_beyond_an_end_comes_back_by_as_much()
    {
        MeteredLandscape f = new(x => 0, [-1, 0.5], [1, 3.5], new AnnealingOptions());
        JumpLaw jumps = new(f, [false, true], new Descent.Numerics.Draws(1));
        Assert.Equal(0.75, jumps.Place(0, 1.25));
        Assert.Equal(-0.75, jumps.Place(0, -1.25));
        Assert.Equal(-1, jumps.Place(0, 7));
        Assert.Equal(1, jumps.Place(1, 0.5));
        Assert.Equal(3, jumps.Place(1, 3.9));
        Assert.Equal(2, jumps.Place(1, 2.4));
    }

    // Ten towns, all 9!/2 tours by enumeration; a tour is the order of nine keys in [0, 1].
    [Fact]
    public void A_tour_of_ten_towns_is_the_shortest_of_all()
    {
        double[] x = [0.12, 0.81, 0.45, 0.93, 0.27, 0.64, 0.05, 0.71, 0.38, 0.56];
        double[] y = [0.33, 0.15, 0.92, 0.66, 0.74, 0.41, 0.88, 0.97, 0.09, 0.58];
        double best = Shortest([.. Enumerable.Range(1, 9)], 0, 0, 0);
        for (ulong seed = 1; seed <= 5; seed++)
        {
            foreach ((bool polish, int budget) in (ReadOnlySpan<(bool, int)>)[(true, 60_000), (false, 300_000)])
            {
                AnnealingResult r = SimulatedAnnealing.Minimize(Tour, new double[9], [.. Enumerable.Repeat(1.0, 9)],
                    new() { Seed = seed, Polish = polish, Evaluations = budget, Target = best + 1e-12 });
                Assert.Equal(best, r.Value, 1e-12);
            }
        }

        double Tour(ReadOnlySpan<double> keys)
        {
            double[] key = keys.ToArray();
            return Length([.. Enumerable.Range(1, 9).OrderBy(i => key[i - 1])]);
        }

        double Gap(int a, int b) => Math.Sqrt(((x[a] - x[b]) * (x[a] - x[b])) + ((y[a] - y[b]) * (y[a] - y[b])));

        double Length(int[] tour) => Gap(0, tour[0]) + Enumerable.Range(1, 8).Sum(i => Gap(tour[i - 1], tour[i])) + Gap(tour[8], 0);

        double Shortest(int[] left, int at, int from, double soFar)
        {
            if (at == left.Length) return soFar + Gap(from, 0);
            double least = double.PositiveInfinity;
            for (int i = at; i < left.Length; i++)
            {
                (left[at], left[i]) = (left[i], left[at]);
                least = Math.Min(least, Shortest(left, at + 1, left[at], soFar + Gap(from, left[at])));
                (left[at], left[i]) = (left[i], left[at]);
            }
            return least;
        }
    }
}
