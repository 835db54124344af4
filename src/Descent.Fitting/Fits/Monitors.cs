using System.Numerics;
using Descent.Runs;

namespace Descent.Fitting.Fits;

/// <summary>Several monitors as one; the first reason to end counts.</summary>
sealed class Monitors<T>(params IMonitor<T>?[] all) : IMonitor<T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    public string? Look(in TracePoint point, ReadOnlySpan<T> w)
    {
        string? reason = null;
        foreach (IMonitor<T>? m in all) reason ??= m?.Look(point, w);
        return reason;
    }

    public void Visit(IStateVisitor visitor)
    {
        for (int i = 0; i < all.Length; i++) all[i]?.Visit(new PrefixedVisitor(visitor, $"{i}."));
    }
}
