using System.Net;
using System.Text;
using Descent.Reports.Charts;

namespace Descent.Reports;

/// <summary>Builds one self-contained HTML page: no script, no network, light and dark.</summary>
public sealed class HtmlReport(string title)
{
    const string Style = """
        :root{--ink:#1d2530;--soft:#55606e;--faint:#9aa5b1;--grid:#e8ecf0;--page:#f6f7f9;--card:#fff;--accent:#3b6fd4;--good:#2f9e77;--bad:#c0392b}
        @media(prefers-color-scheme:dark){:root{--ink:#e6e9ee;--soft:#a4afbb;--faint:#67727e;--grid:#2b333c;--page:#14181d;--card:#1c2229}}
        *{box-sizing:border-box}body{margin:0;background:var(--page);color:var(--ink);font:15px/1.5 system-ui,sans-serif}
        main{max-width:1180px;margin:0 auto;padding:28px 20px 60px}h1{font-size:25px;margin:0 0 4px}h2{font-size:17px;margin:34px 0 12px}
        .lead{color:var(--soft);margin:0 0 18px}.verdict{background:var(--card);border-left:5px solid var(--accent);border-radius:6px;padding:14px 18px;margin:14px 0;box-shadow:0 1px 3px #0001}
        .verdict.good{border-color:var(--good)}.verdict.bad{border-color:var(--bad)}.verdict b{display:block;font-size:16px}
        .tiles{display:grid;grid-template-columns:repeat(auto-fit,minmax(138px,1fr));gap:12px;margin:16px 0}
        .tile{background:var(--card);border-radius:8px;padding:12px 14px;box-shadow:0 1px 3px #0001}.tile span{color:var(--soft);font-size:12px;display:block}.tile b{font-size:17px;overflow-wrap:anywhere;font-variant-numeric:tabular-nums}
        .charts{margin:0 0 14px;display:grid;grid-template-columns:repeat(auto-fit,minmax(330px,1fr));gap:14px}.chart{background:var(--card);border-radius:8px;padding:10px;box-shadow:0 1px 3px #0001}.chart svg{width:100%;max-width:680px;height:auto;display:block;margin:0 auto}
        .scroll{overflow-x:auto}table{border-collapse:collapse;background:var(--card);border-radius:8px;font-variant-numeric:tabular-nums;box-shadow:0 1px 3px #0001}
        th,td{padding:6px 14px;text-align:right;border-bottom:1px solid var(--grid);white-space:nowrap}th{color:var(--soft);font-weight:600;font-size:13px}th:first-child,td:first-child{text-align:left}
        td.wrap{white-space:normal;text-align:left}pre{background:var(--card);border-radius:8px;padding:12px 14px;overflow-x:auto;font-size:13px;box-shadow:0 1px 3px #0001}
        p{max-width:75ch}
        """;

    readonly StringBuilder body = new();

    /// <summary>A heading.</summary>
    public HtmlReport Heading(string text) => Raw($"<h2>{Encode(text)}</h2>");

    /// <summary>A paragraph.</summary>
    public HtmlReport Paragraph(string text) => Raw($"<p>{Encode(text)}</p>");

    /// <summary>The line under the title.</summary>
    public HtmlReport Lead(string text) => Raw($"<p class=\"lead\">{Encode(text)}</p>");

    /// <summary>The verdict in a box.</summary>
    /// <param name="head">What it is, in a few words.</param>
    /// <param name="text">The sentence.</param>
    /// <param name="good">True for green, false for red, null for neutral.</param>
    public HtmlReport Verdict(string head, string text, bool? good = null) =>
        Raw($"<div class=\"verdict{(good is null ? "" : good.Value ? " good" : " bad")}\"><b>{Encode(head)}</b>{Encode(text)}</div>");

    /// <summary>Numbers in tiles.</summary>
    public HtmlReport Tiles(params (string Name, string Value)[] tiles)
    {
        ArgumentNullException.ThrowIfNull(tiles);
        return Raw("<div class=\"tiles\">" + string.Concat(tiles.Select(t => $"<div class=\"tile\"><span>{Encode(t.Name)}</span><b>{Encode(t.Value)}</b></div>")) + "</div>");
    }

    /// <summary>Charts side by side.</summary>
    public HtmlReport Charts(params Chart[] charts)
    {
        ArgumentNullException.ThrowIfNull(charts);
        return Raw("<div class=\"charts\">" + string.Concat(charts.Select(c => $"<div class=\"chart\">{SvgRenderer.Render(c)}</div>")) + "</div>");
    }

    /// <summary>A table.</summary>
    public HtmlReport Table(IReadOnlyList<string> head, IEnumerable<IReadOnlyList<string>> rows)
    {
        ArgumentNullException.ThrowIfNull(rows);
        StringBuilder t = new("<div class=\"scroll\"><table><thead><tr>");
        foreach (string h in head) t.Append("<th>").Append(Encode(h)).Append("</th>");
        t.Append("</tr></thead><tbody>");
        foreach (IReadOnlyList<string> row in rows)
        {
            t.Append("<tr>");
            foreach (string cell in row) t.Append(cell.Length > 70 ? "<td class=\"wrap\">" : "<td>").Append(Encode(cell)).Append("</td>");
            t.Append("</tr>");
        }
        return Raw(t.Append("</tbody></table></div>").ToString());
    }

    /// <summary>Text as it is, in a box.</summary>
    public HtmlReport Code(string text) => Raw($"<pre>{Encode(text)}</pre>");

    /// <summary>The whole page.</summary>
    public string Build() =>
        $"<!doctype html>\n<html lang=\"en\"><head><meta charset=\"utf-8\"><meta name=\"viewport\" content=\"width=device-width,initial-scale=1\"><title>{Encode(title)}</title>\n<style>\n{Style}\n</style></head><body><main><h1>{Encode(title)}</h1>\n{body}</main></body></html>\n";

    HtmlReport Raw(string html)
    {
        body.Append(html).Append('\n');
        return this;
    }

    static string Encode(string s) => WebUtility.HtmlEncode(s);
}
