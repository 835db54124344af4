namespace Descent.Models.Inference;

/// <summary>A column that is determined by the columns before it.</summary>
/// <param name="Column">Number of the column, from 0.</param>
/// <param name="Fault">In which way.</param>
/// <param name="Of">The columns of the combination, in ascending order; empty for zero and constant columns.</param>
public sealed record DependentColumn(int Column, ColumnFault Fault, IReadOnlyList<int> Of);
