using System.Text.RegularExpressions;
using Descent.Reports.Charts;

namespace Descent.Reports.Tests;

/// <summary>Text of others in a page stays text.</summary>
public class HtmlReportTests
{
    const string Evil = "<script>alert(\"a&b\")</script>";
    const string Safe = "&lt;script&gt;alert(&quot;a&amp;b&quot;)&lt;/script&gt;";

    static HtmlReport Page => new("t");

    public static TheoryData<string, string> Places => new()
    {
        { "title", new HtmlReport(Evil).Build() },
        { "heading", Page.Heading(Evil).Build() },
        { "paragraph", Page.Paragraph(Evil).Build() },
        { "lead", Page.Lead(Evil).Build() },
        { "verdict", Page.Verdict(Evil, "x").Build() },
        { "verdict's text", Page.Verdict("x", Evil).Build() },
        { "tile", Page.Tiles((Evil, "1")).Build() },
        { "tile's value", Page.Tiles(("x", Evil)).Build() },
        { "head of a table", Page.Table([Evil], [["1"]]).Build() },
        { "cell", Page.Table(["x"], [[Evil]]).Build() },
        { "cell of a wide table", Page.Table([Evil, "b", "c", "d", "e", "f"], [["1", "2", "3", "4", "5", "6"]]).Build() },
        { "setting", Page.Settings([(Evil, "x")]).Build() },
        { "setting's value", Page.Settings([("x", Evil)]).Build() },
        { "footer", Page.Footer(Evil).Build() },
        { "code", Page.Code(Evil).Build() },
        { "title of a chart", Page.Charts(new Chart { Title = Evil, Width = 900, Series = [] }).Build() },
        { "label across", Page.Charts(new Chart { Title = "t", XLabel = Evil, Series = [] }).Build() },
        { "label upwards", Page.Charts(new Chart { Title = "t", YLabel = Evil, Series = [] }).Build() },
        { "legend", Page.Charts(new Chart { Title = "t", Series = [new(Evil, [1], [1]), new("b", [1], [1])] }).Build() },
        { "row", Page.Charts(new Chart { Title = "t", Rows = [Evil], Series = [new("", [1], [0], Mark.Dots)] }).Build() },
    };

    [Theory]
    [MemberData(nameof(Places))]
    public void Text_is_escaped(string place, string page)
    {
        Assert.False(page.Contains("<script", StringComparison.Ordinal), place);
        Assert.False(page.Contains("\"a&b", StringComparison.Ordinal), place);
        Assert.True(page.Contains(place is "row" ? Safe[..30] : Safe, StringComparison.Ordinal), place);
    }

    [Fact]
    public void A_row_of_another_length_than_the_head_is_refused() =>
        Assert.Contains("2 cells under 1 names", Assert.Throws<ArgumentException>(() => Page.Table(["a"], [["1", "2"]])).Message,
            StringComparison.Ordinal);

    [Fact]
    public void Figures_stand_right_and_words_left()
    {
        string page = Page.Table(["term", "estimate"], [["x", "−3.5e-7"], ["z", "–"], ["u", "1.25"]]).Build();
        Assert.Contains("<th class=\"word\">term</th><th>estimate</th>", page, StringComparison.Ordinal);
        Assert.Contains("<td class=\"word\">x</td><td>−3.5e-7</td>", page, StringComparison.Ordinal);
    }

    [Fact]
    public void A_page_needs_nothing_from_elsewhere()
    {
        string page = Page.Charts(new Chart { Title = "t", Series = [new("a", [0, 1], [0, 1])] }).Build();
        Assert.DoesNotMatch("(?i)<(script|link|img|iframe)|@import|url\\(", page);
        Assert.Empty(Regex.Matches(page, "(?:src|href)=\""));
    }
}
