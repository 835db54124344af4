using System.Globalization;
using System.Net;
using System.Text.RegularExpressions;

namespace Descent.Reports.Tests.Charts;

/// <summary>The box of a text of an SVG picture, with letters as wide as a wide sans-serif has them.</summary>
readonly record struct Box(string Text, double Left, double Right, double Top, double Bottom)
{
    // Widths by size: 6.4 pixels a letter of 11, 7.6 a bold letter of 13, 5.9 a letter of 10.
    static double Letter(string size) => size switch { "13" => 7.6, "10" => 5.9, _ => 6.4 };

    /// <summary>Boxes of all texts that are not turned.</summary>
    public static List<Box> Of(string svg) =>
        [.. Regex.Matches(svg, "<text x=\"([\\d.-]+)\" y=\"([\\d.-]+)\"(.*?)>(.*?)</text>").Select(m => Of(m.Groups))];

    static Box Of(GroupCollection g)
    {
        double x = double.Parse(g[1].Value, CultureInfo.InvariantCulture), y = double.Parse(g[2].Value, CultureInfo.InvariantCulture);
        string size = Regex.Match(g[3].Value, "font-size=\"(\\d+)\"").Groups[1].Value;
        string text = WebUtility.HtmlDecode(Regex.Replace(g[4].Value, "<[^>]*>", ""));
        double wide = text.Length * Letter(size);
        double left = g[3].Value.Contains("\"end\"", StringComparison.Ordinal)
            ? x - wide
            : g[3].Value.Contains("\"middle\"", StringComparison.Ordinal) ? x - (wide / 2) : x;
        return new Box(text, left, left + wide, y - 8, y + 1);
    }

    /// <summary>Whether two boxes have a point in common.</summary>
    public bool Meets(Box other) => Left < other.Right && other.Left < Right && Top < other.Bottom && other.Top < Bottom;
}
