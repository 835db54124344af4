using System.Text.RegularExpressions;

namespace Descent.Cli.Tests.Output;

/// <summary>docs/paths.md: its command prints what the page shows, to the digit, and its options exist.</summary>
public class PathPageTests
{
    static string Page => File.ReadAllText(Path.Combine(Cli.Root, "docs", "paths.md"));

    static string Between(string part) =>
        Regex.Match(Page, $"<!-- {part} -->\n```\n(.*?)```\n<!-- /{part} -->", RegexOptions.Singleline).Groups[1].Value;

    [Fact]
    public void The_command_of_the_page_prints_the_table_of_the_page()
    {
        string command = Between("example").Trim();
        Assert.StartsWith("descent fit samples/diabetes.csv ", command, StringComparison.Ordinal);
        var (code, text, error) = Cli.Run([.. command.Split(' ').Skip(1).Select(w => w.StartsWith("samples/", StringComparison.Ordinal)
            ? Path.Combine(Cli.Root, w) : w)]);
        Assert.True(code == 0, error);
        string answer = Between("answer");
        Assert.Contains("1 std. error", answer, StringComparison.Ordinal);
        Assert.Contains(answer, text, StringComparison.Ordinal);
    }

    [Fact]
    public void Options_of_the_page_stand_in_the_help()
    {
        string help = Cli.Run("fit", "--help").Out;
        Assert.Contains("\nA path of penalties\n", help, StringComparison.Ordinal);
        foreach (Match m in Regex.Matches(Page, @"(?<![\w-])(--[a-z0-9-]+)")) Assert.Contains(m.Value, help, StringComparison.Ordinal);
    }
}
