using System.Diagnostics.CodeAnalysis;
using System.Linq.Expressions;
using Descent.Autodiff.Operations;
using static Descent.Autodiff.Compiled.Lanes;

namespace Descent.Autodiff.Compiled;

/// <summary>
/// All that a plan knows of a function of two numbers: its values, its cotangents, and both as generated code.
/// There is one for each type of operation that plans take.
/// </summary>
/// <typeparam name="T">Element type.</typeparam>
abstract class LanePair<T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    /// <summary>
    /// The description of an operation, by its type and never by its name, which anybody may use; null for one that plans do not take.
    /// </summary>
    public static LanePair<T>? Of(Operation<T> operation) => operation switch
    {
        Binary<T, Plus<T>> => PlusLanes<T>.Instance,
        Binary<T, Minus<T>> => MinusLanes<T>.Instance,
        Binary<T, Times<T>> => TimesLanes<T>.Instance,
        Binary<T, Over<T>> => OverLanes<T>.Instance,
        _ => null,
    };

    /// <summary>y ← a ∘ b.</summary>
    public abstract void Pairwise<V>(ReadOnlySpan<T> a, ReadOnlySpan<T> b, Span<T> y)
        where V : struct, IBitLane<V, T>;

    /// <summary>y ← a ∘ b with one b for all rows.</summary>
    public abstract void Pairwise<V>(ReadOnlySpan<T> a, T b, Span<T> y)
        where V : struct, IBitLane<V, T>;

    /// <summary>e ← the cotangent of a, from that of the result, c.</summary>
    public abstract void First(Columns<T> loops, ReadOnlySpan<T> c, Operand<T> b, Span<T> e);

    /// <summary>e ← the cotangent of b, from that of the result, c, and the result y = a ∘ b.</summary>
    public abstract void Second(Columns<T> loops, ReadOnlySpan<T> c, Operand<T> a, Operand<T> b, ReadOnlySpan<T> y, Span<T> e);

    /// <summary>The total ∘ c, or c ∘ the total when they are <paramref name="swapped"/>;
    /// null where that is no scaled and shifted sum.</summary>
    public abstract PlanStep? OfTotal(PlanStep total, double c, bool swapped);

    /// <summary>a ∘ b.</summary>
    [RequiresDynamicCode(GeneratedCode.Reason)]
    public abstract Expression Code(Expression a, Expression b);

    /// <summary>The cotangent of a, with the bits of <see cref="First"/>.</summary>
    [RequiresDynamicCode(GeneratedCode.Reason)]
    public abstract Expression FirstCode(Expression c, Expression b);

    /// <summary>The cotangent of b, with the bits of <see cref="Second"/>.</summary>
    [RequiresDynamicCode(GeneratedCode.Reason)]
    public abstract Expression SecondCode(LaneCode<T> lanes, Expression c, Expression a, Expression b, Expression y);
}

/// <summary>The loops of a function of two numbers, in the operation's own lanes.</summary>
/// <typeparam name="T">Element type.</typeparam>
/// <typeparam name="F">The function.</typeparam>
abstract class LanePair<T, F> : LanePair<T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
    where F : struct, IBinary<T>
{
    public sealed override void Pairwise<V>(ReadOnlySpan<T> a, ReadOnlySpan<T> b, Span<T> y)
    {
        for (int i = 0; i < y.Length; i += V.Count)
        {
            V v = At<T, V>(a, i);
            F.Invoke(ref v, At<T, V>(b, i));
            Put(y, i, v);
        }
    }

    public sealed override void Pairwise<V>(ReadOnlySpan<T> a, T b, Span<T> y)
    {
        V same = V.All(b);
        for (int i = 0; i < y.Length; i += V.Count)
        {
            V v = At<T, V>(a, i);
            F.Invoke(ref v, same);
            Put(y, i, v);
        }
    }
}
