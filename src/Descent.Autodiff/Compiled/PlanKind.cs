namespace Descent.Autodiff.Compiled;

/// <summary>What a step of a plan does.</summary>
enum PlanKind
{
    /// <summary>One number, the same for all rows.</summary>
    Constant,

    /// <summary>Parameters, the same for all rows.</summary>
    Parameter,

    /// <summary>Columns of the data.</summary>
    Input,

    /// <summary>Columns times a matrix of parameters.</summary>
    Linear,

    /// <summary>A function of every entry.</summary>
    Unary,

    /// <summary>A function of two, the second perhaps the same for all rows or for all columns.</summary>
    Binary,

    /// <summary>The sum of a row.</summary>
    SumLast,

    /// <summary>ln Σ eˣ of a row.</summary>
    LogSumExp,

    /// <summary>One entry of a row, by number.</summary>
    Pick,

    /// <summary>The sum over all rows, scaled and shifted: the loss.</summary>
    Total,
}
