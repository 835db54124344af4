using Descent.Algorithms;
using Descent.Models.Linear;
using Descent.Models.Losses;
using Descent.Numerics;
using Descent.Oracles;
using Descent.StepSizes;

namespace Descent.Bench;

/// <summary>Local SGD on sparse power-law rows: one thread against two for the same bits, beside SGD and Hogwild!.</summary>
static class Local
{
    const int N = 500_000, D = 1_000_000, Epochs = 2;

    public static void Run()
    {
        var (rows, labels) = Synthetic.Sparse(N, D, 20250101);
        LinearRisk<float, CsrRows<float>, LogisticLoss> risk = Risk.Of<float, CsrRows<float>, LogisticLoss>(rows, labels, default,
            new RiskOptions { L2 = 1.0 / N, Intercept = false });
        using Workers one = new(1), two = new(2);
        Iteration<float> sgd = Methods.Sgd(new Constant(0.5)).Start(risk, new float[D], new Draws(1)),
            local1 = Methods.LocalSgd(new Constant(0.5), threads: one).Start(risk, new float[D], new Draws(1)),
            local2 = Methods.LocalSgd(new Constant(0.5), threads: two).Start(risk, new float[D], new Draws(1)),
            hogwild = Methods.Hogwild(new Constant(0.5), threads: two).Start(risk, new float[D], new Draws(1));
        Console.WriteLine($"n = {N}, d = {D}, {rows.Entries} non-zeros, float, {Epochs} shuffled epochs; "
            + "work in million non-zeros a second.\n");
        Interleaved.Run(7, "Mnnz/s", Epochs * rows.Entries / 1e6,
            ("local SGD, 8 replicas, 1 thread", () => local1.Advance(Epochs * N)),
            ("local SGD, 8 replicas, 2 threads", () => local2.Advance(Epochs * N)),
            ("SGD", () => sgd.Advance(Epochs * N)),
            ("Hogwild!, 2 threads", () => hogwild.Advance(Epochs * N)));
        Console.WriteLine($"\nThe two local runs have the same bits: {local1.Point.SequenceEqual(local2.Point)}. {hogwild.Conclude()}");
    }
}
