using System.Linq.Expressions;

namespace Descent.Autodiff.Compiled;

// From the loss back to the parameters.
sealed partial class Emitter<T>
{
    readonly Dictionary<int, ParameterExpression> slopes = [];

    void Back()
    {
        PlanStep last = steps[total.A];
        for (int f = 0; f < last.Width; f++) slopes[last.Start + f] = Name(lanes.Load(seed, Place(0)));
        for (int k = total.A; k >= 0; k--)
            if (steps[k] is { Needs: true, IsRow: true } s && slopes.ContainsKey(s.Start)) Back(s);
    }

    void Back(PlanStep s)
    {
        PlanStep a = steps[s.A];
        switch (s.Kind)
        {
            case PlanKind.Linear:
                BackLinear(s);
                break;
            case PlanKind.Unary:
                LaneFunction<T> function = (LaneFunction<T>)s.Function!;
                for (int f = 0; f < s.Width; f++) Slope(a, f, d => function.SlopeCode(lanes, Column(a, f), Column(s, f), Slope(s, f), d));
                break;
            case PlanKind.Binary:
                for (int f = 0; f < s.Width; f++) BackBinary(s, f);
                break;
            case PlanKind.SumLast:
                foreach (int f in Range(s)) Slope(a, f, d => Expression.Add(Slope(s, 0), d));
                break;
            case PlanKind.LogSumExp:
                foreach (int f in Range(s))
                    Slope(a, f, d =>
                        lanes.Fused(lanes.Call(nameof(Called.Exp), Expression.Subtract(Column(a, f), Column(s, 0))), Slope(s, 0), d));
                break;
            case PlanKind.Pick:
                Expression label = Label(s);
                foreach (int f in Range(s)) Slope(a, f, d => lanes.IfEqual(label, Number(f), Expression.Add(Slope(s, 0), d), d));
                break;
            default:
                break;
        }
    }

    // W[k, j] takes Σ c_j x_k over the rows, x_k takes Σ_j c_j W[k, j].
    void BackLinear(PlanStep s)
    {
        PlanStep x = steps[s.A];
        for (int j = 0; s.Bias >= 0 && j < s.Width; j++) Collect(s.Bias + j, Slope(s, j));
        for (int k = 0; k < x.Width; k++)
        {
            for (int j = 0; j < s.Width; j++)
            {
                Expression c = Slope(s, j), weight = Weight(At(s, k, j));
                CollectProduct(At(s, k, j), c, Column(x, k));
                Slope(x, k, d => lanes.Fused(c, weight, d));
            }
        }
    }

    void BackBinary(PlanStep s, int f)
    {
        PlanStep a = steps[s.A], b = steps[s.B];
        Expression c = Slope(s, f);
        LanePair<T> pair = (LanePair<T>)s.Function!;
        if (a.Needs) Give(a, f, pair.FirstCode(c, Value(b, f)));
        if (b.Needs) Give(b, f, pair.SecondCode(lanes, c, Value(a, f), Value(b, f), Column(s, f)));
    }

    void Give(PlanStep to, int f, Expression c)
    {
        if (to.Kind == PlanKind.Parameter) Collect(to.Start + (to.Width == 1 ? 0 : f), c);
        else Slope(to, f, d => Expression.Add(c, d));
    }

    Expression Slope(PlanStep s, int f) => slopes[s.Start + (s.Width == 1 ? 0 : f)];

    // What a column's cotangent becomes; before the first it is zero.
    void Slope(PlanStep s, int f, Func<Expression, Expression> sum)
    {
        if (!s.Needs || !s.IsRow) return;
        int column = s.Start + (s.Width == 1 ? 0 : f);
        if (slopes.TryGetValue(column, out ParameterExpression? d)) body.Add(Expression.Assign(d, sum(d)));
        else slopes[column] = Name(sum(lanes.Zero));
    }

    void Collect(int at, Expression c)
    {
        ParameterExpression all = Collector(at);
        body.Add(Expression.Assign(all, Expression.Add(all, c)));
    }

    void CollectProduct(int at, Expression a, Expression b)
    {
        ParameterExpression all = Collector(at);
        body.Add(Expression.Assign(all, lanes.Fused(a, b, all)));
    }

    // Summed over the vectors of a block, a part of 512 bits apart from the others, then over the lanes.
    ParameterExpression Collector(int at)
    {
        ParameterExpression all = Variable();
        before.Add(Expression.Assign(all, lanes.Zero));
        if (collected == collectors.Count) collectors.Add((at, []));
        collectors[collected++].Parts.Add(all);
        return all;
    }
}
