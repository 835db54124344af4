using System.Linq.Expressions;
using System.Runtime.Intrinsics;

namespace Descent.Models.Autodiff.Compiled;

/// <summary>
/// Writes a plan as one loop over the vectors of a block: every column is a register or a place on the stack, nothing between the inputs and the loss goes through memory.
/// </summary>
/// <remarks>The operations are those of <see cref="Plan{T}"/> in the same order, so that the bits are the same.</remarks>
sealed partial class Emitter<T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    // The just-in-time compiler looks after about a thousand variables, and stops inlining at 512; an elementary function brings about 25 of its own.
    const int MostVariables = 900, MostInlined = 450, PerFunction = 25, MostProducts = 2048;
    readonly PlanStep[] steps;
    readonly PlanStep total;
    readonly int block;
    readonly bool calls;
    int functions;
    readonly ParameterExpression values = Expression.Parameter(typeof(T[]), "values"), seed = Expression.Parameter(typeof(T[]), "seed"), w = Expression.Parameter(typeof(T[]), "w"),
        gradient = Expression.Parameter(typeof(double[]), "gradient"), n = Expression.Parameter(typeof(int), "n"), i = Expression.Variable(typeof(int), "i");
    readonly List<ParameterExpression> variables = [];
    readonly List<Expression> before = [], body = [], after = [];
    readonly Dictionary<int, ParameterExpression> columns = [], weights = [];

    Emitter(PlanStep[] steps, PlanStep total, int block, bool differentiate, bool calls)
    {
        this.steps = steps;
        this.total = total;
        this.block = block;
        this.calls = calls;
        Forward();
        if (differentiate) Back();
    }

    /// <summary>The code of a plan; null when it is too large for the registers to help.</summary>
    /// <param name="steps">The steps of the plan.</param>
    /// <param name="total">Its loss.</param>
    /// <param name="block">Rows a block has room for.</param>
    /// <param name="differentiate">Whether the way back is wanted too.</param>
    public static BlockKernel<T>? Emit(PlanStep[] steps, PlanStep total, int block, bool differentiate)
    {
        if (Products(steps) > MostProducts) return null;
        Emitter<T> e = new(steps, total, block, differentiate, true);
        if (e.variables.Count > MostVariables) return null;
        if (e.variables.Count + (PerFunction * e.functions) <= MostInlined) e = new(steps, total, block, differentiate, false);
        return e.Finish().Compile();
    }

    static int Products(PlanStep[] steps) => steps.Sum(s => s.Kind == PlanKind.Linear ? s.Width * steps[s.A].Width : s.Width);

    Expression<BlockKernel<T>> Finish()
    {
        LabelTarget end = Expression.Label();
        Expression loop = Expression.Loop(
            Expression.IfThenElse(Expression.LessThan(i, n), Expression.Block([.. body, Expression.AddAssign(i, Expression.Constant(Vector512<T>.Count))]), Expression.Break(end)), end);
        return Expression.Lambda<BlockKernel<T>>(
            Expression.Block([i, .. variables], [.. before, Expression.Assign(i, Expression.Constant(0)), loop, .. after, Expression.Empty()]), values, seed, w, gradient, n);
    }

    void Forward()
    {
        for (int k = 0; k < steps.Length; k++)
            if (steps[k].IsRow) Forward(steps[k]);
        for (int f = 0; f < steps[total.A].Width; f++) body.Add(Lanes<T>.Store(Column(steps[total.A], f), values, Place(steps[total.A].Start + f)));
    }

    void Forward(PlanStep s)
    {
        switch (s.Kind)
        {
            case PlanKind.Input:
                for (int f = 0; f < s.Width; f++) Let(s, f, Lanes<T>.Load(values, Place(s.Start + f)));
                break;
            case PlanKind.Linear:
                for (int j = 0; j < s.Width; j++) Let(s, j, Product(s, j));
                break;
            case PlanKind.Unary:
                for (int f = 0; f < s.Width; f++) Let(s, f, Function(s.Operation, Column(steps[s.A], f)));
                break;
            case PlanKind.Binary:
                for (int f = 0; f < s.Width; f++) Let(s, f, Lanes<T>.Binary(s.Operation, Value(steps[s.A], f), Value(steps[s.B], f)));
                break;
            case PlanKind.SumLast:
                Let(s, 0, Range(s).Aggregate(Lanes<T>.Zero, (sum, f) => Expression.Add(Column(steps[s.A], f), sum)));
                break;
            case PlanKind.LogSumExp:
                LogSumExp(s);
                break;
            default:
                // A pick's own column holds the labels.
                Expression label = Label(s);
                Let(s, 0, Range(s).Skip(1).Aggregate(Column(steps[s.A], 0), (picked, f) => Lanes<T>.Select(Lanes<T>.AreEqual(label, Number(f)), Column(steps[s.A], f), picked)));
                break;
        }
    }

    // y_j = Σ_k x_k W[k, j], from the bias on.
    Expression Product(PlanStep s, int j)
    {
        PlanStep x = steps[s.A];
        Expression start = s.Bias < 0 ? Lanes<T>.Zero : Weight(s.Bias + j);
        return Enumerable.Range(0, x.Width).Aggregate(start, (sum, k) => Lanes<T>.Fused(Weight(At(s, k, j)), Column(x, k), sum));
    }

    void LogSumExp(PlanStep s)
    {
        PlanStep x = steps[s.A];
        Expression largest = Name(Range(s).Skip(1).Aggregate(Column(x, 0), (most, f) => Lanes<T>.Larger(Column(x, f), most)));
        Expression sum = Range(s).Aggregate(Lanes<T>.Zero, (all, f) => Expression.Add(Function("Exp", Expression.Subtract(Column(x, f), largest)), all));
        Let(s, 0, Expression.Add(Function("Log", sum), largest));
    }

    Expression Function(string name, Expression x)
    {
        if (name is not ("Relu" or "Abs" or "Sqrt")) functions++;
        return Lanes<T>.Unary(name, x, calls);
    }

    IEnumerable<int> Range(PlanStep s) => Enumerable.Range(0, steps[s.A].Width);

    // Where a linear step's weight from input k to output j lies among the parameters.
    int At(PlanStep s, int k, int j) => steps[s.B].Start + (s.Flag ? (j * steps[s.A].Width) + k : (k * s.Width) + j);

    Expression Label(PlanStep s) => Name(Lanes<T>.Load(values, Place(s.Start)));

    static Expression Number(double number) => Lanes<T>.Same(Expression.Constant(T.CreateTruncating(number)));

    Expression Place(int column) => Expression.Add(Expression.Constant(column * block), i);

    Expression Column(PlanStep s, int f) => columns[s.Start + (s.Width == 1 ? 0 : f)];

    Expression Value(PlanStep s, int f) => s.IsRow ? Column(s, f) : s.Kind == PlanKind.Constant ? Number(s.Scale) : Weight(s.Start + (s.Width == 1 ? 0 : f));

    void Let(PlanStep s, int f, Expression value) => columns[s.Start + f] = Name(value);

    ParameterExpression Name(Expression value)
    {
        ParameterExpression v = Variable();
        body.Add(Expression.Assign(v, value));
        return v;
    }

    ParameterExpression Variable()
    {
        ParameterExpression v = Expression.Variable(typeof(Vector512<T>));
        variables.Add(v);
        return v;
    }

    // Spread over the lanes once a block.
    ParameterExpression Weight(int at)
    {
        if (weights.TryGetValue(at, out ParameterExpression? v)) return v;
        v = weights[at] = Variable();
        before.Add(Expression.Assign(v, Lanes<T>.Same(Expression.ArrayIndex(w, Expression.Constant(at)))));
        return v;
    }
}
