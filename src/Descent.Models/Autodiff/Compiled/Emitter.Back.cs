using System.Linq.Expressions;

namespace Descent.Models.Autodiff.Compiled;

// From the loss back to the parameters.
sealed partial class Emitter<T>
{
    readonly Dictionary<int, ParameterExpression> slopes = [];

    void Back()
    {
        PlanStep last = steps[total.A];
        for (int f = 0; f < last.Width; f++) slopes[last.Start + f] = Name(Lanes<T>.Load(seed, i));
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
                for (int f = 0; f < s.Width; f++) Slope(a, f, d => Unary(s.Operation, Column(a, f), Column(s, f), Slope(s, f), d));
                break;
            case PlanKind.Binary:
                for (int f = 0; f < s.Width; f++) BackBinary(s, f);
                break;
            case PlanKind.SumLast:
                foreach (int f in Range(s)) Slope(a, f, d => Expression.Add(Slope(s, 0), d));
                break;
            case PlanKind.LogSumExp:
                foreach (int f in Range(s)) Slope(a, f, d => Lanes<T>.Fused(Function("Exp", Expression.Subtract(Column(a, f), Column(s, 0))), Slope(s, 0), d));
                break;
            case PlanKind.Pick:
                Expression label = Label(s);
                foreach (int f in Range(s)) Slope(a, f, d => Lanes<T>.Select(Lanes<T>.AreEqual(label, Number(f)), Expression.Add(Slope(s, 0), d), d));
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
                Slope(x, k, d => Lanes<T>.Fused(c, weight, d));
            }
        }
    }

    void BackBinary(PlanStep s, int f)
    {
        PlanStep a = steps[s.A], b = steps[s.B];
        Expression c = Slope(s, f);
        // By the first: c, c, c·b, c/b.
        if (a.Needs) Give(a, f, s.Operation is "+" or "−" ? c : Lanes<T>.Binary(s.Operation, c, Value(b, f)));
        // By the second: c, −c, c·a, −c·(a/b)/b.
        if (b.Needs)
        {
            Give(b, f, s.Operation switch
            {
                "+" => c,
                "−" => Expression.Multiply(Number(-1), c),
                "×" => Expression.Multiply(c, Value(a, f)),
                _ => Expression.Divide(Expression.Multiply(Number(-1), Expression.Multiply(c, Column(s, f))), Value(b, f)),
            });
        }
    }

    void Give(PlanStep to, int f, Expression c)
    {
        if (to.Kind == PlanKind.Parameter) Collect(to.Start + (to.Width == 1 ? 0 : f), c);
        else Slope(to, f, d => Expression.Add(c, d));
    }

    // d + c·f′, by the value y where that is simpler than by x.
    Expression Unary(string name, Expression x, Expression y, Expression c, Expression d) => name switch
    {
        "Exp" => Lanes<T>.Fused(y, c, d),
        "Tanh" => Lanes<T>.Fused(c, Expression.Subtract(Lanes<T>.One, Expression.Multiply(y, y)), d),
        "Sigmoid" => Lanes<T>.Fused(c, Expression.Multiply(y, Expression.Subtract(Lanes<T>.One, y)), d),
        "Softplus" => Lanes<T>.Fused(Function("Sigmoid", x), c, d),
        "Relu" => Expression.Add(d, Lanes<T>.Select(Lanes<T>.IsAbove(y, Lanes<T>.Zero), c, Lanes<T>.Zero)),
        "Log" => Expression.Add(d, Expression.Divide(c, x)),
        "Sqrt" => Expression.Add(d, Expression.Divide(c, Expression.Add(y, y))),
        _ => Expression.Add(d, Lanes<T>.Select(Lanes<T>.IsAbove(x, Lanes<T>.Zero), c, Lanes<T>.Select(Lanes<T>.IsBelow(x, Lanes<T>.Zero), Expression.Negate(c), Lanes<T>.Zero))),
    };

    Expression Slope(PlanStep s, int f) => slopes[s.Start + (s.Width == 1 ? 0 : f)];

    // What a column's cotangent becomes; before the first it is zero.
    void Slope(PlanStep s, int f, Func<Expression, Expression> sum)
    {
        if (!s.Needs || !s.IsRow) return;
        int column = s.Start + (s.Width == 1 ? 0 : f);
        if (slopes.TryGetValue(column, out ParameterExpression? d)) body.Add(Expression.Assign(d, sum(d)));
        else slopes[column] = Name(sum(Lanes<T>.Zero));
    }

    void Collect(int at, Expression c)
    {
        ParameterExpression all = Collector(at);
        body.Add(Expression.Assign(all, Expression.Add(all, c)));
    }

    void CollectProduct(int at, Expression a, Expression b)
    {
        ParameterExpression all = Collector(at);
        body.Add(Expression.Assign(all, Lanes<T>.Fused(a, b, all)));
    }

    // Summed over the vectors of a block, then over its lanes.
    ParameterExpression Collector(int at)
    {
        ParameterExpression all = Variable();
        before.Add(Expression.Assign(all, Lanes<T>.Zero));
        after.Add(Expression.AddAssign(Expression.ArrayAccess(gradient, Expression.Constant(at)), Expression.Convert(Lanes<T>.Sum(all), typeof(double))));
        return all;
    }
}
