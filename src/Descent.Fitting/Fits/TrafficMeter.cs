using System.Runtime.InteropServices;

namespace Descent.Fitting.Fits;

/// <summary>Follows the counts of a group along a run.</summary>
sealed class TrafficMeter(CountedRanks ranks, long firstStep)
{
    readonly (long Given, long Received, long Calls) before = (ranks.Given, ranks.Received, ranks.Calls);
    readonly List<(long Step, long Given, long Received)> course = [];

    /// <summary>The trace is at a step.</summary>
    public void Note(long step) => course.Add((step, ranks.Given - before.Given, ranks.Received - before.Received));

    /// <summary>Tells all ranks what each has counted, by a group that counts nothing more.</summary>
    public RankTraffic End(IRankGroup group, long lastStep)
    {
        long[] told = new long[3 * group.Size];
        int[] starts = [.. Enumerable.Range(0, group.Size + 1).Select(r => r * 3 * sizeof(long))];
        (told[3 * group.Rank], told[(3 * group.Rank) + 1], told[(3 * group.Rank) + 2]) =
            (ranks.Given - before.Given, ranks.Received - before.Received, ranks.Calls - before.Calls);
        group.AllGather(MemoryMarshal.AsBytes(told.AsSpan()), starts);
        return new(group.Engine, lastStep - firstStep,
            [.. Enumerable.Range(0, group.Size).Select(r => (told[3 * r], told[(3 * r) + 1], told[(3 * r) + 2]))], course);
    }
}
