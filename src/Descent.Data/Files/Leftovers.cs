namespace Descent.Data.Files;

/// <summary>Half-written files of processes that were killed: nothing removes them at the time, so the next writer does.</summary>
static class Leftovers
{
    /// <summary>
    /// Removes files under temporary names that begin as files of one kind do, or are empty, and that no process holds open: one that is
    /// being written is locked by its writer.
    /// </summary>
    /// <param name="folder">Where they lie.</param>
    /// <param name="magic">How files of the kind begin.</param>
    public static void Remove(string folder, ReadOnlySpan<byte> magic)
    {
        try
        {
            foreach (string path in Directory.EnumerateFiles(folder, ".descent-*.part"))
                if (OutputPlace.IsPart(Path.GetFileName(path)) && IsLeft(path, magic)) File.Delete(path);
        }
        catch (Exception e) when (OutputPlace.IsRefusal(e))
        {
            // They are in nobody's way.
        }
    }

    static bool IsLeft(string path, ReadOnlySpan<byte> magic)
    {
        try
        {
            using FileStream file = new(path, FileMode.Open, FileAccess.ReadWrite, FileShare.None, 1);
            Span<byte> head = stackalloc byte[magic.Length];
            int got = file.ReadAtLeast(head, head.Length, throwOnEndOfStream: false);
            return magic.StartsWith(head[..got]);
        }
        catch (Exception e) when (OutputPlace.IsRefusal(e))
        {
            return false;
        }
    }
}
