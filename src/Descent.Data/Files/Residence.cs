using System.Buffers.Text;
using Microsoft.Win32.SafeHandles;

namespace Descent.Data.Files;

/// <summary>
/// Keeps what is in memory of mapped files below a limit that the user named: pages count as memory of the process while they are mapped,
/// though the system could take them back at any time.
/// </summary>
/// <remarks>
/// A thread looks every two milliseconds, on Linux; elsewhere the system alone decides. Pages that come back were mostly still in the
/// system's own memory. No result depends on any of it.
/// </remarks>
static class Residence
{
    /// <summary>Part of the limit above which pages are given back; the rest is for what is touched until the next look.</summary>
    const double Allowed = 0.55;

    const int Milliseconds = 2;
    static readonly Lock Gate = new();
    static readonly List<WeakReference<MappedFile>> Files = [];
    static readonly ManualResetEventSlim Never = new(false);
    static bool looking;

    /// <summary>Takes care of a mapped file for as long as it is reachable.</summary>
    public static void Watch(MappedFile file)
    {
        lock (Gate)
        {
            Files.RemoveAll(f => !f.TryGetTarget(out _));
            Files.Add(new WeakReference<MappedFile>(file));
            if (looking || !MemoryLimit.IsNamed || !OperatingSystem.IsLinux()) return;
            looking = true;
            new Thread(Look) { IsBackground = true, Name = "descent-pages", Priority = ThreadPriority.AboveNormal }.Start();
        }
    }

    /// <summary>Bytes of the process that are in memory, and those of them that are pages of files; zeros where it is not known.</summary>
    public static (long All, long OfFiles) Now()
    {
        if (!OperatingSystem.IsLinux()) return default;
        using SafeFileHandle statm = LocalFileSystem.OpenHandle("/proc/self/statm");
        return Read(statm);
    }

    static void Look()
    {
        using SafeFileHandle statm = LocalFileSystem.OpenHandle("/proc/self/statm");
        // Libraries are files, too, and stay.
        long libraries = Read(statm).OfFiles;
        while (!Never.Wait(Milliseconds))
        {
            (long all, long ofFiles) = Read(statm);
            if (all <= Allowed * MemoryLimit.Bytes || ofFiles - libraries < MemoryLimit.Bytes / 16) continue;
            ReleaseAll();
        }
    }

    static void ReleaseAll()
    {
        lock (Gate)
        {
            foreach (WeakReference<MappedFile> f in Files)
                if (f.TryGetTarget(out MappedFile? file)) file.Release();
        }
    }

    // "size resident shared …", in pages.
    static (long All, long OfFiles) Read(SafeFileHandle statm)
    {
        Span<byte> text = stackalloc byte[128];
        ReadOnlySpan<byte> rest = text[..RandomAccess.Read(statm, text, 0)];
        Span<long> pages = stackalloc long[3];
        foreach (ref long p in pages)
        {
            if (!Utf8Parser.TryParse(rest, out p, out int used)) return default;
            rest = rest[Math.Min(used + 1, rest.Length)..];
        }
        return (pages[1] * Environment.SystemPageSize, pages[2] * Environment.SystemPageSize);
    }
}
