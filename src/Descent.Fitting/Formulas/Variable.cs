using Descent.Fitting.Expressions;

namespace Descent.Fitting.Formulas;

/// <summary>A column, or what a function makes of it: what terms are products of.</summary>
/// <param name="node">Where it stands in the formula.</param>
abstract class Variable(Node node)
{
    public Node Node => node;

    /// <summary>Its name, as R writes it; what was learnt is kept under it.</summary>
    public string Label { get; } = Deparsed.Of(node);

    /// <summary>Whether it has levels.</summary>
    public virtual bool IsFactor => false;

    /// <summary>Expressions whose numbers have to be finite, the inner ones first.</summary>
    public abstract IEnumerable<Node> Arguments { get; }

    /// <summary>Takes what it needs from the rows that train, where it is not known yet.</summary>
    public virtual void Learn(FormulaRows rows)
    {
    }

    /// <summary>Names of its columns.</summary>
    /// <param name="learned">What it knows.</param>
    /// <param name="full">Whether a factor has a column for each level.</param>
    public abstract IReadOnlyList<string> Names(Learned learned, bool full);

    /// <summary>Its numbers.</summary>
    public abstract Coded Of(FormulaRows rows, bool full);

    /// <summary>The rows with a level that is not known; null when there are none.</summary>
    public virtual UnusableRows? Strange(FormulaRows rows) => null;

    /// <summary>Why what a model file says it learnt cannot be; null when it can.</summary>
    public virtual string? Wrong(Learned learned) => null;
}
