namespace Descent.Runs;

/// <summary>Looks at a run from outside, at every trace point, and may end it: early stopping on held-out data is one.
/// Its work is outside meter and clock.</summary>
/// <typeparam name="T">Element type of the iterate.</typeparam>
public interface IMonitor<T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    /// <summary>Sees a trace point and the iterate at it; returns the reason to end the run, or null to go on.</summary>
    string? Look(in TracePoint point, ReadOnlySpan<T> w);

    /// <summary>Shows all that later looks depend on, so that an interrupted run can go on; a monitor without state has nothing to
    /// show.</summary>
    void Visit(IStateVisitor visitor)
    {
    }
}
