namespace Descent.Surface;

/// <summary>Tests lie where what they test lies: a folder of tests has the name of a folder of its project.</summary>
public class MirrorTests
{
    // Folders of tests that test no one folder, each with the reason.
    static readonly Dictionary<string, string> OfTheirOwn = new()
    {
        ["Descent.Tests/Conformance"] = "every method of the catalogue on every problem",
        ["Descent.Tests/Recursions"] = "every published recursion a second time, across the folders of rules, estimators and methods",
        ["Descent.Fitting.Tests/Paths"] = "every door of a path of penalties, against references, across specs, fits and export",
        ["Descent.Mixtures.Tests/Latent"] = "every way of EM of the core, on models of mixtures",
        ["Descent.Cli.Tests/References"] = "every question of a fitted model, against R and scikit-learn, through the command line",
        ["Descent.Cli.Tests/Inputs"] = "every way that an input is read or refused, through the command line",
        ["Descent.Cli.Tests/data"] = "small tables that tests read",
    };

    [Fact]
    public void A_folder_of_tests_is_a_folder_of_its_project()
    {
        string[] strangers = [.. Folders().Where(f => !Directory.Exists(Source(f))).Order(StringComparer.Ordinal)];
        Assert.Equal(OfTheirOwn.Keys.Order(StringComparer.Ordinal), strangers);
    }

    // Types at the root of a project have their tests there; these projects have none, or programs only.
    [Theory]
    [InlineData("Descent.Autodiff.Tests")]
    [InlineData("Descent.Cli.Tests")]
    [InlineData("Descent.Data.Tests")]
    [InlineData("Descent.Models.Tests")]
    [InlineData("Descent.Numerics.Tests")]
    public void Tests_of_a_project_of_folders_lie_in_folders(string project) =>
        Assert.Empty(Directory.EnumerateFiles(Path.Combine(Repository.Root, "tests", project), "*Tests.cs"));

    [Fact]
    public void A_namespace_of_tests_is_its_folder()
    {
        foreach (string folder in Folders()
            .Where(f => !OfTheirOwn.ContainsKey(f) || OfTheirOwn[f].StartsWith("every", StringComparison.Ordinal)))
            foreach (string file in Directory.EnumerateFiles(Path.Combine(Repository.Root, "tests", folder), "*.cs"))
                Assert.Contains($"namespace {folder.Replace('/', '.')};", File.ReadAllText(file), StringComparison.Ordinal);
    }

    static IEnumerable<string> Folders() => Directory.EnumerateDirectories(Path.Combine(Repository.Root, "tests"), "*.Tests")
        .SelectMany(Directory.EnumerateDirectories)
        .Select(f => Path.GetRelativePath(Path.Combine(Repository.Root, "tests"), f).Replace('\\', '/'))
        .Where(f => f.Split('/')[1] is not ("bin" or "obj"));

    static string Source(string folder)
    {
        string project = folder.Split('/')[0];
        return Path.Combine(Repository.Root, "src", project[..^".Tests".Length], folder.Split('/')[1]);
    }
}
