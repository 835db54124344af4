using System.Globalization;

namespace Descent.Fitting.Words;

/// <summary>Text as a field of a CSV file that any reader reads back, and that no spreadsheet runs.</summary>
static class CsvText
{
    /// <summary>
    /// The field, quoted where it holds what separates fields or lines. A text that a spreadsheet would take for a formula (it begins with
    /// =, +, −, @, a tab or a carriage return, and is no number) gets an apostrophe in front, which spreadsheets take for "this is text".
    /// </summary>
    public static string Field(string s)
    {
        bool formula = IsFormula(s);
        if (!formula && s.AsSpan().IndexOfAny(",\"\n\r") < 0) return s;
        return "\"" + (formula ? "'" : "") + s.Replace("\"", "\"\"", StringComparison.Ordinal) + "\"";
    }

    /// <summary>Whether a spreadsheet would run the text.</summary>
    public static bool IsFormula(string s) =>
        s.Length > 0 && s[0] is '=' or '+' or '-' or '@' or '\t' or '\r'
            && !double.TryParse(s, NumberStyles.Float, CultureInfo.InvariantCulture, out _);
}
