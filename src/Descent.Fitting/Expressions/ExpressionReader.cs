using System.Globalization;

namespace Descent.Fitting.Expressions;

/// <summary>
/// Recursive descent over a text: powers bind before signs and group to the right, then <c>:</c>, <c>%in%</c>, products, sums, as in R.
/// What a formula has beside a function of coordinates is read where it is asked for.
/// </summary>
/// <param name="text">The text.</param>
/// <param name="isFormula">Whether columns, quotes, named arguments and the operators of formulas may stand in it.</param>
sealed partial class ExpressionReader(string text, bool isFormula)
{
    const int LongestText = 4_000, DeepestNesting = 200;
    readonly string noun = isFormula ? "formula" : "expression",
        operand = isFormula ? "a column, a function, a number or '('" : "a number, x1, a function or '('";
    int at, depth;

    /// <summary>The whole text as one expression.</summary>
    public Node Whole()
    {
        RequireShort();
        Node all = Sum();
        return at >= text.Length ? all : throw Unexpected("an operator or the end");
    }

    void RequireShort()
    {
        if (text.Length > LongestText)
            throw new FitException($"the {noun} has {text.Length} characters; at most {LongestText} are read.");
    }

    Node Sum() => Chain(Product, () => Peek() switch { '+' => Operation.Plus, '-' => Operation.Minus, _ => null });

    Node Product() => Chain(Included, () => Peek() switch
    {
        '*' when !IsNext("**") => Operation.Times,
        '/' => Operation.Over,
        _ => null,
    });

    Node Included() => !isFormula ? Signed() : Chain(Crossed, () => Peek() == '%' && IsNext("%in%") ? Operation.In : null);

    Node Crossed() => Chain(Signed, () => Peek() == ':' ? Operation.With : null);

    // Operands with operations of one rank, which group to the left.
    Node Chain(Func<Node> operand, Func<Operation?> next)
    {
        Node left = operand();
        while (next() is { } operation)
        {
            at += operation == Operation.In ? 4 : 1;
            Node right = operand();
            left = new PairNode(left.At, right.End, operation, left, right);
        }
        return left;
    }

    Node Signed()
    {
        if (++depth > DeepestNesting)
            throw Fault(at, at + 1, $"the {noun} nests deeper than {DeepestNesting} at character {at + 1}.");
        Node result;
        if (Peek() is '-' or '+')
        {
            int from = at++;
            bool minus = text[from] == '-';
            Node a = Signed();
            result = new SignNode(from, a.End, minus, a);
        }
        else
        {
            result = Power();
        }
        depth--;
        return result;
    }

    Node Power()
    {
        Node a = Atom();
        if (!(Peek() == '^' || (isFormula && IsNext("**")))) return a;
        at += text[at] == '^' ? 1 : 2;
        Node b = Signed();
        return new PairNode(a.At, b.End, Operation.Power, a, b);
    }

    Node Atom()
    {
        char c = Peek();
        if (c == '(')
        {
            int from = at++;
            Node inner = Sum();
            Take(')', from);
            return new GroupNode(from, at, inner);
        }
        if (char.IsAsciiDigit(c) || (c == '.' && (!isFormula || IsDigit(at + 1)))) return Number();
        if (isFormula) return FormulaAtom(c);
        return char.IsAsciiLetter(c) ? Named(char.IsAsciiLetterOrDigit) : throw Unexpected(operand);
    }

    NumberNode Number()
    {
        int from = at;
        while (at < text.Length && (char.IsAsciiDigit(text[at]) || text[at] == '.')) at++;
        int sign = at + 1 < text.Length && text[at + 1] is '+' or '-' ? 2 : 1;
        if (at + sign < text.Length && text[at] is 'e' or 'E' && char.IsAsciiDigit(text[at + sign]))
            for (at += sign; at < text.Length && char.IsAsciiDigit(text[at]);) at++;
        string number = text[from..at];
        return double.TryParse(number, NumberStyles.Float, CultureInfo.InvariantCulture, out double value) && double.IsFinite(value)
            ? new(from, at, value)
            : throw Fault(from, at, $"'{number}' at character {from + 1} of the {noun} is no finite number.");
    }

    Node Named(Func<char, bool> belongs)
    {
        int from = at;
        while (at < text.Length && belongs(text[at])) at++;
        string name = text[from..at];
        int end = at;
        if (Peek() == '(') return Call(from, name);
        at = end;
        return new NameNode(from, end, name);
    }

    CallNode Call(int from, string name)
    {
        int open = at++;
        List<Argument> arguments = [];
        if (Peek() != ')')
        {
            do
            {
                if (arguments.Count > 0) at++;
                arguments.Add(isFormula ? FormulaArgument() : new(at, null, Sum()));
            }
            while (Peek() == ',');
        }
        Take(')', open);
        return new(from, at, name, arguments);
    }

    void Take(char expected, int open)
    {
        if (Peek() == expected)
        {
            at++;
            return;
        }
        throw at < text.Length || !isFormula ? Refused() ?? Unexpected($"'{expected}'")
            : Fault(open, open + 1, $"the {noun} opens a '(' at character {open + 1} that is never closed; expected ')' at the end.");
    }

    // The next character that is no space; zero at the end.
    char Peek()
    {
        while (at < text.Length && (text[at] == ' ' || (isFormula && text[at] is '\t' or '\n' or '\r'))) at++;
        return at < text.Length ? text[at] : '\0';
    }

    bool IsNext(string word) => string.CompareOrdinal(text, at, word, 0, word.Length) == 0;

    bool IsDigit(int place) => place < text.Length && char.IsAsciiDigit(text[place]);

    FitException Unexpected(string expected) => at < text.Length
        ? Fault(at, at + 1, $"the {noun} has '{text[at]}' at character {at + 1}; expected {expected}.")
        : Fault(at, at, $"the {noun} ends at character {text.Length}; expected {expected}.");

    FitException Fault(int from, int end, string sentence) => Pointed.At(text, from, end, sentence);
}
