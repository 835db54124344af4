using System.Security.Cryptography;
using System.Text;
using Descent.Data.Files;

namespace Descent.Data.Caching;

/// <summary>
/// What a cache is of: the files, each by its full path and the digest of its content, and the options that they were read with.
/// </summary>
sealed class CacheKey
{
    /// <summary>Ending of the names of caches.</summary>
    public const string Ending = ".descent-cache";

    readonly (string Path, long Length, DateTime Changed)[] files;
    string? source;

    CacheKey((string Path, long Length, DateTime Changed)[] files, string path, string options) =>
        (this.files, Path, Options) = (files, path, options);

    /// <summary>Where the cache lies.</summary>
    public string Path { get; }

    /// <summary>Files, options and form; another one has a file of its own.</summary>
    public string Options { get; }

    /// <summary>Length and digest of every file, whose content is read for it when it is first asked: another one makes a cache
    /// stale.</summary>
    public string Source => source ??= string.Concat(files.Select(f => $"{f.Length} bytes, XXH3 {LocalFileSystem.Digest(f.Path)}\n"));

    /// <summary>Whether the files are still those that they were when the key was made.</summary>
    public bool IsOfToday => files.All(f => LocalFileSystem.Stamp(f.Path) == f);

    /// <summary>The key of some inputs; null where they cannot be read again, as standard input and pipes.</summary>
    /// <param name="sources">The inputs.</param>
    /// <param name="kind">What is kept of them.</param>
    /// <param name="options">How they are read.</param>
    /// <param name="spec">Where caches lie.</param>
    public static CacheKey? Of(IReadOnlyList<DataSource> sources, string kind, string options, CacheSpec spec)
    {
        (string, long, DateTime)[] stamps = new (string, long, DateTime)[sources.Count];
        StringBuilder all = new(kind);
        for (int k = 0; k < stamps.Length; k++)
        {
            if (sources[k].Path == "-" || LocalFileSystem.Stamp(sources[k].Path) is not { } stamp) return null;
            stamps[k] = stamp;
            all.Append('\n').Append(stamp.Path).Append('\t').Append(sources[k].Encoding);
        }
        all.Append('\n').Append(options);
        string words = all.ToString(), first = System.IO.Path.GetFullPath(sources[0].Path);
        string name = Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(words)))[..16];
        string folder = spec.Folder is { } f ? System.IO.Path.GetFullPath(f) : System.IO.Path.GetDirectoryName(first)!;
        return new CacheKey(stamps, System.IO.Path.Combine(folder, $"{System.IO.Path.GetFileName(first)}.{name}{Ending}"), words);
    }
}
