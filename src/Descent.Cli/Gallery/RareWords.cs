using Descent.Algorithms;
using Descent.Cli.Output;
using Descent.Models.Linear;
using Descent.Models.Losses;
using Descent.Oracles;
using Descent.Reports.Charts;
using Descent.StepSizes;

namespace Descent.Cli.Gallery;

/// <summary>
/// E11: bag-of-words logistic regression in which rare words tell the classes apart: AdaGrad against SGD, each at its best step size of a
/// grid.
/// </summary>
static class RareWords
{
    const int Words = 2_000, Documents = 6_000, Length = 12, Test = 3_000;

    public static ExampleResult Run()
    {
        var (risk, held) = Problem();
        List<IReadOnlyList<string>> rows = [];
        List<Series> curves = [];
        Dictionary<string, double> best = [];
        foreach (var (name, make, grid) in new (string, Func<double, StochasticMethod>, double[])[]
        {
            ("SGD", eta => Methods.Sgd(new Constant(eta), new Sampling()), [0.01, 0.03, 0.1, 0.3, 1, 3, 10, 30]),
            ("SGD, η/√t", eta => Methods.Sgd(new Power(eta), new Sampling()), [0.1, 0.3, 1, 3, 10, 30, 100, 300]),
            ("AdaGrad", eta => Methods.AdaGrad(new Constant(eta)), [0.01, 0.03, 0.1, 0.3, 1, 3, 10]),
        })
        {
            double[] losses = [.. grid.Select(eta => Held(risk, held, make(eta), 1))];
            int at = Array.IndexOf(losses, losses.Min());
            best[name] = losses[at];
            rows.Add([$"{name}: held-out loss after one pass, best η of {grid.Length}", "AdaGrad is better", "–",
                $"{Text.Number(losses[at], "0.0000")} at {Text.Number(grid[at])}"
                    + (at == 0 || at == grid.Length - 1 ? " (edge of the grid)" : "")]);
            curves.Add(Curve(name, risk, held, make(grid[at])));
        }
        var (measured, exact, uniform, paid) = RegretSums();
        rows.Add(["Σᵢ√(Σg[i]²), gradients one-hot with p ∝ 1/i², d = 100, T = 10⁵", "C 16", Text.Number(exact, "0"),
            Text.Number(measured, "0")]);
        rows.Add(["√d·√(Σ‖g‖²), what one step size for all pays", "C 16", Text.Number(uniform, "0"), Text.Number(paid, "0")]);
        return new ExampleResult(rows,
        [
            new Chart { Title = "Held-out loss", XLabel = "documents seen", YLabel = "mean log-loss", LogX = true, Series = curves },
        ], "AdaGrad keeps large steps for the words it has hardly seen; one step size for all is too large for the frequent ones or "
            + "too small for the rare ones.");
    }

    // Word i appears with frequency ∝ 1/i; the class shows in the words' logarithmic odds, which are as large for rare words as for
    // frequent ones.
    static (LinearRisk<double, CsrRows<double>, LogisticLoss> Risk, LinearRisk<double, CsrRows<double>, LogisticLoss> Held) Problem()
    {
        Draws draws = new(16, 3);
        double[] cumulative = new double[Words], truth = new double[Words];
        double total = 0;
        for (int i = 0; i < Words; i++)
        {
            total += 1.0 / (i + 1);
            cumulative[i] = total;
            truth[i] = 2 * draws.NextNormal();
        }
        LinearRisk<double, CsrRows<double>, LogisticLoss> Make(int documents)
        {
            List<int> indices = [];
            List<double> values = [], labels = [];
            long[] starts = new long[documents + 1];
            for (int n = 0; n < documents; n++)
            {
                SortedSet<int> words = [];
                while (words.Count < Length)
                {
                    int found = Array.BinarySearch(cumulative, draws.NextDouble() * total);
                    words.Add(Math.Min(Words - 1, found < 0 ? ~found : found));
                }
                double z = 0;
                foreach (int w in words)
                {
                    indices.Add(w);
                    values.Add(1);
                    z += truth[w];
                }
                starts[n + 1] = indices.Count;
                labels.Add(draws.NextDouble() < 1 / (1 + Math.Exp(-z)) ? 1 : 0);
            }
            return Risk.Of<double, CsrRows<double>,
                LogisticLoss>(new CsrRows<double>(starts, [.. indices], [.. values], Words), [.. labels], default,
                new RiskOptions { Intercept = false });
        }
        return (Make(Documents), Make(Test));
    }

    static double Held(LinearRisk<double, CsrRows<double>, LogisticLoss> risk, LinearRisk<double, CsrRows<double>, LogisticLoss> held,
        StochasticMethod method, int passes)
    {
        Iteration<double> run = method.Start(risk, new double[Words], new Draws(2));
        run.Advance((long)passes * Documents);
        return held.Value(run.Point);
    }

    static Series Curve(string name, LinearRisk<double, CsrRows<double>, LogisticLoss> risk, LinearRisk<double, CsrRows<double>,
        LogisticLoss> held, StochasticMethod method)
    {
        Iteration<double> run = method.Start(risk, new double[Words], new Draws(2));
        List<double> x = [], y = [];
        for (double next = 50; run.Step < 2 * Documents; next *= 1.15)
        {
            run.Advance(Math.Max(1, (long)next - run.Step));
            x.Add(run.Step);
            y.Add(held.Value(run.Point));
        }
        return new Series(name, x, y);
    }

    // Closed form of the first: Σ E√Nᵢ ≈ Σ√(T pᵢ); of the second √(dT).
    static (double Measured, double Exact, double Uniform, double Paid) RegretSums()
    {
        const int D = 100, T = 100_000;
        double[] p = [.. Enumerable.Range(1, D).Select(i => 1.0 / ((double)i * i))];
        double total = p.Sum(), exact = p.Sum(q => Math.Sqrt(T * q / total));
        int[] counts = new int[D];
        Draws draws = new(4);
        for (int t = 0; t < T; t++)
        {
            double u = draws.NextDouble() * total;
            int i = 0;
            while (i < D - 1 && (u -= p[i]) > 0) i++;
            counts[i]++;
        }
        // A gradient of a word has the norm 1: Σ‖g‖² is the number of gradients drawn.
        return (counts.Sum(c => Math.Sqrt(c)), exact, Math.Sqrt((double)D * T), Math.Sqrt(D) * Math.Sqrt(counts.Sum()));
    }
}
