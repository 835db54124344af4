using System.Collections.Concurrent;

namespace Descent.Data.Files;

/// <summary>Files and folders that are being written under other names, to be removed when the process has to end at once.</summary>
static class Parts
{
    static readonly ConcurrentDictionary<string, IFileSystem> Open = new();

    public static void Begin(string part, IFileSystem files) => Open[part] = files;

    public static void End(string part) => Open.TryRemove(part, out _);

    /// <summary>Removes everything that is half written.</summary>
    public static void RemoveAll()
    {
        foreach (var (part, files) in Open) Remove(files, part);
    }

    /// <summary>Removes a file, or a folder with its files; what cannot be removed stays.</summary>
    public static void Remove(IFileSystem files, string part)
    {
        try
        {
            if (files.Look(part).Kind == PathKind.Folder)
            {
                foreach (string name in files.List(part)) files.DeleteFile(Path.Combine(part, name));
                files.DeleteFolder(part);
            }
            else
            {
                files.DeleteFile(part);
            }
        }
        catch (Exception e) when (OutputPlace.IsRefusal(e))
        {
            // It is no result; a message about it would hide the error that led here.
        }
        End(part);
    }
}
