using Descent.Fitting.Expressions;

namespace Descent.Fitting.Formulas;

/// <summary>Expressions as R writes them, so that one term has one name however it was typed: <c>poly(x, 2)</c>, <c>I(a * b)</c>.</summary>
static class Deparsed
{
    public static string Of(Node node) => node switch
    {
        NumberNode n => Text.Exact(n.Value),
        NameNode n => Name(n.Name),
        TextNode t => Quoted(t.Text),
        DotNode => ".",
        GroupNode g => $"({Of(g.Inner)})",
        SignNode s => (s.IsMinus ? "-" : "+") + Of(s.Operand),
        CallNode c => $"{c.Function}({string.Join(", ", c.Arguments.Select(a => (a.Name is { } n ? n + " = " : "") + Of(a.Value)))})",
        PairNode p => Of(p.Left) + Sign(p.Operation) + Of(p.Right),
        _ => throw new InvalidOperationException($"There is no text for a {node.GetType().Name}."),
    };

    /// <summary>A column's name, in backticks where it would be read as something else.</summary>
    public static string Name(string name)
    {
        bool plain = name.Length > 0 && (char.IsLetter(name[0]) || name[0] is '_' || (name[0] == '.' && name.Length > 1))
            && name.All(c => char.IsLetterOrDigit(c) || c is '.' or '_') && !(name[0] == '.' && char.IsAsciiDigit(name[1]));
        return plain ? name : "`" + Escaped(name, '`') + "`";
    }

    /// <summary>A text in quotes.</summary>
    public static string Quoted(string text) => "\"" + Escaped(text, '"') + "\"";

    static string Escaped(string text, char quote) =>
        text.Replace("\\", @"\\", StringComparison.Ordinal).Replace($"{quote}", $"\\{quote}", StringComparison.Ordinal);

    static string Sign(Operation operation) => operation switch
    {
        Operation.Plus => " + ",
        Operation.Minus => " - ",
        Operation.Times => " * ",
        Operation.Over => "/",
        Operation.Power => "^",
        Operation.With => ":",
        Operation.In => " %in% ",
        _ => " < ",
    };
}
