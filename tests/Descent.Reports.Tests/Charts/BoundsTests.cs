using System.Text.RegularExpressions;
using Descent.Reports.Charts;

namespace Descent.Reports.Tests.Charts;

/// <summary>Where texts and points lie in a picture.</summary>
public class BoundsTests
{
    static string Picture(double[] x, double[] y, bool logX = false, bool logY = false, int width = 460, string name = "") =>
        SvgRenderer.Render(new Chart
        {
            Title = "t",
            XLabel = "epochs",
            LogX = logX,
            LogY = logY,
            Width = width,
            Series = [new Series(name, x, y)],
        });

    [Theory]
    [InlineData(0, 1, 0, 1, false, 460)]
    [InlineData(0, 97.9, -5, 5, false, 460)]
    [InlineData(0, 250_000, 0.693147, 0.693148, false, 390)]
    [InlineData(0.693147, 0.693148, 0, 1, false, 460)]
    [InlineData(123456789, 123456791, 0, 1, false, 460)]
    [InlineData(1e-9, 1.0001e-9, 0, 1, false, 300)]
    [InlineData(0.693147, 0.693148, 0, 1, false, 300)]
    [InlineData(1, 1.000000000001, 0, 1, false, 460)]
    [InlineData(123456789, 123456791, 0, 1, false, 300)]
    [InlineData(-1e300, 1e300, -1e300, 1e300, false, 390)]
    [InlineData(1e-12, 1e8, 1e-300, 1e300, true, 300)]
    [InlineData(2, 7, 0.3, 0.4, true, 300)]
    [InlineData(3, 3, 5, 5, false, 460)]
    [InlineData(3, 3, 5, 5, true, 460)]
    public void Texts_stay_inside_and_do_not_meet(double left, double right, double low, double high, bool log, int width)
    {
        List<Box> boxes = Box.Of(Picture([left, right], [low, high], log, log, width));
        Assert.True(boxes.Count >= 4, string.Join(" | ", boxes.Select(b => b.Text)));
        foreach (Box b in boxes)
            Assert.True(b.Left >= 0 && b.Right <= width && b.Top >= 0 && b.Bottom <= 300, $"{b} leaves the picture of {width} pixels");
        for (int i = 0; i < boxes.Count; i++)
            for (int j = 0; j < i; j++) Assert.False(boxes[i].Meets(boxes[j]), $"{boxes[i]} lies over {boxes[j]}");
    }

    // Linear, 62 pixels left, 14 right, 30 above and 42 below a plot of 384 × 228, and 4 % of the range free on either side.
    [Fact]
    public void A_point_lies_where_its_axes_say()
    {
        string svg = SvgRenderer.Render(new Chart { Title = "t", Series = [new Series("", [0, 50, 100], [0, 1, 2], Mark.Dots)] });
        double[][] points = Points(svg);
        Assert.Equal([62 + (384 * 0.04 / 1.08), 62 + 192, 62 + (384 * 1.04 / 1.08)], points.Select(p => p[0]),
            (a, b) => Math.Abs(a - b) < 0.06);
        Assert.Equal([30 + (228 * 1.04 / 1.08), 30 + 114, 30 + (228 * 0.04 / 1.08)], points.Select(p => p[1]),
            (a, b) => Math.Abs(a - b) < 0.06);
    }

    [Fact]
    public void Equal_ratios_are_equally_far_on_a_logarithmic_axis()
    {
        Chart chart = new() { Title = "t", LogY = true, Series = [new Series("", [0, 1, 2], [1e-6, 1e-3, 1], Mark.Dots)] };
        double[] y = [.. Points(SvgRenderer.Render(chart)).Select(p => p[1])];
        Assert.True(y[0] > y[1] && y[1] > y[2], "larger values lie higher");
        Assert.Equal(y[0] - y[1], y[1] - y[2], 0.11);
    }

    [Fact]
    public void One_unit_is_equally_long_on_both_axes_when_asked()
    {
        Chart chart = new() { Title = "t", Equal = true, Series = [new Series("", [0, 1, 0], [0, 0, 1], Mark.Dots)] };
        double[][] p = Points(SvgRenderer.Render(chart));
        Assert.Equal(p[1][0] - p[0][0], p[0][1] - p[2][1], 0.21);
    }

    static double[][] Points(string svg) => [.. Regex.Matches(svg, "<circle cx=\"([\\d.]+)\" cy=\"([\\d.]+)\"")
        .Select(m => new[] { double.Parse(m.Groups[1].Value, Invariant), double.Parse(m.Groups[2].Value, Invariant) })];

    static readonly IFormatProvider Invariant = System.Globalization.CultureInfo.InvariantCulture;
}
