using System.Runtime.CompilerServices;

namespace Descent.Numerics;

// Comparisons, choices and bits.
public readonly partial struct Lane1<T>
{
    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lane1<T> operator -(Lane1<T> a) => new(-a.value);

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lane1<T> IfLess(Lane1<T> a, Lane1<T> b, Lane1<T> then, Lane1<T> otherwise) => a.value < b.value ? then : otherwise;

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lane1<T> IfAtLeast(Lane1<T> a, Lane1<T> b, Lane1<T> then, Lane1<T> otherwise) => a.value >= b.value ? then : otherwise;

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lane1<T> IfEqual(Lane1<T> a, Lane1<T> b, Lane1<T> then, Lane1<T> otherwise) => a.value == b.value ? then : otherwise;

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lane1<T> AllBits(long bits) => typeof(T) == typeof(double) ? Of(bits) : Of((int)bits);

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lane1<T> AddBits(Lane1<T> a, Lane1<T> b) => typeof(T) == typeof(double) ? Of(a.Long + b.Long) : Of(a.Int + b.Int);

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lane1<T> SubtractBits(Lane1<T> a, Lane1<T> b) => typeof(T) == typeof(double) ? Of(a.Long - b.Long) : Of(a.Int - b.Int);

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lane1<T> ShiftUp(Lane1<T> a, int places) => typeof(T) == typeof(double) ? Of(a.Long << places) : Of(a.Int << places);

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lane1<T> ShiftDown(Lane1<T> a, int places) => typeof(T) == typeof(double) ? Of(a.Long >> places) : Of(a.Int >> places);

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lane1<T> CopySign(Lane1<T> size, Lane1<T> sign) => new(T.CopySign(size.value, sign.value));

    long Long => Unsafe.BitCast<T, long>(value);

    int Int => Unsafe.BitCast<T, int>(value);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    static Lane1<T> Of(long bits) => new(Unsafe.BitCast<long, T>(bits));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    static Lane1<T> Of(int bits) => new(Unsafe.BitCast<int, T>(bits));
}
