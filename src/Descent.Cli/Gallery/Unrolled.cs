using Descent.Cli.Output;
using Descent.Reports.Charts;
using Descent.Rules;

namespace Descent.Cli.Gallery;

/// <summary>E13: the weight that each past gradient has in the current iterate, for GD, momentum, Nesterov and Adam.</summary>
static class Unrolled
{
    const int T = 30;
    const double Lambda = 0.9;

    public static ExampleResult Run()
    {
        List<IReadOnlyList<string>> rows = [];
        List<Series> curves = [];
        foreach (var (name, rule, notes, closed) in new (string, IRule, string, Func<int, double>)[]
        {
            ("GD", new Sgd(), "1", _ => 1),
            ("momentum, λ = 0.9", new HeavyBall(Lambda), "(1−λ^(t+1−i))/(1−λ)", i => (1 - Math.Pow(Lambda, T - i)) / (1 - Lambda)),
            ("Nesterov, λ = 0.9", new Nesterov(Lambda), "the same weights, gradients asked ahead", i =>
                (1 - Math.Pow(Lambda, T - i)) / (1 - Lambda)),
            ("Adam", new Adam(), "a diagonal matrix Γ", AdamWeight),
        })
        {
            double[] weights = Weights(rule), exact = [.. Enumerable.Range(0, T).Select(closed)];
            rows.Add([$"{name}: weights of gradients 0, {T / 2}, {T - 1}", notes, List(exact), List(weights)]);
            rows.Add([$"{name}: largest relative difference", "–", "0",
                Text.Number(weights.Zip(exact, (a, b) => Math.Abs(a - b) / b).Max(), "G1")]);
            curves.Add(new Series(name, [.. Enumerable.Range(0, T).Select(i => (double)i)], weights));
        }
        return new ExampleResult(rows,
            [new Chart { Title = $"Weight of gradient i in the iterate after {T} steps", XLabel = "i", YLabel = "weight", LogY = true,
            Series = curves }],
            "The weights multiply −η. Momentum lets old gradients count up to 1/(1−λ) times; Adam's weights depend on the gradients "
                + "themselves: here each coordinate has seen one gradient of 1.");
    }

    static string List(double[] w) => string.Join(", ", new[] { w[0], w[T / 2], w[T - 1] }.Select(v => Text.Number(v)));

    // Gradient number i is the i-th unit vector, so that coordinate i of the iterate is −η times its weight.
    static double[] Weights(IRule rule)
    {
        const double Eta = 0.01;
        RuleState<double> state = rule.Start<double>(BlockLayout.Flat(T));
        double[] w = new double[T], g = new double[T];
        for (int t = 0; t < T; t++)
        {
            state.QueryPoint(w);
            Array.Clear(g);
            g[t] = 1;
            state.Apply(w, g, Eta, t);
        }
        return [.. w.Select(x => -x / Eta)];
    }

    // Σ over the later steps s of (1−β₁)β₁^(s−i)/(1−β₁^(s+1)) over √((1−β₂)β₂^(s−i)/(1−β₂^(s+1))) + ε.
    static double AdamWeight(int i)
    {
        double sum = 0;
        for (int s = i; s < T; s++)
            sum += 0.1 * Math.Pow(0.9,
                s - i) / (1 - Math.Pow(0.9, s + 1)) / (Math.Sqrt(0.001 * Math.Pow(0.999, s - i) / (1 - Math.Pow(0.999, s + 1))) + 1e-8);
        return sum;
    }
}
