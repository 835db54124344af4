using Descent.Cli.Output;
using Descent.Reports.Charts;
using Descent.Rules;

namespace Descent.Cli.Gallery;

/// <summary>
/// Adam going the wrong way on a convex problem, AMSGrad and ADOPT not (C 17.2; Reddi, Kale and Kumar 2018): slopes C, −1, −1 in turn on
/// [−1, 1].
/// </summary>
static class AdamFailure
{
    const double C = 3;
    const int Steps = 300_000;

    public static ExampleResult Run()
    {
        List<IReadOnlyList<string>> rows = [];
        List<Series> paths = [];
        // Reddi et al.: β₁ = 0, β₂ = 1/(1 + C²) in the theorem; the average slope (C − 2)/3 is positive, so the minimiser of the mean is
        // −1.
        double beta2 = 1 / (1 + (C * C));
        foreach (var (name, rule, notes, independent) in new (string, IRule, string, string)[]
        {
            ("Adam, β₂ = 1/(1+C²)", new Adam(0, beta2, 0), "+1, the worst point", "+1 (theorem 1)"),
            ("AMSGrad, the same β₂", new AmsGrad(0, beta2, 0), "converges", "−1"),
            ("ADOPT, the same β₂", new Adopt(0, beta2, 1e-12), "–", "−1"),
            ("sign descent", new SignDescent(), "biased", "+1: two of three signs are −"),
            ("SGD", new Sgd(), "converges", "−1"),
        })
        {
            Series s = Follow(name, rule);
            paths.Add(s);
            rows.Add([$"{name}: w after {Text.Count(Steps)} steps from 0", notes, independent, Text.Number(s.Y[^1], "0.000")]);
        }
        return new ExampleResult(rows,
            [new Chart { Title = "w, projected onto [−1, 1]", XLabel = "step", YLabel = "w", LogX = true, Series = paths }],
            "The rare large gradient is the one that points the right way, and Adam divides it by itself; AMSGrad remembers the "
                + "largest, ADOPT divides by the second moment before the gradient has entered it.");
    }

    static Series Follow(string name, IRule rule)
    {
        RuleState<double> state = rule.Start<double>(BlockLayout.Flat(1));
        double[] w = [0];
        List<double> x = [], y = [];
        double next = 1;
        for (int t = 0; t < Steps; t++)
        {
            // In random order with the same frequencies the result is the same; in turn there is no noise to look through.
            state.Apply(w, [t % 3 == 0 ? C : -1], 0.1 / Math.Sqrt(t + 1), t);
            w[0] = Math.Clamp(w[0], -1, 1);
            if (t + 1 < next && t + 1 < Steps) continue;
            x.Add(t + 1);
            y.Add(w[0]);
            next = Math.Max(next + 1, next * 1.1);
        }
        return new Series(name, x, y);
    }
}
