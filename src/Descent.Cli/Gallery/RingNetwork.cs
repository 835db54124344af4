using System.Globalization;
using Descent.Algorithms;
using Descent.Cli.Output;
using Descent.Autodiff;
using Descent.Autodiff.Networks;
using Descent.Oracles;
using Descent.Reports.Charts;
using Descent.StepSizes;

namespace Descent.Cli.Gallery;

/// <summary>
/// E5: the ring and a 2–4–1 sigmoid network, full batch, summed likelihood, η = 0.02, 1 500 steps, as in P 19.4; and another method with no
/// more gradients.
/// </summary>
static class RingNetwork
{
    const int Steps = 1_500, Seeds = 20;
    static readonly Mlp Net = new([2, 4, 1], Activation.Sigmoid);

    public static ExampleResult Run()
    {
        var (points, labels) = Read();
        List<IReadOnlyList<string>> rows = [];
        double[] centred = Transform(points, 0.5, 10), standardised = Standardised(points);
        foreach (var (name, x, independent) in new[] { ("centred × 10", centred, "0.985–0.998"), ("standardised", standardised, "0.5–1.0"),
            ("raw", points, "0.5–0.993") })
        {
            double[] accuracies = [.. Enumerable.Range(1, Seeds).Select(s => Accuracy(Descend(x, labels, (ulong)s), x, labels)).Order()];
            rows.Add([$"{name}: accuracy over {Seeds} seeds, the notes' recipe", "1.0 on their own file",
                independent, $"{Text.Number(accuracies[0], "0.000")}–{Text.Number(accuracies[^1], "0.000")}, median "
                + $"{Text.Number(accuracies[Seeds / 2], "0.000")}"]);
        }
        (double[] W, double Accuracy, long Gradients)[] quasi =
            [.. Enumerable.Range(1, Seeds).Select(i => Quasi(centred, labels, (ulong)i))];
        int reached = quasi.Count(q => q.Accuracy == 1);
        rows.Add(["centred × 10: L-BFGS from the same starts, seeds that reach 1.0", "–", "1.0 is possible (R's nnet)",
            $"{reached} of {Seeds}; least {Text.Number(quasi.Min(q => q.Accuracy), "0.000")}"]);
        rows.Add(["most full gradients of those that reach it", $"{Text.Count(Steps)}", $"≤ {Text.Count(Steps)}",
            Text.Count(quasi.Where(q => q.Accuracy == 1).Select(q => q.Gradients).DefaultIfEmpty().Max())]);
        double[] best = quasi.OrderByDescending(q => q.Accuracy).First().W;
        return new ExampleResult(rows,
        [
            Boundary("The notes' recipe, seed 1", Descend(centred, labels, 1), centred, labels),
            Boundary("L-BFGS, no more gradients", best, centred, labels),
        ], "The file is a stand-in for the notes' own, which could not be had; their recipe nearly separates it. The same network has "
            + "weights that do, and a quasi-Newton method finds them with no more gradients.");
    }

    static DifferentiableObjective<double> Objective(double[] x, double[] y) => new(Net.Layout, y.Length, (w, batch) =>
    {
        Var<double> z = Net.Evaluate(w, batch.Matrix<double>(w.Tape, x, 2)).Reshape(new Shape(batch.Count));
        return (z.Softplus() - (batch.Vector<double>(w.Tape, y) * z)).Mean();
    });

    static double[] Start(ulong seed)
    {
        Draws draws = new(seed, 19);
        return [.. Net.Layout.Blocks.SelectMany(b => Enumerable.Range(0, b.Length)
            .Select(_ => (b.Name[0] == 'W' ? 0.1 : 0.01) * draws.NextNormal()))];
    }

    // η = 0.02 on the sum is 0.02·n on the mean.
    static double[] Descend(double[] x, double[] y, ulong seed)
    {
        Iteration<double> run = Methods.GradientDescent(new Constant(0.02 * y.Length)).Start(Objective(x, y), Start(seed), new Draws(1));
        run.Advance(Steps);
        return run.Point.ToArray();
    }

    // Ends when every point is on its side, or before the gradients of the notes' recipe are used up.
    static (double[] W, double Accuracy, long Gradients) Quasi(double[] x, double[] y, ulong seed)
    {
        DifferentiableObjective<double> f = Objective(x, y);
        Iteration<double> run = Methods.LBfgs().Start(f, Start(seed), new Draws(1));
        while (run.Ended is null && f.Meter.Gradients <= (long)(Steps - 40) * y.Length && Accuracy(run.Point.ToArray(), x, y) < 1)
            run.Advance(5);
        return (run.Point.ToArray(), Accuracy(run.Point.ToArray(), x, y), f.Meter.Gradients / y.Length);
    }

    static double Accuracy(double[] w, double[] x, double[] y)
    {
        double[] z = Net.Predict<double>(w, x, y.Length);
        return Enumerable.Range(0, y.Length).Count(i => z[i] > 0 == y[i] > 0.5) / (double)y.Length;
    }

    static Chart Boundary(string title, double[] w, double[] x, double[] y)
    {
        Series Of(string name, double label, int colour) =>
            new(name, [.. Enumerable.Range(0, y.Length).Where(i => y[i] == label).Select(i => x[2 * i])],
            [.. Enumerable.Range(0, y.Length).Where(i => y[i] == label).Select(i => x[(2 * i) + 1])], Mark.Dots)
            { Colour = colour };
        return new Chart
        {
            Title = $"{title}: accuracy {Text.Number(Accuracy(w, x, y), "0.000")}",
            XLabel = "x₁",
            YLabel = "x₂",
            Equal = true,
            Width = 420,
            Height = 400,
            Series = [Of("inner", 0, 0), Of("ring", 1, 1)],
            Contours = new Contours((a, b) => Net.Predict<double>(w, [a, b], 1)[0], [0]),
        };
    }

    static double[] Transform(double[] x, double centre, double scale) => [.. x.Select(v => scale * (v - centre))];

    /// <summary>Both coordinates with mean 0 and variance 1.</summary>
    public static double[] Standardised(double[] x)
    {
        double[] result = new double[x.Length];
        for (int j = 0; j < 2; j++)
        {
            double[] column = [.. Enumerable.Range(0, x.Length / 2).Select(i => x[(2 * i) + j])];
            double mean = column.Average(), deviation = Math.Sqrt(column.Average(v => (v - mean) * (v - mean)));
            for (int i = 0; i < column.Length; i++) result[(2 * i) + j] = (column[i] - mean) / deviation;
        }
        return result;
    }

    /// <summary>The points of the ring and what lies within it, two coordinates each, and their classes.</summary>
    public static (double[] Points, double[] Labels) Read()
    {
        using Stream stream = typeof(RingNetwork).Assembly.GetManifestResourceStream("circle.csv")!;
        using StreamReader reader = new(stream);
        List<double> points = [], labels = [];
        reader.ReadLine();
        while (reader.ReadLine() is { } line)
        {
            double[] f = [.. line.Split(',').Select(v => double.Parse(v, CultureInfo.InvariantCulture))];
            points.AddRange(f[..2]);
            labels.Add(f[2]);
        }
        return ([.. points], [.. labels]);
    }
}
