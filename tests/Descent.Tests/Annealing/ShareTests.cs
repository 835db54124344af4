using Descent.Testing;

namespace Descent.Tests.Annealing;

public class ShareTests(Xunit.Abstractions.ITestOutputHelper output)
{
    [Fact]
    public void Probe()
    {
        foreach (var (name, d) in from n in new[] { "rastrigin", "ackley", "schwefel", "griewank", "himmelblau" } from d in new[] { 2, 5 } select (n, d))
        {
            TestLandscape l = Landscapes.All.Single(t => t.Name == name);
            double tol = name == "schwefel" ? 420e-6 * d : 1e-6;
            double[] high = Enumerable.Repeat(l.HalfWidth, d).ToArray(), low = high.Select(h => -h).ToArray();
            int[] counts = Enumerable.Range(0, 100).Select(s =>
            {
                AnnealingResult r = SimulatedAnnealing.Minimize(l.Function, low, high, new() { Seed = (ulong)s, Target = tol });
                return r.Value <= tol ? r.Evaluations : int.MaxValue;
            }).Order().ToArray();
            output.WriteLine($"{name} {d} found {counts.Count(c => c < int.MaxValue)} median {counts[49]} p95 {counts[94]}");
        }
    }
}
