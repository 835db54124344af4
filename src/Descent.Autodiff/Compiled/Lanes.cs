using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace Descent.Autodiff.Compiled;

/// <summary>Lanes from and to the columns of a block, whose lengths are multiples of 512 bits.</summary>
static class Lanes
{
    /// <summary>The lane that begins at entry i.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static V At<T, V>(ReadOnlySpan<T> x, int i)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
        where V : struct, ILane<V, T> => V.Load(ref MemoryMarshal.GetReference(x), (nuint)i);

    /// <summary>Writes a lane from entry i on.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Put<T, V>(Span<T> y, int i, V v)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
        where V : struct, ILane<V, T> => v.Store(ref MemoryMarshal.GetReference(y), (nuint)i);

    /// <summary>y ← y + a·b, rounded once.</summary>
    public static void AddProduct<T, V>(ReadOnlySpan<T> a, ReadOnlySpan<T> b, Span<T> y)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
        where V : struct, ILane<V, T>
    {
        for (int i = 0; i < y.Length; i += V.Count)
            Put(y, i, V.FusedMultiplyAdd(At<T, V>(a, i), At<T, V>(b, i), At<T, V>(y, i)));
    }
}
