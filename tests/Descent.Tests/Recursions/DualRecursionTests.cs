using Descent.Algorithms;
using Descent.Models.Linear;
using Descent.Models.Losses;
using Descent.Oracles;

namespace Descent.Tests.Recursions;

/// <summary>Dual coordinate ascent: each coordinate's maximum found anew by halving.</summary>
public class DualRecursionTests
{
    [Theory]
    [InlineData(SampleOrder.Shuffle, 0.1)]
    [InlineData(SampleOrder.Replacement, 0.02)]
    [InlineData(SampleOrder.ShuffleOnce, 1)]
    [InlineData(SampleOrder.Sequential, 0.3)]
    public void Follows_its_published_recursion(SampleOrder order, double lambda)
    {
        Plain plain = Plain.Linear(lambda, weighted: false).Plain;
        double[] x = [.. Enumerable.Range(0, plain.Count).SelectMany(i => plain.Row(i))],
            y = [.. Enumerable.Range(0, plain.Count).Select(plain.Label)];
        var risk = Risk.Of<double, DenseRows<double>, LogisticLoss>(new DenseRows<double>(x, plain.Count, 5), y, default,
            new RiskOptions { Intercept = false, L2 = lambda });
        MethodSettings settings = new(Catalogue.Find("sdca")!) { Sampling = new Sampling(order), Count = plain.Count };
        Iteration<double> run = ((IMethod<double, IDualCoordinateOracle<double>>)settings.Build())
            .Start(risk.Find<IDualCoordinateOracle<double>>()!, new double[5], new Draws(7));
        int t = 0;
        foreach (double[] expected in Ascent.Sdca(new Feed(plain, new double[5], _ => 1, new Sampling(order), 7), lambda).Take(60))
        {
            run.Advance();
            // A dual variable that sits where its slope is flat is found by halving only to √ε of the dual; here the slope is steep.
            CatalogueRecursionTests.Same(expected, run.Point, 1e-12, $"{order}, λ = {lambda}, step {++t}");
        }
    }
}
