using System.Runtime.InteropServices;

namespace Descent.Fitting.Fits;

/// <summary>Follows the counts of a group along a run.</summary>
sealed class TrafficMeter(CountedRanks ranks, long firstStep)
{
    readonly RankShare before = new(ranks.Given, ranks.Received, ranks.Calls, 0);
    readonly List<(long Step, long Given, long Received)> course = [];

    /// <summary>The trace is at a step.</summary>
    public void Note(long step) => course.Add((step, ranks.Given - before.Given, ranks.Received - before.Received));

    /// <summary>Tells all ranks what each has counted, by a group that counts nothing more.</summary>
    /// <param name="group">The group.</param>
    /// <param name="lastStep">The step that the run ended with.</param>
    /// <param name="read">Bytes of the files that this rank read, and how many they have; null where that is not known.</param>
    public RankTraffic End(IRankGroup group, long lastStep, (long Read, long Of)? read)
    {
        RankShare[] told = new RankShare[group.Size];
        Span<byte> bytes = MemoryMarshal.AsBytes(told.AsSpan());
        int each = bytes.Length / group.Size;
        told[group.Rank] = new(ranks.Given - before.Given, ranks.Received - before.Received, ranks.Calls - before.Calls, read?.Read ?? 0);
        group.AllGather(bytes, [.. Enumerable.Range(0, group.Size + 1).Select(r => r * each)]);
        return new(group.Engine, lastStep - firstStep, told, course) { FileBytes = read?.Of };
    }
}
