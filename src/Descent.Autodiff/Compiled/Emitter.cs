using System.Diagnostics.CodeAnalysis;
using System.Linq.Expressions;

namespace Descent.Autodiff.Compiled;

/// <summary>
/// Writes a plan as one loop over the vectors of a block:
/// every column is a register or a place on the stack, nothing between the inputs and the loss goes through memory.
/// </summary>
/// <remarks>
/// The operations are those of <see cref="Plan{T}"/> in the same order, so that the bits are the same.
/// A turn of the loop covers 512 bits whatever the processor's width:
/// where lanes are narrower its body is written once a part, each part with sums of its own.
/// </remarks>
[RequiresDynamicCode(GeneratedCode.Reason)]
sealed partial class Emitter<T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    // The just-in-time compiler looks after about a thousand variables.
    const int MostVariables = 900, MostProducts = 2048;
    readonly PlanStep[] steps;
    readonly PlanStep total;
    readonly int block;
    readonly ParameterExpression values = Expression.Parameter(typeof(T[]), "values"), seed = Expression.Parameter(typeof(T[]), "seed"),
        w = Expression.Parameter(typeof(T[]), "w"),
        gradient = Expression.Parameter(typeof(double[]), "gradient"), n = Expression.Parameter(typeof(int), "n"),
        i = Expression.Variable(typeof(int), "i");
    readonly LaneCode<T> lanes = LaneCode<T>.Widest;
    readonly List<ParameterExpression> variables = [], pool = [];
    readonly List<(int At, List<ParameterExpression> Parts)> collectors = [];
    int part, used, collected;
    readonly List<Expression> before = [], body = [], after = [];
    readonly Dictionary<int, ParameterExpression> columns = [], weights = [];

    Emitter(PlanStep[] steps, PlanStep total, int block, bool differentiate)
    {
        this.steps = steps;
        this.total = total;
        this.block = block;
        for (part = 0; part < LaneCode<T>.Whole / lanes.Count; part++)
        {
            // The names of the part before are free again.
            columns.Clear();
            slopes.Clear();
            (used, collected) = (0, 0);
            Forward();
            if (differentiate) Back();
        }
        foreach ((int at, List<ParameterExpression> parts) in collectors)
            after.Add(Expression.AddAssign(Expression.ArrayAccess(gradient, Expression.Constant(at)),
                Expression.Convert(Total(parts, 0, parts.Count), typeof(double))));
    }

    Expression Total(List<ParameterExpression> parts, int from, int count) =>
        count == 1 ? lanes.Sum(parts[from]) : Expression.Add(Total(parts, from, count / 2), Total(parts, from + (count / 2), count / 2));

    /// <summary>The code of a plan; null when it is too large for the registers to help.</summary>
    /// <param name="steps">The steps of the plan.</param>
    /// <param name="total">Its loss.</param>
    /// <param name="block">Rows a block has room for.</param>
    /// <param name="differentiate">Whether the way back is wanted too.</param>
    public static BlockKernel<T>? Emit(PlanStep[] steps, PlanStep total, int block, bool differentiate)
    {
        if (Products(steps) > MostProducts) return null;
        Emitter<T> e = new(steps, total, block, differentiate);
        return e.variables.Count > MostVariables ? null : e.Finish().Compile();
    }

    static int Products(PlanStep[] steps) => steps.Sum(s => s.Kind == PlanKind.Linear ? s.Width * steps[s.A].Width : s.Width);

    Expression<BlockKernel<T>> Finish()
    {
        LabelTarget end = Expression.Label();
        Expression loop = Expression.Loop(
            Expression.IfThenElse(Expression.LessThan(i, n),
                Expression.Block([.. body, Expression.AddAssign(i, Expression.Constant(LaneCode<T>.Whole))]), Expression.Break(end)), end);
        return Expression.Lambda<BlockKernel<T>>(
            Expression.Block([i, .. variables],
                [.. before, Expression.Assign(i, Expression.Constant(0)), loop, .. after, Expression.Empty()]), values, seed, w,
            gradient, n);
    }

    void Forward()
    {
        for (int k = 0; k < steps.Length; k++)
            if (steps[k].IsRow) Forward(steps[k]);
        for (int f = 0; f < steps[total.A].Width; f++)
            body.Add(lanes.Store(Column(steps[total.A], f), values, Place(steps[total.A].Start + f)));
    }

    void Forward(PlanStep s)
    {
        switch (s.Kind)
        {
            case PlanKind.Input:
                for (int f = 0; f < s.Width; f++) Let(s, f, lanes.Load(values, Place(s.Start + f)));
                break;
            case PlanKind.Linear:
                for (int j = 0; j < s.Width; j++) Let(s, j, Product(s, j));
                break;
            case PlanKind.Unary:
                for (int f = 0; f < s.Width; f++) Let(s, f, ((LaneFunction<T>)s.Function!).Code(lanes, Column(steps[s.A], f)));
                break;
            case PlanKind.Binary:
                for (int f = 0; f < s.Width; f++) Let(s, f, ((LanePair<T>)s.Function!).Code(Value(steps[s.A], f), Value(steps[s.B], f)));
                break;
            case PlanKind.SumLast:
                Let(s, 0, Range(s).Aggregate(lanes.Zero, (sum, f) => Expression.Add(Column(steps[s.A], f), sum)));
                break;
            case PlanKind.LogSumExp:
                LogSumExp(s);
                break;
            default:
                // A pick's own column holds the labels.
                Expression label = Label(s);
                Let(s, 0, Range(s).Skip(1)
                    .Aggregate(Column(steps[s.A], 0), (picked, f) => lanes.IfEqual(label, Number(f), Column(steps[s.A], f), picked)));
                break;
        }
    }

    // y_j = Σ_k x_k W[k, j], from the bias on.
    Expression Product(PlanStep s, int j)
    {
        PlanStep x = steps[s.A];
        Expression start = s.Bias < 0 ? lanes.Zero : Weight(s.Bias + j);
        return Enumerable.Range(0, x.Width).Aggregate(start, (sum, k) => lanes.Fused(Weight(At(s, k, j)), Column(x, k), sum));
    }

    void LogSumExp(PlanStep s)
    {
        PlanStep x = steps[s.A];
        Expression largest = Name(Range(s).Skip(1).Aggregate(Column(x, 0), (most, f) => lanes.Larger(Column(x, f), most)));
        Expression sum = Range(s).Aggregate(lanes.Zero,
            (all, f) => Expression.Add(lanes.Call(nameof(Called.Exp), Expression.Subtract(Column(x, f), largest)), all));
        Let(s, 0, Expression.Add(lanes.Call(nameof(Called.Log), sum), largest));
    }

    IEnumerable<int> Range(PlanStep s) => Enumerable.Range(0, steps[s.A].Width);

    // Where a linear step's weight from input k to output j lies among the parameters.
    int At(PlanStep s, int k, int j) => steps[s.B].Start + (s.Flag ? (j * steps[s.A].Width) + k : (k * s.Width) + j);

    Expression Label(PlanStep s) => Name(lanes.Load(values, Place(s.Start)));

    Expression Number(double number) => lanes.Same(Expression.Constant(T.CreateTruncating(number)));

    Expression Place(int column) => Expression.Add(Expression.Constant((column * block) + (part * lanes.Count)), i);

    Expression Column(PlanStep s, int f) => columns[s.Start + (s.Width == 1 ? 0 : f)];

    Expression Value(PlanStep s, int f) =>
        s.IsRow ? Column(s, f) : s.Kind == PlanKind.Constant ? Number(s.Scale) : Weight(s.Start + (s.Width == 1 ? 0 : f));

    void Let(PlanStep s, int f, Expression value) => columns[s.Start + f] = Name(value);

    ParameterExpression Name(Expression value)
    {
        if (used == pool.Count) pool.Add(Variable());
        ParameterExpression v = pool[used++];
        body.Add(Expression.Assign(v, value));
        return v;
    }

    ParameterExpression Variable()
    {
        ParameterExpression v = Expression.Variable(lanes.Type);
        variables.Add(v);
        return v;
    }

    // Spread over the lanes once a block.
    ParameterExpression Weight(int at)
    {
        if (weights.TryGetValue(at, out ParameterExpression? v)) return v;
        v = weights[at] = Variable();
        before.Add(Expression.Assign(v, lanes.Same(Expression.ArrayIndex(w, Expression.Constant(at)))));
        return v;
    }
}
