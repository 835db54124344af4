using System.Diagnostics;

namespace Descent.Fitting.Planning;

/// <summary>
/// What a message costs: one of b bytes takes α + βb. Collective calls of M ranks are counted as by Thakur, Rabenseifner and Gropp (2005):
/// a gather to all by a ring, a sum by halving and doubling.
/// </summary>
/// <param name="Latency">α in seconds, ≥ 0.</param>
/// <param name="SecondsPerByte">β, ≥ 0.</param>
/// <param name="Origin">Where the two come from, in words.</param>
sealed record LinkModel(double Latency, double SecondsPerByte, string Origin)
{
    /// <summary>10 GbE at 90 %, with the latency of TCP.</summary>
    public const double UsualLatency = 20e-6, UsualBandwidth = 1.125e9;

    const int Small = 1, Large = 1 << 19, Rounds = 15;

    /// <summary>Seconds until every one of M ranks has all b bytes, of which each had a part: <c>(M − 1)α + bβ(M − 1)/M</c>.</summary>
    public double Gather(int ranks, double bytes) => ((ranks - 1) * Latency) + (bytes * SecondsPerByte * (ranks - 1) / ranks);

    /// <summary>Seconds until every one of M ranks has the sum of M vectors of b bytes: <c>2⌈log₂ M⌉α + 2bβ(M − 1)/M</c>.</summary>
    public double Sum(int ranks, double bytes) => (2 * Rounded(ranks) * Latency) + (2 * bytes * SecondsPerByte * (ranks - 1) / ranks);

    /// <summary>Measures α and β on the ranks themselves: the median times of sums of 8 bytes and of 4 MiB, solved for the two. All ranks
    /// make the same calls; the numbers are those of rank 0.</summary>
    /// <param name="group">At least two ranks.</param>
    public static LinkModel Measure(IRankGroup group)
    {
        int m = group.Size;
        double one = Median(group, Small), many = Median(group, Large);
        double beta = Math.Max(0, many - one) * m / (2.0 * sizeof(double) * (Large - Small) * (m - 1));
        double alpha = Math.Max(0, one - (2.0 * sizeof(double) * Small * beta * (m - 1) / m)) / (2 * Rounded(m));
        return new(alpha, beta, $"measured here, in sums over {Text.Plural(m, "rank")} of {group.Engine}");
    }

    /// <summary>"α = 20 µs, 1/β = 1.05 GiB/s (given)".</summary>
    public string Words => $"α = {Text.Number(Latency * 1e6, "G3")} µs a message, 1/β = "
        + $"{(SecondsPerByte > 0 ? Text.Number(1e-9 / SecondsPerByte, "G3") + " GB/s" : "∞")} ({Origin})";

    static int Rounded(int ranks) => (int)Math.Ceiling(Math.Log2(ranks));

    static double Median(IRankGroup group, int length)
    {
        double[] values = new double[length], times = new double[Rounds];
        for (int k = -2; k < Rounds; k++)
        {
            group.Barrier();
            long begun = Stopwatch.GetTimestamp();
            group.Sum(values);
            if (k >= 0) times[k] = Stopwatch.GetElapsedTime(begun).TotalSeconds;
        }
        Array.Sort(times);
        return times[Rounds / 2];
    }
}
