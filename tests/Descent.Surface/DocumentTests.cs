using System.Diagnostics;
using System.Text.RegularExpressions;

namespace Descent.Surface;

/// <summary>Documents are checked against the program; with DESCENT_ACCEPT=1 (eng/accept) the generated parts are rewritten.</summary>
public class DocumentTests
{
    internal static void Generated(string file, string name, string argument, string expected)
    {
        string path = Path.Combine(Repository.Root, file), text = File.ReadAllText(path);
        Regex part = new($@"(<!-- {name}: {Regex.Escape(argument)}[^\n]* -->\n)(.*?)(<!-- /{name} -->)", RegexOptions.Singleline);
        Match m = part.Match(text);
        Assert.True(m.Success, $"{file} has no part '{name}'.");
        if (Repository.Accepting) File.WriteAllText(path, part.Replace(text, _ => m.Groups[1].Value + expected + m.Groups[3].Value));
        else Assert.Equal(expected, m.Groups[2].Value);
    }

    [Fact]
    public void The_page_on_losses_shows_the_sample_that_is_built() =>
        Generated("docs/autodiff.md", "example", "samples/Density/Program.cs",
            "```csharp\n" + Repository.Text("samples/Density/Program.cs") + "```\n");

    [Fact]
    public void The_page_on_mixtures_shows_the_sample_that_is_built() =>
        Generated("docs/mixtures.md", "example", "samples/Mixture/Program.cs", "```csharp\n"
            + Repository.Text("samples/Mixture/Program.cs") + "```\n");

    [Fact]
    public void The_page_on_root_search_shows_the_sample_that_is_built() =>
        Generated("docs/methods/robbins-monro.md", "example", "samples/TwoTimeScales/Program.cs", "```csharp\n"
            + Repository.Text("samples/TwoTimeScales/Program.cs") + "```\n");

    [Fact]
    public void The_page_on_formulas_shows_the_sample_that_is_built() =>
        Generated("docs/formulas.md", "program", "samples/Formulas/Program.cs", "```csharp\n"
            + Repository.Text("samples/Formulas/Program.cs") + "```\n");

    [Fact]
    public void The_three_lines_are_the_sample_that_is_built() =>
        Generated("README.md", "three-lines", "samples/ThreeLines/Program.cs",
            "```csharp\n" + Repository.Text("samples/ThreeLines/Program.cs") + "```\n");

    [Fact]
    public void A_loss_of_ones_own_is_the_sample_that_is_built_and_takes_less_than_ten_lines()
    {
        string sample = Repository.Text("samples/OwnLoss/Program.cs");
        Generated("README.md", "own-loss", "samples/OwnLoss/Program.cs", "```csharp\n" + sample + "```\n");
        Assert.InRange(sample.Split('\n')
            .Count(l => l.Length > 0 && !l.StartsWith("using", StringComparison.Ordinal) && !l.StartsWith("//", StringComparison.Ordinal)),
            1, 9);
    }

    // scipy 1.10, Newton steps on np.mean(np.log(np.cosh(x*p[0]+p[1]-y))) of iris: 0.41548165, -0.36300094.
    [Theory]
    [InlineData("OwnLoss", "petal_width = 0.41548 petal_length + -0.36300. Converged")]
    [InlineData("ThreeLines", "Data         samples/iris.csv: 150 rows")]
    [InlineData("Formulas", "Data         samples/iris.csv: 150 rows")]
    [InlineData("Mixture", "Data         samples/iris.csv: 150 rows, 2 of 5 columns used")]
    [InlineData("Density", "location 3.01, scale 0.50")]
    // Boyan (1999): the values of the chain are −2s, so the weights are −24, −16, −8, 0.
    [InlineData("TwoTimeScales", "θ = (-24.0, -16.0, -8.0, 0.0)")]
    [InlineData("Ring", "mean loss")]
    public void Samples_run(string sample, string begins)
    {
        ProcessStartInfo start = new("dotnet", [Path.Combine(AppContext.BaseDirectory, sample + ".dll")])
        {
            RedirectStandardOutput = true,
            WorkingDirectory = Repository.Root,
        };
        using Process p = Process.Start(start)!;
        string output = p.StandardOutput.ReadToEnd();
        p.WaitForExit();
        Assert.Equal(0, p.ExitCode);
        Assert.StartsWith(begins, output, StringComparison.Ordinal);
    }

    [Fact]
    public void The_example_is_the_sample_that_is_built() =>
        Generated("README.md", "example", "samples/Quickstart/Program.cs",
            "```csharp\n" + Repository.Text("samples/Quickstart/Program.cs") + "```\n");

    [Fact]
    public void The_sample_runs_and_is_certified()
    {
        ProcessStartInfo start = new("dotnet",
            [Path.Combine(AppContext.BaseDirectory, "Quickstart.dll"), Path.Combine(Repository.Root, "samples/iris.csv")])
        { RedirectStandardOutput = true };
        using Process p = Process.Start(start)!;
        string output = p.StandardOutput.ReadToEnd();
        p.WaitForExit();
        Assert.Equal(0, p.ExitCode);
        Assert.StartsWith("Converged after", output, StringComparison.Ordinal);
    }

    [Fact]
    public void The_readme_names_commands_that_exist()
    {
        string readme = Repository.Text("README.md"), program = Repository.Text("src/Descent.Cli/Program.cs");
        string[] commands = [.. Regex.Matches(readme, @"^\| `descent ([\w-]+)", RegexOptions.Multiline).Select(m => m.Groups[1].Value)];
        Assert.Equal(Regex.Count(program, @"\w+Command\.Build\("), commands.Length);
        foreach (string c in commands)
            Assert.Contains(string.Concat(c.Split('-').Select(w => char.ToUpperInvariant(w[0]) + w[1..])) + "Command.Build(", program,
                StringComparison.Ordinal);
        Assert.Contains("dotnet run -c Release --project src/Descent.Cli -- fit samples/iris.csv --target species=setosa --features "
            + "sepal_length --model logistic", readme, StringComparison.Ordinal);
    }

    /// <summary>The pages that a user of the command line reads.</summary>
    static IEnumerable<string> Documents() =>
        ["README.md",
            .. Directory.EnumerateFiles(Path.Combine(Repository.Root, "docs"), "*.md").Select(f => "docs/" + Path.GetFileName(f))
            .Order(StringComparer.Ordinal)];

    [Fact]
    public void Options_in_documents_exist()
    {
        string options = string.Concat(Repository.Sources("src/Descent.Cli").Select(File.ReadAllText));
        foreach (string file in Documents())
            foreach (Match m in Regex.Matches(Repository.Text(file), @"(?<![\w-])--[a-z][a-z0-9-]+"))
                // Those of the build tool, of mpirun and of Slurm are theirs.
                if (m.Value is not ("--project" or "--host" or "--mca" or "--nodes" or "--ntasks-per-node" or "--requeue"))
                    Assert.Contains($"\"{m.Value}\"", options, StringComparison.Ordinal);
    }

    [Fact]
    public void The_rules_of_auto_in_the_docs_name_methods_of_the_catalogue()
    {
        foreach (Match m in Regex.Matches(Repository.Text("docs/choosing.md"), @"^\| [^|]+ \| `([a-z-]+)` \|", RegexOptions.Multiline))
            Assert.NotNull(Catalogue.Find(m.Groups[1].Value));
    }

    [Fact]
    public void Every_link_between_documents_leads_somewhere()
    {
        foreach (string file in new[] { "README.md", "ARCHITECTURE.md", "CONTRIBUTING.md" })
            foreach (Match m in Regex.Matches(Repository.Text(file), @"\]\((?!http)([^)#]+)\)"))
                Assert.True(File.Exists(Path.Combine(Repository.Root, m.Groups[1].Value)), m.Value);
    }
}
