using System.Runtime.CompilerServices;

namespace Descent.Data.Files;

/// <summary>
/// Room for rows: an array where memory has room for it, otherwise a file without a name that is mapped. The same code reads both, so that
/// no result depends on which of them it is.
/// </summary>
static class Room
{
    /// <summary>Below this many bytes an array is always taken.</summary>
    const long Small = 1 << 20;

    /// <summary>Folder of the files; that for temporary files unless the user named one.</summary>
    public static string Folder { get; set; } = Path.GetTempPath();

    /// <summary>Room for some elements; its content is undefined.</summary>
    /// <exception cref="DataException">Neither memory nor disk has room.</exception>
    public static Slab<T> Take<T>(long length)
        where T : unmanaged
    {
        long bytes = checked(length * Unsafe.SizeOf<T>());
        if (HasRoom(bytes) && length <= Array.MaxLength) return LargePages.Allocate<T>(length);
        try
        {
            return MappedFile.Scratch(Folder, bytes).Slab<T>(0, length);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new DataException($"{Folder}: {MemoryLimit.Size(bytes)} are more than memory has room for, and no file can be made for "
                + $"them here ({e.Message.TrimEnd('.')}). Name a folder with room with `CacheFolder`, or allow more memory.", e);
        }
    }

    /// <summary>Longer room with the same beginning.</summary>
    /// <param name="old">What there is.</param>
    /// <param name="used">How much of it is copied.</param>
    /// <param name="length">New length.</param>
    public static Slab<T> Grow<T>(Slab<T> old, long used, long length)
        where T : unmanaged
    {
        Slab<T> longer = Take<T>(length);
        old.CopyTo(longer, used);
        return longer;
    }

    /// <summary>Whether an array of so many bytes is taken from memory.</summary>
    public static bool HasRoom(long bytes) => bytes <= Small || bytes + GC.GetTotalMemory(false) <= Share * MemoryLimit.Bytes;

    /// <summary>Whether rows of so many bytes go beyond a limit that the user named, so that they are better visited block after block;
    /// it depends on the two numbers alone.</summary>
    public static bool Exceeds(double bytes) => MemoryLimit.IsNamed && bytes > Share * MemoryLimit.Bytes;

    // The rest is for weights, margins, buffers and, under a limit that was named, the program itself and pages of files.
    static double Share => MemoryLimit.IsNamed ? 0.25 : 0.8;
}
