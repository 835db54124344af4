namespace Descent.Fitting.Formulas;

/// <summary>What a variable gives a term, row by row: some numbers, or one column of several by a code.</summary>
/// <param name="Width">Number of columns.</param>
sealed record Coded(int Width)
{
    /// <summary>Numbers, rows × width; null for codes.</summary>
    public double[]? Values { get; init; }

    /// <summary>The level of every row; null for numbers.</summary>
    public int[]? Codes { get; init; }

    /// <summary>Where each level has its 1; −1 for the reference. Null where a level has several numbers.</summary>
    public int[]? Places { get; init; }

    /// <summary>The numbers of each level, levels × width; null where a level has a 1 in one place.</summary>
    public double[]? Contrasts { get; init; }

    /// <summary>Whether a row has one entry at most.</summary>
    public bool IsSparse => Places is not null;
}
