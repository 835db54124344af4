using Descent.Algorithms;
using Descent.Cli.Output;
using Descent.Models.Linear;
using Descent.Models.Losses;
using Descent.Oracles;
using Descent.Reports.Charts;
using Descent.StepSizes;

namespace Descent.Cli.Gallery;

/// <summary>E7: gradient descent and SGD with two batch sizes on a two-dimensional least-squares bowl.</summary>
static class Bowl
{
    const int N = 200, Steps = 120;
    const double Eta = 0.1;

    public static ExampleResult Run()
    {
        var risk = Problem();
        double[] start = [2.5, 2.5], minimiser = Exact(risk);
        List<Series> paths = [];
        List<IReadOnlyList<string>> rows = [];
        Iteration<double> gd = Methods.GradientDescent(new Constant(Eta)).Start(risk, start, new Draws(1));
        paths.Add(Path("GD", gd));
        rows.Add(["GD: F − F* after 120 steps", "figure 1", Text.Number(Predicted(risk, start, minimiser, Steps)),
            Text.Number(risk.Value(gd.Point) - risk.Value(minimiser))]);
        double[] spread = new double[2];
        int k = 0;
        foreach (int batch in (ReadOnlySpan<int>)[4, 32])
        {
            StochasticMethod sgd = Methods.Sgd(new Constant(Eta), new Sampling(SampleOrder.Replacement, batch));
            paths.Add(Path($"SGD, B = {batch}", sgd.Start(risk, start, new Draws(3))));
            spread[k++] = Floor(risk, sgd.Start(risk, minimiser, new Draws(11)), minimiser);
        }
        rows.Add(["SGD: noise floor E(F − F*), B = 4", "figure 1", Text.Number(TheoryFloor(risk, minimiser, 4), "G3"),
            Text.Number(spread[0], "G3")]);
        rows.Add(["SGD: noise floor E(F − F*), B = 32", "figure 1", Text.Number(TheoryFloor(risk, minimiser, 32), "G3"),
            Text.Number(spread[1], "G3")]);
        rows.Add(["ratio of the floors (∝ 1/B)", "1/B", "8 to first order in η", Text.Number(spread[0] / spread[1], "0.0")]);
        double at = risk.Value(minimiser);
        return new ExampleResult(rows,
        [
            new Chart
            {
                Title = "Trajectories", XLabel = "w₁", YLabel = "w₂", Width = 560, Height = 420, Equal = true,
                Series = paths,
                Contours = new Contours((x, y) => risk.Value([x, y]) - at, [0.02, 0.1, 0.3, 0.7, 1.3, 2.2, 3.5, 5]),
            },
        ], "SGD follows gradient descent while the gradient dominates, then wanders in a cloud whose size falls with the batch.");
    }

    // y = x·(1, −0.5) + 0.7ε with independent columns of variances 1 and ¼.
    static LinearRisk<double, DenseRows<double>, SquaredLoss> Problem()
    {
        Draws draws = new(20, 7);
        double[] x = new double[2 * N], y = new double[N];
        for (int i = 0; i < N; i++)
        {
            x[2 * i] = draws.NextNormal();
            x[(2 * i) + 1] = 0.5 * draws.NextNormal();
            y[i] = x[2 * i] - (0.5 * x[(2 * i) + 1]) + (0.7 * draws.NextNormal());
        }
        return Risk.Of<double, DenseRows<double>,
            SquaredLoss>(new DenseRows<double>(x, N, 2), y, default, new RiskOptions { Intercept = false });
    }

    static double[] Exact(LinearRisk<double, DenseRows<double>, SquaredLoss> risk)
    {
        Iteration<double> run = Methods.Newton().Start(risk, [0, 0], new Draws(1));
        run.Advance(5);
        return run.Point.ToArray();
    }

    static Series Path(string name, Iteration<double> run)
    {
        List<double> x = [run.Point[0]], y = [run.Point[1]];
        for (int t = 0; t < Steps; t++)
        {
            run.Advance();
            x.Add(run.Point[0]);
            y.Add(run.Point[1]);
        }
        return new Series(name, x, y, Mark.Path);
    }

    // Closed form on a quadratic: every eigen-direction of the Hessian contracts by (1 − ηh)^t.
    static double Predicted(LinearRisk<double, DenseRows<double>, SquaredLoss> risk, double[] start, double[] minimiser, int steps)
    {
        double[] h = Hessian(risk);
        double mean = (h[0] + h[3]) / 2, half = (h[0] - h[3]) / 2, root = Math.Sqrt((half * half) + (h[1] * h[1])),
            angle = 0.5 * Math.Atan2(h[1], half);
        double dx = start[0] - minimiser[0], dy = start[1] - minimiser[1];
        double a = (Math.Cos(angle) * dx) + (Math.Sin(angle) * dy), b = (-Math.Sin(angle) * dx) + (Math.Cos(angle) * dy);
        double big = mean + root, small = mean - root;
        return 0.5 * ((big * Math.Pow(1 - (Eta * big), 2 * steps) * a * a) + (small * Math.Pow(1 - (Eta * small), 2 * steps) * b * b));
    }

    static double[] Hessian(LinearRisk<double, DenseRows<double>, SquaredLoss> risk)
    {
        double[] g = new double[2], h = new double[4];
        risk.Curvature([0, 0], g, h);
        return h;
    }

    static double Floor(LinearRisk<double, DenseRows<double>, SquaredLoss> risk, Iteration<double> run, double[] minimiser)
    {
        double sum = 0, at = risk.Value(minimiser);
        run.Advance(2_000);
        for (int t = 0; t < 40_000; t++)
        {
            run.Advance();
            sum += risk.Value(run.Point) - at;
        }
        return sum / 40_000;
    }

    // ½ Σ hᵢ·ησᵢ²/(Bhᵢ(2 − ηhᵢ)) along the axes (columns are nearly uncorrelated), with the gradient noise σᵢ² at the minimiser.
    static double TheoryFloor(LinearRisk<double, DenseRows<double>, SquaredLoss> risk, double[] minimiser, int batch)
    {
        double[] h = Hessian(risk), z = new double[N], u = new double[1], g = new double[2], variance = new double[2];
        risk.Margins(minimiser, z);
        for (int i = 0; i < N; i++)
        {
            risk.LossAt(i, z.AsSpan(i, 1), u);
            g.AsSpan().Clear();
            ((IStochasticOracle<double>)risk).Gradient(minimiser, new Sample(SampleOrder.Sequential, 0, i, 1), g);
            for (int j = 0; j < 2; j++) variance[j] += g[j] * g[j] / N;
        }
        double sum = 0;
        for (int j = 0; j < 2; j++) sum += 0.5 * Eta * variance[j] / (batch * (2 - (Eta * h[3 * j])));
        return sum;
    }
}
