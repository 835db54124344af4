namespace Descent.Autodiff.Compiled;

/// <summary>An input of a step for one column: a column of its own, or one number for all rows.</summary>
/// <typeparam name="T">Element type.</typeparam>
readonly ref struct Operand<T>
    where T : unmanaged
{
    /// <summary>A column.</summary>
    public Operand(ReadOnlySpan<T> column)
    {
        Column = column;
        IsColumn = true;
    }

    /// <summary>One number for all rows.</summary>
    public Operand(T same) => Same = same;

    /// <summary>The entries of the rows; empty when they are all the same.</summary>
    public ReadOnlySpan<T> Column { get; }

    /// <summary>The entry of every row, where there is no column.</summary>
    public T Same { get; }

    /// <summary>Whether the rows have entries of their own.</summary>
    public bool IsColumn { get; }
}
