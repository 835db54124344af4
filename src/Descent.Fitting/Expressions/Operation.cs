namespace Descent.Fitting.Expressions;

/// <summary>What stands between two operands.</summary>
enum Operation
{
    Plus,
    Minus,
    Times,
    Over,
    Power,

    /// <summary><c>:</c> of a formula.</summary>
    With,

    /// <summary><c>%in%</c> of a formula.</summary>
    In,

    /// <summary><c>&lt;</c> between levels.</summary>
    Below,
}
