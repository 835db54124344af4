using System.Globalization;

namespace Descent.Fitting.Expressions;

/// <summary>Recursive descent over the text of an expression; each operation becomes a function of its operands.</summary>
sealed class ExpressionReader(string text)
{
    const int LongestText = 4_000, DeepestNesting = 200, LargestIndex = 1_000;
    const string Operand = "a number, x1, a function or '('";
    int at, depth;

    public int Variables { get; private set; }

    public Landscape Whole()
    {
        if (text.Length > LongestText)
            throw new FitException($"the expression has {text.Length} characters; at most {LongestText} are read.");
        Landscape all = Sum();
        return at >= text.Length ? all : throw Unexpected("an operator or the end");
    }

    Landscape Sum()
    {
        Landscape left = Product();
        while (Peek() is '+' or '-')
        {
            bool plus = text[at++] == '+';
            Landscape a = left, b = Product();
            left = plus ? x => a(x) + b(x) : x => a(x) - b(x);
        }
        return left;
    }

    Landscape Product()
    {
        Landscape left = Signed();
        while (Peek() is '*' or '/')
        {
            bool times = text[at++] == '*';
            Landscape a = left, b = Signed();
            left = times ? x => a(x) * b(x) : x => a(x) / b(x);
        }
        return left;
    }

    Landscape Signed()
    {
        if (++depth > DeepestNesting) throw new FitException($"the expression nests deeper than {DeepestNesting} at character {at + 1}.");
        Landscape result;
        if (Peek() is '-' or '+')
        {
            bool minus = text[at++] == '-';
            Landscape a = Signed();
            result = minus ? x => -a(x) : a;
        }
        else
        {
            result = Power();
        }
        depth--;
        return result;
    }

    Landscape Power()
    {
        Landscape a = Atom();
        if (Peek() != '^') return a;
        at++;
        Landscape b = Signed();
        return x => Math.Pow(a(x), b(x));
    }

    Landscape Atom()
    {
        char c = Peek();
        if (c == '(')
        {
            at++;
            Landscape inner = Sum();
            Take(')');
            return inner;
        }
        if (char.IsAsciiDigit(c) || c == '.') return Constant(Number());
        return char.IsAsciiLetter(c) ? Named() : throw Unexpected(Operand);
    }

    double Number()
    {
        int from = at;
        while (at < text.Length && (char.IsAsciiDigit(text[at]) || text[at] == '.')) at++;
        int sign = at + 1 < text.Length && text[at + 1] is '+' or '-' ? 2 : 1;
        if (at + sign < text.Length && text[at] is 'e' or 'E' && char.IsAsciiDigit(text[at + sign]))
            for (at += sign; at < text.Length && char.IsAsciiDigit(text[at]);) at++;
        string number = text[from..at];
        return double.TryParse(number, NumberStyles.Float, CultureInfo.InvariantCulture, out double value) && double.IsFinite(value) ? value
            : throw new FitException($"'{number}' at character {from + 1} of the expression is no finite number.");
    }

    Landscape Named()
    {
        int from = at;
        while (at < text.Length && char.IsAsciiLetterOrDigit(text[at])) at++;
        string name = text[from..at];
        if (name == "pi") return Constant(Math.PI);
        if (name == "e") return Constant(Math.E);
        if (name[0] == 'x' && int.TryParse(name.AsSpan(1), NumberStyles.None, CultureInfo.InvariantCulture, out int j)
            && j is >= 1 and <= LargestIndex) return Coordinate(j);
        return name switch
        {
            "sin" => Call(Math.Sin),
            "cos" => Call(Math.Cos),
            "exp" => Call(Math.Exp),
            "log" => Call(Math.Log),
            "sqrt" => Call(Math.Sqrt),
            "abs" => Call(Math.Abs),
            "min" => Fold(Math.Min),
            "max" => Fold(Math.Max),
            _ => throw new FitException($"'{name}' at character {from + 1} of the expression is unknown; "
                + $"there are x1 to x{LargestIndex}, pi, e, sin, cos, exp, log, sqrt, abs, min and max."),
        };
    }

    Landscape Coordinate(int j)
    {
        Variables = Math.Max(Variables, j);
        return x => x[j - 1];
    }

    Landscape Call(Func<double, double> of)
    {
        Take('(');
        Landscape a = Sum();
        Take(')');
        return x => of(a(x));
    }

    Landscape Fold(Func<double, double, double> of)
    {
        Take('(');
        Landscape left = Sum();
        do
        {
            Take(',');
            Landscape a = left, b = Sum();
            left = x => of(a(x), b(x));
        }
        while (Peek() == ',');
        Take(')');
        return left;
    }

    static Landscape Constant(double value) => _ => value;

    void Take(char expected)
    {
        if (Peek() != expected) throw Unexpected($"'{expected}'");
        at++;
    }

    // The next character that is no space; zero at the end.
    char Peek()
    {
        while (at < text.Length && text[at] == ' ') at++;
        return at < text.Length ? text[at] : '\0';
    }

    FitException Unexpected(string expected) => at < text.Length
        ? new($"the expression has '{text[at]}' at character {at + 1}; expected {expected}.")
        : new($"the expression ends at character {text.Length}; expected {expected}.");
}
