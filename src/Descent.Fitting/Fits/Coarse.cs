using System.Numerics;
using Descent.Runs;

namespace Descent.Fitting.Fits;

/// <summary>
/// A monitor that looks where a coarser trace would: at powers of two at first, then at multiples of a spacing, which the loop widens in
/// long runs.
/// </summary>
/// <param name="every">The spacing in steps.</param>
/// <param name="inner">The monitor.</param>
sealed class Coarse<T>(long every, IMonitor<T> inner) : IMonitor<T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    public string? Look(in TracePoint point, ReadOnlySpan<T> w) => Includes(every, point.Step) ? inner.Look(point, w) : null;

    public void Visit(IStateVisitor visitor) => inner.Visit(visitor);

    public static bool Includes(long every, long step) => step % every == 0 || (step < every && System.Numerics.BitOperations.IsPow2(step));
}
