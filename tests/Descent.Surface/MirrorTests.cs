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
        ["Descent.Cli.Tests/data"] = "small tables that tests read",
    };

    [Fact]
    public void A_folder_of_tests_is_a_folder_of_its_project()
    {
        string[] strangers = [.. Folders().Where(f => !Directory.Exists(Source(f))).Order(StringComparer.Ordinal)];
        Assert.Equal(OfTheirOwn.Keys.Order(StringComparer.Ordinal), strangers);
    }

    [Fact]
    public void Tests_of_numerics_data_and_models_lie_in_folders()
    {
        foreach (string project in new[] { "Descent.Data.Tests", "Descent.Models.Tests", "Descent.Numerics.Tests" })
            Assert.Empty(Directory.EnumerateFiles(Path.Combine(Repository.Root, "tests", project), "*Tests.cs"));
    }

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
