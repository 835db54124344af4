namespace Descent.Fitting.Design;

/// <summary>Where one feature comes from: a numeric column, one level of a text column, or a numbered column.</summary>
/// <param name="Column">Column name; empty for numbered columns.</param>
/// <param name="Level">The level that makes this feature 1; null for numbers.</param>
/// <param name="Index">Column number from 0 for LIBSVM, IDX and NPY data; −1 otherwise.</param>
sealed record FeatureSource(string Column, string? Level = null, int Index = -1)
{
    /// <summary>The name of a column that a formula makes; null for others.</summary>
    public string? Term { get; init; }

    /// <summary>The term of a formula that a column belongs to; null for others.</summary>
    public string? PartOf { get; init; }

    /// <summary>The number of a hashed column of text; null for others.</summary>
    public int? Hash { get; init; }

    /// <summary>What counts of a hashed column are multiplied by; null for counts as they are.</summary>
    public double? Idf { get; init; }

    public string Name => Term is not null ? Term : Level is not null ? $"{Column}={Level}"
        : Hash is { } hash ? $"{Column}#{hash}" : Index >= 0 ? $"x{Index + 1}" : Column;
}
