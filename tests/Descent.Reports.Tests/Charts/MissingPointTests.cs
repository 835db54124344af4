using System.Globalization;
using System.Text.RegularExpressions;
using Descent.Reports.Charts;

namespace Descent.Reports.Tests.Charts;

/// <summary>Values that cannot be drawn are marked at the edge that they left by, and break the line.</summary>
public class MissingPointTests
{
    static string Draw(bool log, params double[] y) => SvgRenderer.Render(new Chart
    {
        Title = "t",
        LogY = log,
        Series = [new Series("", [.. Enumerable.Range(0, y.Length).Select(i => (double)i)], y)],
    });

    static double[] Crosses(string svg) =>
        [.. Regex.Matches(svg, "<text x=\"[\\d.]+\" y=\"([\\d.]+)\"[^>]*>✕<")
            .Select(m => double.Parse(m.Groups[1].Value, CultureInfo.InvariantCulture))];

    static int Pieces(string svg) => Regex.Match(svg, "<path d=\"([^\"]*)\"").Groups[1].Value.Count(c => c == 'M');

    [Theory]
    [InlineData(false, double.NaN, true)]
    [InlineData(false, double.PositiveInfinity, true)]
    [InlineData(false, double.NegativeInfinity, false)]
    [InlineData(true, double.NaN, true)]
    [InlineData(true, double.PositiveInfinity, true)]
    [InlineData(true, 0.0, false)]
    [InlineData(true, -1.0, false)]
    public void A_value_that_cannot_be_shown_is_marked_and_breaks_the_line(bool log, double value, bool above)
    {
        string svg = Draw(log, 1, 2, value, 3, 4);
        double at = Assert.Single(Crosses(svg));
        Assert.True(above ? at < 60 : at is > 220 and < 260, $"the mark lies at {at}");
        Assert.Equal(2, Pieces(svg));
    }

    [Fact]
    public void A_line_without_gaps_is_one_piece_without_a_mark()
    {
        string svg = Draw(false, 1, 2, 0, -3, 4);
        Assert.Empty(Crosses(svg));
        Assert.Equal(1, Pieces(svg));
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void A_chart_of_nothing_has_axes_and_no_number_that_is_none(bool log)
    {
        foreach (string svg in new[] { Draw(log), Draw(log, double.NaN, double.NaN),
            Draw(log, double.PositiveInfinity, double.NegativeInfinity) })
        {
            Assert.DoesNotMatch("(?i)\"[^\"]*(nan|infinity|∞)[^\"]*\"", svg);
            Assert.True(Regex.Matches(svg, "stroke=\"var\\(--grid\\)\"").Count >= 4);
        }
    }
}
