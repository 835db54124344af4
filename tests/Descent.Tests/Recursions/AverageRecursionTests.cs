using Descent.Algorithms;
using Descent.Oracles;
using Descent.StepSizes;

namespace Descent.Tests.Recursions;

/// <summary>Each kind of average from all iterates of the run anew.</summary>
public class AverageRecursionTests
{
    public static TheoryData<AverageKind, double, long> Kinds => new()
    {
        { AverageKind.Uniform, 0, 0 }, { AverageKind.StepSizeWeighted, 0, 0 }, { AverageKind.RandomIterate, 0, 0 },
        { AverageKind.Suffix, 0, 0 },
        { AverageKind.Exponential, 0.8, 0 }, { AverageKind.Polynomial, 3, 0 }, { AverageKind.Cyclic, 4, 6 },
    };

    [Theory]
    [MemberData(nameof(Kinds))]
    public void Is_that_of_the_iterates(AverageKind kind, double parameter, long from)
    {
        Plain plain = Plain.Blocks();
        Sampling sampling = new(SampleOrder.Replacement, 3);
        double[] start = [.. Enumerable.Range(0, plain.Dimension).Select(j => Math.Sin(j))];
        static double Eta(int t) => 0.3 / Math.Sqrt(t + 1);
        Averaging averaging = new(kind, parameter, from);
        Iteration<double> run = new Averaged<double, PlainOracle>(Methods.Sgd(new Power(0.3), sampling), averaging)
            .Start(new PlainOracle(plain), start, new Draws(2));
        int t = 0;
        foreach (double[] expected in Averages.Of(Momentum.Sgd(new Feed(plain, start, Eta, sampling, 2)), start, averaging, Eta,
            new Draws(2).Split(1)).Take(60))
        {
            run.Advance();
            CatalogueRecursionTests.Same(expected, run.Point, 1e-12, $"{kind}, step {++t}");
        }
    }
}
