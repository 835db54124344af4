using System.Numerics;

namespace Descent.Numerics;

/// <summary>A group of elements that one formula is written for; the width (1, 128, 256, 512 bit) is the type's business.</summary>
/// <remarks>
/// Every operation is correctly rounded and applied element by element, so a kernel gives the same bits at every width.
/// <see cref="FusedMultiplyAdd"/> rounds once on every machine; plain <c>a * b + c</c> rounds twice on every machine.
/// </remarks>
/// <typeparam name="TSelf">The lane itself.</typeparam>
/// <typeparam name="T">Element type, <see cref="float"/> or <see cref="double"/>.</typeparam>
public interface ILane<TSelf, T>
    where TSelf : struct, ILane<TSelf, T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    /// <summary>Number of elements in the lane.</summary>
    static abstract int Count { get; }

    /// <summary>The same value in every element.</summary>
    static abstract TSelf All(T value);

    /// <summary>Reads <see cref="Count"/> elements from <paramref name="source"/> at <paramref name="offset"/>.</summary>
    static abstract TSelf Load(ref T source, nuint offset);

    /// <summary>Writes the elements to <paramref name="target"/> at <paramref name="offset"/>.</summary>
    void Store(ref T target, nuint offset);

    /// <summary>a + b lane by lane, correctly rounded.</summary>
    static abstract TSelf operator +(TSelf a, TSelf b);

    /// <summary>a − b lane by lane, correctly rounded.</summary>
    static abstract TSelf operator -(TSelf a, TSelf b);

    /// <summary>a·b lane by lane, correctly rounded.</summary>
    static abstract TSelf operator *(TSelf a, TSelf b);

    /// <summary>a/b lane by lane, correctly rounded.</summary>
    static abstract TSelf operator /(TSelf a, TSelf b);

    /// <summary>Elementwise <c>a·b + c</c>, rounded once.</summary>
    static abstract TSelf FusedMultiplyAdd(TSelf a, TSelf b, TSelf c);

    /// <summary>√a lane by lane, correctly rounded.</summary>
    static abstract TSelf Sqrt(TSelf a);

    /// <summary>|a| lane by lane; the sign bit is cleared.</summary>
    static abstract TSelf Abs(TSelf a);

    /// <summary>The larger of a and b, lane by lane; NaN where either is.</summary>
    static abstract TSelf Max(TSelf a, TSelf b);

    /// <summary>The smaller of a and b, lane by lane; NaN where either is.</summary>
    static abstract TSelf Min(TSelf a, TSelf b);

    /// <summary>Elementwise <c>|a| &lt; limit ? 0 : a</c>.
    /// Keeps decaying state out of the subnormal range, where it would run 20 times slower.</summary>
    static abstract TSelf ZeroBelow(TSelf a, TSelf limit);

    /// <summary>The sum of the elements: the sum of the low half plus that of the high half,
    /// and so on down to one element, so that narrower lanes can be added to the same bits.</summary>
    static abstract T Sum(TSelf a);

    /// <summary>Elementwise <c>|b| &lt; least ? 0 : a/b</c>:
    /// a quotient whose denominator has vanished counts as nothing, 0/0 included. A NaN in b stays.</summary>
    static abstract TSelf Ratio(TSelf a, TSelf b, TSelf least);

    /// <summary>Elementwise <c>test = 0 ? a : b</c>.</summary>
    static abstract TSelf WhereZero(TSelf test, TSelf a, TSelf b);
}
