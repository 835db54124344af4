using System.Diagnostics;
using Descent.Algorithms;
using Descent.Cli.Output;
using Descent.Models.Linear;
using Descent.Models.Losses;
using Descent.Oracles;
using Descent.Reports.Charts;
using Descent.StepSizes;

namespace Descent.Cli.Gallery;

/// <summary>E4: 200,000 SGD steps at batches 5, 15 and 30, η = 0.01 on the summed batch gradient, shuffled once, then in order.</summary>
static class IrisSgd
{
    const int Steps = 200_000;

    public static ExampleResult Run()
    {
        var (sepal, _, setosa) = IrisData.Read(0, 1);
        int n = sepal.Length;
        var risk = Risk.Of<double, DenseRows<double>, LogisticLoss>(new DenseRows<double>(sepal, n, 1), setosa, default);
        List<IReadOnlyList<string>> rows = [];
        List<Series> byStep = [], byWork = [];
        Stopwatch watch = Stopwatch.StartNew();
        foreach (var (batch, independent) in new[] { (5, "27.5, still rising"), (15, "28.3"), (30, "28.7") })
        {
            Iteration<double> run = Methods.Sgd(new Constant(0.01 * batch), new Sampling(SampleOrder.ShuffleOnce, batch))
                .Start(risk, [0, 0], new Draws(4));
            List<double> steps = [], work = [], intercept = [];
            double last = 0, low = double.PositiveInfinity, high = double.NegativeInfinity;
            while (run.Step < Steps)
            {
                run.Advance(500);
                steps.Add(run.Step);
                work.Add((double)run.Step * batch);
                intercept.Add(run.Point[1]);
            }
            // One more epoch, step by step: the cycle.
            for (int t = 0; t < n / batch; t++)
            {
                run.Advance();
                low = Math.Min(low, run.Point[1]);
                high = Math.Max(high, run.Point[1]);
                last += run.Point[1] * batch / n;
            }
            rows.Add([$"intercept, batch {batch}", "climbs to about 27.8, then a small cycle",
                independent, $"{Text.Number(last, "0.0")} (cycle {Text.Number(low, "0.00")} … {Text.Number(high, "0.00")})"]);
            byStep.Add(new Series($"batch {batch}", steps, intercept));
            byWork.Add(new Series($"batch {batch}", work, intercept));
        }
        Iteration<double> newton = Methods.Newton().Start(risk, [0, 0], new Draws(4));
        newton.Advance(50);
        double likeliest = newton.Point[1];
        rows.Add(["intercept, maximum likelihood", "–", "27.8285 (R glm)", Text.Number(likeliest, "0.0000")]);
        rows.Add(["time for 600 000 steps", "–", "–", Text.Seconds(watch.Elapsed.TotalSeconds)]);
        return new ExampleResult(rows,
        [
            new Chart { Title = "Intercept against steps", XLabel = "step", YLabel = "intercept",
                Series = [.. byStep, new Series("", [0, Steps], [likeliest, likeliest], Mark.Dashed)] },
            new Chart { Title = "Intercept against computation", XLabel = "single gradients", YLabel = "intercept",
                Series = [.. byWork, new Series("", [0, 30.0 * Steps], [likeliest, likeliest], Mark.Dashed)] },
        ], "With one fixed order SGD ends in a cycle around a point that depends on the shuffle; per step the larger batch climbs "
            + "faster, per gradient they climb alike.");
    }
}
