using System.Globalization;

namespace Descent.Runs;

/// <summary>Upper bounds as text that is still one: rounded upwards, never to the nearest.</summary>
public static class BoundText
{
    /// <summary>The least number of so many digits that is not below x, as <c>G</c> writes it; numbers ≤ 0 and those that are none to the
    /// nearest.</summary>
    /// <param name="x">The bound.</param>
    /// <param name="digits">1 to 15 digits.</param>
    public static string AtMost(double x, int digits = 4)
    {
        string written = x.ToString("G" + digits, CultureInfo.InvariantCulture);
        if (!(x > 0 && double.IsFinite(x)) || double.Parse(written, CultureInfo.InvariantCulture) >= x) return written;
        string[] parts = x.ToString("E" + (digits - 1), CultureInfo.InvariantCulture).Split('E');
        long mantissa = long.Parse(parts[0].Replace(".", "", StringComparison.Ordinal), CultureInfo.InvariantCulture);
        int exponent = int.Parse(parts[1], CultureInfo.InvariantCulture) - (digits - 1);
        double above = double.Parse($"{mantissa + 1}E{exponent}", CultureInfo.InvariantCulture);
        return above.ToString("G" + digits, CultureInfo.InvariantCulture);
    }
}
