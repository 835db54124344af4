namespace Descent.Data;

/// <summary>
/// Some rows of the columns that were chosen. A cell is its text; where it has none, its number; NaN, and a cell of which nothing is said,
/// is a missing value.
/// </summary>
public sealed class ColumnBlock
{
    readonly double[]?[] numbers;
    readonly string?[]?[] texts;
    readonly bool[] hasNumbers, hasTexts;

    /// <summary>An empty block, in which every cell is missing.</summary>
    /// <param name="columns">Number of columns.</param>
    /// <param name="capacity">Most rows.</param>
    public ColumnBlock(int columns, int capacity = 4096)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(columns);
        ArgumentOutOfRangeException.ThrowIfLessThan(capacity, 1);
        (numbers, texts, hasNumbers, hasTexts) = (new double[columns][], new string?[columns][], new bool[columns], new bool[columns]);
        Capacity = capacity;
    }

    /// <summary>Most rows that it takes.</summary>
    public int Capacity { get; }

    /// <summary>The numbers of a column, NaN to begin with.</summary>
    public Span<double> Numbers(int column)
    {
        double[] own = numbers[column] ??= new double[Capacity];
        if (!hasNumbers[column]) Array.Fill(own, double.NaN);
        hasNumbers[column] = true;
        return own;
    }

    /// <summary>The texts of a column, null to begin with.</summary>
    public Span<string?> Texts(int column)
    {
        string?[] own = texts[column] ??= new string?[Capacity];
        if (!hasTexts[column]) Array.Clear(own);
        hasTexts[column] = true;
        return own;
    }

    /// <summary>Makes every cell missing.</summary>
    internal void Clear()
    {
        Array.Clear(hasNumbers);
        Array.Clear(hasTexts);
    }

    /// <summary>The text of a cell; null for none.</summary>
    internal string? TextAt(int column, int row) => hasTexts[column] ? texts[column]![row] : null;

    /// <summary>The number of a cell; NaN for none.</summary>
    internal double NumberAt(int column, int row) => hasNumbers[column] ? numbers[column]![row] : double.NaN;
}
