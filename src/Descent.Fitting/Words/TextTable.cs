using System.Text;

namespace Descent.Fitting.Words;

/// <summary>
/// Columns of text under a head: the first left-aligned, the others right-aligned, never wrapped, the same on a screen and in a pipe.
/// </summary>
static class TextTable
{
    public static string Render(IReadOnlyList<string> head, IReadOnlyList<IReadOnlyList<string>> rows, string indent = "",
        int leftColumns = 1)
    {
        // Names and levels come from anywhere; a line feed in one would break the table.
        head = [.. head.Select(Shown.Line)];
        rows = [.. rows.Select(r => (IReadOnlyList<string>)[.. r.Select(Shown.Line)])];
        int[] widths = [.. head.Select((h, c) => Math.Max(h.Length, rows.Count == 0 ? 0 : rows.Max(r => r[c].Length)))];
        StringBuilder text = new();
        foreach (IReadOnlyList<string> row in rows.Prepend(head))
        {
            StringBuilder line = new(indent);
            for (int c = 0; c < row.Count; c++)
            {
                if (c > 0) line.Append("  ");
                line.Append(c < leftColumns ? row[c].PadRight(widths[c]) : row[c].PadLeft(widths[c]));
            }
            text.Append(line.ToString().TrimEnd()).Append('\n');
        }
        return text.ToString();
    }
}
