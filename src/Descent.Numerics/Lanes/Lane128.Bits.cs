using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace Descent.Numerics;

// Comparisons, choices and bits.
public readonly partial struct Lane128<T>
{
    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lane128<T> operator -(Lane128<T> a) => new(-a.value);

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lane128<T> IfLess(Lane128<T> a, Lane128<T> b, Lane128<T> then, Lane128<T> otherwise) =>
        new(Vector128.ConditionalSelect(Vector128.LessThan(a.value, b.value), then.value, otherwise.value));

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lane128<T> IfAtLeast(Lane128<T> a, Lane128<T> b, Lane128<T> then, Lane128<T> otherwise) =>
        new(Vector128.ConditionalSelect(Vector128.GreaterThanOrEqual(a.value, b.value), then.value, otherwise.value));

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lane128<T> IfEqual(Lane128<T> a, Lane128<T> b, Lane128<T> then, Lane128<T> otherwise) =>
        new(Vector128.ConditionalSelect(Vector128.Equals(a.value, b.value), then.value, otherwise.value));

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lane128<T> AllBits(long bits) =>
        new(typeof(T) == typeof(double) ? Vector128.Create(bits).As<long, T>() : Vector128.Create((int)bits).As<int, T>());

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lane128<T> AddBits(Lane128<T> a, Lane128<T> b) =>
        new(typeof(T) == typeof(double)
            ? (a.value.AsInt64() + b.value.AsInt64()).As<long, T>()
            : (a.value.AsInt32() + b.value.AsInt32()).As<int, T>());

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lane128<T> SubtractBits(Lane128<T> a, Lane128<T> b) =>
        new(typeof(T) == typeof(double)
            ? (a.value.AsInt64() - b.value.AsInt64()).As<long, T>()
            : (a.value.AsInt32() - b.value.AsInt32()).As<int, T>());

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lane128<T> ShiftUp(Lane128<T> a, int places) =>
        new(typeof(T) == typeof(double) ? (a.value.AsInt64() << places).As<long, T>() : (a.value.AsInt32() << places).As<int, T>());

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lane128<T> ShiftDown(Lane128<T> a, int places) =>
        new(typeof(T) == typeof(double) ? (a.value.AsInt64() >> places).As<long, T>() : (a.value.AsInt32() >> places).As<int, T>());

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lane128<T> CopySign(Lane128<T> size, Lane128<T> sign)
    {
        Vector128<T> bit = Vector128.Create(-T.Zero);
        return new(Vector128.ConditionalSelect(bit, sign.value, size.value));
    }
}
