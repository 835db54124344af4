using System.Diagnostics.CodeAnalysis;
using System.Linq.Expressions;
using Descent.Autodiff.Operations;

namespace Descent.Autodiff.Compiled;

/// <summary>All that a plan knows of a function of one number: its values, its slope, and both as generated code. There is one for each type of operation that plans take.</summary>
/// <typeparam name="T">Element type.</typeparam>
abstract class LaneFunction<T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    /// <summary>The description of an operation, by its type and never by its name, which anybody may use; null for one that plans do not take.</summary>
    public static LaneFunction<T>? Of(Operation<T> operation) => operation switch
    {
        Unary<T, ExpOf<T>> => ExpLanes<T>.Instance,
        Unary<T, LogOf<T>> => LogLanes<T>.Instance,
        Unary<T, SqrtOf<T>> => SqrtLanes<T>.Instance,
        Unary<T, TanhOf<T>> => TanhLanes<T>.Instance,
        Unary<T, SigmoidOf<T>> => SigmoidLanes<T>.Instance,
        Unary<T, SoftplusOf<T>> => SoftplusLanes<T>.Instance,
        Unary<T, ReluOf<T>> => ReluLanes<T>.Instance,
        Unary<T, AbsOf<T>> => AbsLanes<T>.Instance,
        _ => null,
    };

    /// <summary>y ← f(x).</summary>
    public abstract void Apply<V>(ReadOnlySpan<T> x, Span<T> y)
        where V : struct, IBitLane<V, T>;

    /// <summary>d ← d + c·f′, by the value y where that is simpler than by x; <paramref name="room"/> is as long as they are.</summary>
    public abstract void AddSlope<V>(ReadOnlySpan<T> x, ReadOnlySpan<T> y, ReadOnlySpan<T> c, Span<T> d, Span<T> room)
        where V : struct, IBitLane<V, T>;

    /// <summary>f(x), with the bits of <see cref="Apply"/>.</summary>
    [RequiresDynamicCode(GeneratedCode.Reason)]
    public abstract Expression Code(LaneCode<T> lanes, Expression x);

    /// <summary>d + c·f′, with the bits of <see cref="AddSlope"/>.</summary>
    [RequiresDynamicCode(GeneratedCode.Reason)]
    public abstract Expression SlopeCode(LaneCode<T> lanes, Expression x, Expression y, Expression c, Expression d);
}
