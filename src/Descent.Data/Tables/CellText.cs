using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;
using Descent.Data.Text;

namespace Descent.Data;

/// <summary>Tells numbers, missing values and words apart, by the words for missing and the decimal sign of a file.</summary>
sealed partial class CellText(IReadOnlyCollection<string> missingWords, char decimalSign)
{
    readonly HashSet<string> missing = [.. missingWords];
    readonly double[] missingNumbers = NumbersIn(missingWords);

    public char DecimalSign { get; } = decimalSign;

    /// <summary>
    /// Whether a cell may be read as a number without a look at its text: the sign is the point and no number means a missing value.
    /// </summary>
    public bool IsPlain => DecimalSign == '.' && missingNumbers.Length == 0;

    public bool IsMissing(double value) => missingNumbers.Contains(value);

    public bool IsMissing(ReadOnlySpan<char> text) => IsMissingWord(text.Trim(' '));

    bool IsMissingWord(ReadOnlySpan<char> field) =>
        field.Length == 0
            || (field.Length <= 4 && (field is "NA" or "N/A" or "n/a" or "NaN" or "nan" or "NAN" or "null" or "NULL" or "None" or "?"))
        || (missing.Count > 0 && missing.GetAlternateLookup<ReadOnlySpan<char>>().Contains(field));

    public CellKind KindOf(ReadOnlySpan<byte> field)
    {
        if (field.Length == 0) return CellKind.Missing;
        if (TryNumber(field, out double x))
            return IsMissing(x) ? CellKind.Missing : double.IsFinite(x) ? CellKind.Number : CellKind.NotFinite;
        string t = Encoding.UTF8.GetString(field);
        if (IsMissing(t)) return CellKind.Missing;
        if (IsInfinite(t)) return CellKind.NotFinite;
        return DressOf(t) is null ? CellKind.Word : CellKind.Dressed;
    }

    /// <summary>
    /// A number in the file's own writing. With a decimal comma a point is no part of one: it would be a thousands separator as well as a
    /// decimal point.
    /// </summary>
    public bool TryNumber(ReadOnlySpan<byte> field, out double value)
    {
        field = field.Trim((byte)' ');
        if (DecimalSign != ',') return NumberParser.TryParseAll(field, out value);
        value = 0;
        if (field.Length > 1000 || field.Contains((byte)'.')) return false;
        Span<byte> copy = stackalloc byte[field.Length];
        field.CopyTo(copy);
        copy.Replace((byte)',', (byte)'.');
        return NumberParser.TryParseAll(copy, out value);
    }

    /// <summary>What keeps a number from being one, with what to do about it; null for words.</summary>
    public string? DressOf(string t)
    {
        if (!MayBeDressed(t)) return null;
        if (Comma().IsMatch(t))
            return ThreePlaces().IsMatch(t)
                ? "a comma, which may be a decimal comma or a thousands separator: say `DecimalSign = ,` for the one, or take the "
                + "commas out for the other" : "a decimal comma: say `DecimalSign = ,` if the whole file is written so";
        if (DecimalSign == ',' && Point().IsMatch(t))
            return "a point, where the decimal sign of this file is the comma: take thousands separators out, or say `DecimalSign = .`";
        if (Grouped().IsMatch(t)) return "thousands separators: take them out";
        if (Percent().IsMatch(t)) return "a percent sign: take it out";
        if (Money().IsMatch(t)) return "a currency sign: take it out";
        if (Minus().IsMatch(t)) return "a minus sign that is not the ASCII '-': replace it";
        return null;
    }

    /// <summary>Whether the text is a number only with a decimal comma, and no thousands separator can be meant.</summary>
    public static bool HasDecimalComma(string t) => Comma().IsMatch(t) && !ThreePlaces().IsMatch(t);

    /// <summary>One spelling for every number, exactly (1, 1.0, 01, 1e0); texts that are no plain decimal numbers as they are.</summary>
    public string Canonical(string t)
    {
        // Words without a digit are no numbers.
        if (t.AsSpan().IndexOfAnyInRange('0', '9') < 0 || char.IsLetter(t[0])) return t;
        Match m = Plain().Match(DecimalSign == ',' && !t.Contains('.', StringComparison.Ordinal) ? t.Replace(',', '.') : t);
        if (!m.Success || (m.Groups[2].Length == 0 && m.Groups[3].Length == 0)) return t;
        if (!int.TryParse(m.Groups[4].Value is "" ? "0"
            : m.Groups[4].Value, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out int power)
            || Math.Abs(power) > 400) return t;
        string digits = (m.Groups[2].Value + m.Groups[3].Value).TrimStart('0');
        // The value is 0.d₁d₂… · 10^point.
        int point = digits.Length - m.Groups[3].Length + power;
        digits = digits.TrimEnd('0');
        if (digits.Length == 0) return "0";
        string sign = m.Groups[1].Value == "-" ? "-" : "";
        if (point > 21 || point < -6) return $"{sign}{digits[0]}{(digits.Length > 1 ? "." + digits[1..] : "")}e{point - 1}";
        if (point <= 0) return $"{sign}0.{new string('0', -point)}{digits}";
        return point >= digits.Length ? sign + digits.PadRight(point, '0') : $"{sign}{digits[..point]}.{digits[point..]}";
    }

    // The words of infinity, and the NaN that programs write with a sign.
    static bool IsInfinite(string t)
    {
        string word = t.TrimStart('+', '-').ToUpperInvariant();
        return word is "INF" or "INFINITY" or "1.#INF" or "∞" or "1.#IND" or "1.#QNAN" || (word == "NAN" && t.Length == 4);
    }

    // Most words are told from numbers by their first letter or for want of a digit, which is quicker than the patterns below.
    static bool MayBeDressed(string t) => t.AsSpan().IndexOfAnyInRange('0', '9') >= 0
        && (!char.IsLetter(t[0]) || t.StartsWith("US", StringComparison.Ordinal) || t.StartsWith("EUR", StringComparison.Ordinal)
            || t.StartsWith("GBP", StringComparison.Ordinal) || t.StartsWith("CHF", StringComparison.Ordinal)
            || t.StartsWith("A$", StringComparison.Ordinal) || t.StartsWith("C$", StringComparison.Ordinal));

    static double[] NumbersIn(IReadOnlyCollection<string> words)
    {
        List<double> numbers = [];
        foreach (string word in words)
            if (NumberParser.TryParseAll(Encoding.UTF8.GetBytes(word), out double x)) numbers.Add(x);
        return [.. numbers];
    }

    const string Digits = @"(?:[0-9]{1,3}(?:[,.'\u2019 \u00A0\u202F][0-9]{3})+|[0-9]+)(?:[.,][0-9]+)?";

    [GeneratedRegex(@"^[+-]?[0-9]*,[0-9]+(?:[eE][+-]?[0-9]+)?$")]
    private static partial Regex Comma();

    [GeneratedRegex(@"^[+-]?[1-9][0-9]{0,2},[0-9]{3}$")]
    private static partial Regex ThreePlaces();

    [GeneratedRegex(@"^[+-]?[0-9]*\.?[0-9]+(?:\.[0-9]{3})*(?:,[0-9]+)?(?:[eE][+-]?[0-9]+)?$")]
    private static partial Regex Point();

    [GeneratedRegex(@"^[+-]?[0-9]{1,3}(?:[,.'\u2019 \u00A0\u202F][0-9]{3})+(?:[.,][0-9]+)?$")]
    private static partial Regex Grouped();

    [GeneratedRegex(@"^[+-]?" + Digits + @"\s*%$")]
    private static partial Regex Percent();

    [GeneratedRegex(@"^\(?[+-]?\s*(?:(?:US|A|C)?[$€£¥₹]|USD|EUR|GBP|CHF)\s*[+-]?" + Digits + @"\)?$|^\(?[+-]?" + Digits
        + @"\s*(?:[$€£¥₹]|USD|EUR|GBP|CHF)\)?$|^\(" + Digits + @"\)$")]
    private static partial Regex Money();

    [GeneratedRegex(@"^[\u2212\u2013\uFE63\uFF0D]\s*" + Digits + "$")]
    private static partial Regex Minus();

    [GeneratedRegex(@"^([+-]?)([0-9]*)\.?([0-9]*)(?:[eE]([+-]?[0-9]+))?$")]
    private static partial Regex Plain();
}
