using System.Text.RegularExpressions;

namespace Descent.Cli.Tests.Output;

/// <summary>docs/proofs.md: its example runs, and prints what the page shows,
/// up to the digits that depend on the last bits of the fit.</summary>
public sealed class ProofPageTests : IDisposable
{
    readonly string folder = Directory.CreateTempSubdirectory("descent").FullName;

    [Fact]
    public void The_example_of_the_page_runs()
    {
        string page = File.ReadAllText(Path.Combine(Cli.Root, "docs", "proofs.md"));
        string[] lines = [.. Between(page, "<!-- example", "<!-- /example -->").Split('\n')
            .Where(l => l.StartsWith("descent ", StringComparison.Ordinal) || l.StartsWith("python3 ", StringComparison.Ordinal))];
        Assert.Equal(3, lines.Length);
        Assert.Equal(0, Run(lines[0]).Code);
        (int code, string output, _) = Run(lines[1]);
        Assert.Equal(0, code);
        string shown = Between(page, "<!-- answer -->", "<!-- /answer -->").Trim('\n', '`');
        Assert.Equal(Shape(shown), Shape(output.Trim()));
        Assert.Equal("python3 eng/check-proof.py iris.proof.json samples/iris.csv", lines[2]);
        if (Python.IsHere)
            Assert.StartsWith("0 Proved: F(w) - inf F <= ", Python.CheckAll($"{In("iris.proof.json")}\t{Cli.Sample("iris.csv")}\n")[0],
                StringComparison.Ordinal);
    }

    [Fact]
    public void Options_and_fields_of_the_page_exist()
    {
        string page = File.ReadAllText(Path.Combine(Cli.Root, "docs", "proofs.md")), help = Cli.Run("fit", "--help").Out,
            proof = In("p.json");
        foreach (Match m in Regex.Matches(page, @"`(--[a-z0-9-]+)")) Assert.Contains(m.Groups[1].Value, help, StringComparison.Ordinal);
        Cli.Run("fit", Cli.Sample("iris.csv"), "-t", "petal_width", "--proof", proof);
        string text = File.ReadAllText(proof);
        foreach (string field in (string[])["data", "problem", "primal", "dual", "shrink", "digests", "objective", "bound", "allowance"])
        {
            Assert.Contains($"`{field}`", page, StringComparison.Ordinal);
            Assert.Contains($"\"{field}\":", text, StringComparison.Ordinal);
        }
    }

    // Two digits of the bound's exponent and sixteen of F are the fit's; the rest must be as on the page.
    static string Shape(string sentence) =>
        Regex.Replace(Regex.Replace(sentence, @"≤ \d\.\d{3}e-3\d", "≤ B"), @"(2\.39454664090738)\d\d", "$1");

    static string Between(string text, string from, string to)
    {
        int start = text.IndexOf('\n', text.IndexOf(from, StringComparison.Ordinal));
        return text[start..text.IndexOf(to, start, StringComparison.Ordinal)];
    }

    string In(string name) => Path.Combine(folder, name);

    (int Code, string Out, string Err) Run(string line) =>
        Cli.Run([.. line.Split(' ').Skip(1)
            .Select(w => w.StartsWith("samples/", StringComparison.Ordinal)
                ? Path.Combine(Cli.Root, w)
                : w == "iris.proof.json" ? In(w) : w)]);

    public void Dispose() => Directory.Delete(folder, true);
}
