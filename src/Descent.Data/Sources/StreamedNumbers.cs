namespace Descent.Data;

/// <summary>What was read from an input whose numbers were handed on and not kept.</summary>
/// <param name="Column">Name of the column; null where the input has none.</param>
/// <param name="Rows">Numbers handed on.</param>
/// <param name="Missing">Missing values, which were left out.</param>
/// <param name="Skipped">Rows that could not be read and were left out.</param>
public sealed record StreamedNumbers(string? Column, long Rows, long Missing, long Skipped)
{
    /// <summary>Why the first of the rows was left out; null where none was.</summary>
    public string? FirstSkip { get; init; }

    /// <summary>What was assumed while reading, in words.</summary>
    public IReadOnlyList<string> Notes { get; init; } = [];
}
