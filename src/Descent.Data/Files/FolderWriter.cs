namespace Descent.Data.Files;

/// <summary>
/// Writes a folder of files so that it changes in one step: all files are written into a new folder beside it and put on the disk, and the
/// two are exchanged. A folder that holds anything but the files of an earlier such folder is left alone.
/// </summary>
static class FolderWriter
{
    /// <summary>Looks whether the folder could be written.</summary>
    /// <param name="files">The file system.</param>
    /// <param name="path">The folder.</param>
    /// <param name="own">Whether a name in it is one that may be replaced.</param>
    /// <exception cref="IOException">It could not; the message names the path.</exception>
    public static OutputPlace Probe(IFileSystem files, string path, Predicate<string> own)
    {
        OutputPlace place = Look(files, path, own);
        try
        {
            FileWriter.ProbeFolder(files, place.Folder);
        }
        catch (Exception e) when (OutputPlace.IsRefusal(e))
        {
            throw OutputPlace.Refused(path, e);
        }
        return place;
    }

    /// <summary>Writes the folder.</summary>
    /// <exception cref="IOException">It could not be written; the message names the path, and what was there before is there
    /// still.</exception>
    public static void Write(IFileSystem files, string path, IReadOnlyList<(string Name, Action<IOutputStream> Content)> entries,
        Predicate<string> own)
    {
        OutputPlace place = Look(files, path, own);
        try
        {
            if (files.Look(place.Folder).Kind == PathKind.Missing) files.CreateFolder(place.Folder, null);
            string part = place.NewPart();
            Parts.Begin(part, files);
            try
            {
                Fill(files, part, place.Facts.Mode, entries);
                if (place.Facts.Kind == PathKind.Missing) files.Rename(part, place.Target);
                else files.Exchange(part, place.Target);
            }
            catch
            {
                Parts.Remove(files, part);
                throw;
            }
            Parts.End(part);
            files.FlushFolder(place.Folder);
            // What is under the other name now is the old folder.
            if (place.Facts.Kind == PathKind.Folder) Parts.Remove(files, part);
        }
        catch (Exception e) when (OutputPlace.IsRefusal(e))
        {
            throw OutputPlace.Refused(path, e);
        }
    }

    static OutputPlace Look(IFileSystem files, string path, Predicate<string> own)
    {
        OutputPlace place = OutputPlace.Of(files, Path.TrimEndingDirectorySeparator(path));
        if (place.Facts.Kind is PathKind.File or PathKind.Stream)
            throw new IOException($"{path}: is not a folder; name a new or an empty folder");
        if (place.Facts.Kind == PathKind.Missing) return place;
        string? stranger = files.List(place.Target).Order(StringComparer.Ordinal).FirstOrDefault(n => !own(n));
        if (stranger is not null)
            throw new IOException($"{path}: holds '{stranger}', which is not of a run, and the folder is replaced as a whole; name a "
                + $"new or an empty folder");
        return place;
    }

    static void Fill(IFileSystem files, string part, UnixFileMode? mode,
        IReadOnlyList<(string Name, Action<IOutputStream> Content)> entries)
    {
        files.CreateFolder(part, mode);
        foreach (var (name, content) in entries)
        {
            using IOutputStream o = files.Create(Path.Combine(part, name), null);
            content(o);
            o.Flush();
        }
        files.FlushFolder(part);
    }
}
