using Descent.Algorithms;
using Descent.Cli.Output;
using Descent.Autodiff;
using Descent.Autodiff.Networks;
using Descent.Oracles;
using Descent.Reports.Charts;
using Descent.StepSizes;

namespace Descent.Cli.Gallery;

/// <summary>
/// E12: the delta rule on AND, OR and XOR: a single sigmoid unit cannot learn XOR, a 2–2–1 network trained by backpropagation does (P
/// 19.4).
/// </summary>
static class DeltaRule
{
    static readonly double[] X = [0, 0, 0, 1, 1, 0, 1, 1];

    public static ExampleResult Run()
    {
        Mlp unit = new([2, 1], Activation.Sigmoid), network = new([2, 2, 1], Activation.Sigmoid);
        double[] xor = [0, 1, 1, 0];
        List<IReadOnlyList<string>> rows = [];
        foreach (var (name, y, notes) in new[] { ("AND", new double[] { 0, 0, 0, 1 }, "1"), ("OR", [0, 1, 1, 1], "1"),
            ("XOR", xor, "≤ 0.75") })
            rows.Add([$"{name}: accuracy of a single unit", notes, notes, Text.Number(Accuracy(unit, Train(unit, y, 1, 4_000), y))]);
        double[] w = Train(network, xor, 2, 8_000);
        rows.Add(["XOR: accuracy of a 2–2–1 network, seed 2", "1", "1", Text.Number(Accuracy(network, w, xor))]);
        int learnt = Enumerable.Range(1, 40).Count(s => Accuracy(network, Train(network, xor, (ulong)s, 8_000), xor) == 1);
        rows.Add(["XOR: of 40 seeds, those that learn it", "–", "some stall", $"{learnt}"]);
        double[] line = Train(unit, xor, 1, 4_000);
        return new ExampleResult(rows,
        [
            Picture("XOR by a single unit", unit, line, xor),
            Picture("XOR by a 2–2–1 network", network, w, xor),
        ], "One line cannot divide XOR: its best outputs are ½ everywhere. Two hidden units make two lines. From some starts both "
            + "units learn the same line and the network stalls; the seed shown is one that does not.");
    }

    static double[] Train(Mlp net, double[] y, ulong seed, int steps)
    {
        DifferentiableObjective<double> f = new(net.Layout, 4, (w, batch) =>
        {
            // ½(y − σ(z))²: its gradient is P's delta rule, −(y − σ)σ′(z)x, factor σ′ included.
            Var<double> output = net.Evaluate(w, batch.Matrix<double>(w.Tape, X, 2)).Reshape(new Shape(batch.Count)).Sigmoid();
            return 0.5 * (batch.Vector<double>(w.Tape, y) - output).Square().Mean();
        });
        Iteration<double> run = Methods.Sgd(new Constant(0.5), new Sampling(SampleOrder.Shuffle))
            .Start(f, net.Initialise<double>(new Draws(seed), Initialisation.LeCun), new Draws(seed));
        run.Advance(steps);
        return run.Point.ToArray();
    }

    static double Accuracy(Mlp net, double[] w, double[] y)
    {
        double[] z = net.Predict<double>(w, X, 4);
        return Enumerable.Range(0, 4).Count(i => z[i] > 0 == y[i] > 0.5) / 4.0;
    }

    static Chart Picture(string title, Mlp net, double[] w, double[] y)
    {
        Series Of(string name, double label, int colour) =>
            new(name, [.. Enumerable.Range(0, 4).Where(i => y[i] == label).Select(i => X[2 * i])],
            [.. Enumerable.Range(0, 4).Where(i => y[i] == label).Select(i => X[(2 * i) + 1])], Mark.Dots)
            { Colour = colour };
        return new Chart
        {
            Title = title,
            XLabel = "x₁",
            YLabel = "x₂",
            Equal = true,
            Series = [Of("0", 0, 0), Of("1", 1, 1)],
            Contours = new Contours((a, b) => net.Predict<double>(w, [a, b], 1)[0], [0])
        };
    }
}
