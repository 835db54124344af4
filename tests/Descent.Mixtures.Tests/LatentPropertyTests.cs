using Descent.Latent;
using Descent.Maps;
using Descent.Mixtures.Laws;

namespace Descent.Mixtures.Tests;

/// <summary>EM never lowers the likelihood by more than rounding: random models of every family, random rows, random starts.</summary>
public class LatentPropertyTests
{
    public static TheoryData<string> Families => ["poisson", "bernoulli", "regression", "logistic"];

    [Theory]
    [MemberData(nameof(Families))]
    public void The_likelihood_never_falls(string family)
    {
        int runs = 0;
        for (int seed = 1; seed <= 40; seed++)
        {
            Random random = new(seed);
            (ILatentModel model, double[]? start) = Model(family, random);
            if (start is null) continue;
            EmMap map = new(model);
            MapResult run = new FixedPointIteration(map, start).Run(new MapOptions(1e-12, 150));
            for (int t = 1; t < run.Merits.Count; t++)
                Assert.True(run.Merits[t] >= run.Merits[t - 1] - map.Rounding(run.Merits[t]), $"{family}, seed {seed}, step {t}: {run.Outcome.Sentence}");
            Assert.DoesNotContain("lowered", run.Outcome.Sentence, StringComparison.Ordinal);
            double sum = 0;
            for (int i = 0; i < model.Count; i++) sum += model.LogDensity(run.Point, i);
            Assert.Equal(map.Merit(run.Point), sum, 1e-9 * (1 + Math.Abs(sum)));
            if (run.Merits.Count > 2) runs++;
        }
        Assert.True(runs > 20, $"only {runs} runs went anywhere");
    }

    static (ILatentModel Model, double[]? Start) Model(string family, Random random)
    {
        int n = random.Next(20, 200), d = random.Next(1, 4), k = random.Next(1, 5);
        double[] x = [.. Enumerable.Range(0, n * d).Select(_ => Normal(random))];
        double slope = 3 * Normal(random);
        IComponentLaw law = family switch
        {
            "poisson" => new PoissonLaw([.. x.Select(v => Math.Floor(Math.Exp(1 + v)))], d),
            "bernoulli" => new BernoulliLaw([.. x.Select(v => v > 0.3 ? 1.0 : 0)], d),
            "regression" => new LinearRegressionLaw(x, d, [.. Enumerable.Range(0, n).Select(i => (slope * x[i * d] * (i % 2)) + Normal(random))]),
            _ => new LogisticRegressionLaw(x, d, [.. Enumerable.Range(0, n).Select(_ => (double)random.Next(0, 6))], [.. Enumerable.Repeat(5.0, n)]),
        };
        FiniteMixture model = new(law, k);
        double[] theta = new double[model.Parameters];
        return (model, model.Start(new Draws((ulong)random.Next()), theta) ? theta : null);
    }

    static double Normal(Random random) => Math.Sqrt(-2 * Math.Log(1 - random.NextDouble())) * Math.Cos(2 * Math.PI * random.NextDouble());
}
