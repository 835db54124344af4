namespace Descent.Testing;

/// <summary>How much managed memory an action takes, to prove that steps take none.</summary>
public static class AllocationCheck
{
    /// <summary>Bytes that the calling thread allocates in one run of the action: the least of several runs.</summary>
    /// <remarks>
    /// A collection that another thread causes meanwhile is counted as the rest of this thread's allocation context, up to 8 KiB; a run
    /// without one is not.
    /// </remarks>
    /// <param name="action">What is measured; it is run up to <paramref name="attempts"/> times, fewer when one run allocates
    /// nothing.</param>
    /// <param name="attempts">Runs at most ≥ 1.</param>
    public static long Bytes(Action action, int attempts = 5)
    {
        ArgumentNullException.ThrowIfNull(action);
        long least = long.MaxValue;
        for (int k = 0; k < attempts && least > 0; k++)
        {
            long before = GC.GetAllocatedBytesForCurrentThread();
            action();
            least = Math.Min(least, GC.GetAllocatedBytesForCurrentThread() - before);
        }
        return least;
    }
}
