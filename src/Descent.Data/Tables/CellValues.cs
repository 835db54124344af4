using System.Globalization;
using Descent.Data.Text;

namespace Descent.Data;

/// <summary>
/// Typed values as a CSV of them would have them: numbers are the doubles nearest to their shortest decimal writing, other values are
/// their texts. So a single 0.1 is the double 0.1, and a column gives the same bits whether it is read typed or as text.
/// </summary>
public static class CellValues
{
    /// <summary>The double nearest to the shortest decimal that names a single.</summary>
    public static double Number(float value)
    {
        // Small whole numbers are written as they are.
        if (value == MathF.Floor(value) && MathF.Abs(value) < 1e7f) return value;
        if (!float.IsFinite(value)) return value;
        Span<byte> digits = stackalloc byte[32];
        return value.TryFormat(digits, out int length, "R", CultureInfo.InvariantCulture)
            && NumberParser.TryParseAll(digits[..length], out double x) ? x : value;
    }

    /// <summary>The double nearest to a half-precision number's shortest decimal.</summary>
    public static double Number(Half value)
    {
        if (!Half.IsFinite(value)) return (double)value;
        Span<byte> digits = stackalloc byte[32];
        return value.TryFormat(digits, out int length, "R", CultureInfo.InvariantCulture)
            && NumberParser.TryParseAll(digits[..length], out double x) ? x : (double)value;
    }

    /// <summary>The double nearest to a decimal number.</summary>
    public static double Number(decimal value)
    {
        Span<byte> digits = stackalloc byte[40];
        return value.TryFormat(digits, out int length, default, CultureInfo.InvariantCulture)
            && NumberParser.TryParseAll(digits[..length], out double x) ? x : (double)value;
    }

    /// <summary>The double nearest to a decimal number written out; NaN where it is none.</summary>
    public static double Number(string decimalDigits)
    {
        ArgumentNullException.ThrowIfNull(decimalDigits);
        return NumberParser.TryParseAll(System.Text.Encoding.UTF8.GetBytes(decimalDigits), out double x) ? x : double.NaN;
    }

    /// <summary>A decimal of any number of digits, written out: <c>unscaled·10^(−scale)</c>.</summary>
    /// <param name="unscaled">Its digits.</param>
    /// <param name="scale">How many of them stand behind the point, 0 to 76.</param>
    public static string Text(BigInteger unscaled, int scale)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(scale);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(scale, 76);
        string digits = BigInteger.Abs(unscaled).ToString(CultureInfo.InvariantCulture).PadLeft(scale + 1, '0');
        string sign = unscaled.Sign < 0 ? "-" : "";
        return scale == 0 ? sign + digits : $"{sign}{digits[..^scale]}.{digits[^scale..]}";
    }

    /// <summary>A truth value in small letters, <c>true</c> or <c>false</c>.</summary>
    public static string Text(bool value) => value ? "true" : "false";

    /// <summary>The shortest writing that is read as the same double.</summary>
    public static string Text(double value) => value.ToString("R", CultureInfo.InvariantCulture);

    /// <summary>A date as year, month and day: <c>2024-01-31</c>.</summary>
    public static string Text(DateOnly value) => value.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);

    /// <summary><c>2024-01-31 10:20:30</c>, with a fraction of a second where there is one, and <c>+00</c> behind it for UTC.</summary>
    public static string Text(DateTime value) => value.ToString("yyyy-MM-dd HH:mm:ss.FFFFFFF", CultureInfo.InvariantCulture)
        + (value.Kind == DateTimeKind.Utc ? "+00" : "");

    /// <summary>The moment in UTC, as <c>2024-01-31 10:20:30+00</c>.</summary>
    public static string Text(DateTimeOffset value) => Text(value.UtcDateTime);

    /// <summary><c>10:20:30</c>, with a fraction of a second where there is one.</summary>
    public static string Text(TimeOnly value) => value.ToString("HH:mm:ss.FFFFFFF", CultureInfo.InvariantCulture);

    /// <summary>Hours, minutes and seconds; days before them where there are some.</summary>
    public static string Text(TimeSpan value) => value.ToString(null, CultureInfo.InvariantCulture);
}
