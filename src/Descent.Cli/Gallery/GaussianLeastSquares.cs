using Descent.Algorithms;
using Descent.Cli.Output;
using Descent.Models.Linear;
using Descent.Models.Losses;
using Descent.Oracles;
using Descent.Reports.Charts;
using Descent.StepSizes;

namespace Descent.Cli.Gallery;

/// <summary>
/// E6: least squares with n = 200 and rows N(0, HHᵀ): learning rates, batch sizes and decay, loss against epochs (W figure 2).
/// </summary>
static class GaussianLeastSquares
{
    const int N = 200, D = 4, Epochs = 120;

    public static ExampleResult Run()
    {
        var (risk, smoothness) = Problem();
        double[] minimiser = Exact(risk);
        double best = risk.Value(minimiser), rate = 1 / smoothness;
        List<IReadOnlyList<string>> rows = [];
        Iteration<double> gd = Methods.GradientDescent(new Constant(rate)).Start(risk, new double[D], new Draws(1));
        gd.Advance(50);
        rows.Add(["GD: F − F* after 50 epochs, η = 1/H", "figure 2, right of SGD", Text.Number(Predicted(risk, minimiser, rate, 50), "G5"),
            Text.Number(risk.Value(gd.Point) - best, "G5")]);
        // A single example can be steeper than the mean: steps are in units of the largest one that a sample allows.
        double small = 0.02 * rate;
        double one = Floor(risk, best, minimiser, small, 1), half = Floor(risk, best, minimiser, small / 2, 1),
            four = Floor(risk, best, minimiser, small, 4);
        rows.Add(["SGD: noise floor at η over η/2", "the noise dominates", "2 to first order in η", Text.Number(one / half, "0.00")]);
        rows.Add(["SGD: noise floor at B = 1 over B = 4", "1/B", "4 to first order in η", Text.Number(one / four, "0.00")]);
        double early = Gap(risk, best, Methods.Sgd(new Constant(4 * small), Drawn(1)), 1),
            full = Gap(risk, best, Methods.GradientDescent(new Constant(rate)), 1);
        rows.Add(["F − F* after one epoch, SGD B = 1 | GD", "SGD converges faster per epoch", "–", $"{Text.Number(early, "G3")} | "
            + $"{Text.Number(full, "G3")}"]);
        Series gdCurve = Curve("GD, η = 1/H", risk, best, Methods.GradientDescent(new Constant(rate)), 1);
        return new ExampleResult(rows,
        [
            Figure("Learning rate (B = 1)",
                [gdCurve, .. new[] { 4.0, 1, 0.25 }.Select(k =>
                Curve($"η = {Text.Number(k * 0.02)}/H", risk, best, Methods.Sgd(new Constant(k * small), Drawn(1)), N))]),
            Figure("Batch size (η = 0.08/H)",
                [gdCurve,
                .. new[] { 1, 4, 16 }.Select(b => Curve($"B = {b}", risk, best, Methods.Sgd(new Constant(4 * small), Drawn(b)), N / b))]),
            Figure("Decay η₀/(t+1)^α (B = 1)",
                [.. new[] { 0, 0.25, 0.5, 1.0 }.Select(a =>
                Curve($"α = {Text.Number(a)}", risk, best, Methods.Sgd(new Power(4 * small, a), Drawn(1)), N))]),
        ], "Two phases: while the gradient dominates SGD falls fast, many steps an epoch; then the noise holds it at a floor that "
            + "falls with the step size and with the batch. Decay goes on falling, unless it decays too fast.");
    }

    static Sampling Drawn(int batch) => new(SampleOrder.Replacement, batch);

    static Chart Figure(string title, IReadOnlyList<Series> series) =>
        new() { Title = title, XLabel = "epoch", YLabel = "F − F*", LogY = true, Series = series };

    static (LinearRisk<double, DenseRows<double>, SquaredLoss> Risk, double Smoothness) Problem()
    {
        Draws draws = new(6, 2);
        double[] h = [.. Enumerable.Range(0, D * D).Select(_ => draws.NextNormal())], x = new double[N * D], y = new double[N];
        for (int i = 0; i < N; i++)
        {
            double[] z = [.. Enumerable.Range(0, D).Select(_ => draws.NextNormal())];
            for (int j = 0; j < D; j++)
                for (int k = 0; k < D; k++) x[(i * D) + j] += h[(j * D) + k] * z[k];
            y[i] = x[i * D] - x[(i * D) + 1] + (0.5 * x[(i * D) + 2]) + (0.1 * draws.NextNormal());
        }
        var risk = Risk.Of<double, DenseRows<double>,
            SquaredLoss>(new DenseRows<double>(x, N, D), y, default, new RiskOptions { Intercept = false });
        SymmetricEigen eigen = new(D);
        eigen.Decompose(Hessian(risk));
        return (risk, eigen.Values[D - 1]);
    }

    static double[] Hessian(EmpiricalRisk<double> risk)
    {
        double[] g = new double[D], h = new double[D * D];
        risk.Curvature(new double[D], g, h);
        return h;
    }

    static double[] Exact(EmpiricalRisk<double> risk)
    {
        Iteration<double> run = Methods.Newton().Start(risk, new double[D], new Draws(1));
        run.Advance(5);
        return run.Point.ToArray();
    }

    // Closed form: ½ Σ h(1 − ηh)^(2T) c², c the start in the eigenbasis.
    static double Predicted(EmpiricalRisk<double> risk, double[] minimiser, double eta, int steps)
    {
        SymmetricEigen eigen = new(D);
        eigen.Decompose(Hessian(risk));
        double sum = 0;
        for (int i = 0; i < D; i++)
        {
            double c = Vectors.Dot(eigen.Vector(i), minimiser), h = eigen.Values[i];
            sum += 0.5 * h * Math.Pow(1 - (eta * h), 2 * steps) * c * c;
        }
        return sum;
    }

    static double Floor(EmpiricalRisk<double> risk, double best, double[] minimiser, double eta, int batch)
    {
        Iteration<double> run = Methods.Sgd(new Constant(eta), Drawn(batch)).Start(risk, minimiser, new Draws(9));
        run.Advance(20_000);
        double sum = 0;
        for (int k = 0; k < 20_000; k++)
        {
            run.Advance(10);
            sum += risk.Value(run.Point) - best;
        }
        return sum / 20_000;
    }

    static double Gap(EmpiricalRisk<double> risk, double best, IMethod<double, EmpiricalRisk<double>> method, int epochs)
    {
        Iteration<double> run = method.Start(risk, new double[D], new Draws(1));
        run.Advance(epochs * (method is GradientMethod ? 1 : N));
        return risk.Value(run.Point) - best;
    }

    static Series Curve(string name, EmpiricalRisk<double> risk, double best, IMethod<double, EmpiricalRisk<double>> method, int perEpoch)
    {
        Iteration<double> run = method.Start(risk, new double[D], new Draws(1));
        List<double> x = [0], y = [risk.Value(run.Point) - best];
        for (int e = 1; e <= Epochs; e++)
        {
            run.Advance(perEpoch);
            x.Add(e);
            y.Add(risk.Value(run.Point) - best);
        }
        return new Series(name, x, y);
    }
}
