using System.Numerics;
using System.Runtime.CompilerServices;

namespace Descent.Numerics;

/// <summary>Additions to numbers that several threads share without a lock. Aligned floats and doubles are read and written whole on every
/// machine that .NET runs on in 64 bits; what may be lost is an addition.</summary>
public static class SharedCells
{
    /// <summary>Adds by a read and a write: an addition of another thread in between is lost.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void AddRelaxed<T>(ref T cell, T amount)
        where T : unmanaged, IBinaryFloatingPointIeee754<T> => cell += amount;

    /// <summary>Adds by compare and exchange, again until no other thread was in between: no addition is lost.</summary>
    /// <exception cref="NotSupportedException">The element type is neither float nor double.</exception>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void AddAtomic<T>(ref T cell, T amount)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        if (typeof(T) == typeof(double)) Add(ref Unsafe.As<T, long>(ref cell), amount);
        else if (typeof(T) == typeof(float)) Add(ref Unsafe.As<T, int>(ref cell), amount);
        else throw new NotSupportedException($"Atomic additions are for float and double; got {typeof(T).Name}.");
    }

    // Compared are bits, not numbers: −0 and 0 differ, and one that is not a number equals itself.
    static void Add<T>(ref long bits, T amount)
        where T : unmanaged
    {
        while (true)
        {
            long seen = Volatile.Read(ref bits);
            double sum = BitConverter.Int64BitsToDouble(seen) + Unsafe.BitCast<T, double>(amount);
            if (Interlocked.CompareExchange(ref bits, BitConverter.DoubleToInt64Bits(sum), seen) == seen) return;
        }
    }

    static void Add<T>(ref int bits, T amount)
        where T : unmanaged
    {
        while (true)
        {
            int seen = Volatile.Read(ref bits);
            float sum = BitConverter.Int32BitsToSingle(seen) + Unsafe.BitCast<T, float>(amount);
            if (Interlocked.CompareExchange(ref bits, BitConverter.SingleToInt32Bits(sum), seen) == seen) return;
        }
    }
}
