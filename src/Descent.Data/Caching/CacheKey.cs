using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using Descent.Data.Files;

namespace Descent.Data.Caching;

/// <summary>
/// What a cache is of: the files, each by its full path, length and time of last change, and the options that they were read with.
/// </summary>
/// <param name="Path">Where the cache lies.</param>
/// <param name="Source">Length and time of every file: another one makes a cache stale.</param>
/// <param name="Options">Files, options and form; another one has a file of its own.</param>
sealed record CacheKey(string Path, string Source, string Options)
{
    /// <summary>Ending of the names of caches.</summary>
    public const string Ending = ".descent-cache";

    /// <summary>The key of some inputs; null where they cannot be read again, as standard input and pipes.</summary>
    /// <param name="sources">The inputs.</param>
    /// <param name="kind">What is kept of them.</param>
    /// <param name="options">How they are read.</param>
    /// <param name="spec">Where caches lie.</param>
    public static CacheKey? Of(IReadOnlyList<DataSource> sources, string kind, string options, CacheSpec spec)
    {
        StringBuilder files = new(kind), states = new();
        foreach (DataSource s in sources)
        {
            if (s.Path == "-" || LocalFileSystem.Stamp(s.Path) is not var (path, length, time)) return null;
            files.Append('\n').Append(path).Append('\t').Append(s.Encoding);
            states.Append(CultureInfo.InvariantCulture, $"{length} bytes of {time:O}\n");
        }
        files.Append('\n').Append(options);
        string all = files.ToString(), first = System.IO.Path.GetFullPath(sources[0].Path);
        string name = Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(all)))[..16];
        string folder = spec.Folder is { } f ? System.IO.Path.GetFullPath(f) : System.IO.Path.GetDirectoryName(first)!;
        return new CacheKey(System.IO.Path.Combine(folder, $"{System.IO.Path.GetFileName(first)}.{name}{Ending}"), states.ToString(), all);
    }
}
