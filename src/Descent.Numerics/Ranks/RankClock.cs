using System.Runtime.InteropServices;

namespace Descent.Numerics;

/// <summary>
/// One clock for all ranks, that of rank 0, and one answer to whether somebody asked to stop: who decides by time or by a signal decides
/// the same in every rank, after the same step.
/// </summary>
/// <remarks>Reading it is a call of the group (16 bytes a rank): all ranks read it in the same places. A request to stop travels with
/// the time and is seen by <see cref="Stop"/> in all ranks after the same reading.</remarks>
public sealed class RankClock : TimeProvider, IDisposable
{
    readonly IRankGroup group;
    readonly CancellationToken asked;
    readonly CancellationTokenSource stop = new();
    readonly long[] told;
    readonly int[] starts;

    /// <summary>The clock of a group.</summary>
    /// <param name="group">The ranks.</param>
    /// <param name="asked">Set in any one of them when it is asked to stop.</param>
    public RankClock(IRankGroup group, CancellationToken asked = default)
    {
        ArgumentNullException.ThrowIfNull(group);
        (this.group, this.asked) = (group, asked);
        told = new long[2 * group.Size];
        starts = [.. Enumerable.Range(0, group.Size + 1).Select(r => r * 2 * sizeof(long))];
    }

    /// <summary>Set in all ranks after the reading by which the first of them told of a request to stop.</summary>
    public CancellationToken Stop => stop.Token;

    /// <inheritdoc/>
    public override long GetTimestamp()
    {
        told[2 * group.Rank] = base.GetTimestamp();
        told[(2 * group.Rank) + 1] = asked.IsCancellationRequested ? 1 : 0;
        group.AllGather(MemoryMarshal.AsBytes(told.AsSpan()), starts);
        for (int r = 0; r < group.Size; r++)
            if (told[(2 * r) + 1] != 0 && !stop.IsCancellationRequested) stop.Cancel();
        return told[0];
    }

    /// <inheritdoc/>
    public void Dispose() => stop.Dispose();
}
