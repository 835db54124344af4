using System.Globalization;

namespace Descent.Fitting.Words;

/// <summary>Numbers as text, the same in every culture.</summary>
static class Text
{
    public static string Number(double x, string format = "G6") => x.ToString(format, CultureInfo.InvariantCulture);

    /// <summary>An upper bound: rounded upwards.</summary>
    public static string AtMost(double x, int digits = 4) => BoundFormat.AtMost(x, digits);

    /// <summary>A lower bound: rounded downwards.</summary>
    public static string AtLeast(double x, int digits = 4) => BoundFormat.AtLeast(x, digits);

    public static string Exact(double x) => x.ToString("R", CultureInfo.InvariantCulture);

    /// <summary>A number for a column of figures: fixed when that reads well, scientific otherwise; with enough digits that the ends of an
    /// interval about a large number differ.</summary>
    public static string Figure(double x)
    {
        if (double.IsNaN(x)) return "–";
        double a = Math.Abs(x);
        if (a == 0) return "0";
        return a >= 1e9 ? x.ToString("0.000000000e+00", CultureInfo.InvariantCulture)
            : a < 1e-4 ? x.ToString("0.00000e+00", CultureInfo.InvariantCulture)
            : x.ToString(a >= 100 ? "0.0000" : "0.000000", CultureInfo.InvariantCulture);
    }

    public static string PValue(double p) => double.IsNaN(p) ? "–" : p < 2.2e-16 ? "<2e-16" : p < 1e-4
        ? p.ToString("0.00e+00", CultureInfo.InvariantCulture) : p.ToString("0.00000", CultureInfo.InvariantCulture);

    /// <summary>A name with its article: “an ordinal”, “a linear”.</summary>
    public static string A(string name) => (name.Length > 0 && "aeiou".Contains(name[0]) ? "an " : "a ") + name;

    public static string Count(long n) => n.ToString("N0", CultureInfo.InvariantCulture);

    public static string Bytes(double b) => b switch
    {
        >= 1L << 30 => Number(b / (1L << 30), "0.0") + " GiB",
        >= 1 << 20 => Number(b / (1 << 20), "0.0") + " MiB",
        >= 1 << 10 => Number(b / (1 << 10), "0.0") + " KiB",
        _ => Number(b, "0") + " B",
    };

    public static string Seconds(double s) => s switch
    {
        < 1e-3 => Number(s * 1e6, "0") + " µs",
        < 1 => Number(s * 1e3, "0.0") + " ms",
        < 120 => Number(s, "0.00") + " s",
        _ => Number(s / 60, "0.0") + " min",
    };

    /// <summary>Names one after another, the first twenty of many.</summary>
    public static string Names(IReadOnlyList<string> names) =>
        string.Join(", ", names.Take(20)) + (names.Count > 20 ? $", … ({Count(names.Count)} in all)" : "");

    /// <summary>The same with a capital at the beginning, for a heading.</summary>
    public static string Capital(string s) => s.Length == 0 ? s : char.ToUpperInvariant(s[0]) + s[1..];

    public static string Plural(long n, string one, string? many = null) => $"{Count(n)} {(n == 1 ? one : many ?? one + "s")}";
}
