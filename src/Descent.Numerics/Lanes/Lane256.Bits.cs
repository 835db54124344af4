using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace Descent.Numerics;

// Comparisons, choices and bits.
public readonly partial struct Lane256<T>
{
    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lane256<T> operator -(Lane256<T> a) => new(-a.value);

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lane256<T> IfLess(Lane256<T> a, Lane256<T> b, Lane256<T> then, Lane256<T> otherwise) =>
        new(Vector256.ConditionalSelect(Vector256.LessThan(a.value, b.value), then.value, otherwise.value));

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lane256<T> IfAtLeast(Lane256<T> a, Lane256<T> b, Lane256<T> then, Lane256<T> otherwise) =>
        new(Vector256.ConditionalSelect(Vector256.GreaterThanOrEqual(a.value, b.value), then.value, otherwise.value));

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lane256<T> IfEqual(Lane256<T> a, Lane256<T> b, Lane256<T> then, Lane256<T> otherwise) =>
        new(Vector256.ConditionalSelect(Vector256.Equals(a.value, b.value), then.value, otherwise.value));

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lane256<T> AllBits(long bits) =>
        new(typeof(T) == typeof(double) ? Vector256.Create(bits).As<long, T>() : Vector256.Create((int)bits).As<int, T>());

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lane256<T> AddBits(Lane256<T> a, Lane256<T> b) =>
        new(typeof(T) == typeof(double)
            ? (a.value.AsInt64() + b.value.AsInt64()).As<long, T>()
            : (a.value.AsInt32() + b.value.AsInt32()).As<int, T>());

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lane256<T> SubtractBits(Lane256<T> a, Lane256<T> b) =>
        new(typeof(T) == typeof(double)
            ? (a.value.AsInt64() - b.value.AsInt64()).As<long, T>()
            : (a.value.AsInt32() - b.value.AsInt32()).As<int, T>());

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lane256<T> ShiftUp(Lane256<T> a, int places) =>
        new(typeof(T) == typeof(double) ? (a.value.AsInt64() << places).As<long, T>() : (a.value.AsInt32() << places).As<int, T>());

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lane256<T> ShiftDown(Lane256<T> a, int places) =>
        new(typeof(T) == typeof(double) ? (a.value.AsInt64() >> places).As<long, T>() : (a.value.AsInt32() >> places).As<int, T>());

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lane256<T> CopySign(Lane256<T> size, Lane256<T> sign)
    {
        Vector256<T> bit = Vector256.Create(-T.Zero);
        return new(Vector256.ConditionalSelect(bit, sign.value, size.value));
    }
}
