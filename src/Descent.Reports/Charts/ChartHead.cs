namespace Descent.Reports.Charts;

/// <summary>Title and legend of a chart, laid out so that neither overprints the other nor leaves the chart.</summary>
/// <param name="Title">The title in lines.</param>
/// <param name="TitleX">Where its lines begin.</param>
/// <param name="Entries">Names of the legend with their places; <c>Line</c> is the base line of the letters.</param>
/// <param name="Height">Height above the plot.</param>
sealed record ChartHead(IReadOnlyList<string> Title, int TitleX,
    IReadOnlyList<(string Name, string Colour, Mark Mark, double At, int Line)> Entries, int Height)
{
    /// <summary>Height of a line of the title.</summary>
    public const int TitleLine = 16;

    // Widths of letters (bold of 13 pixels, regular of 10 pixels) in a wide sans-serif; an entry has 16 pixels of line before and 6 after.
    const double Bold = 7.6, Small = 5.9;
    const int Least = 30, LegendLine = 14, Sign = 22, Apart = 6;

    /// <summary>The layout for a plot between two abscissas.</summary>
    public static ChartHead Of(string title, IReadOnlyList<(string Name, string Colour, Mark Mark)> legend, int left, int right)
    {
        int x = left + (title.Length * Bold) <= right ? left : 8;
        List<string> lines = Wrap(title, (int)((right - x) / Bold));
        double total = legend.Sum(e => Width(e.Name));
        int below = TitleLine * (lines.Count - 1);
        // One short row stands at the right under the title's line, as long as the title does not reach above it.
        if (legend.Count == 0 || right - total >= x + (lines[^1].Length * Bold) + 8)
            return new ChartHead(lines, x, Row(legend, right - total, 28 + below), Least + below);
        List<(string, string, Mark, double, int)> placed = [];
        double at = x;
        int line = 33 + below;
        foreach (var (name, colour, mark) in legend)
        {
            if (at > x && at + Width(name) > right) (at, line) = (x, line + LegendLine);
            placed.Add((name, colour, mark, at, line));
            at += Width(name) + Apart;
        }
        return new ChartHead(lines, x, placed, line + 8);
    }

    static double Width(string name) => (name.Length * Small) + Sign;

    static List<(string, string, Mark, double, int)> Row(IReadOnlyList<(string Name, string Colour, Mark Mark)> legend, double at, int line)
    {
        List<(string, string, Mark, double, int)> placed = [];
        foreach (var (name, colour, mark) in legend)
        {
            placed.Add((name, colour, mark, at, line));
            at += Width(name);
        }
        return placed;
    }

    static List<string> Wrap(string text, int letters)
    {
        List<string> lines = [""];
        foreach (string word in text.Split(' '))
        {
            if (lines[^1].Length > 0 && lines[^1].Length + 1 + word.Length > letters) lines.Add(word);
            else lines[^1] += lines[^1].Length > 0 ? " " + word : word;
        }
        return lines;
    }
}
