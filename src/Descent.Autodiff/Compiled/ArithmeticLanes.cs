using System.Diagnostics.CodeAnalysis;
using System.Linq.Expressions;
using Descent.Autodiff.Operations;

namespace Descent.Autodiff.Compiled;

/// <summary>a + b: both cotangents are the result's.</summary>
sealed class PlusLanes<T> : LanePair<T, Plus<T>>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    public static readonly PlusLanes<T> Instance = new();

    public override void First(Columns<T> loops, ReadOnlySpan<T> c, Operand<T> b, Span<T> e) => c.CopyTo(e);

    public override void Second(Columns<T> loops, ReadOnlySpan<T> c, Operand<T> a, Operand<T> b, ReadOnlySpan<T> y, Span<T> e) => c.CopyTo(e);

    public override PlanStep? OfTotal(PlanStep total, double c, bool swapped) =>
        total with { Shift = total.Shift + c };

    [RequiresDynamicCode(GeneratedCode.Reason)]
    public override Expression Code(Expression a, Expression b) => Expression.Add(a, b);

    [RequiresDynamicCode(GeneratedCode.Reason)]
    public override Expression FirstCode(Expression c, Expression b) => c;

    [RequiresDynamicCode(GeneratedCode.Reason)]
    public override Expression SecondCode(LaneCode<T> lanes, Expression c, Expression a, Expression b, Expression y) =>
        c;
}

/// <summary>a − b: cotangents c and −c.</summary>
sealed class MinusLanes<T> : LanePair<T, Minus<T>>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    public static readonly MinusLanes<T> Instance = new();

    public override void First(Columns<T> loops, ReadOnlySpan<T> c, Operand<T> b, Span<T> e) => c.CopyTo(e);

    public override void Second(Columns<T> loops, ReadOnlySpan<T> c, Operand<T> a, Operand<T> b, ReadOnlySpan<T> y, Span<T> e) => loops.Scale(-T.One, c, e);

    public override PlanStep? OfTotal(PlanStep total, double c, bool swapped) =>
        swapped ? total with { Scale = -total.Scale, Shift = c - total.Shift } : total with { Shift = total.Shift - c };

    [RequiresDynamicCode(GeneratedCode.Reason)]
    public override Expression Code(Expression a, Expression b) => Expression.Subtract(a, b);

    [RequiresDynamicCode(GeneratedCode.Reason)]
    public override Expression FirstCode(Expression c, Expression b) => c;

    [RequiresDynamicCode(GeneratedCode.Reason)]
    public override Expression SecondCode(LaneCode<T> lanes, Expression c, Expression a, Expression b, Expression y) =>
        Expression.Multiply(lanes.Same(Expression.Constant(-T.One)), c);
}

/// <summary>a·b: cotangents c·b and c·a.</summary>
sealed class TimesLanes<T> : LanePair<T, Times<T>>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    public static readonly TimesLanes<T> Instance = new();

    public override void First(Columns<T> loops, ReadOnlySpan<T> c, Operand<T> b, Span<T> e) => loops.Pairwise(this, c, b, e);

    public override void Second(Columns<T> loops, ReadOnlySpan<T> c, Operand<T> a, Operand<T> b, ReadOnlySpan<T> y, Span<T> e) => loops.Pairwise(this, c, a, e);

    public override PlanStep? OfTotal(PlanStep total, double c, bool swapped) =>
        total with { Scale = total.Scale * c, Shift = total.Shift * c };

    [RequiresDynamicCode(GeneratedCode.Reason)]
    public override Expression Code(Expression a, Expression b) => Expression.Multiply(a, b);

    [RequiresDynamicCode(GeneratedCode.Reason)]
    public override Expression FirstCode(Expression c, Expression b) => Expression.Multiply(c, b);

    [RequiresDynamicCode(GeneratedCode.Reason)]
    public override Expression SecondCode(LaneCode<T> lanes, Expression c, Expression a, Expression b, Expression y) =>
        Expression.Multiply(c, a);
}

/// <summary>a/b: cotangents c/b and −c·(a/b)/b.</summary>
sealed class OverLanes<T> : LanePair<T, Over<T>>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    public static readonly OverLanes<T> Instance = new();

    public override void First(Columns<T> loops, ReadOnlySpan<T> c, Operand<T> b, Span<T> e) => loops.Pairwise(this, c, b, e);

    public override void Second(Columns<T> loops, ReadOnlySpan<T> c, Operand<T> a, Operand<T> b, ReadOnlySpan<T> y, Span<T> e)
    {
        loops.Pairwise(TimesLanes<T>.Instance, c, new Operand<T>(y), e);
        loops.Scale(-T.One, e, e);
        loops.Pairwise(this, e, b, e);
    }

    public override PlanStep? OfTotal(PlanStep total, double c, bool swapped) =>
        swapped ? null : total with { Scale = total.Scale / c, Shift = total.Shift / c };

    [RequiresDynamicCode(GeneratedCode.Reason)]
    public override Expression Code(Expression a, Expression b) => Expression.Divide(a, b);

    [RequiresDynamicCode(GeneratedCode.Reason)]
    public override Expression FirstCode(Expression c, Expression b) => Expression.Divide(c, b);

    [RequiresDynamicCode(GeneratedCode.Reason)]
    public override Expression SecondCode(LaneCode<T> lanes, Expression c, Expression a, Expression b, Expression y) =>
        Expression.Divide(Expression.Multiply(lanes.Same(Expression.Constant(-T.One)), Expression.Multiply(c, y)), b);
}
