using System.Diagnostics;
using System.Globalization;

namespace Descent.Bench;

/// <summary>Runs candidates in turn, A B C A B C …, and prints medians as ratios to the first.</summary>
static class Interleaved
{
    public static void Run(int rounds, string unit, double work, params (string Name, Action Body)[] candidates)
    {
        double[][] times = [.. candidates.Select(_ => new double[rounds])];
        foreach (var (_, body) in candidates) body();
        for (int r = 0; r < rounds; r++)
        {
            for (int c = 0; c < candidates.Length; c++)
            {
                // One candidate's garbage is not another's cost.
                GC.Collect();
                Stopwatch watch = Stopwatch.StartNew();
                candidates[c].Body();
                times[c][r] = watch.Elapsed.TotalSeconds;
            }
        }
        double[] medians = [.. times.Select(t => t.Order().ElementAt(rounds / 2))];
        Console.WriteLine($"| variant | median s | min s | {unit} | time / baseline |\n|---|---|---|---|---|");
        for (int c = 0; c < candidates.Length; c++)
        {
            Console.WriteLine(string.Create(CultureInfo.InvariantCulture,
                $"| {candidates[c].Name} | {medians[c]:0.0000} | {times[c].Min():0.0000} | {work / medians[c]:0.0} | "
                + $"{medians[c] / medians[0]:0.000} |"));
        }
    }
}
