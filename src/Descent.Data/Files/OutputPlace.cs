using System.Security.Cryptography;

namespace Descent.Data.Files;

/// <summary>A destination: where a path that was given leads, and what is there now.</summary>
/// <param name="Given">The path as given, for messages.</param>
/// <param name="Target">The full path that links lead to.</param>
/// <param name="Facts">What is there.</param>
sealed record OutputPlace(string Given, string Target, PathFacts Facts)
{
    /// <summary>Looks at a destination; nothing is opened or changed.</summary>
    /// <exception cref="IOException">The path cannot be followed; the message names it.</exception>
    public static OutputPlace Of(IFileSystem files, string path)
    {
        if (path.Length == 0 || path.Contains('\0', StringComparison.Ordinal))
            throw new IOException($"'{path.Replace("\0", "\\0", StringComparison.Ordinal)}' is no path");
        try
        {
            // A descriptor of a process is not resolved: the stream behind it is meant, not the file that it may lead to.
            if (StandardStreams.IsDescriptor(path)) return new OutputPlace(path, path, new PathFacts(PathKind.Stream, null, 0, null));
            string target = files.Resolve(path);
            return new OutputPlace(path, target, files.Look(target));
        }
        catch (Exception e) when (IsRefusal(e))
        {
            throw Refused(path, e);
        }
    }

    /// <summary>The folder of the target.</summary>
    public string Folder => Path.GetDirectoryName(Target) ?? Target;

    /// <summary>A name beside the target that nobody can guess and that is short in every language.</summary>
    public string NewPart() => Path.Combine(Folder, $".descent-{RandomNumberGenerator.GetHexString(20, lowercase: true)}.part");

    /// <summary>Whether a name is one that <see cref="NewPart"/> gives: what a process that was killed leaves behind.</summary>
    public static bool IsPart(string name) =>
        name.Length == 34 && name.StartsWith(".descent-", StringComparison.Ordinal) && name.EndsWith(".part", StringComparison.Ordinal);

    /// <summary>Whether an exception is the system refusing something of a file.</summary>
    public static bool IsRefusal(Exception e) =>
        e is IOException or UnauthorizedAccessException or System.Security.SecurityException or NotSupportedException or ArgumentException;

    /// <summary>The error that names the path.</summary>
    public static IOException Refused(string path, Exception e) => new($"{path}: cannot be written ({Reason(e)})", e);

    // The platform's messages end with the path that the system was asked for, which is a temporary name here.
    static string Reason(Exception e)
    {
        string text = e.Message.TrimEnd('.');
        int at = text.IndexOf(" : '", StringComparison.Ordinal);
        return e switch
        {
            UnauthorizedAccessException => "access is denied",
            DirectoryNotFoundException => "its folder is missing",
            FileNotFoundException => "no file can be made there",
            _ => at > 0 ? text[..at] : text,
        };
    }
}
