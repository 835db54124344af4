using System.Net;
using System.Text;

namespace Descent.Reports;

/// <summary>A table as HTML.</summary>
static class HtmlTable
{
    const int WideFrom = 6, LongFrom = 40;

    public static string Render(IReadOnlyList<string> head, IReadOnlyList<IReadOnlyList<string>> rows)
    {
        foreach (IReadOnlyList<string> row in rows)
            if (row.Count != head.Count)
                throw new ArgumentException($"A row has {row.Count} cells under {head.Count} names.", nameof(rows));
        bool[] words = [.. head.Select((_, j) => j == 0 || 2 * rows.Count(r => IsFigure(r[j])) < rows.Count)];
        bool wide = head.Count >= WideFrom;
        StringBuilder t = new("<div class=\"scroll\"><table" + (wide ? " class=\"list\"" : "") + "><thead><tr>");
        for (int j = 0; j < head.Count; j++) t.Append(words[j] ? "<th class=\"word\">" : "<th>").Append(Encode(head[j])).Append("</th>");
        t.Append("</tr></thead><tbody>");
        foreach (IReadOnlyList<string> row in rows)
        {
            t.Append("<tr>");
            for (int j = 0; j < row.Count; j++)
            {
                t.Append("<td").Append(words[j] ? row[j].Length > LongFrom ? " class=\"word wrap\"" : " class=\"word\"" : "");
                // The name again, for narrow screens.
                if (wide) t.Append(" data-name=\"").Append(Encode(head[j])).Append('"');
                t.Append('>').Append(Encode(row[j])).Append("</td>");
            }
            t.Append("</tr>");
        }
        return t.Append("</tbody></table></div>").ToString();
    }

    // "12", "−3.5e-7", "<2e-16", "~ 3", "±∞", "–", "0.5 (0.1)": what a column of figures holds; a dash or nothing stands in any column.
    static bool IsFigure(string cell) => cell.Length == 0
        || (cell.Length <= 28 && (char.IsAsciiDigit(cell[0]) || "-−+±–<>≤≥~∞".Contains(cell[0], StringComparison.Ordinal)));

    static string Encode(string s) => WebUtility.HtmlEncode(s);
}
