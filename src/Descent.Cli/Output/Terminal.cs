using System.Globalization;
using System.Text;

namespace Descent.Cli.Output;

/// <summary>
/// What is shown on a terminal. Names, levels and file names come from anywhere, and a terminal obeys what is in them: characters that
/// command it (escapes and other controls, C1 codes, marks that turn the direction of writing) are shown as <c>\x1B</c> or <c>\u202E</c> instead.
/// </summary>
static class Terminal
{
    /// <summary>A writer that shows control characters; line feeds and tabs pass, for they are ours.</summary>
    public static TextWriter Plain(TextWriter writer) => writer is PlainWriter ? writer : new PlainWriter(writer);

    /// <summary>Writes data for a file or another program as it is; on a terminal it is shown like everything else.</summary>
    public static void WriteData(string text)
    {
        if (Console.Out is PlainWriter plain && Console.IsOutputRedirected) plain.Inner.Write(text);
        else Console.Out.Write(text);
    }

    /// <summary>The text in one line: line feeds and tabs are shown, too.</summary>
    public static string Line(string s) => Show(s, line: true);

    static string Show(string s, bool line)
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
        : char.IsControl(c) || c is '\u2028' or '\u2029' or '\u061C' or '\u200E' or '\u200F' || c is >= '\u202A' and <= '\u202E' || c is >= '\u2066' and <= '\u2069';

    sealed class PlainWriter(TextWriter inner) : TextWriter(CultureInfo.InvariantCulture)
    {
        public TextWriter Inner => inner;

        public override Encoding Encoding => inner.Encoding;

        public override void Write(char value) => inner.Write(Show(value.ToString(), line: false));

        public override void Write(string? value) => inner.Write(value is null ? null : Show(value, line: false));

        public override void Write(char[] buffer, int index, int count) => inner.Write(Show(new string(buffer, index, count), line: false));

        public override void Write(ReadOnlySpan<char> buffer) => inner.Write(Show(buffer.ToString(), line: false));

        public override void WriteLine() => inner.Write('\n');

        public override void WriteLine(string? value) => inner.Write(Show(value ?? "", line: false) + "\n");

        public override void Flush() => inner.Flush();
    }
}
