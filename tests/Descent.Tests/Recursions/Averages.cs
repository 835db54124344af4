using Descent.Algorithms;

namespace Descent.Tests.Recursions;

/// <summary>What is reported of a run's iterates, each average from all of them anew. w₁ is the start,
/// w_{t+1} the iterate after step t.</summary>
static class Averages
{
    public static IEnumerable<double[]> Of(IEnumerable<double[]> steps, double[] start, Averaging averaging, Func<int, double> eta,
        Draws draws, IReadOnlyList<double>? own = null)
    {
        List<double[]> w = [(double[])start.Clone()];
        double[] random = start;
        foreach (double[] next in steps)
        {
            w.Add((double[])next.Clone());
            int t = w.Count - 1;
            if (draws.NextDouble() * t < 1) random = w[t - 1];
            yield return averaging.Kind switch
            {
                AverageKind.Uniform => Mean(w[..t], _ => 1),
                AverageKind.OwnWeights => Mean(w[..t], i => own![i]),
                AverageKind.StepSizeWeighted => Mean(w[1..], eta),
                AverageKind.RandomIterate => random,
                // x ← βx + (1−β)w from x = w₂ on: weights (1−β)β^{age}, the oldest β^{age}.
                AverageKind.Exponential =>
                    Mean(w[1..], i => Math.Pow(averaging.Parameter, t - 1 - i) * (i == 0 ? 1 : 1 - averaging.Parameter)),
                AverageKind.Polynomial => Polynomial(w[1..], averaging.Parameter),
                AverageKind.Cyclic => Cycle(w, averaging),
                _ => Mean(w[Suffix(t)..t], _ => 1),
            };
        }
    }

    static double[] Mean(List<double[]> points, Func<int, double> weight)
    {
        double total = Enumerable.Range(0, points.Count).Sum(weight);
        return [.. points[0].Select((_, j) => Enumerable.Range(0, points.Count).Sum(i => weight(i) * points[i][j]) / total)];
    }

    // Shamir and Zhang 2013: x ← x + (1+γ)/(t+γ)(w − x).
    static double[] Polynomial(List<double[]> points, double gamma)
    {
        double[] x = new double[points[0].Length];
        for (int t = 1; t <= points.Count; t++)
            for (int j = 0; j < x.Length; j++)
                x[j] = ((1 - ((1 + gamma) / (t + gamma))) * x[j]) + ((1 + gamma) / (t + gamma) * points[t - 1][j]);
        return x;
    }

    // The iterates after steps From + c, From + 2c, …; before the first of them the iterate itself.
    static double[] Cycle(List<double[]> w, Averaging averaging)
    {
        List<double[]> kept = [.. Enumerable.Range(1, w.Count - 1)
            .Where(t => t > averaging.From && (t - averaging.From) % (long)averaging.Parameter == 0).Select(t => w[t])];
        return kept.Count == 0 ? w[^1] : Mean(kept, _ => 1);
    }

    // Index of the first iterate that the suffix holds after t steps:
    // that of the stretch before the one between powers of two that t is in.
    static int Suffix(int t)
    {
        int begin = 1;
        while (2 * begin <= t) begin *= 2;
        return Math.Max(1, begin / 2) - 1;
    }
}
