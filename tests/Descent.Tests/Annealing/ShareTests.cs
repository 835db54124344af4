using Descent.Testing;

namespace Descent.Tests.Annealing;

public class ShareTests
{
    // Evaluations within which 95 of 100 seeds first come within the tolerance. In brackets those of scipy.optimize.dual_annealing (SciPy
    // 1.10.1, defaults, seeds 0 … 99, counted until a value within the tolerance is met) for the same share; on Griewank it ends with 42 of
    // 100 (d = 2) and 3 of 100 (d = 5). The numbers of the jumps were chosen on seeds 0 to 199, these among them.
    [Theory]
    [InlineData("rastrigin", 2, 700)] // [1102]
    [InlineData("rastrigin", 5, 1900)] // [2990]
    [InlineData("ackley", 2, 700)] // [1026]
    [InlineData("ackley", 5, 1700)] // [3284]
    [InlineData("schwefel", 2, 320)] // [320]
    [InlineData("schwefel", 5, 932)] // [932]
    [InlineData("griewank", 2, 8000)]
    [InlineData("himmelblau", 2, 51)] // [51]
    [InlineData("himmelblau", 5, 326)] // [326]
    public void Ninety_five_of_a_hundred_seeds_find_the_global_minimum(string name, int d, int budget)
    {
        TestLandscape l = Landscapes.All.Single(t => t.Name == name);
        double tolerance = name == "schwefel" ? 420e-6 * d : 1e-6;
        Assert.InRange(Enumerable.Range(0, 100).Count(s => Run(l, d, budget, (ulong)s, tolerance).Value <= tolerance), 95, 100);
    }

    // Seeds 1000 … 1999, on which nothing was chosen: 95 in 100 need no more than 95 in 100 runs of SciPy 1.10.1's dual_annealing on the
    // same seeds do (bench/dual_annealing.py 1000 1000; of Rastrigin and Ackley the first hundred of them).
    [Theory]
    [InlineData("rastrigin", 2, 1110)]
    [InlineData("rastrigin", 5, 3438)]
    [InlineData("ackley", 2, 994)]
    [InlineData("ackley", 5, 3270)]
    [InlineData("schwefel", 2, 229)]
    [InlineData("schwefel", 5, 832)]
    [InlineData("himmelblau", 2, 51)]
    [InlineData("himmelblau", 5, 314)]
    public void Seeds_that_nothing_was_chosen_on_need_no_more_than_SciPy(string name, int d, int budget)
    {
        TestLandscape l = Landscapes.All.Single(t => t.Name == name);
        double tolerance = name == "schwefel" ? 420e-6 * d : 1e-6;
        int[] needed = [.. Enumerable.Range(1000, 1000).Select(s => Run(l, d, 8 * budget, (ulong)s, tolerance))
            .Select(r => r.Value <= tolerance ? r.Evaluations : int.MaxValue).Order()];
        Assert.True(needed[949] <= budget, $"{name}, d = {d}: 95 in 100 seeds need {needed[949]}, SciPy {budget}");
        Console.WriteLine($"share: {name} {d}: {needed[949]}, SciPy {budget}");
    }

    // Griewank's in five dimensions, of whose minima many lie close to the least: within 100,000 evaluations 95 in 100 of the same seeds.
    // SciPy ends with 3 of the seeds 0 … 99.
    [Fact]
    public void So_do_ninety_five_in_a_hundred_where_minima_lie_close_together()
    {
        TestLandscape l = Landscapes.All.Single(t => t.Name == "griewank");
        Assert.InRange(Enumerable.Range(1000, 1000).Count(s => Run(l, 5, 100_000, (ulong)s, 1e-6).Value <= 1e-6), 950, 1000);
    }

    [Fact]
    public void Each_function_is_zero_at_its_minimiser()
    {
        foreach (TestLandscape l in Landscapes.All)
            foreach (int d in new[] { 2, 5 }) Assert.InRange(Math.Abs(l.Function(l.MinimiserIn(d))), 0, 1e-9);
    }

    [Fact]
    public void The_budget_is_kept_and_the_seed_decides_every_bit()
    {
        TestLandscape l = Landscapes.All[0];
        AnnealingResult a = Run(l, 3, 777, 5, double.NegativeInfinity), b = Run(l, 3, 777, 5, double.NegativeInfinity);
        Assert.Equal((777, a.Value), (a.Evaluations, b.Value));
        Assert.Equal(a.Point, b.Point);
        Assert.Equal(a.Value, l.Function(a.Point));
    }

    [Theory]
    [InlineData(Cooling.Geometric)]
    [InlineData(Cooling.Logarithmic)]
    public void Integer_coordinates_hold_integers_and_find_the_best_one(Cooling cooling)
    {
        // (x - 2.6)² + (y - 0.3)² with x an integer: 0.16 at (3, 0.3).
        AnnealingResult r = SimulatedAnnealing.Minimize(
            x => ((x[0] - 2.6) * (x[0] - 2.6)) + ((x[1] - 0.3) * (x[1] - 0.3)), [-9.5, -9.5], [9.5, 9.5],
            new() { Integers = [0], Cooling = cooling, Evaluations = 3000 });
        Assert.Equal(3, r.Point[0]);
        Assert.Equal(0.16, r.Value, 8);
    }

    // The best point lies at a wall behind which f is infinite: differences across it say nothing, and the other coordinate goes on.
    [Fact]
    public void A_wall_of_infinity_hides_no_other_coordinate()
    {
        for (ulong seed = 1; seed <= 10; seed++)
        {
            AnnealingResult r = SimulatedAnnealing.Minimize(
                x => (x[0] <= 1 ? -x[0] : double.PositiveInfinity) + ((x[1] - 0.3) * (x[1] - 0.3)), [-4, -4], [4, 4],
                new() { Seed = seed, Evaluations = 3_000 });
            Assert.InRange(r.Value, -1, -1 + 1e-6);
        }
    }

    // M40's exact law at a fixed J: p(x) ∝ e^(−f(x)) on twelve points, 500 thinned states a seed. χ² with 11 degrees of freedom passes 31.3
    // once in a thousand; a chain that folded whole numbers at their last, or took uphill moves too often, is far beyond.
    [Fact]
    public void At_a_fixed_temperature_twelve_points_have_their_exact_law()
    {
        double[] f = [0, 0.5, 1.2, 0.3, 0.9, 2, 0.1, 1.5, 0.7, 0.2, 1, 0.4], counts = new double[12];
        int states = 0;
        for (ulong seed = 1; seed <= 20; seed++)
        {
            AnnealingResult r = SimulatedAnnealing.Minimize(x => f[(int)x[0]], [0], [11], new()
            {
                Seed = seed,
                Integers = [0],
                Polish = false,
                Cooling = Cooling.Constant,
                Depth = 1,
                Evaluations = 30_000,
            });
            foreach (AnnealingMark m in r.Trace.Skip(20))
            {
                counts[(int)m.Point[0]]++;
                states++;
            }
        }
        double z = f.Sum(v => Math.Exp(-v)), square = 0;
        for (int i = 0; i < 12; i++) square += Math.Pow(counts[i] - (states * Math.Exp(-f[i]) / z), 2) / (states * Math.Exp(-f[i]) / z);
        Assert.True(states > 9_000);
        Assert.InRange(square, 0, 31.3);
    }

    [Fact]
    public void An_empty_box_is_refused() =>
        Assert.Contains("coordinate 1",
            Assert.Throws<ArgumentException>(() => SimulatedAnnealing.Minimize(Landscapes.Levy, [1], [1])).Message,
            StringComparison.Ordinal);

    static AnnealingResult Run(TestLandscape l, int d, int budget, ulong seed, double target)
    {
        double[] high = [.. Enumerable.Repeat(l.HalfWidth, d)], low = [.. high.Select(h => -h)];
        return SimulatedAnnealing.Minimize(l.Function, low, high, new() { Seed = seed, Target = target, Evaluations = budget });
    }
}
