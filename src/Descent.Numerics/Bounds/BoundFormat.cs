using System.Globalization;

namespace Descent.Numerics;

/// <summary>Bounds as text that is still a bound: rounded in their own direction, never to the nearest.</summary>
/// <remarks>In the invariant culture, as <c>G</c> writes numbers. NaN, 0 and infinities are written as they are.</remarks>
public static class BoundFormat
{
    /// <summary>An upper bound: the least number of so many digits that is not below x.</summary>
    /// <param name="x">The bound.</param>
    /// <param name="digits">1 to 15 digits.</param>
    public static string AtMost(double x, int digits = 4) => Directed(x, digits, up: true);

    /// <summary>A lower bound: the largest number of so many digits that is not above x.</summary>
    /// <param name="x">The bound.</param>
    /// <param name="digits">1 to 15 digits.</param>
    public static string AtLeast(double x, int digits = 4) => Directed(x, digits, up: false);

    static long Pow10(int n) => (long)Math.Pow(10, n);

    // The nearest number, or the one beside it where that lies on the wrong side.
    static string Directed(double x, int digits, bool up)
    {
        string written = x.ToString("G" + digits, CultureInfo.InvariantCulture);
        if (x == 0 || !double.IsFinite(x)) return written;
        double near = double.Parse(written, CultureInfo.InvariantCulture);
        if (up ? near >= x : near <= x) return written;
        string[] parts = Math.Abs(x).ToString("E" + (digits - 1), CultureInfo.InvariantCulture).Split('E');
        long size = long.Parse(parts[0].Replace(".", "", StringComparison.Ordinal), CultureInfo.InvariantCulture);
        int exponent = int.Parse(parts[1], CultureInfo.InvariantCulture) - (digits - 1);
        // Away from 0 where the direction is that of the sign, towards it otherwise; below a power of ten lie numbers of finer last digits.
        if (up == x > 0) size++;
        else if (size == Pow10(digits - 1)) (size, exponent) = (Pow10(digits) - 1, exponent - 1);
        else size--;
        double beside = double.Parse($"{(x < 0 ? "-" : "")}{size}E{exponent}", CultureInfo.InvariantCulture);
        return beside.ToString("G" + digits, CultureInfo.InvariantCulture);
    }
}
