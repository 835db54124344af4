using Descent.Data;

namespace Descent.Cli.Commands;

/// <summary>What a column of a table holds: its type, what is missing, and how its values lie.</summary>
sealed class ColumnSummary
{
    /// <summary>Bars of a histogram.</summary>
    public const int Bars = 8;

    /// <summary>Levels that are named, the most frequent first.</summary>
    public const int MostLevels = 5;

    readonly List<double> values = [];

    public ColumnSummary(Column column)
    {
        (Name, Missing, IsText) = (column.Name, column.Missing, column.IsText);
        Dates = DateReading.Looks(column);
        if (IsText)
        {
            int[] counts = new int[column.Levels.Count];
            foreach (int code in column.Codes) counts[code]++;
            (string, int)[] all = [.. column.Levels.Zip(counts).Where(l => l.First != Column.MissingLevel).OrderByDescending(l => l.Second)
                .ThenBy(l => l.First, StringComparer.Ordinal)];
            (Levels, LevelCount) = ([.. all.Take(MostLevels)], all.Length);
            return;
        }
        foreach (double x in column.Numbers)
            if (!double.IsNaN(x)) values.Add(x);
        if (values.Count == 0) return;
        (Least, Most, Mean) = (values.Min(), values.Max(), values.Average());
        foreach (double x in values) Counts[BarOf(x)]++;
    }

    public string Name { get; }

    public int Missing { get; }

    public bool IsText { get; }

    /// <summary>What is said of a column that holds dates; null for others.</summary>
    public string? Dates { get; }

    /// <summary>dates, text, number, or empty.</summary>
    public string Type => IsText ? Dates is null ? "text" : "dates" : values.Count == 0 ? "empty" : "number";

    public double Least { get; } = double.NaN;

    public double Most { get; } = double.NaN;

    public double Mean { get; } = double.NaN;

    /// <summary>The most frequent levels of a text.</summary>
    public IReadOnlyList<(string Level, int Count)> Levels { get; } = [];

    public int LevelCount { get; }

    /// <summary>Values in each of equal parts of the range, both ends within.</summary>
    public int[] Counts { get; } = new int[Bars];

    /// <summary>The ends of the parts.</summary>
    public double[] Edges => [.. Enumerable.Range(0, Bars + 1)
        .Select(k => k == Bars ? Most : Least + ((Most - Least) * ((double)k / Bars)))];

    /// <summary>The counts as bars of characters, one of height 1 wherever there is a value.</summary>
    public string Picture => values.Count == 0 || Least.Equals(Most) ? ""
        : string.Concat(Counts.Select(c => c == 0 ? ' ' : (char)('▁' + Math.Min(7, c * 8 / (Counts.Max() + 1)))));

    // The part of a value by its edges, which rounding does not move it over.
    int BarOf(double x)
    {
        if (!(Most > Least)) return 0;
        double[] edges = Edges;
        int k = Math.Clamp((int)((x - Least) / (Most - Least) * Bars), 0, Bars - 1);
        if (x < edges[k]) k--;
        else if (k < Bars - 1 && x >= edges[k + 1]) k++;
        return k;
    }
}
