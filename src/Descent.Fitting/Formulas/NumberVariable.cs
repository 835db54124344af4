using Descent.Fitting.Expressions;

namespace Descent.Fitting.Formulas;

/// <summary>One number a row.</summary>
sealed class NumberVariable(Node node) : Variable(node)
{
    public override IEnumerable<Node> Arguments => [Node];

    // A column alone goes by its name, without the quotes that a formula may need.
    public override IReadOnlyList<string> Names(Learned learned, bool full) =>
        [Node is NameNode or TextNode ? ColumnNames.Of(Node) : Label];

    public override Coded Of(FormulaRows rows, bool full) => new(1) { Values = rows.Numbers(Node) };
}
