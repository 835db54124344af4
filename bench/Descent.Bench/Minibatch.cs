using Descent.Algorithms;
using Descent.Models.Linear;
using Descent.Models.Losses;
using Descent.Oracles;
using Descent.StepSizes;

namespace Descent.Bench;

/// <summary>Shuffled mini-batch SGD of the size that ensmallen was measured at:
/// n = 10⁵, d = 100, batch 32, logistic loss, double.</summary>
static class Minibatch
{
    const int N = 100_000, D = 100, B = 32;

    public static void Run()
    {
        var (x, y) = Synthetic.Dense(N, D, 7);
        var risk = Risk.Of<double, DenseRows<double>, LogisticLoss>(new DenseRows<double>(x, N, D), y, default);
        Iteration<double> Make(SampleOrder order) =>
            Methods.Sgd(new Constant(0.01), new Sampling(order, B)).Start(risk, new double[D + 1], new Draws(1));
        Iteration<double> sequential = Make(SampleOrder.Sequential), shuffled = Make(SampleOrder.Shuffle),
            once = Make(SampleOrder.ShuffleOnce);
        int[] order = new int[N];
        Console.WriteLine("One epoch, n = 10⁵, d = 100, batch 32, double, one thread (ensmallen 2.22: 0.123 s on another machine); "
            + "work in million rows a second.\n");
        Interleaved.Run(15, "Mrow/s", N / 1e6,
            ("batches in file order", () => sequential.Advance(N / B)),
            ("batches shuffled every epoch", () => shuffled.Advance(N / B)),
            ("batches shuffled once", () => once.Advance(N / B)),
            ("the permutation alone", () => Permutation.Fill(3, order)));
    }
}
