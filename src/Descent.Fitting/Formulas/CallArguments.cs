using Descent.Fitting.Expressions;

namespace Descent.Fitting.Formulas;

/// <summary>The arguments of a call by the names that its function gives them; unnamed ones by their places.</summary>
sealed class CallArguments
{
    readonly Dictionary<string, Node> given = new(StringComparer.Ordinal);
    readonly Formula formula;
    readonly CallNode call;

    /// <param name="formula">The formula, for messages.</param>
    /// <param name="call">The call.</param>
    /// <param name="required">How many of the names have to be given.</param>
    /// <param name="names">The names, in their order.</param>
    public CallArguments(Formula formula, CallNode call, int required, params string[] names)
    {
        (this.formula, this.call) = (formula, call);
        foreach (Argument a in call.Arguments)
        {
            string? name = a.Name ?? names.FirstOrDefault(n => !given.ContainsKey(n) && call.Arguments.All(o => o.Name != n));
            if (name is null)
                throw formula.Fault(a.Value,
                    $"{call.Function}() takes {Text.Plural(names.Length, "argument")} ({string.Join(", ", names)}); "
                    + $"there is one more {Formula.Place(a.Value)}.");
            if (!names.Contains(name))
                throw formula.Fault(new TextNode(a.At, a.At + name.Length, name), $"{call.Function}() has no argument '{name}' (at "
                    + $"character {a.At + 1} of the formula); expected {string.Join(", ", names)}.");
            if (!given.TryAdd(name, a.Value))
                throw formula.Fault(a.Value, $"{call.Function}() is given '{name}' twice, the second time {Formula.Place(a.Value)}.");
        }
        foreach (string name in names.Take(required))
            if (!given.ContainsKey(name))
                throw formula.Fault(call, $"{call.Function}() {Formula.Place(call)} lacks its argument '{name}'; expected "
                    + $"{call.Function}({string.Join(", ", names.Take(required))}{(names.Length > required ? ", …" : "")}).");
    }

    /// <summary>An argument; null where it is not given.</summary>
    public Node? Of(string name) => given.GetValueOrDefault(name);

    /// <summary>An argument of one number in a range, or what it is without.</summary>
    public double Number(string name, double otherwise, double least, double most, bool whole)
    {
        if (Of(name) is not { } node) return otherwise;
        double[] value = Constants.Of(formula, node);
        if (value.Length == 1 && value[0] >= least && value[0] <= most && (!whole || value[0] == Math.Floor(value[0]))) return value[0];
        throw formula.Fault(node, $"'{name}' of {call.Function}() is {Deparsed.Of(node)} {Formula.Place(node)}; expected a "
            + $"{(whole ? "whole " : "")}number from {Text.Exact(least)} to {Text.Exact(most)}.");
    }

    /// <summary>An argument of numbers that rise; null where it is not given.</summary>
    public double[]? Rising(string name, int least)
    {
        if (Of(name) is not { } node) return null;
        double[] values = Constants.Of(formula, node);
        for (int i = 0; i < values.Length; i++)
            if (double.IsNaN(values[i]) || (i > 0 && values[i] <= values[i - 1]))
                throw formula.Fault(node, $"'{name}' of {call.Function}() {Formula.Place(node)} does not rise: "
                    + $"{string.Join(", ", values.Select(v => Text.Exact(v)))}; "
                    + "expected numbers from the least to the largest, each once.");
        return values.Length >= least ? values
            : throw formula.Fault(node, $"'{name}' of {call.Function}() {Formula.Place(node)} has {Text.Plural(values.Length, "number")}; "
                + $"expected at least {least}, as c(1, 2).");
    }

    /// <summary>An argument that is TRUE or FALSE.</summary>
    public bool Flag(string name, bool otherwise) => Of(name) switch
    {
        null => otherwise,
        NameNode { Name: "TRUE" or "T" or "true" } or TextNode { Text: "TRUE" or "T" or "true" } => true,
        NameNode { Name: "FALSE" or "F" or "false" } or TextNode { Text: "FALSE" or "F" or "false" } => false,
        { } node => throw formula.Fault(node, $"'{name}' of {call.Function}() is {Deparsed.Of(node)} {Formula.Place(node)}; expected TRUE "
            + "or FALSE."),
    };

    /// <summary>An argument of levels, c(a, b) or a &lt; b; null where it is not given.</summary>
    public IReadOnlyList<string>? Levels(string name)
    {
        if (Of(name) is not { } node) return null;
        List<string> levels = [];
        Collect(node, levels);
        if (levels.GroupBy(l => l).FirstOrDefault(g => g.Count() > 1) is { } twice)
            throw formula.Fault(node, $"'{name}' of {call.Function}() {Formula.Place(node)} names the level '{twice.Key}' twice.");
        return levels;
    }

    void Collect(Node node, List<string> levels)
    {
        switch (node)
        {
            case TextNode t:
                levels.Add(t.Text);
                break;
            case PairNode { Operation: Operation.Below } p:
                Collect(p.Left, levels);
                Collect(p.Right, levels);
                break;
            case CallNode { Function: "c" } c:
                foreach (Argument a in c.Arguments) Collect(a.Value, levels);
                break;
            default:
                throw formula.Fault(node, $"'{Deparsed.Of(node)}' {Formula.Place(node)} is no level; expected a name or a text in quotes.");
        }
    }
}
