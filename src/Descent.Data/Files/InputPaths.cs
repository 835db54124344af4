using System.IO.Enumeration;

namespace Descent.Data.Files;

/// <summary>Names of inputs, with patterns such as <c>data/*.svm.gz</c> written out where the shell has not done it.</summary>
static class InputPaths
{
    /// <summary>
    /// The paths in the order given; one that names nothing and has * or ? in its last part stands for the files of its folder that match,
    /// in ordinal order.
    /// </summary>
    /// <param name="paths">The paths.</param>
    /// <param name="endings">Endings of files that a folder stands for; by default a folder stays one.</param>
    /// <exception cref="DataException">A pattern matches nothing, or a folder has no such file.</exception>
    public static IReadOnlyList<string> Expand(IReadOnlyList<string> paths, IReadOnlyList<string>? endings = null)
    {
        bool IsFolder(string path) => endings is { Count: > 0 } && Directory.Exists(path);
        if (!paths.Any(p => IsPattern(p) || IsFolder(p))) return paths;
        List<string> all = [];
        foreach (string path in paths)
        {
            if (IsPattern(path)) all.AddRange(Matches(path));
            else if (IsFolder(path)) all.AddRange(Within(path, endings!));
            else all.Add(path);
        }
        return all;
    }

    // Names that begin with a point or a line are marks and statistics of the programs that wrote the folder.
    static string[] Within(string folder, IReadOnlyList<string> endings)
    {
        string[] found = [.. Directory.EnumerateFiles(folder).Where(f => Path.GetFileName(f)[0] is not ('.' or '_')
            && endings.Any(e => f.EndsWith(e, StringComparison.OrdinalIgnoreCase))).Order(StringComparer.Ordinal)];
        return found.Length > 0 ? found : throw new DataException($"{folder}: is a directory; expected a data file, or a folder of files "
            + $"that end in {string.Join(", ", endings)}. Name the file inside it.");
    }

    static bool IsPattern(string path) => path.AsSpan().IndexOfAny('*', '?') >= 0 && !path.Contains('\0', StringComparison.Ordinal)
        && !File.Exists(path) && !Directory.Exists(path);

    static string[] Matches(string path)
    {
        string folder = Path.GetDirectoryName(path) ?? "", pattern = Path.GetFileName(path);
        if (folder.AsSpan().IndexOfAny('*', '?') >= 0)
            throw new DataException($"{path}: a pattern is for the names of files, not of folders. Let the shell write it out, or name "
                + $"the folder.");
        string place = folder.Length == 0 ? "." : folder;
        if (!Directory.Exists(place)) throw new DataException($"{path}: there is no folder {place}.");
        // A leading point hides a file from patterns, as in shells; a cache lies beside the data and is none.
        string[] found = [.. Directory.EnumerateFiles(place).Select(f => Path.GetFileName(f))

            .Where(f => (f[0] != '.' || pattern[0] == '.') && !f.EndsWith(Caching.CacheKey.Ending, StringComparison.Ordinal))
            .Where(f => FileSystemName.MatchesSimpleExpression(pattern, f, ignoreCase: false))
            .Order(StringComparer.Ordinal)];
        return found.Length > 0 ? [.. found.Select(f => Path.Combine(folder, f))]
            : throw new DataException($"{path}: no file matches this pattern. Check the folder and the ending.");
    }
}
