using Descent.Algorithms;
using Descent.Oracles;
using Descent.Rules;
using Descent.Sets;
using Descent.StepSizes;

namespace Descent.Tests.Recursions;

/// <summary>Who may run on an objective with a kink: whoever takes a Euclidean step.
/// All others say so, and name a method that may.</summary>
public class RefusalTests
{
    public static TheoryData<string> Names => [.. Catalogue.All.Where(e => !e.TakesOne && e.Name != "interior-point").Select(e => e.Name)];

    static bool MayRun(string name) => name is "gd" or "sgd" or "averaged-sgd" or "heavy-ball" or "ema-momentum" or "nesterov" or "fista"
        or "accelerated" or "adagrad-norm" or "adagrad-norm-delayed" or "ema-norm"
        or "ema-norm-corrected" or "clipped-sgd" or "accumulated-sgd" or "sam" or "sps" or "svrg" or "loopless-svrg" or "sag" or "saga"
        or "sarah" or "page" or "katyusha" or "coordinate-descent";

    [Theory]
    [MemberData(nameof(Names))]
    public void A_penalty_with_a_kink_is_taken_or_refused_by_name(string name)
    {
        CatalogueEntry e = Catalogue.Find(name)!;
        Plain plain = Plain.Blocks();
        MethodSettings settings = new(e)
        {
            StepSize = new Constant(0.1),
            Smoothness = 3,
            SampleSmoothness = 4,
            StrongConvexity = 0.2,
            Count = plain.Count,
            Sampling = e.CanSample ? new Sampling(SampleOrder.Shuffle, 3) : null,
        };
        var method = (IMethod<double, PlainOracle>)settings.Build();
        PlainOracle kinked = new(plain, new L1Penalty([.. Enumerable.Repeat(5.0, plain.Dimension)]));
        if (MayRun(name))
        {
            Iteration<double> run = method.Start(kinked, [.. Enumerable.Repeat(0.01, plain.Dimension)], new Draws(1));
            run.Advance(40);
            // A penalty this strong has its minimum at zero.
            if (name != "katyusha") Assert.All(run.Point.ToArray(), x => Assert.Equal(0, x));
            else Assert.All(run.Point.ToArray(), x => Assert.InRange(Math.Abs(x), 0, 0.01));
        }
        else
        {
            ArgumentException refused =
                Assert.Throws<ArgumentException>(() => method.Start(kinked, new double[plain.Dimension], new Draws(1)));
            Assert.Matches("fista|not supported", refused.Message);
        }
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void A_start_of_the_wrong_length_is_named(string name)
    {
        CatalogueEntry e = Catalogue.Find(name)!;
        MethodSettings settings = new(e)
        {
            StepSize = new Constant(0.1),
            Smoothness = 3,
            SampleSmoothness = 4,
            StrongConvexity = 0.2,
            Count = 11,
            Sampling = e.CanSample ? new Sampling(SampleOrder.Shuffle, 3) : null,
        };
        Assert.Contains("14",
            Assert.Throws<ArgumentException>(
                () => ((IMethod<double, PlainOracle>)settings.Build()).Start(new PlainOracle(Plain.Blocks()), new double[13], new Draws(1)))
                .Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Rules_that_see_blocks_pass_a_proximal_map_on()
    {
        FirstOrder clipped = new GradientMethod(new Clipped(new Adam(), 1), new Constant(0.1));
        PlainOracle kinked = new(Plain.Blocks(), new L1Penalty(new double[14]));
        Assert.Contains("Clipped does not take a plain step",
            Assert.Throws<ArgumentException>(() => ((IMethod<double, PlainOracle>)clipped).Start(kinked, new double[14], new Draws(1)))
                .Message, StringComparison.Ordinal);
    }
}
