namespace Descent.Numerics;

/// <summary>One named part of a flat parameter vector: where it starts and which shape it has.</summary>
/// <param name="Name">Name of the part, for example <c>weights</c> or <c>intercept</c>.</param>
/// <param name="Offset">Index of its first entry in the flat vector.</param>
/// <param name="Rows">Number of rows, 1 for a vector.</param>
/// <param name="Columns">Number of columns.</param>
/// <param name="Penalised">Whether penalties apply to it; false for intercepts.</param>
public sealed record Block(string Name, int Offset, int Rows, int Columns, bool Penalised = true)
{
    /// <summary>Number of entries.</summary>
    public int Length => Rows * Columns;
}
