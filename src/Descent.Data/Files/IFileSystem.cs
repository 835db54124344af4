namespace Descent.Data.Files;

/// <summary>
/// Everything that is ever done to files that are written. One implementation does it; another, in the tests, fails or stops at each of
/// these calls in turn. Errors are <see cref="IOException"/> and <see cref="UnauthorizedAccessException"/>.
/// </summary>
interface IFileSystem
{
    /// <summary>The full path, with the links that its last part leads through resolved.</summary>
    string Resolve(string path);

    PathFacts Look(string path);

    /// <summary>Creates a file that must not be there yet, not even as a link.</summary>
    IOutputStream Create(string path, UnixFileMode? mode);

    /// <summary>Opens what is there and writes behind nothing: for devices and pipes.</summary>
    IOutputStream OpenStream(string path);

    /// <summary>Opens a file to write behind its end; it is made when it is missing.</summary>
    IOutputStream OpenEnd(string path);

    /// <summary>Fails unless the file that is there may be written; changes nothing.</summary>
    void RequireWritable(string path);

    /// <summary>Puts a file in the place of another, or a folder where there is none, in one step.</summary>
    void Rename(string from, string to);

    /// <summary>Exchanges two folders, in one step where the system can.</summary>
    void Exchange(string one, string other);

    void DeleteFile(string path);

    void CreateFolder(string path, UnixFileMode? mode);

    /// <summary>Deletes an empty folder.</summary>
    void DeleteFolder(string path);

    /// <summary>Names of what lies in a folder.</summary>
    IReadOnlyList<string> List(string folder);

    /// <summary>Has the names in a folder put on the disk.</summary>
    void FlushFolder(string folder);
}
