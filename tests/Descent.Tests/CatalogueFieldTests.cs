using Descent.Algorithms;
using Descent.Oracles;
using Descent.StepSizes;
using Descent.Tests.Algorithms;

namespace Descent.Tests;

/// <summary>What fits and plans read of an entry, where its behaviour can show that it is so.</summary>
public class CatalogueFieldTests
{
    [Theory]
    [InlineData("gd")]
    [InlineData("heavy-ball")]
    [InlineData("ema-momentum")]
    [InlineData("nesterov")]
    public void Just_below_the_largest_stable_step_a_quadratic_contracts_and_just_above_it_grows(string name)
    {
        const double H = 3;
        CatalogueEntry entry = Catalogue.Find(name)!;
        double stable = entry.StableStep(new MethodSettings(entry) { Smoothness = H });
        Assert.True(After(0.98 * stable) < 1e-3, $"{name} at 0.98 of {stable}: |w| = {After(0.98 * stable)}");
        Assert.True(After(1.02 * stable) > 1e3, $"{name} at 1.02 of {stable}: |w| = {After(1.02 * stable)}");

        double After(double eta)
        {
            Formula f = new(1, w => H * w[0] * w[0] / 2, w => [H * w[0]]);
            var method = (IMethod<double, IGradientOracle<double>>)new MethodSettings(entry) { StepSize = new Constant(eta) }.Build();
            Iteration<double> run = method.Start(f, [1], new Draws(1));
            double largest = 0;
            for (int t = 0; t < 400; t++)
            {
                run.Advance();
                if (t >= 390) largest = Math.Max(largest, Math.Abs(run.Point[0]));
            }
            return largest;
        }
    }

    [Fact]
    public void Ranks_run_from_one_without_gaps_and_every_need_has_words_of_its_own()
    {
        int[] ranks = [.. Catalogue.All.Select(e => e.Rank).Where(r => r > 0).Order()];
        Assert.Equal([.. Enumerable.Range(1, ranks.Length)], ranks);
        var needs = Catalogue.All.GroupBy(e => e.Needs).ToList();
        Assert.Equal(Enum.GetValues<Needs>().Length, needs.Count);
        Assert.Equal(needs.Count, needs.Select(g => g.First().NeedsText).Distinct().Count());
    }

    [Fact]
    public void An_average_stands_for_a_method_that_is_there_and_has_its_steps()
    {
        CatalogueEntry[] averages = [.. Catalogue.All.Where(e => e.AveragedOf is not null)];
        Assert.NotEmpty(averages);
        foreach (CatalogueEntry e in averages)
        {
            CatalogueEntry own = Catalogue.Find(e.AveragedOf!)!;
            Assert.NotNull(e.Average);
            Assert.Null(own.Average);
            Assert.Equal((own.Needs, own.Step, own.PlainSamples), (e.Needs, e.Step, e.PlainSamples));
        }
    }
}
