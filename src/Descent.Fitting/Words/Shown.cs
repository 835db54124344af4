using System.Globalization;
using System.Text;

namespace Descent.Fitting.Words;

/// <summary>
/// Text that is safe to show. Names, levels and file names come from anywhere, and a terminal obeys what is in them: characters that
/// command it (escapes and other controls, C1 codes, marks that turn the direction of writing) are shown as <c>\x1B</c> or <c>\u202E</c>
/// instead.
/// </summary>
static class Shown
{
    /// <summary>The text in one line: line feeds and tabs are shown, too.</summary>
    public static string Line(string s) => Of(s, line: true);

    /// <summary>The text; in one line, line feeds and tabs are shown, too.</summary>
    public static string Of(string s, bool line)
    {
        if (!s.Any(c => Commands(c, line))) return s;
        StringBuilder shown = new(s.Length + 16);
        foreach (char c in s)
        {
            if (!Commands(c, line)) shown.Append(c);
            else if (c < 256) shown.Append(CultureInfo.InvariantCulture, $"\\x{(int)c:X2}");
            else shown.Append(CultureInfo.InvariantCulture, $"\\u{(int)c:X4}");
        }
        return shown.ToString();
    }

    static bool Commands(char c, bool line) => c is '\n' or '\t' ? line
        : char.IsControl(c) || c is '\u2028' or '\u2029' or '\u061C' or '\u200E' or '\u200F' || c is >= '\u202A' and <= '\u202E'
            || c is >= '\u2066' and <= '\u2069';
}
