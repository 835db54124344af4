using Descent.Algorithms;
using Descent.Cli.Output;
using Descent.Models.Linear;
using Descent.Models.Losses;
using Descent.Oracles;
using Descent.Reports.Charts;
using Descent.StepSizes;

namespace Descent.Cli.Gallery;

/// <summary>
/// Linear batch scaling (S11): one step of batch B and size ηB against B single steps of size η, with and without warm-up (C 8.2).
/// </summary>
static class BatchScaling
{
    const int N = 8_000, D = 20;

    public static ExampleResult Run()
    {
        var (risk, smoothness, sample) = Problem();
        double[] zero = new double[D];
        double[] g = new double[D];
        risk.Gradient(zero, g);
        double norm = Vectors.Norm<double>(g), sigma = Math.Sqrt(Noise(risk, zero));
        List<IReadOnlyList<string>> rows = [];
        foreach (int batch in new[] { 4, 16, 64 })
        {
            // C 8.2 with every sampled loss smooth: at η ≤ 1/(2HB) the two part by at most 2σ/(H√B) + (ηB/2)‖∇F‖ in mean.
            double eta = 1 / (2 * sample * batch), bound = (2 * sigma / (sample * Math.Sqrt(batch))) + (eta * batch / 2 * norm);
            rows.Add([$"distance of one step of B = {batch} from {batch} single steps, η = 1/(2HB)", "≤ 2σ/(H√B) + (ηB/2)‖∇F‖", "≤ "
                + Text.Number(bound, "0.0000"), Text.Number(Parting(risk, eta, batch), "0.0000")]);
        }
        double best = Best(risk), small = 0.5 / sample;
        const int Batch = 256;
        IStepSize scaled = new Constant(small).ScaledToBatch(1, Batch);
        (string Name, IStepSize Eta, int Batch)[] runs =
        [
            ("B = 1, η", new Constant(small), 1),
            ($"B = {Batch}, η·{Batch}", scaled, Batch),
            ($"B = {Batch}, η·{Batch}, warm-up of one epoch", Schedule.WarmUp(N / Batch).Then(scaled), Batch),
            ($"B = {Batch}, η unscaled", new Constant(small), Batch),
        ];
        List<Series> curves = [];
        foreach (var (name, eta, batch) in runs)
        {
            (Series series, double peak, double last) = Follow(name, risk, best, eta, batch);
            curves.Add(series);
            rows.Add([$"{name}: F − F*, largest after the start | after 4 epochs", "η ∝ B, with warm-up or without", $"2/H = "
                + $"{Text.Number(2 / smoothness, "G3")}, η₀ = {Text.Number(eta.Next(new StepInfo(0)), "G3")}",
                $"{Text.Number(peak, "G3")} | {Text.Number(last, "G3")}"]);
        }
        rows.AddRange(WarmUpNetwork.Rows());
        return new ExampleResult(rows,
            [new Chart { Title = "Gap against epochs", XLabel = "epoch", YLabel = "F − F*", LogY = true, Series = curves }],
            "At equal epochs η must grow with B to get as far. The scaled step lies above 2/H here and yet does no harm, with a ramp "
                + "or without: the curvature of the logistic loss is largest at the start and falls as the iterate leaves it. A ramp "
                + "costs its first epoch there. On a network of rectified units the same scaling throws most starts off, and behind a "
                + "ramp most of them train.");
    }

    static (LinearRisk<double, DenseRows<double>, LogisticLoss> Risk, double Smoothness, double Sample) Problem()
    {
        Draws draws = new(82);
        double[] x = [.. Enumerable.Range(0, N * D).Select(_ => draws.NextNormal())], y = new double[N],
            truth = [.. Enumerable.Range(0, D).Select(_ => 2 * draws.NextNormal())];
        double top = 0;
        for (int i = 0; i < N; i++)
        {
            y[i] = draws.NextDouble() < 1 / (1 + Math.Exp(-Vectors.Dot<double>(truth, x.AsSpan(i * D, D)))) ? 1 : 0;
            top = Math.Max(top, Vectors.SquaredNorm<double>(x.AsSpan(i * D, D)) / 4);
        }
        var risk = Risk.Of<double, DenseRows<double>,
            LogisticLoss>(new DenseRows<double>(x, N, D), y, default, new RiskOptions { Intercept = false });
        double[] g = new double[D], h = new double[D * D];
        risk.Curvature(new double[D], g, h);
        SymmetricEigen eigen = new(D);
        eigen.Decompose(h);
        return (risk, eigen.Values[D - 1], top);
    }

    static double Noise(LinearRisk<double, DenseRows<double>, LogisticLoss> risk, double[] w)
    {
        double[] g = new double[D], mean = new double[D];
        risk.Gradient(w, mean);
        double sum = 0;
        for (int i = 0; i < N; i++)
        {
            ((IStochasticOracle<double>)risk).Gradient(w, new Sample(SampleOrder.Sequential, 0, i, 1), g);
            for (int j = 0; j < D; j++) sum += (g[j] - mean[j]) * (g[j] - mean[j]) / N;
        }
        return sum;
    }

    // Mean over 300 draws of the distance after the same number of single gradients, sampled independently.
    static double Parting(LinearRisk<double, DenseRows<double>, LogisticLoss> risk, double eta, int batch)
    {
        double sum = 0;
        for (ulong seed = 1; seed <= 300; seed++)
        {
            Iteration<double> one = Methods.Sgd(new Constant(eta * batch), new Sampling(SampleOrder.Replacement, batch))
                .Start(risk, new double[D], new Draws(seed));
            Iteration<double> many = Methods.Sgd(new Constant(eta), new Sampling(SampleOrder.Replacement))
                .Start(risk, new double[D], new Draws(seed, 5));
            one.Advance();
            many.Advance(batch);
            double square = 0;
            for (int j = 0; j < D; j++) square += (one.Point[j] - many.Point[j]) * (one.Point[j] - many.Point[j]);
            sum += Math.Sqrt(square) / 300;
        }
        return sum;
    }

    static double Best(LinearRisk<double, DenseRows<double>, LogisticLoss> risk)
    {
        Iteration<double> run = Methods.Newton().Start(risk, new double[D], new Draws(1));
        run.Advance(20);
        return risk.Value(run.Point);
    }

    static (Series Series, double Peak, double Last) Follow(string name, LinearRisk<double, DenseRows<double>, LogisticLoss> risk,
        double best, IStepSize eta, int batch)
    {
        Iteration<double> run = Methods.Sgd(eta, new Sampling(SampleOrder.Shuffle, batch)).Start(risk, new double[D], new Draws(7));
        List<double> x = [0], y = [risk.Value(run.Point) - best];
        int stride = Math.Max(1, 64 / batch), perEpoch = N / batch;
        while (run.Step < 4L * perEpoch)
        {
            run.Advance(stride);
            x.Add((double)run.Step / perEpoch);
            y.Add(risk.Value(run.Point) - best);
        }
        return (new Series(name, x, y), y.Skip(1).Max(), y[^1]);
    }
}
