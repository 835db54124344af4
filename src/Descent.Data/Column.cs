namespace Descent.Data;

/// <summary>One column of a table: numbers, or codes of text levels.</summary>
/// <param name="name">Name in the header, or c1, c2, … without one.</param>
/// <param name="isText">Whether the column holds text.</param>
public sealed class Column(string name, bool isText)
{
    internal double[] numbers = [];
    internal int[] codes = [];
    int count;
    readonly Dictionary<string, int> index = new(StringComparer.Ordinal);
    readonly List<string> levels = [];

    /// <summary>Name.</summary>
    public string Name { get; } = name;

    /// <summary>Everything the column may be called.</summary>
    public IReadOnlyList<string> Aliases { get; internal init; } = [name];

    /// <summary>Whether the column holds text.</summary>
    public bool IsText { get; } = isText;

    /// <summary>Number of missing values met (kept or in skipped rows).</summary>
    public int Missing { get; internal set; }

    /// <summary>Distinct texts in order of first appearance.</summary>
    public IReadOnlyList<string> Levels => levels;

    /// <summary>The numbers, when the column holds numbers.</summary>
    public ReadOnlySpan<double> Numbers => IsText ? default : numbers.AsSpan(0, count);

    /// <summary>The level numbers, when the column holds text.</summary>
    public ReadOnlySpan<int> Codes => IsText ? codes.AsSpan(0, count) : default;

    internal void Reserve(int rows)
    {
        if (IsText)
        {
            if (codes.Length < rows) codes = LargePages.Grow(codes, rows);
        }
        else if (numbers.Length < rows)
        {
            numbers = LargePages.Grow(numbers, rows);
        }
    }

    internal void Close(int rows) => count = rows;

    internal int CodeOf(ReadOnlySpan<char> text)
    {
        var lookup = index.GetAlternateLookup<ReadOnlySpan<char>>();
        if (lookup.TryGetValue(text, out int code)) return code;
        levels.Add(text.ToString());
        return index[levels[^1]] = levels.Count - 1;
    }
}
