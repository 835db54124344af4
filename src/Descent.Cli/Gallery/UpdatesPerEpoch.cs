using Descent.Algorithms;
using Descent.Cli.Output;
using Descent.Autodiff.Networks;
using Descent.Oracles;
using Descent.Reports.Charts;
using Descent.StepSizes;

namespace Descent.Cli.Gallery;

/// <summary>
/// E10: batch 10 of 60 000 examples makes 6 000 updates an epoch (R); a small network on digit-like patterns, loss against gradients for
/// three batches.
/// </summary>
static class UpdatesPerEpoch
{
    const int N = 60_000, Side = 8;

    public static ExampleResult Run()
    {
        (float[] x, int[] y) = Patterns();
        Mlp net = new([Side * Side, 16, 10]);
        float[] start = net.Initialise<float>(new Draws(1), Initialisation.He);
        List<IReadOnlyList<string>> rows = [];
        List<Series> curves = [];
        foreach (int batch in new[] { 10, 100, 1_000 })
        {
            var f = net.Classifier(x, y);
            Iteration<float> run = Methods.HeavyBall(new Constant(0.02 * Math.Sqrt(batch / 10.0)), 0.9,
                new Sampling(SampleOrder.Shuffle, batch)).Start(f, start, new Draws(1));
            List<double> at = [], loss = [];
            double mean = double.NaN;
            while (f.Meter.Gradients < N)
            {
                run.Advance();
                mean = double.IsNaN(mean) ? run.LastValue : mean + (0.02 * (run.LastValue - mean));
                if (run.Step % Math.Max(1, N / batch / 100) != 0) continue;
                at.Add(f.Meter.Gradients);
                loss.Add(mean);
            }
            rows.Add([$"updates in one epoch, batch {batch} of 60 000", batch == 10 ? "6 000"
                : "–", Text.Count(N / batch), Text.Count(run.Step)]);
            curves.Add(new Series($"batch {batch}", at, loss));
        }
        return new ExampleResult(rows,
            [new Chart { Title = "Loss within one epoch", XLabel = "single gradients", YLabel = "loss, smoothed", LogY = true,
            Series = curves }],
            "For the price of one full gradient small batches have moved thousands of times.");
    }

    // Ten fixed patterns of 8 × 8 points under noise: like digits in kind, drawn here.
    static (float[] X, int[] Y) Patterns()
    {
        Draws draws = new(10);
        float[] patterns = new float[10 * Side * Side], x = new float[N * Side * Side];
        for (int i = 0; i < patterns.Length; i++) patterns[i] = draws.NextDouble() < 0.35 ? 1 : 0;
        int[] y = new int[N];
        for (int n = 0; n < N; n++)
        {
            y[n] = draws.NextIndex(10);
            for (int j = 0; j < Side * Side; j++)
                x[(n * Side * Side) + j] = patterns[(y[n] * Side * Side) + j]
                    + (float)(0.6 * (draws.NextDouble() + draws.NextDouble() - 1));
        }
        return (x, y);
    }
}
