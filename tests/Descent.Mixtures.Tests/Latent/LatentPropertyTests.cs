using Descent.Latent;
using Descent.Maps;
using Descent.Mixtures.Laws;
using Descent.Mixtures.Normals;
using Descent.Mixtures.StudentT;

namespace Descent.Mixtures.Tests.Latent;

/// <summary>EM never lowers the likelihood by more than rounding: random models of every family, random rows, random starts.</summary>
public class LatentPropertyTests
{
    public static TheoryData<string> Families => ["poisson", "bernoulli", "normal", "regression", "logistic", "factor", "ppca", "missing",
        "probit", "gaussian", "student"];

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
                Assert.True(run.Merits[t] >= run.Merits[t - 1] - map.Rounding(run.Merits[t]),
                    $"{family}, seed {seed}, step {t}: {run.Outcome.Sentence}");
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
        if (Other(family, random, x, n, d, k) is { } other) return other;
        IComponentLaw law = family switch
        {
            "poisson" => new PoissonLaw([.. x.Select(v => Math.Floor(Math.Exp(1 + v)))], d),
            "normal" => new NormalLaw([.. x.Select((v, i) => v + (3 * (i / d % k)))], d),
            "bernoulli" => new BernoulliLaw([.. x.Select(v => v > 0.3 ? 1.0 : 0)], d),
            "regression" => new LinearRegressionLaw(x, d, [.. Enumerable.Range(0,
                n).Select(i => (slope * x[i * d] * (i % 2)) + Normal(random))]),
            _ => new LogisticRegressionLaw(x, d, [.. Enumerable.Range(0, n).Select(_ => (double)random.Next(0, 6))],
                [.. Enumerable.Repeat(5.0, n)]),
        };
        FiniteMixture model = new(law, k);
        double[] theta = new double[model.Parameters];
        return (model, model.Start(new Draws((ulong)random.Next()), theta) ? theta : null);
    }

    static (ILatentModel, double[]?)? Other(string family, Random random, double[] x, int n, int d, int k)
    {
        Draws draws = new((ulong)random.Next());
        switch (family)
        {
            case "factor" or "ppca":
                double[] wide = [.. Enumerable.Range(0, n * (d + 2)).Select(i => Normal(random) + (2 * x[i / (d + 2) * d]))];
                FactorModel factor = new(wide, d + 2, 1 + (k % (d + 1)), family == "ppca");
                return (factor, factor.Start(draws));
            case "missing":
                MissingNormalModel missing = new([.. x.Select((v, i) => random.NextDouble() < 0.2 ? double.NaN : v + x[i / d * d])], d);
                return (missing, missing.Start());
            case "probit":
                ProbitModel probit = new(x, d, [.. Enumerable.Range(0, n).Select(i => x[i * d] + Normal(random) > 0 ? 1.0 : 0)]);
                return (probit, probit.Start());
            case "student":
                StudentTModel student = new([.. x.Select(v => v / (0.2 + random.NextDouble()))], d);
                return (student, student.Start());
            case "gaussian":
                GaussianMixture gaussian = new([.. x.Select((v, i) => v + (3 * (i / d % k)))], d, k, (CovarianceShape)random.Next(4));
                double[] theta = new double[gaussian.Parameters];
                return (gaussian, gaussian.Start(draws, theta) ? theta : null);
            default:
                return null;
        }
    }

    static double Normal(Random random) => Math.Sqrt(-2 * Math.Log(1 - random.NextDouble())) * Math.Cos(2 * Math.PI * random.NextDouble());
}
