using System.IO.MemoryMappedFiles;
using System.Runtime.CompilerServices;

namespace Descent.Data.Files;

/// <summary>
/// A file mapped into memory: the system brings its pages in when they are touched, and takes them back when there is need. It stays mapped
/// while a slab of it is reachable.
/// </summary>
sealed class MappedFile
{
    readonly MemoryMappedFile map;
    readonly MemoryMappedViewAccessor view;

    MappedFile(MemoryMappedFile map, MemoryMappedFileAccess access, long length)
    {
        this.map = map;
        Length = length;
        view = map.CreateViewAccessor(0, length, access);
        Residence.Watch(this);
    }

    /// <summary>Its bytes.</summary>
    public long Length { get; }

    /// <summary>Maps a file to read it; null where there is none or it is empty.</summary>
    /// <exception cref="IOException">It cannot be opened.</exception>
    public static MappedFile? OpenRead(string path)
    {
        if (!File.Exists(path)) return null;
        FileStream file = LocalFileSystem.OpenRead(path);
        long length = file.Length;
        if (length == 0)
        {
            file.Dispose();
            return null;
        }
        return new MappedFile(MemoryMappedFile.CreateFromFile(file, null, 0, MemoryMappedFileAccess.Read, HandleInheritability.None, false),
            MemoryMappedFileAccess.Read, length);
    }

    /// <summary>A file without a name that lives as long as the process at most: room for rows that memory has no room for.</summary>
    /// <exception cref="IOException">The disk has no room.</exception>
    public static MappedFile Scratch(string folder, long length) =>
        new(MemoryMappedFile.CreateFromFile(LocalFileSystem.CreateScratch(folder, length), null, 0, MemoryMappedFileAccess.ReadWrite,
            HandleInheritability.None, false), MemoryMappedFileAccess.ReadWrite, length);

    /// <summary>Elements of the file.</summary>
    /// <param name="offset">Byte of the first, a multiple of its size.</param>
    /// <param name="count">How many.</param>
    public Slab<T> Slab<T>(long offset, long count)
        where T : unmanaged
    {
        if (offset < 0 || count < 0 || offset % Unsafe.SizeOf<T>() != 0 || count > (Length - offset) / Unsafe.SizeOf<T>())
            throw new ArgumentOutOfRangeException(nameof(offset), $"{count} elements at byte {offset} do not lie in {Length} bytes.");
        return new Slab<T>(Address + (nint)offset, count, this);
    }

    /// <summary>Gives the pages back to the system: what was written stays in the file, what is touched again comes back.</summary>
    public void Release()
    {
        bool held = false;
        try
        {
            // Held while the system is told: nothing else may be mapped to this place meanwhile.
            view.SafeMemoryMappedViewHandle.DangerousAddRef(ref held);
            NativeFiles.ReleasePages(Address, Length);
        }
        catch (ObjectDisposedException)
        {
            // No longer mapped, so that there is nothing to give back.
        }
        finally
        {
            if (held) view.SafeMemoryMappedViewHandle.DangerousRelease();
        }
    }

    /// <summary>Ends the mapping; its slabs may not be used any more.</summary>
    public void Close()
    {
        view.Dispose();
        map.Dispose();
    }

    nint Address => view.SafeMemoryMappedViewHandle.DangerousGetHandle() + (nint)view.PointerOffset;
}
