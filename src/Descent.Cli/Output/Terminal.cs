using System.Globalization;
using System.Text;

namespace Descent.Cli.Output;

/// <summary>
/// Writers that show control characters (<see cref="Shown"/>) instead of passing them to the terminal, and spell settings as options.
/// </summary>
static class Terminal
{
    /// <summary>A writer that shows control characters; line feeds and tabs pass, for they are ours.</summary>
    public static TextWriter Plain(TextWriter writer) => writer is PlainWriter ? writer : new PlainWriter(writer);

    /// <summary>
    /// The same for what is said beside the result: a stream that is full or closed takes nothing more, and the result does not suffer for
    /// it.
    /// </summary>
    public static TextWriter Forgiving(TextWriter writer) => writer is PlainWriter ? writer : new PlainWriter(new ForgivingWriter(writer));

    /// <summary>Writes data for a file or another program as it is; on a terminal it is shown like everything else.</summary>
    public static void WriteData(string text)
    {
        if (Console.Out is PlainWriter plain && Console.IsOutputRedirected) plain.Inner.Write(text);
        else Console.Out.Write(text);
    }

    sealed class ForgivingWriter(TextWriter inner) : TextWriter(CultureInfo.InvariantCulture)
    {
        public override Encoding Encoding => inner.Encoding;

        public override void Write(char value) => Try(() => inner.Write(value));

        public override void Write(string? value) => Try(() => inner.Write(value));

        public override void Flush() => Try(inner.Flush);

        static void Try(Action write)
        {
            try
            {
                write();
            }
            catch (Exception e) when (e is IOException or UnauthorizedAccessException or ObjectDisposedException)
            {
                // There is nowhere left to say it; the exit code and the result remain.
            }
        }
    }

    sealed class PlainWriter(TextWriter inner) : TextWriter(CultureInfo.InvariantCulture)
    {
        public TextWriter Inner => inner;

        public override Encoding Encoding => inner.Encoding;

        public override void Write(char value) => inner.Write(Shown.Of(value.ToString(), line: false));

        public override void Write(string? value) => inner.Write(value is null ? null : Shown.Of(Spelling.Of(value), line: false));

        public override void Write(char[] buffer, int index, int count) =>
            inner.Write(Shown.Of(Spelling.Of(new string(buffer, index, count)), line: false));

        public override void Write(ReadOnlySpan<char> buffer) => inner.Write(Shown.Of(Spelling.Of(buffer.ToString()), line: false));

        public override void WriteLine() => inner.Write('\n');

        public override void WriteLine(string? value) => inner.Write(Shown.Of(Spelling.Of(value ?? ""), line: false) + "\n");

        public override void Flush() => inner.Flush();
    }
}
