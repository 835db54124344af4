namespace Descent.Autodiff.Compiled;

/// <summary>A step of a plan: what a node of the tape does to a block of rows, column by column.</summary>
/// <param name="Kind">What it does.</param>
/// <param name="Function">A <see cref="LaneFunction{T}"/> or <see cref="LanePair{T}"/> for elementwise steps; null otherwise.</param>
/// <param name="A">First input, −1 without.</param>
/// <param name="B">Second input, −1 without.</param>
/// <param name="Width">Columns.</param>
/// <param name="Start">First column in the block's memory; for parameters the offset among them.</param>
/// <param name="Flag">Whether the matrix of a linear step is transposed.</param>
/// <param name="Scale">A constant's value, or the factor of the total.</param>
/// <param name="Shift">What is added to the total.</param>
/// <param name="Source">Data of an input or of a pick.</param>
/// <param name="Needs">Whether it depends on the parameters.</param>
sealed record PlanStep(PlanKind Kind, object? Function, int A, int B, int Width, int Start, bool Flag, double Scale, double Shift,
    Array? Source, bool Needs)
{
    /// <summary>Offset of a linear step's bias among the parameters; −1 without.</summary>
    public int Bias { get; init; } = -1;

    /// <summary>Whether every row has its own.</summary>
    public bool IsRow => Kind is not (PlanKind.Constant or PlanKind.Parameter or PlanKind.Total);
}
