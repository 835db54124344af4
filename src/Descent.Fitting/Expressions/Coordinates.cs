using System.Globalization;

namespace Descent.Fitting.Expressions;

/// <summary>A function of coordinates from an expression that was read.</summary>
sealed class Coordinates(string text)
{
    const int LargestIndex = 1_000;

    /// <summary>The largest index of a coordinate met so far.</summary>
    public int Variables { get; private set; }

    public Landscape Of(Node node)
    {
        switch (node)
        {
            case NumberNode n: return Constant(n.Value);
            case NameNode n: return Named(n);
            case GroupNode g: return Of(g.Inner);
            case CallNode c: return Call(c);
            case SignNode s:
                Landscape inner = Of(s.Operand);
                return s.IsMinus ? x => -inner(x) : inner;
            case PairNode p:
                Landscape a = Of(p.Left), b = Of(p.Right);
                return p.Operation switch
                {
                    Operation.Plus => x => a(x) + b(x),
                    Operation.Minus => x => a(x) - b(x),
                    Operation.Times => x => a(x) * b(x),
                    Operation.Over => x => a(x) / b(x),
                    _ => x => Math.Pow(a(x), b(x)),
                };
            default: throw new InvalidOperationException($"A {node.GetType().Name} is no part of a function of coordinates.");
        }
    }

    Landscape Named(NameNode n)
    {
        if (n.Name == "pi") return Constant(Math.PI);
        if (n.Name == "e") return Constant(Math.E);
        if (n.Name[0] == 'x' && int.TryParse(n.Name.AsSpan(1), NumberStyles.None, CultureInfo.InvariantCulture, out int j)
            && j is >= 1 and <= LargestIndex)
        {
            Variables = Math.Max(Variables, j);
            return x => x[j - 1];
        }
        throw Functions.Of(n.Name) is not null || n.Name is "min" or "max"
            ? n.End >= text.TrimEnd().Length ? new FitException($"the expression ends at character {text.Length}; expected '('.")
                : Pointed.At(text, n.At, n.End, $"the expression has '{n.Name}' at character {n.At + 1} without arguments; expected '('.")
            : Unknown(n.Name, n.At, n.End);
    }

    Landscape Call(CallNode c)
    {
        bool folds = c.Function is "min" or "max";
        if (!folds && Functions.Of(c.Function) is null) throw Unknown(c.Function, c.At, c.At + c.Function.Length);
        // The place where another argument, or none, should stand.
        int least = folds ? 2 : 1, close = c.End - 1;
        if (c.Arguments.Count < least)
            throw Pointed.At(text, close, close + 1, $"the expression has ')' at character {close + 1}; expected "
                + $"{(c.Arguments.Count == 0 ? "a number, x1, a function or '('" : "','")}.");
        if (!folds && c.Arguments.Count > 1)
        {
            int comma = c.Arguments[0].Value.End;
            throw Pointed.At(text, comma, comma + 1, $"the expression has ',' at character {comma + 1}; expected ')'.");
        }
        Landscape[] of = [.. c.Arguments.Select(a => Of(a.Value))];
        if (Functions.Of(c.Function) is { } f)
        {
            Landscape a = of[0];
            return x => f(a(x));
        }
        Func<double, double, double> fold = c.Function == "min" ? Math.Min : Math.Max;
        return of[1..].Aggregate(of[0], (left, right) => x => fold(left(x), right(x)));
    }

    FitException Unknown(string name, int at, int end) => Pointed.At(text, at, end,
        $"'{name}' at character {at + 1} of the expression is unknown; there are x1 to x{LargestIndex}, pi, e, "
        + $"{string.Join(", ", Functions.Names)}, min and max.");

    static Landscape Constant(double value) => _ => value;
}
