using Descent.Estimating;
using Descent.Numerics;

namespace Descent.TheoryTests;

/// <summary>
/// How often the intervals of streamed quantiles hold the quantile: exponential numbers, whose quantile is −ln(1 − τ).
/// The slow tier (eng/theory) runs 200 streams of 10⁷ numbers
/// and asks for 90–99 % at a nominal 95 %; what the fast tier runs can only tell intervals that are badly wrong.
/// </summary>
public class StreamCoverageTests
{
    static readonly double[] Taus = [0.5, 0.9, 0.99];

    [Fact]
    public void Intervals_of_streamed_quantiles_cover()
    {
        bool full = Environment.GetEnvironmentVariable("DESCENT_THEORY") == "full";
        (int streams, int length, int least, int most) = full ? (200, 10_000_000, 180, 198) : (40, 500_000, 31, 40);
        int[] covered = new int[Taus.Length];
        double[] block = new double[256 * 64];
        for (int s = 0; s < streams; s++)
        {
            Draws draws = new(40_000 + (ulong)s, 3);
            StreamingQuantile[] all = [.. Taus.Select(t => new StreamingQuantile(t))];
            for (int left = length; left > 0; left -= block.Length)
            {
                Span<double> part = block.AsSpan(0, Math.Min(left, block.Length));
                for (int i = 0; i < part.Length; i++) part[i] = -Math.Log(1 - draws.NextDouble());
                foreach (StreamingQuantile q in all) q.Add(part);
            }
            for (int k = 0; k < Taus.Length; k++)
            {
                QuantileEstimate found = all[k].Estimate();
                double truth = -Math.Log(1 - Taus[k]);
                if (found.Low <= truth && truth <= found.High) covered[k]++;
            }
        }
        string seen = $"{string.Join(", ", covered)} of {streams} at τ = {string.Join(", ", Taus)}";
        Console.WriteLine("covered: " + seen);
        Assert.True(covered.All(c => c >= least && c <= most), seen);
    }
}
