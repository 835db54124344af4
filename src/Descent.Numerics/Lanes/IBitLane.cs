using System.Numerics;

namespace Descent.Numerics;

/// <summary>A lane whose elements can also be compared, chosen between, and taken as their bits:
/// what exponentials and logarithms are made of.</summary>
/// <remarks>Element by element and exact, so that a formula over it gives the same bits at every width,
/// from one element to 512 bits.</remarks>
/// <typeparam name="TSelf">The lane itself.</typeparam>
/// <typeparam name="T">Element type, <see cref="float"/> or <see cref="double"/>.</typeparam>
public interface IBitLane<TSelf, T> : ILane<TSelf, T>
    where TSelf : struct, IBitLane<TSelf, T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    /// <summary>Elementwise <c>−a</c>: the sign bit turned, also of 0 and NaN.</summary>
    static abstract TSelf operator -(TSelf a);

    /// <summary>Elementwise <c>a &lt; b ? then : otherwise</c>; NaN is not less.</summary>
    static abstract TSelf IfLess(TSelf a, TSelf b, TSelf then, TSelf otherwise);

    /// <summary>Elementwise <c>a ≥ b ? then : otherwise</c>; NaN is not at least anything.</summary>
    static abstract TSelf IfAtLeast(TSelf a, TSelf b, TSelf then, TSelf otherwise);

    /// <summary>Elementwise <c>a = b ? then : otherwise</c>; NaN equals nothing, −0 equals 0.</summary>
    static abstract TSelf IfEqual(TSelf a, TSelf b, TSelf then, TSelf otherwise);

    /// <summary>Every element with these bits (the low half of them for <see cref="float"/>).</summary>
    static abstract TSelf AllBits(long bits);

    /// <summary>The bits of a and b added as integers.</summary>
    static abstract TSelf AddBits(TSelf a, TSelf b);

    /// <summary>The bits of b taken from those of a as integers.</summary>
    static abstract TSelf SubtractBits(TSelf a, TSelf b);

    /// <summary>The bits moved up, zeros behind them.</summary>
    static abstract TSelf ShiftUp(TSelf a, int places);

    /// <summary>The bits moved down, the sign bit repeated.</summary>
    static abstract TSelf ShiftDown(TSelf a, int places);

    /// <summary>The size of the first with the sign of the second.</summary>
    static abstract TSelf CopySign(TSelf size, TSelf sign);
}
