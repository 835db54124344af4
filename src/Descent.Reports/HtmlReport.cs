using System.Net;
using System.Text;
using Descent.Reports.Charts;

namespace Descent.Reports;

/// <summary>Builds one self-contained HTML page: no script, no network, light and dark.</summary>
public sealed class HtmlReport(string title)
{
    readonly StringBuilder body = new();
    string footer = "";

    /// <summary>Adds a heading of the second level; the text is encoded.</summary>
    public HtmlReport Heading(string text) => Raw($"<h2>{Encode(text)}</h2>");

    /// <summary>Adds a paragraph of text, which is encoded.</summary>
    public HtmlReport Paragraph(string text) => Raw($"<p>{Encode(text)}</p>");

    /// <summary>The line under the title.</summary>
    public HtmlReport Lead(string text) => Raw($"<p class=\"lead\">{Encode(text)}</p>");

    /// <summary>The verdict in a box.</summary>
    /// <param name="head">What it is, in a few words.</param>
    /// <param name="text">The sentence.</param>
    /// <param name="good">True for green, false for red, null for neutral.</param>
    public HtmlReport Verdict(string head, string text, bool? good = null) =>
        Raw($"<div class=\"verdict{(good is null ? "" : good.Value ? " good" : " bad")}\"><b>{Encode(head)}</b>{Encode(text)}</div>");

    /// <summary>Adds a row of tiles, each a number with its name.</summary>
    public HtmlReport Tiles(params (string Name, string Value)[] tiles)
    {
        ArgumentNullException.ThrowIfNull(tiles);
        return Raw("<div class=\"tiles\">"
            + string.Concat(tiles.Select(t => $"<div class=\"tile\"><span>{Encode(t.Name)}</span><b>{Encode(t.Value)}</b></div>"))
            + "</div>");
    }

    /// <summary>Charts side by side.</summary>
    public HtmlReport Charts(params Chart[] charts)
    {
        ArgumentNullException.ThrowIfNull(charts);
        return Raw("<div class=\"charts\">" + string.Concat(charts.Select(c => $"<div class=\"chart\">{SvgRenderer.Render(c)}</div>"))
            + "</div>");
    }

    /// <summary>
    /// A table: figures to the right, words to the left. On a narrow screen a row of more than five cells becomes a list of its cells.
    /// </summary>
    /// <param name="head">Names of the columns.</param>
    /// <param name="rows">Rows of as many cells.</param>
    /// <exception cref="ArgumentException">A row has another number of cells than the head.</exception>
    public HtmlReport Table(IReadOnlyList<string> head, IEnumerable<IReadOnlyList<string>> rows)
    {
        ArgumentNullException.ThrowIfNull(head);
        ArgumentNullException.ThrowIfNull(rows);
        return Raw(HtmlTable.Render(head, [.. rows]));
    }

    /// <summary>Names and what stands behind them, both to the left; long text wraps.</summary>
    public HtmlReport Settings(IEnumerable<(string Name, string Value)> rows)
    {
        ArgumentNullException.ThrowIfNull(rows);
        return Raw("<dl class=\"settings\">"
            + string.Concat(rows.Select(r => $"<div><dt>{Encode(r.Name)}</dt><dd>{Encode(r.Value)}</dd></div>")) + "</dl>");
    }

    /// <summary>The last line of the page: which program wrote it, and when.</summary>
    public HtmlReport Footer(string text)
    {
        footer = $"<footer>{Encode(text)}</footer>";
        return this;
    }

    /// <summary>Text as it is, in a box.</summary>
    public HtmlReport Code(string text) => Raw($"<pre>{Encode(text)}</pre>");

    /// <summary>The whole page as one text: style, body and charts, with nothing loaded from elsewhere.</summary>
    public string Build() =>
        $"<!doctype html>\n<html lang=\"en\"><head><meta charset=\"utf-8\">" +
        $"<meta name=\"viewport\" content=\"width=device-width,initial-scale=1\"><title>{Encode(title)}</title>\n" +
        $"<style>\n{HtmlStyle.Sheet}\n</style></head>" +
        $"<body><main><h1>{Encode(title)}</h1>\n{body}{footer}</main></body></html>\n";

    HtmlReport Raw(string html)
    {
        body.Append(html).Append('\n');
        return this;
    }

    static string Encode(string s) => WebUtility.HtmlEncode(s);
}
