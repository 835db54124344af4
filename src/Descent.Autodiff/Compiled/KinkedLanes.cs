using System.Diagnostics.CodeAnalysis;
using System.Linq.Expressions;
using static Descent.Autodiff.Compiled.Lanes;

namespace Descent.Autodiff.Compiled;

/// <summary>max(0, x), with slope 1 where it is positive.</summary>
sealed class ReluLanes<T> : LaneFunction<T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    public static readonly ReluLanes<T> Instance = new();

    // Comparing so lets a NaN through.
    public override void Apply<V>(ReadOnlySpan<T> x, Span<T> y)
    {
        V zero = V.All(T.Zero);
        for (int i = 0; i < y.Length; i += V.Count) Put(y, i, V.IfAtLeast(zero, At<T, V>(x, i), zero, At<T, V>(x, i)));
    }

    public override void AddSlope<V>(ReadOnlySpan<T> x, ReadOnlySpan<T> y, ReadOnlySpan<T> c, Span<T> d, Span<T> room)
    {
        V zero = V.All(T.Zero);
        for (int i = 0; i < d.Length; i += V.Count)
            Put(d, i, At<T, V>(d, i) + V.IfLess(zero, At<T, V>(y, i), At<T, V>(c, i), zero));
    }

    [RequiresDynamicCode(GeneratedCode.Reason)]
    public override Expression Code(LaneCode<T> lanes, Expression x) => lanes.IfAtMost(x, lanes.Zero, lanes.Zero, x);

    [RequiresDynamicCode(GeneratedCode.Reason)]
    public override Expression SlopeCode(LaneCode<T> lanes, Expression x, Expression y, Expression c, Expression d) =>
        Expression.Add(d, lanes.IfLess(lanes.Zero, y, c, lanes.Zero));
}

/// <summary>|x|, with slope sign x, 0 at 0.</summary>
sealed class AbsLanes<T> : LaneFunction<T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    public static readonly AbsLanes<T> Instance = new();

    public override void Apply<V>(ReadOnlySpan<T> x, Span<T> y)
    {
        for (int i = 0; i < y.Length; i += V.Count) Put(y, i, V.Abs(At<T, V>(x, i)));
    }

    public override void AddSlope<V>(ReadOnlySpan<T> x, ReadOnlySpan<T> y, ReadOnlySpan<T> c, Span<T> d, Span<T> room)
    {
        V zero = V.All(T.Zero);
        for (int i = 0; i < d.Length; i += V.Count)
            Put(d, i, At<T, V>(d, i) + V.IfLess(zero, At<T, V>(x, i), At<T, V>(c, i), V.IfLess(At<T, V>(x, i), zero, -At<T, V>(c, i), zero)));
    }

    [RequiresDynamicCode(GeneratedCode.Reason)]
    public override Expression Code(LaneCode<T> lanes, Expression x) => lanes.Absolute(x);

    [RequiresDynamicCode(GeneratedCode.Reason)]
    public override Expression SlopeCode(LaneCode<T> lanes, Expression x, Expression y, Expression c, Expression d) =>
        Expression.Add(d, lanes.IfLess(lanes.Zero, x, c, lanes.IfLess(x, lanes.Zero, Expression.Negate(c), lanes.Zero)));
}
