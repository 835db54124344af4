namespace Descent.Runs;

/// <summary>A copy of the last complete iterate of a run, for another thread to read while a step goes on:
/// a step may take longer than anyone waits. A copy of d numbers at every look, nothing else.</summary>
/// <typeparam name="T">Element type.</typeparam>
public sealed class LatestPoint<T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    readonly Lock gate = new();
    T[]? point;
    long step;

    /// <summary>Keeps an iterate; called by the run.</summary>
    /// <param name="steps">Steps taken to it.</param>
    /// <param name="w">The iterate, d numbers, all finite.</param>
    internal void Take(long steps, ReadOnlySpan<T> w)
    {
        lock (gate)
        {
            if (point?.Length != w.Length) point = new T[w.Length];
            w.CopyTo(point);
            step = steps;
        }
    }

    /// <summary>A copy of the last finite iterate that the run has looked at, and the steps taken to it;
    /// null before the first. Any thread may ask.</summary>
    /// <returns>Steps, and d numbers that are the caller's.</returns>
    public (long Step, T[] Point)? Read()
    {
        lock (gate) return point is null ? null : (step, (T[])point.Clone());
    }
}
