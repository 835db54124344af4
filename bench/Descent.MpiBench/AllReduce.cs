using System.Diagnostics;
using System.Globalization;
using Descent.Mpi;

namespace Descent.MpiBench;

/// <summary>All-reduce of floats in place, the same loop as <c>allreduce.c</c>: a median a size, in microseconds.</summary>
static class AllReduce
{
    static readonly int[] kilobytes = [64, 256, 1024, 4096, 16384, 102400];

    public static int Run(MpiWorld world, Action<string> say)
    {
        foreach (int size in kilobytes)
        {
            float[] data = new float[size * 256];
            int rounds = Math.Clamp(200_000 / size, 7, 300);
            double[] times = new double[rounds];
            for (int k = -3; k < rounds; k++)
            {
                data.AsSpan().Fill(1);
                world.Barrier();
                long begun = Stopwatch.GetTimestamp();
                world.Sum(data);
                if (k >= 0) times[k] = Stopwatch.GetElapsedTime(begun).TotalMicroseconds;
            }
            if (data[0] != world.Size || data[^1] != world.Size) throw new InvalidOperationException("The sum is wrong.");
            Array.Sort(times);
            if (world.Rank == 0) say(string.Create(CultureInfo.InvariantCulture, $"{size} {times[rounds / 2]:F1}"));
        }
        return 0;
    }
}
