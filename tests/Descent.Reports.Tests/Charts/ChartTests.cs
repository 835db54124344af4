using System.Globalization;
using System.Text.RegularExpressions;
using Descent.Reports.Charts;

namespace Descent.Reports.Tests.Charts;

/// <summary>Charts in which nothing overprints, leaves the picture, or reads the same twice.</summary>
public class ChartTests
{
    static double Of(Match m, int group) => double.Parse(m.Groups[group].Value, CultureInfo.InvariantCulture);

    static List<Match> Texts(string svg, string size) =>
        [.. Regex.Matches(svg, $"<text x=\"([\\d.-]+)\" y=\"([\\d.-]+)\" font-size=\"{size}\".*?>(.*?)</text>").Cast<Match>()];

    // Widths as a wide sans-serif has them: 7.6 pixels a bold letter of 13, 5.9 a letter of 10.
    [Theory]
    [InlineData(390, "Objective F against gradients", 2, 21)]
    [InlineData(300, "Held-out loss against the learning rate, of 27 trials (3 diverged)", 4, 9)]
    [InlineData(440, "Relative gap", 12, 11)]
    [InlineData(460, "Seeds", 2, 70)]
    public void A_legend_overprints_neither_title_nor_plot_and_stays_inside(int width, string title, int names, int length)
    {
        Series[] series = [.. Enumerable.Range(0, names).Select(i => new Series(new string((char)('a' + i), length), [0, 1], [0, 1]))];
        string svg = SvgRenderer.Render(new Chart { Title = title, Width = width, Series = series });
        List<Match> legend = Texts(svg, "10"), head = Texts(svg, "13");
        Assert.Equal(names, legend.Count);
        Assert.Equal(title, string.Join(' ', head.Select(m => m.Groups[3].Value)));
        foreach (Match t in head)
            Assert.True(Of(t, 1) + (7.6 * t.Groups[3].Length) <= width + 8, $"title reaches {Of(t, 1) + (7.6 * t.Groups[3].Length)}");
        double top = Regex.Matches(svg, "<line x1=\"[\\d.]+\" y1=\"(\\d+)\" x2=\"[\\d.]+\" y2=\"[\\d.]+\" stroke=\"var\\(--grid\\)\"")
            .Select(m => Of(m, 1)).Min();
        foreach (Match l in legend)
        {
            Assert.True(Of(l, 2) < top);
            foreach (Match t in head)
                Assert.True(Of(l, 2) - 9 >= Of(t, 2) + 3 || Of(l, 1) - 16 >= Of(t, 1) + (7.6 * t.Groups[3].Length),
                    $"'{l.Groups[3].Value}' lies over '{t.Groups[3].Value}'");
            if (length < 40) Assert.True(Of(l, 1) + (5.9 * length) <= width);
        }
        (double, double)[] places = [.. legend.Select(l => (Of(l, 1), Of(l, 2)))];
        Assert.Equal(names, places.Distinct().Count());
    }

    static string[] Ticks(double low, double high)
    {
        string svg = SvgRenderer.Render(new Chart { Title = "t", Series = [new Series("", [0, 1], [low, high])] });
        return [.. Regex.Matches(svg, "text-anchor=\"end\" fill=\"var\\(--soft\\)\">(.*?)</text>").Select(m => m.Groups[1].Value)];
    }

    [Theory]
    [InlineData(0.693147, 0.693148)]
    [InlineData(123456789, 123456791)]
    [InlineData(1e-9, 1.0001e-9)]
    [InlineData(-3e-7, 4e-7)]
    [InlineData(0, 1e300)]
    public void No_two_ticks_read_the_same_and_each_reads_where_it_lies(double low, double high)
    {
        string[] labels = Ticks(low, high);
        Assert.True(labels.Length >= 2, string.Join(' ', labels));
        Assert.Equal(labels.Length, labels.Distinct().Count());
        double[] values = [.. labels.Select(l => double.Parse(l, CultureInfo.InvariantCulture))],
            steps = [.. values.Zip(values.Skip(1), (a, b) => b - a)];
        foreach (double s in steps) Assert.Equal(1, s / steps[0], 1e-5);
    }

    [Fact]
    public void A_range_of_a_unit_in_the_last_place_ends() => Assert.True(Ticks(1e20, Math.BitIncrement(1e20)).Length < 20);

    [Fact]
    public void Names_of_rows_have_room()
    {
        string name = new('m', 26),
            svg = SvgRenderer.Render(new Chart { Title = "t", Rows = [name], Width = 480, Series = [new Series("", [1], [0], Mark.Dots)] });
        Match m = Regex.Match(svg, $"<text x=\"([\\d.]+)\" y=\"[\\d.]+\" text-anchor=\"end\" fill=\"var\\(--soft\\)\">{name}<");
        Assert.True(m.Success && Of(m, 1) >= 26 * 6.4, svg[..200]);
    }
}
