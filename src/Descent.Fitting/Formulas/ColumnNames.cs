using Descent.Fitting.Expressions;

namespace Descent.Fitting.Formulas;

/// <summary>The columns that a formula may name, and whether they hold text.</summary>
/// <param name="source">Where they are, for messages.</param>
/// <param name="all">Their names.</param>
/// <param name="isText">Whether a column of a name holds text; null when there is none.</param>
sealed class ColumnNames(string source, IReadOnlyList<string> all, Func<string, bool?> isText)
{
    readonly Dictionary<string, bool> used = new(StringComparer.Ordinal);

    /// <summary>Where the columns are.</summary>
    public string Source => source;

    /// <summary>Their names.</summary>
    public IReadOnlyList<string> All => all;

    /// <summary>The columns that were asked for, in the order in which they were, and whether they hold text.</summary>
    public IReadOnlyDictionary<string, bool> Used => used;

    /// <summary>The name that a part of a formula stands for.</summary>
    public static string Of(Node node) => node switch
    {
        NameNode n => n.Name,
        TextNode t => t.Text,
        _ => throw new InvalidOperationException($"A {node.GetType().Name} is no name."),
    };

    /// <summary>Whether a column holds text; null when there is no such column.</summary>
    public bool? IsText(string name) => isText(name);

    /// <summary>Whether a column that has to be there holds text.</summary>
    public bool Require(Formula formula, Node node)
    {
        string name = Of(node);
        if (isText(name) is { } text) return used[name] = text;
        throw formula.Fault(node, $"there is no column '{name}' in {source} ({Formula.Place(node)}); "
            + (Nearest.To(name, all) is { } near ? $"did you mean '{near}'?" : $"the columns are {Text.Names(all)}."));
    }

    /// <summary>Refuses a column of text where numbers are needed.</summary>
    public void RequireNumbers(Formula formula, Node node)
    {
        if (Require(formula, node))
            throw formula.Fault(node,
                $"the column '{Of(node)}' {Formula.Place(node)} holds text, and arithmetic needs numbers; alone or in "
                + "an interaction it is a factor.");
    }
}
