using System.Diagnostics.CodeAnalysis;
using System.Linq.Expressions;
using static Descent.Autodiff.Compiled.Lanes;

namespace Descent.Autodiff.Compiled;

/// <summary>eˣ, whose slope is its value.</summary>
sealed class ExpLanes<T> : LaneFunction<T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    public static readonly ExpLanes<T> Instance = new();

    public override void Apply<V>(ReadOnlySpan<T> x, Span<T> y) => ElementaryFunctions.Exp(x, y);

    public override void AddSlope<V>(ReadOnlySpan<T> x, ReadOnlySpan<T> y, ReadOnlySpan<T> c, Span<T> d, Span<T> room) =>
        AddProduct<T, V>(y, c, d);

    [RequiresDynamicCode(GeneratedCode.Reason)]
    public override Expression Code(LaneCode<T> lanes, Expression x) => lanes.Call(nameof(Called.Exp), x);

    [RequiresDynamicCode(GeneratedCode.Reason)]
    public override Expression SlopeCode(LaneCode<T> lanes, Expression x, Expression y, Expression c, Expression d) =>
        lanes.Fused(y, c, d);
}

/// <summary>ln x, with slope 1/x.</summary>
sealed class LogLanes<T> : LaneFunction<T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    public static readonly LogLanes<T> Instance = new();

    public override void Apply<V>(ReadOnlySpan<T> x, Span<T> y) => ElementaryFunctions.Log(x, y);

    public override void AddSlope<V>(ReadOnlySpan<T> x, ReadOnlySpan<T> y, ReadOnlySpan<T> c, Span<T> d, Span<T> room)
    {
        for (int i = 0; i < d.Length; i += V.Count)
            Put(d, i, At<T, V>(d, i) + (At<T, V>(c, i) / At<T, V>(x, i)));
    }

    [RequiresDynamicCode(GeneratedCode.Reason)]
    public override Expression Code(LaneCode<T> lanes, Expression x) => lanes.Call(nameof(Called.Log), x);

    [RequiresDynamicCode(GeneratedCode.Reason)]
    public override Expression SlopeCode(LaneCode<T> lanes, Expression x, Expression y, Expression c, Expression d) =>
        Expression.Add(d, Expression.Divide(c, x));
}

/// <summary>√x, with slope 1/(2y).</summary>
sealed class SqrtLanes<T> : LaneFunction<T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    public static readonly SqrtLanes<T> Instance = new();

    public override void Apply<V>(ReadOnlySpan<T> x, Span<T> y)
    {
        for (int i = 0; i < y.Length; i += V.Count) Put(y, i, V.Sqrt(At<T, V>(x, i)));
    }

    public override void AddSlope<V>(ReadOnlySpan<T> x, ReadOnlySpan<T> y, ReadOnlySpan<T> c, Span<T> d, Span<T> room)
    {
        for (int i = 0; i < d.Length; i += V.Count)
            Put(d, i, At<T, V>(d, i) + (At<T, V>(c, i) / (At<T, V>(y, i) + At<T, V>(y, i))));
    }

    [RequiresDynamicCode(GeneratedCode.Reason)]
    public override Expression Code(LaneCode<T> lanes, Expression x) => lanes.Root(x);

    [RequiresDynamicCode(GeneratedCode.Reason)]
    public override Expression SlopeCode(LaneCode<T> lanes, Expression x, Expression y, Expression c, Expression d) =>
        Expression.Add(d, Expression.Divide(c, Expression.Add(y, y)));
}

/// <summary>tanh x, with slope 1 − y².</summary>
sealed class TanhLanes<T> : LaneFunction<T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    public static readonly TanhLanes<T> Instance = new();

    public override void Apply<V>(ReadOnlySpan<T> x, Span<T> y) => ElementaryFunctions.Tanh(x, y);

    public override void AddSlope<V>(ReadOnlySpan<T> x, ReadOnlySpan<T> y, ReadOnlySpan<T> c, Span<T> d, Span<T> room)
    {
        V one = V.All(T.One);
        for (int i = 0; i < d.Length; i += V.Count)
            Put(d, i, V.FusedMultiplyAdd(At<T, V>(c, i), one - (At<T, V>(y, i) * At<T, V>(y, i)), At<T, V>(d, i)));
    }

    [RequiresDynamicCode(GeneratedCode.Reason)]
    public override Expression Code(LaneCode<T> lanes, Expression x) => lanes.Call(nameof(Called.Tanh), x);

    [RequiresDynamicCode(GeneratedCode.Reason)]
    public override Expression SlopeCode(LaneCode<T> lanes, Expression x, Expression y, Expression c, Expression d) =>
        lanes.Fused(c, Expression.Subtract(lanes.One, Expression.Multiply(y, y)), d);
}

/// <summary>1/(1 + e⁻ˣ), with slope y(1 − y).</summary>
sealed class SigmoidLanes<T> : LaneFunction<T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    public static readonly SigmoidLanes<T> Instance = new();

    public override void Apply<V>(ReadOnlySpan<T> x, Span<T> y) => ElementaryFunctions.Sigmoid(x, y);

    public override void AddSlope<V>(ReadOnlySpan<T> x, ReadOnlySpan<T> y, ReadOnlySpan<T> c, Span<T> d, Span<T> room)
    {
        V one = V.All(T.One);
        for (int i = 0; i < d.Length; i += V.Count)
            Put(d, i, V.FusedMultiplyAdd(At<T, V>(c, i), At<T, V>(y, i) * (one - At<T, V>(y, i)), At<T, V>(d, i)));
    }

    [RequiresDynamicCode(GeneratedCode.Reason)]
    public override Expression Code(LaneCode<T> lanes, Expression x) => lanes.Call(nameof(Called.Sigmoid), x);

    [RequiresDynamicCode(GeneratedCode.Reason)]
    public override Expression SlopeCode(LaneCode<T> lanes, Expression x, Expression y, Expression c, Expression d) =>
        lanes.Fused(c, Expression.Multiply(y, Expression.Subtract(lanes.One, y)), d);
}

/// <summary>ln(1 + eˣ), with slope 1/(1 + e⁻ˣ).</summary>
sealed class SoftplusLanes<T> : LaneFunction<T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    public static readonly SoftplusLanes<T> Instance = new();

    public override void Apply<V>(ReadOnlySpan<T> x, Span<T> y) => ElementaryFunctions.Softplus(x, y);

    public override void AddSlope<V>(ReadOnlySpan<T> x, ReadOnlySpan<T> y, ReadOnlySpan<T> c, Span<T> d, Span<T> room)
    {
        ElementaryFunctions.Sigmoid(x, room);
        AddProduct<T, V>(room, c, d);
    }

    [RequiresDynamicCode(GeneratedCode.Reason)]
    public override Expression Code(LaneCode<T> lanes, Expression x) => lanes.Call(nameof(Called.Softplus), x);

    [RequiresDynamicCode(GeneratedCode.Reason)]
    public override Expression SlopeCode(LaneCode<T> lanes, Expression x, Expression y, Expression c, Expression d) =>
        lanes.Fused(lanes.Call(nameof(Called.Sigmoid), x), c, d);
}
