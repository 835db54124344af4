using System.Runtime.CompilerServices;
using Descent.Algorithms;
using Descent.Models.Linear;
using Descent.Models.Losses;
using Descent.Oracles;
using Descent.StepSizes;

namespace Descent.Bench;

/// <summary>Dense logistic regression, n = 10⁶, d = 100, double: an epoch of SGD, and a whole fit to full precision.</summary>
static class Dense
{
    const int N = 1_000_000, D = 100;

    public static void Run()
    {
        var (x, y) = Synthetic.Dense(N, D, 7);
        var risk = Risk.Of<double, DenseRows<double>, LogisticLoss>(new DenseRows<double>(x, N, D), y, default,
            new RiskOptions { L2 = 1.0 / N });
        double[] w = new double[D];
        Iteration<double> Make(SampleOrder order, int batch) =>
            Methods.Sgd(new Constant(0.01), new Sampling(order, batch)).Start(risk, new double[D + 1], new Draws(1));
        Iteration<double> sequential = Make(SampleOrder.Sequential, 1), shuffled = Make(SampleOrder.Shuffle, 1),
            batches = Make(SampleOrder.Shuffle, 64);
        Console.WriteLine("One epoch, n = 10⁶, d = 100, double, one thread; work in million rows a second.\n");
        Interleaved.Run(5, "Mrow/s", N / 1e6,
            ("plain scalar loop, batch 1, file order", () => Plain(x, y, w)),
            ("Descent, batch 1, file order", () => sequential.Advance(N)),
            ("Descent, batch 1, shuffled every epoch", () => shuffled.Advance(N)),
            ("Descent, batch 64, shuffled every epoch", () => batches.Advance(N / 64)));
        Console.WriteLine("\nA whole fit by Newton's method (C = 1) to the rounding level; work in fits a second.\n");
        double[] g = new double[D + 1];
        Interleaved.Run(3, "1/s", 1,
            ("one full gradient", () => risk.Gradient(new double[D + 1], g)),
            ("Newton from 0, 5 steps", () => Methods.Newton().Start(risk, new double[D + 1], new Draws(1)).Advance(5)));
        Iteration<double> fit = Methods.Newton().Start(risk, new double[D + 1], new Draws(1));
        fit.Advance(5);
        Console.WriteLine(FormattableString.Invariant(
            $"\nF after 5 steps: {risk.Value(fit.Point):R} (scikit-learn's newton-cholesky to 1e-14: 0.4280596129862162)"));
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    static void Plain(double[] x, double[] y, double[] w)
    {
        for (int i = 0; i < y.Length; i++)
        {
            ReadOnlySpan<double> row = x.AsSpan(i * D, D);
            double z = 0;
            for (int j = 0; j < row.Length; j++) z += row[j] * w[j];
            double g = (1 / (1 + Math.Exp(-z))) - y[i];
            for (int j = 0; j < row.Length; j++) w[j] -= 0.01 * ((g * row[j]) + (w[j] / N));
        }
    }
}
