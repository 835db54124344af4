using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace Descent.Autodiff.Compiled;

/// <summary>Loops over the rows of one column of a block, or of a few, at the width that the processor has.
/// Lengths are multiples of 512 bits.</summary>
/// <remarks>Sums are defined by parts of 512 bits:
/// narrower lanes keep as many sums apart as make one, so that the bits are the same.</remarks>
/// <typeparam name="T">Element type.</typeparam>
abstract class Columns<T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    /// <summary>The widest of this processor.</summary>
    public static Columns<T> Widest { get; } = Vector512.IsHardwareAccelerated ? new Columns<T, Lane512<T>>()
        : Vector256.IsHardwareAccelerated ? new Columns<T, Lane256<T>>() : new Columns<T, Lane128<T>>();

    /// <summary>y ← start + Σ_k w[at + k·step] x_k, where the columns x_k lie <paramref name="apart"/> entries apart.</summary>
    public abstract void Product(ref T x, int apart, int inner, ReadOnlySpan<T> w, int at, int step, T start, Span<T> y);

    /// <summary>Σ c·x; with <paramref name="through"/> also d ← d + c·weight.</summary>
    public abstract double Pull(ReadOnlySpan<T> c, ReadOnlySpan<T> x, T weight, Span<T> d, bool through);

    /// <summary>Σ c.</summary>
    public abstract double Total(ReadOnlySpan<T> c);

    /// <summary>y ← f(x).</summary>
    public abstract void Apply(LaneFunction<T> f, ReadOnlySpan<T> x, Span<T> y);

    /// <summary>d ← d + c·f′, by the value y where that is simpler than by x; <paramref name="room"/> is as long as they are.</summary>
    public abstract void AddSlope(LaneFunction<T> f, ReadOnlySpan<T> x, ReadOnlySpan<T> y, ReadOnlySpan<T> c, Span<T> d, Span<T> room);

    /// <summary>y ← a ∘ b.</summary>
    public abstract void Pairwise(LanePair<T> f, ReadOnlySpan<T> a, Operand<T> b, Span<T> y);

    /// <summary>y ← factor·x.</summary>
    public abstract void Scale(T factor, ReadOnlySpan<T> x, Span<T> y);

    /// <summary>y ← max(x, y).</summary>
    public abstract void Larger(ReadOnlySpan<T> x, Span<T> y);

    /// <summary>y ← y + a·b.</summary>
    public abstract void AddProduct(ReadOnlySpan<T> a, ReadOnlySpan<T> b, Span<T> y);
}
