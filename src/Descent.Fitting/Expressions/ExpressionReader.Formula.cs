using System.Text;

namespace Descent.Fitting.Expressions;

// What only formulas have: two sides, columns with any name, texts, named arguments, levels in order.
sealed partial class ExpressionReader
{
    static readonly Dictionary<char, string> refusals = new()
    {
        ['|'] = "'|' at character {0} stands for groups with effects of their own, which are not fitted here; leave the part out.",
        ['>'] = "'>' at character {0} compares, and terms are numbers or levels; cut(x, breaks = c(…)) makes levels of a number.",
        ['<'] = "'<' at character {0} compares, and only the levels of C(f, ordered = a < b) are put in order; "
            + "cut(x, breaks = c(…)) makes levels of a number.",
        ['!'] = "'!' at character {0} is no operator of formulas; '- x' leaves the term x out.",
        ['&'] = "'&' at character {0} is no operator of formulas; a:b is the interaction of a and b.",
        ['['] = "'[' at character {0} is no part of a formula; name a column.",
        ['$'] = "'$' at character {0} is no part of a formula; name the column alone.",
    };

    /// <summary>Both sides of a formula: what is explained, the level of it that is asked for, and the terms.</summary>
    public (Node Left, TextNode? Level, Node Right) Sides()
    {
        RequireShort();
        int tilde = Tilde();
        if (tilde < 0)
            throw Fault(0, text.Length, text.Length == 0 ? "the formula is empty; expected TARGET ~ TERMS, for example y ~ a + b."
                : "the formula has no '~'; expected TARGET ~ TERMS, for example y ~ a + b.");
        if (Peek() == '~')
            throw Fault(at, at + 1, $"the formula has no target before '~' at character {at + 1}; expected TARGET ~ TERMS, for example "
                + "y ~ a + b.");
        Node left = Sum();
        TextNode? level = null;
        if (Peek() == '=')
        {
            at += IsNext("==") ? 2 : 1;
            Peek();
            Node named = Sum();
            level = new TextNode(named.At, named.End, LevelOf(named));
        }
        if (Peek() != '~') throw Refused() ?? Unexpected("'~'");
        at++;
        Node right = Sum();
        if (at < text.Length && text[at] == '~')
            throw Fault(at, at + 1, $"the formula has a second '~' at character {at + 1}; expected one, between target and terms.");
        return at >= text.Length ? (left, level, right) : throw Refused() ?? Unexpected("an operator or the end");
    }

    // The level that a part of the text names: the text in quotes, or what is written.
    string LevelOf(Node node) => node switch
    {
        TextNode t => t.Text,
        NameNode n => n.Name,
        _ => text[node.At..node.End],
    };

    // Levels are texts, quoted or not: a < b, c(a, b), a.
    Node AsLevels(Node node) => node switch
    {
        PairNode { Operation: Operation.Below } p => p with { Left = AsLevels(p.Left), Right = AsLevels(p.Right) },
        CallNode { Function: "c" } c => c with { Arguments = [.. c.Arguments.Select(a => a with { Value = AsLevels(a.Value) })] },
        _ => new TextNode(node.At, node.End, LevelOf(node)),
    };

    // The first tilde outside quotes.
    int Tilde()
    {
        char quote = '\0';
        for (int i = 0; i < text.Length; i++)
        {
            if (quote != 0) quote = text[i] == quote ? '\0' : quote;
            else if (text[i] is '`' or '"' or '\'') quote = text[i];
            else if (text[i] == '~') return i;
        }
        return quote == 0 ? -1 : 0;
    }

    Node FormulaAtom(char c)
    {
        if (c is '`' or '"' or '\'') return Quoted(c);
        if (IsNameStart(c))
        {
            if (c != '.' || (at + 1 < text.Length && IsNamePart(text[at + 1]))) return Named(IsNamePart);
            at++;
            return new DotNode(at - 1, at);
        }
        throw Refused() ?? Unexpected(operand);
    }

    Node Quoted(char quote)
    {
        int from = at++;
        StringBuilder inner = new();
        for (; ; at++)
        {
            if (at >= text.Length)
                throw Fault(from, from + 1, $"the formula opens a quote {quote} at character {from + 1} that is never closed.");
            if (text[at] == quote) break;
            if (text[at] == '\\' && at + 1 < text.Length && text[at + 1] is '\\' or '"' or '\'' or '`') at++;
            inner.Append(text[at]);
        }
        at++;
        if (inner.Length == 0) throw Fault(from, at, $"the quotes at character {from + 1} of the formula are empty; expected a name.");
        return quote == '`' ? new NameNode(from, at, inner.ToString()) : new TextNode(from, at, inner.ToString());
    }

    Argument FormulaArgument()
    {
        Peek();
        int from = at;
        if (IsNameStart(Peek()))
        {
            while (at < text.Length && IsNamePart(text[at])) at++;
            string name = text[from..at];
            if (Peek() == '=' && !IsNext("=="))
            {
                at++;
                Node value = Levels();
                return new(from, name, name is "ref" or "ordered" or "levels" or "labels" ? AsLevels(value) : value);
            }
            at = from;
        }
        Node unnamed = Levels();
        return Peek() is ',' or ')' or '\0' ? new(from, null, unnamed) : throw Refused() ?? Unexpected("',' or ')'");
    }

    // a < b < c.
    Node Levels() =>
        Chain(Sum, () => Peek() == '<' && !IsNext("<=") ? Operation.Below : null);

    FitException? Refused() => isFormula && at < text.Length && refusals.GetValueOrDefault(text[at]) is { } refusal
        ? Fault(at, at + 1, refusal.Replace("{0}", $"{at + 1} of the formula", StringComparison.Ordinal)) : null;

    static bool IsNameStart(char c) => char.IsLetter(c) || c is '.' or '_';

    static bool IsNamePart(char c) => char.IsLetterOrDigit(c) || c is '.' or '_';
}
