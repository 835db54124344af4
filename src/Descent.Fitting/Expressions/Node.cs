namespace Descent.Fitting.Expressions;

/// <summary>A part of an expression, with the characters of the text that it stands on.</summary>
abstract record Node(int At, int End)
{
    /// <summary>The parts that it is made of, from left to right.</summary>
    public virtual IEnumerable<Node> Parts => [];

    /// <summary>Itself and everything in it.</summary>
    public IEnumerable<Node> All => Parts.SelectMany(p => p.All).Prepend(this);
}

/// <summary>A number as it is written.</summary>
sealed record NumberNode(int At, int End, double Value) : Node(At, End);

/// <summary>A name; in a formula that of a column.</summary>
sealed record NameNode(int At, int End, string Name) : Node(At, End);

/// <summary>A text in quotes.</summary>
sealed record TextNode(int At, int End, string Text) : Node(At, End);

/// <summary>The dot of a formula: all other columns.</summary>
sealed record DotNode(int At, int End) : Node(At, End);

/// <summary>A sign before an operand.</summary>
sealed record SignNode(int At, int End, bool IsMinus, Node Operand) : Node(At, End)
{
    public override IEnumerable<Node> Parts => [Operand];
}

/// <summary>Parentheses, which R keeps in the names that it gives.</summary>
sealed record GroupNode(int At, int End, Node Inner) : Node(At, End)
{
    public override IEnumerable<Node> Parts => [Inner];
}

/// <summary>Two operands and what is between them.</summary>
sealed record PairNode(int At, int End, Operation Operation, Node Left, Node Right) : Node(At, End)
{
    public override IEnumerable<Node> Parts => [Left, Right];
}

/// <summary>A function and its arguments.</summary>
sealed record CallNode(int At, int End, string Function, IReadOnlyList<Argument> Arguments) : Node(At, End)
{
    public override IEnumerable<Node> Parts => Arguments.Select(a => a.Value);
}

/// <summary>An argument of a function, with the name that it is given by; null where it is known by its place.</summary>
sealed record Argument(int At, string? Name, Node Value);
