namespace Descent.Data.Files;

/// <summary>
/// Writes a file so that at every moment the old one or the new one is there whole: under a random name in the same folder, created
/// exclusively, put on the disk, renamed, and the folder put on the disk. Links are written through to their target, whose permissions are
/// kept; devices and pipes are written as they are.
/// </summary>
static class FileWriter
{
    /// <summary>
    /// Looks whether a file could be written, by making one beside it and removing it again; missing folders are not made.
    /// </summary>
    /// <exception cref="IOException">It could not; the message names the path.</exception>
    public static OutputPlace Probe(IFileSystem files, string path)
    {
        OutputPlace place = OutputPlace.Of(files, path);
        RequireNoFolder(place);
        if (place.Facts.Kind == PathKind.Stream) return place;
        try
        {
            if (place.Facts.Kind == PathKind.File) files.RequireWritable(place.Target);
            ProbeFolder(files, place.Folder);
        }
        catch (Exception e) when (OutputPlace.IsRefusal(e))
        {
            throw OutputPlace.Refused(path, e);
        }
        return place;
    }

    /// <summary>Writes a file.</summary>
    /// <exception cref="IOException">It could not be written; the message names the path, and what was there before is there
    /// still.</exception>
    public static void Write(IFileSystem files, string path, Action<IOutputStream> content)
    {
        OutputPlace place = OutputPlace.Of(files, path);
        RequireNoFolder(place);
        try
        {
            if (place.Facts.Kind == PathKind.Stream) WriteThrough(files, place.Target, content);
            else Replace(files, place, content);
        }
        catch (Exception e) when (OutputPlace.IsRefusal(e))
        {
            throw OutputPlace.Refused(path, e);
        }
    }

    /// <summary>Writes bytes.</summary>
    public static void Write(IFileSystem files, string path, ReadOnlyMemory<byte> bytes) => Write(files, path, o => o.Write(bytes.Span));

    /// <summary>Writes bytes behind the end of a file, or into a new one.</summary>
    public static void Append(IFileSystem files, string path, ReadOnlySpan<byte> bytes)
    {
        try
        {
            using IOutputStream end = files.OpenEnd(path);
            end.Write(bytes);
            end.Flush();
        }
        catch (Exception e) when (OutputPlace.IsRefusal(e))
        {
            throw OutputPlace.Refused(path, e);
        }
    }

    /// <summary>Fails unless a file can be made in a folder, or in the first of its parents that is there.</summary>
    public static void ProbeFolder(IFileSystem files, string folder)
    {
        while (files.Look(folder).Kind == PathKind.Missing && Path.GetDirectoryName(folder) is { Length: > 0 } above) folder = above;
        if (files.Look(folder).Kind != PathKind.Folder) throw new IOException($"{folder} is not a folder");
        string part = new OutputPlace(folder, Path.Combine(folder, "x"), default).NewPart();
        Parts.Begin(part, files);
        files.Create(part, null).Dispose();
        files.DeleteFile(part);
        Parts.End(part);
    }

    static void WriteThrough(IFileSystem files, string target, Action<IOutputStream> content)
    {
        using IOutputStream o = files.OpenStream(target);
        content(o);
        o.Flush();
    }

    static void Replace(IFileSystem files, OutputPlace place, Action<IOutputStream> content)
    {
        if (files.Look(place.Folder).Kind == PathKind.Missing) files.CreateFolder(place.Folder, null);
        if (place.Facts.Kind == PathKind.File) files.RequireWritable(place.Target);
        string part = place.NewPart();
        IOutputStream o = files.Create(part, place.Facts.Mode);
        Parts.Begin(part, files);
        try
        {
            using (o)
            {
                content(o);
                o.Flush();
            }
            files.Rename(part, place.Target);
        }
        catch
        {
            Parts.Remove(files, part);
            throw;
        }
        Parts.End(part);
        files.FlushFolder(place.Folder);
    }

    static void RequireNoFolder(OutputPlace place)
    {
        bool named = place.Given[^1] is '/' || place.Given[^1] == Path.DirectorySeparatorChar;
        if (place.Facts.Kind == PathKind.Folder || named)
            throw new IOException($"{place.Given}: is a folder; expected the name of a file, for example "
                + $"{Path.Combine(place.Given, "out")}");
    }
}
