using Descent.Data.Files;

namespace Descent.Data;

/// <summary>One column of a table: numbers, or codes of text levels.</summary>
public sealed partial class Column
{
    /// <summary>The level of a cell of text that is missing.</summary>
    internal const string MissingLevel = "(missing)";

    internal Slab<double> numbers = Array.Empty<double>();
    internal Slab<int> codes = Array.Empty<int>();

    // The parser's short way: a number in the text is a number of the column, whatever its text.
    internal bool fast;

    // Codes of texts as they come, before blanks are taken off and numbers are looked for; while the column is read.
    internal Dictionary<string, int>? seen;

    /// <summary>The line on which each level was first met, until the table is finished.</summary>
    internal readonly List<long> firstLines = [];
    readonly Dictionary<string, int> index = new(StringComparer.Ordinal);
    List<string> levels = [];
    int count;

    // Whether the elements are a cache's, which are read and never written.
    bool borrowed;

    /// <summary>An empty column, of numbers or of text, to which rows are added.</summary>
    /// <param name="name">Name in the header, or c1, c2, … without one.</param>
    /// <param name="isText">Whether the column holds text.</param>
    public Column(string name, bool isText)
        : this(name, isText ? ColumnKind.Text : ColumnKind.Number, false)
    {
    }

    internal Column(string name, ColumnKind kind, bool fixedKind)
    {
        Name = name;
        Aliases = [name];
        Kind = kind;
        IsFixed = fixedKind;
    }

    /// <summary>Name.</summary>
    public string Name { get; }

    /// <summary>Everything the column may be called.</summary>
    public IReadOnlyList<string> Aliases { get; internal init; }

    /// <summary>Whether the header has no word for the column, which is then called by its position.</summary>
    public bool IsUnnamed { get; internal init; }

    /// <summary>Whether the column holds text.</summary>
    public bool IsText => Kind != ColumnKind.Number;

    /// <summary>Number of missing values met (kept or in skipped rows).</summary>
    public int Missing { get; internal set; }

    /// <summary>
    /// Distinct texts of the rows that were kept, in order of first appearance; numbers in one spelling (1 for 1.0 and 01).
    /// </summary>
    public IReadOnlyList<string> Levels => levels;

    /// <summary>The numbers, when the column holds numbers.</summary>
    public ReadOnlySpan<double> Numbers => IsText ? default : numbers.Span(0, count);

    /// <summary>The level numbers, when the column holds text.</summary>
    public ReadOnlySpan<int> Codes => IsText ? codes.Span(0, count) : default;

    internal ColumnKind Kind { get; private set; }

    /// <summary>Whether the caller said what the column holds.</summary>
    internal bool IsFixed { get; }

    /// <summary>Whether a missing value is never kept.</summary>
    internal bool IsNeverFilled { get; init; }

    internal void Reserve(int rows)
    {
        if (IsText)
        {
            if (codes.Length < rows) codes = Room.Grow(codes, codes.Length, rows);
        }
        else if (numbers.Length < rows)
        {
            numbers = Room.Grow(numbers, numbers.Length, rows);
        }
    }

    internal void Close(int rows) => (count, seen) = (rows, null);

    /// <summary>A column whose elements lie elsewhere; they are copied before any of them changes.</summary>
    internal static Column Borrowed(string name, IReadOnlyList<string> aliases, bool unnamed, int missing, Slab<double> numbers) =>
        new(name, ColumnKind.Number, false)
        {
            Aliases = aliases,
            IsUnnamed = unnamed,
            Missing = missing,
            numbers = numbers,
            count = (int)numbers.Length,
            borrowed = true,
        };

    /// <summary>The same of text.</summary>
    /// <exception cref="ArgumentException">A code has no level.</exception>
    internal static Column Borrowed(string name, IReadOnlyList<string> aliases, bool unnamed, int missing, Slab<int> codes,
        List<string> levels)
    {
        foreach (int code in codes.Span(0, (int)codes.Length))
            if ((uint)code >= (uint)levels.Count) throw new ArgumentException($"Code {code} has no level; there are {levels.Count}.");
        return new Column(name, ColumnKind.Text, false)
        {
            Aliases = aliases,
            IsUnnamed = unnamed,
            Missing = missing,
            codes = codes,
            levels = levels,
            count = (int)codes.Length,
            borrowed = true,
        };
    }

    internal int CodeOf(ReadOnlySpan<char> text, long line)
    {
        var lookup = index.GetAlternateLookup<ReadOnlySpan<char>>();
        if (lookup.TryGetValue(text, out int code)) return code;
        levels.Add(text.ToString());
        firstLines.Add(line);
        return index[levels[^1]] = levels.Count - 1;
    }

    /// <summary>Makes a column of which nothing was known hold numbers; the rows so far are missing.</summary>
    internal void BecomeNumbers(bool plain, int rows)
    {
        numbers = Room.Take<double>(codes.Length);
        numbers.Span(0, rows).Fill(double.NaN);
        BecomeNumbers(plain);
    }

    internal void BecomeText() => Kind = ColumnKind.Text;

    /// <summary>Makes a column of text hold the numbers that its levels are; NaN for those that are none.</summary>
    internal void BecomeNumbers(ReadOnlySpan<double> valueOf)
    {
        numbers = Room.Take<double>(codes.Length);
        for (int i = 0; i < count; i++) numbers[i] = valueOf[codes[i]];
        BecomeNumbers(false);
    }

    /// <summary>Keeps some of the rows, and of the levels those that still occur, each by the name given.</summary>
    internal void Keep(ReadOnlySpan<bool> rows, Func<string, string> canonical)
    {
        int kept = 0;
        Own();
        for (int i = 0; i < count; i++)
        {
            if (!rows[i]) continue;
            if (filled is not null) filled[kept] = filled[i];
            if (IsText) codes[kept++] = codes[i];
            else numbers[kept++] = numbers[i];
        }
        count = kept;
        KeepLevels(canonical);
    }

    /// <summary>Drops levels that no row has, and merges those that are one by their canonical names.</summary>
    internal void KeepLevels(Func<string, string> canonical)
    {
        if (!IsText) return;
        Own();
        bool[] occurs = new bool[levels.Count];
        foreach (int code in Codes) occurs[code] = true;
        int[] moved = new int[levels.Count];
        List<string> old = levels;
        levels = [];
        index.Clear();
        for (int k = 0; k < old.Count; k++)
            if (occurs[k]) moved[k] = CodeOf(canonical(old[k]), 0);
        for (int i = 0; i < count; i++) codes[i] = moved[codes[i]];
    }

    void Own()
    {
        if (!borrowed) return;
        borrowed = false;
        if (IsText) codes = Room.Grow(codes, count, count);
        else numbers = Room.Grow(numbers, count, count);
    }

    void BecomeNumbers(bool plain)
    {
        Kind = ColumnKind.Number;
        fast = plain;
        codes = Array.Empty<int>();
        levels = [];
        index.Clear();
    }
}
