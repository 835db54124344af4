using System.Buffers.Binary;
using System.Runtime.InteropServices;

namespace Descent.Data.Files;

/// <summary>
/// The calls of Linux that the platform has no names for. Everything returns "not known" on other systems, and callers go the portable way.
/// </summary>
static class NativeFiles
{
    const int HereFolder = -100, Exchanging = 2, ReadOnly = 0, Basic = 0x7FF;

    /// <summary>Device, number and type of what a path leads to; null when the system does not say.</summary>
    /// <remarks>By <c>statx</c>, whose structure is the same on every processor.</remarks>
    public static (ulong Device, ulong Number, int Mode, long Length)? Facts(string path)
    {
        if (!OperatingSystem.IsLinux()) return null;
        byte[] s = new byte[256];
        try
        {
            if (Statx(HereFolder, path, 0, Basic, s) != 0) return null;
        }
        catch (Exception e) when (e is DllNotFoundException or EntryPointNotFoundException)
        {
            return null;
        }
        ulong device = ((ulong)Read32(s, 136) << 32) | Read32(s, 140);
        return (device, BitConverter.ToUInt64(s, 32), BitConverter.ToUInt16(s, 28), BitConverter.ToInt64(s, 40));
    }

    /// <summary>Exchanges two names in one step; false when the system or the file system cannot.</summary>
    public static bool Exchange(string one, string other)
    {
        if (!OperatingSystem.IsLinux()) return false;
        try
        {
            return Renameat2(HereFolder, one, HereFolder, other, Exchanging) == 0;
        }
        catch (Exception e) when (e is DllNotFoundException or EntryPointNotFoundException)
        {
            return false;
        }
    }

    /// <summary>Puts the names of a folder on the disk; a system without folders as files keeps them itself.</summary>
    public static void FlushFolder(string folder)
    {
        if (OperatingSystem.IsWindows()) return;
        int file = Open(folder, ReadOnly);
        if (file < 0) throw new IOException($"the folder {folder} cannot be opened to be flushed (error {Marshal.GetLastPInvokeError()})");
        int error = Fsync(file) == 0 ? 0 : Marshal.GetLastPInvokeError();
        _ = Close(file);
        // EINVAL: the file system has nothing to flush for folders.
        if (error is not (0 or 22)) throw new IOException($"the folder {folder} cannot be flushed (error {error})");
    }

    /// <summary>Unmaps pages of a file until they are touched again; the content stays that of the file.</summary>
    public static void ReleasePages(nint address, long length)
    {
        const int DontNeed = 4;
        if (OperatingSystem.IsLinux()) _ = Madvise(address, (nuint)length, DontNeed);
    }

    /// <summary>Whether an open file may be read and written; null when the number is free.</summary>
    public static (bool Reads, bool Writes)? Access(int descriptor)
    {
        const int GetFlags = 3, WriteOnly = 1, Both = 2;
        int flags = Fcntl(descriptor, GetFlags);
        return flags < 0 ? null : ((flags & 3) != WriteOnly, (flags & 3) is WriteOnly or Both);
    }

    /// <summary>Opens the null device; the lowest free number is taken.</summary>
    public static int OpenNull() => Open("/dev/null", 2);

    static uint Read32(byte[] s, int at) => BitConverter.IsLittleEndian ? BinaryPrimitives.ReadUInt32LittleEndian(s.AsSpan(at))
        : BinaryPrimitives.ReadUInt32BigEndian(s.AsSpan(at));

    [DllImport("libc", EntryPoint = "statx", SetLastError = true)]
    static extern int Statx(int folder, [MarshalAs(UnmanagedType.LPUTF8Str)] string path, int flags, uint mask, byte[] result);

    [DllImport("libc", EntryPoint = "renameat2", SetLastError = true)]
    static extern int Renameat2(int from, [MarshalAs(UnmanagedType.LPUTF8Str)] string one, int to,
        [MarshalAs(UnmanagedType.LPUTF8Str)] string other, uint flags);

    [DllImport("libc", EntryPoint = "open", SetLastError = true)]
    static extern int Open([MarshalAs(UnmanagedType.LPUTF8Str)] string path, int flags);

    [DllImport("libc", EntryPoint = "fsync", SetLastError = true)]
    static extern int Fsync(int file);

    [DllImport("libc", EntryPoint = "close", SetLastError = true)]
    static extern int Close(int file);

    [DllImport("libc", EntryPoint = "madvise", SetLastError = true)]
    static extern int Madvise(nint address, nuint length, int advice);

    [DllImport("libc", EntryPoint = "fcntl", SetLastError = true)]
    static extern int Fcntl(int file, int command);
}
