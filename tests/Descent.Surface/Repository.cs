namespace Descent.Surface;

/// <summary>The files of the repository.</summary>
static class Repository
{
    public static string Root { get; } = Find();

    /// <summary>Whether documents are to be rewritten instead of checked: only by the accept script.</summary>
    public static bool Accepting => Environment.GetEnvironmentVariable("DESCENT_ACCEPT") == "1";

    public static string Text(string path) => File.ReadAllText(Path.Combine(Root, path));

    public static IEnumerable<string> Sources(string folder) => Directory.EnumerateFiles(Path.Combine(Root, folder), "*.cs",
        SearchOption.AllDirectories)
        .Where(f => !f.Contains("/obj/", StringComparison.Ordinal) && !f.Contains("/bin/", StringComparison.Ordinal));

    static string Find()
    {
        string folder = AppContext.BaseDirectory;
        while (!File.Exists(Path.Combine(folder, "Descent.slnx"))) folder = Path.GetDirectoryName(folder)!;
        return folder;
    }
}
