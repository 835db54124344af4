using Descent.Fitting.Expressions;
using Descent.Fitting.Formulas;

namespace Descent.Fitting;

/// <summary>
/// What is explained by what, in R's writing: <c>log(price) ~ log(carat) + cut:depth - 1</c>. docs/formulas.md has the grammar, the
/// functions and the rules of contrasts.
/// </summary>
/// <remarks>Immutable; safe for several threads. Two formulas are equal when they say the same, whatever their blanks.</remarks>
public sealed class Formula : IEquatable<Formula>
{
    readonly string canonical;

    Formula(string text)
    {
        ExpressionReader reader = new(text, isFormula: true);
        (Left, LevelNode, Right) = reader.Sides();
        Text = text;
        canonical = $"{Deparsed.Of(Left)}{(Level is null ? "" : " = " + Deparsed.Quoted(Level))} ~ "
            + Deparsed.Of(Right);
        if (Left is CallNode { Function: "cbind", Arguments: [var successes, var failures] } && IsColumn(successes) && IsColumn(failures))
            (Left, Failures) = (successes.Value, ColumnNames.Of(failures.Value));

        static bool IsColumn(Argument a) => a is { Name: null, Value: NameNode or TextNode };
        // What can be told without the columns is told now.
        HasIntercept = new TermAlgebra(this, []).HasIntercept;
    }

    /// <summary>The formula as it was given.</summary>
    public string Text { get; }

    /// <summary>Whether there is a constant: unless the formula says <c>- 1</c> or <c>+ 0</c>.</summary>
    public bool HasIntercept { get; }

    /// <summary>What is explained.</summary>
    internal Node Left { get; }

    /// <summary>The column of failures where the left side is <c>cbind(successes, failures)</c>; null otherwise.</summary>
    internal string? Failures { get; }

    /// <summary>The level of the left side that is explained against the rest; null for numbers and for all levels.</summary>
    internal string? Level => LevelNode?.Text;

    /// <summary>Where it stands.</summary>
    internal TextNode? LevelNode { get; }

    /// <summary>The terms.</summary>
    internal Node Right { get; }

    /// <summary>Whether the right side names all other columns by a dot.</summary>
    internal bool HasDot => Right.All.Any(n => n is DotNode);

    /// <summary>Every name on the left, columns and others.</summary>
    internal IReadOnlyList<string> LeftNames => [.. Left.All.Where(n => n is NameNode or TextNode).Select(ColumnNames.Of).Distinct()];

    /// <summary>Every name on the right, columns and others.</summary>
    internal IReadOnlyList<string> RightNames => [.. Right.All.Where(n => n is NameNode or TextNode).Select(ColumnNames.Of).Distinct()];

    /// <summary>Every name in an offset.</summary>
    internal IReadOnlyList<string> OffsetNames => [.. Right.All.OfType<CallNode>().Where(c => c.Function == "offset").SelectMany(c => c.All)
        .Where(n => n is NameNode or TextNode).Select(ColumnNames.Of).Distinct()];

    /// <summary>Columns that are named as factors and never as numbers, so that they are text whatever they look like.</summary>
    internal IReadOnlyList<string> TextColumns
    {
        get
        {
            // A target with a level is one of classes.
            IEnumerable<Node?> factors = [.. Left.All.Concat(Right.All).OfType<CallNode>()
                .Where(c => c.Function is "C" or "factor" or "ordered")
                .Select(c => c.Arguments.FirstOrDefault(a => a.Name is null or "x")?.Value), .. Level is null ? (Node?[])[] : [Left]];
            Node[] named = [.. factors.Where(n => n is NameNode or TextNode).OfType<Node>()];
            HashSet<string> others = [.. Left.All.Concat(Right.All).Where(n => n is NameNode or TextNode && !named.Contains(n))
                .Select(ColumnNames.Of)];
            return [.. named.Select(ColumnNames.Of).Where(n => !others.Contains(n)).Distinct()];
        }
    }

    /// <summary>Reads a formula of at most 4 000 characters.</summary>
    /// <exception cref="FitException">It is none; the message says the character, counted from 1, and the pointer marks it.</exception>
    public static Formula Parse(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        return new Formula(text);
    }

    /// <summary>A formula from typed terms.</summary>
    /// <param name="target">What is explained: one column, transformed or not, or <see cref="Term.Level"/>.</param>
    /// <param name="terms">What explains it.</param>
    /// <exception cref="FitException">The terms are none of a formula.</exception>
    public static Formula Of(Term target, Term terms)
    {
        ArgumentNullException.ThrowIfNull(target);
        ArgumentNullException.ThrowIfNull(terms);
        return new Formula($"{target} ~ {terms}");
    }

    /// <summary>A text as a formula: <c>Fit.Linear(table, "y ~ a + b")</c>.</summary>
    public static implicit operator Formula(string text) => Parse(text);

    /// <inheritdoc/>
    public bool Equals(Formula? other) => other is not null && canonical == other.canonical;

    /// <inheritdoc/>
    public override bool Equals(object? obj) => Equals(obj as Formula);

    /// <inheritdoc/>
    public override int GetHashCode() => canonical.GetHashCode(StringComparison.Ordinal);

    /// <summary>The formula as R would write it.</summary>
    public override string ToString() => canonical;

    /// <summary>A fault at a part of the text.</summary>
    internal FitException Fault(Node at, string sentence) => Pointed.At(Text, at.At, at.End, sentence);

    /// <summary>The place of a part in words.</summary>
    internal static string Place(Node node) => $"at character {node.At + 1} of the formula";
}
