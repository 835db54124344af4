using Descent.Cli.Output;

namespace Descent.Cli.Tests.Output;

/// <summary>Names and levels come from anywhere: a terminal must not obey them, and a spreadsheet must not run them.</summary>
public sealed class TerminalTests : IDisposable
{
    readonly string folder = Directory.CreateTempSubdirectory("descent-terminal").FullName;

    string In(string name) => Path.Combine(folder, name);

    [Theory]
    [InlineData("\u001b[31m", "\\x1B[31m")]
    [InlineData("\u0007", "\\x07")]
    [InlineData("\r", "\\x0D")]
    [InlineData("\u009b2J", "\\x9B2J")]
    [InlineData("a\u202Eb", "a\\u202Eb")]
    [InlineData("a\u2066b", "a\\u2066b")]
    [InlineData("\u007f", "\\x7F")]
    [InlineData("é – ‖∇F‖ 漢", "é – ‖∇F‖ 漢")]
    public void Characters_that_command_a_terminal_are_shown(string text, string shown)
    {
        Assert.Equal(shown, Shown.Line(text));
        using StringWriter w = new();
        Terminal.Plain(w).Write(text);
        Assert.Equal(shown, w.ToString());
    }

    [Fact]
    public void No_command_prints_an_escape()
    {
        string[] rows = [.. Enumerable.Range(0, 40).Select(i => $"{i},{(i * 7) % 11},\u001b[31mlevel{i % 2}\u0007")];
        File.WriteAllText(In("e.csv"), "\u001b]0;pwned\u0007,b,\u001b[2Jy\n" + string.Join('\n', rows) + "\n");
        string[][] commands =
        [
            ["fit", In("e.csv"), "--target", "\u001b[2Jy", "--l2", "0.1", "--out", In("m.json")], ["inspect", In("e.csv")],
            ["inspect", In("m.json")], ["evaluate", In("m.json"), In("e.csv")],
            ["fit", In("e.csv"), "--target", "no\u001b[31m"], ["fit", In("no\u001b[31m.csv")], ["no\u001b[31m"],
            ["fit", In("e.csv"), "--\u001b[31m"],
        ];
        foreach (string[] c in commands)
        {
            var (_, output, error) = Cli.Run(c);
            Assert.NotEqual("", output + error);
            Assert.DoesNotContain(output + error, ch => char.IsControl(ch) && ch is not ('\n' or '\t'));
        }
    }

    [Theory]
    [InlineData("=1+1", "\"'=1+1\"")]
    [InlineData("+SUM(A1)", "\"'+SUM(A1)\"")]
    [InlineData("-2+3", "\"'-2+3\"")]
    [InlineData("@SUM(A1)", "\"'@SUM(A1)\"")]
    [InlineData("\t=1", "\"'\t=1\"")]
    [InlineData("a\rb", "\"a\rb\"")]
    [InlineData("a\nb", "\"a\nb\"")]
    [InlineData("a\"b", "\"a\"\"b\"")]
    [InlineData("-1", "-1")]
    [InlineData("+1", "+1")]
    [InlineData("-1e5", "-1e5")]
    [InlineData("plain", "plain")]
    [InlineData("", "")]
    public void A_field_is_no_formula_and_is_read_back(string level, string field) => Assert.Equal(field, CsvText.Field(level));

    [Fact]
    public void Predictions_hold_no_formula()
    {
        File.WriteAllText(In("f.csv"),
            "x,y\n" + string.Concat(Enumerable.Range(0, 40).Select(i => $"{i % 9},{(i % 9 > 4 ? "=1+1" : "@SUM(A1)")}\n")));
        Assert.Equal(0, Cli.Run("fit", In("f.csv"), "--target", "y", "--l2", "0.1", "--quiet", "--out", In("m.json")).Code);
        string[] lines = Cli.Run("predict", In("m.json"), In("f.csv")).Out.Split('\n', StringSplitOptions.RemoveEmptyEntries);
        Assert.Equal(41, lines.Length);
        Assert.All(lines.Skip(1),
            l => Assert.True(
                l.StartsWith("\"'=1+1\",", StringComparison.Ordinal) || l.StartsWith("\"'@SUM(A1)\",", StringComparison.Ordinal), l));
    }

    public void Dispose() => Directory.Delete(folder, true);
}
