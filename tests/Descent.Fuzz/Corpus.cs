namespace Descent.Fuzz;

/// <summary>The inputs that mutation starts from: tests/golden/corpus, one folder a loader.
/// Inputs that once broke a loader stay there.</summary>
static class Corpus
{
    public static string Root { get; } = FindRoot();

    public static IReadOnlyList<byte[]> Of(string loader)
    {
        string[] files = Directory.GetFiles(Folder(loader));
        Array.Sort(files, StringComparer.Ordinal);
        return [.. files.Select(File.ReadAllBytes)];
    }

    /// <summary>Where the inputs of a loader lie.</summary>
    public static string Folder(string loader) => Path.Combine(Root, "tests", "golden", "corpus", loader);

    /// <summary>The commit, which seeds the mutations: every commit tries others, and every run of one commit the same.</summary>
    public static ulong Seed()
    {
        string git = Path.Combine(Root, ".git");
        if (File.Exists(git)) git = Path.GetFullPath(File.ReadAllText(git)["gitdir:".Length..].Trim(), Root);
        string head = Path.Combine(git, "HEAD");
        string text = File.Exists(head) ? File.ReadAllText(head).Trim() : "none";
        if (text.StartsWith("ref: ", StringComparison.Ordinal))
        {
            string name = text[5..], common = Path.Combine(git, "commondir");
            string folder = File.Exists(common) ? Path.GetFullPath(File.ReadAllText(common).Trim(), git) : git;
            if (File.Exists(Path.Combine(folder, name))) text = File.ReadAllText(Path.Combine(folder, name)).Trim();
        }
        ulong seed = 14695981039346656037;
        foreach (char c in text) seed = (seed ^ c) * 1099511628211;
        return seed;
    }

    static string FindRoot()
    {
        string folder = AppContext.BaseDirectory;
        while (!File.Exists(Path.Combine(folder, "Descent.slnx"))) folder = Path.GetDirectoryName(folder)!;
        return folder;
    }
}
