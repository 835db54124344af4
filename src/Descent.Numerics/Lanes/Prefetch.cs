using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics.X86;

namespace Descent.Numerics;

/// <summary>A hint to bring memory nearer. Changes no result.</summary>
public static class Prefetch
{
    /// <summary>Brings the cache line of <paramref name="location"/> into the first level.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static unsafe void Read<T>(ref T location)
        where T : unmanaged
    {
        // An address that the collector has just moved is harmless here: a prefetch never faults.
        if (Sse.IsSupported) Sse.Prefetch0(Unsafe.AsPointer(ref location));
    }
}
