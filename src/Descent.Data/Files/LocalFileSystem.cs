namespace Descent.Data.Files;

/// <summary>The file system of this machine: the one place that opens, creates and renames files.</summary>
sealed class LocalFileSystem : IFileSystem
{
    LocalFileSystem()
    {
    }

    public static LocalFileSystem Instance { get; } = new();

    /// <summary>Opens a file to read it from its start to its end.</summary>
    public static FileStream OpenRead(string path, int buffer = 1) =>
        new(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete, buffer, FileOptions.SequentialScan);

    /// <summary>Opens a file that no other process holds open for writing.</summary>
    /// <exception cref="IOException">One does.</exception>
    public static FileStream OpenAlone(string path) => new(path, FileMode.Open, FileAccess.ReadWrite, FileShare.None, 1);

    /// <summary>Full path, length and time of last change of a plain file; null where there is none.</summary>
    public static (string Path, long Length, DateTime Changed)? Stamp(string path)
    {
        FileInfo file = new(Path.GetFullPath(path));
        return file.Exists && Instance.Look(file.FullName).Kind == PathKind.File
            ? (file.FullName, file.Length, file.LastWriteTimeUtc) : null;
    }

    /// <summary>XXH3 of a file's content, in hexadecimal digits.</summary>
    /// <exception cref="IOException">It cannot be read.</exception>
    public static string Digest(string path)
    {
        using FileStream file = OpenRead(path);
        System.IO.Hashing.XxHash3 hash = new();
        byte[] piece = new byte[1 << 20];
        for (int got; (got = file.Read(piece)) > 0;) hash.Append(piece.AsSpan(0, got));
        return Convert.ToHexStringLower(hash.GetCurrentHash());
    }

    /// <summary>Opens a file for reads at any place.</summary>
    public static Microsoft.Win32.SafeHandles.SafeFileHandle OpenHandle(string path) => File.OpenHandle(path);

    /// <summary>
    /// A new file of some length that no name leads to, so that nothing is left of it whatever ends the process. Its blocks are taken from
    /// the disk at once: a full disk is an error here, and not a fault in the middle of a run.
    /// </summary>
    /// <exception cref="IOException">The disk has no room, or the folder cannot be written.</exception>
    public static FileStream CreateScratch(string folder, long length)
    {
        string path = new OutputPlace(folder, Path.Combine(folder, "descent-rows"), default).NewPart();
        FileStream file = new(path, new FileStreamOptions
        {
            Mode = FileMode.CreateNew,
            Access = FileAccess.ReadWrite,
            Share = FileShare.None,
            BufferSize = 0,
            PreallocationSize = length,
            Options = OperatingSystem.IsWindows() ? FileOptions.DeleteOnClose : FileOptions.None,
        });
        if (!OperatingSystem.IsWindows()) File.Delete(path);
        file.SetLength(length);
        return file;
    }

    public string Resolve(string path)
    {
        string full = Path.GetFullPath(path);
        FileInfo file = new(full);
        // Asked of a link alone: for what is not there the platform throws. A link that dangles says where it leads; a loop of links is an
        // error of the system.
        return file.LinkTarget is null ? full : file.ResolveLinkTarget(returnFinalTarget: true)?.FullName ?? full;
    }

    public PathFacts Look(string path)
    {
        if (NativeFiles.Facts(path) is { } s)
        {
            PathKind kind = (s.Mode & 0xF000) switch { 0x8000 => PathKind.File, 0x4000 => PathKind.Folder, _ => PathKind.Stream };
            return new PathFacts(kind, (s.Device, s.Number), kind == PathKind.File ? s.Length : 0, (UnixFileMode)(s.Mode & 0x1FF));
        }
        if (Directory.Exists(path)) return new PathFacts(PathKind.Folder, null, 0, ModeOf(path));
        FileInfo file = new(path);
        if (!file.Exists) return new PathFacts(PathKind.Missing, null, 0, null);
        // Systems that do not say what a file is keep their devices in one place.
        bool device = path.StartsWith("/dev/", StringComparison.Ordinal);
        return new PathFacts(device ? PathKind.Stream : PathKind.File, null, device ? 0 : file.Length, ModeOf(path));
    }

    public IOutputStream Create(string path, UnixFileMode? mode)
    {
        FileStreamOptions options = new() { Mode = FileMode.CreateNew, Access = FileAccess.Write, Share = FileShare.None, BufferSize = 0 };
        FileStream file = new(path, options);
        // Set after creating: what the file in this place had is kept, whatever the mask of the process says.
        if (mode is { } m && !OperatingSystem.IsWindows()) File.SetUnixFileMode(file.SafeFileHandle, m);
        return new LocalOutput(file, keeps: true);
    }

    public IOutputStream OpenStream(string path) => StandardStreams.Output(path) switch
    {
        { } k when !StandardStreams.IsUsable(k) => throw new IOException("that standard stream is closed"),
        1 => new LocalOutput(Console.OpenStandardOutput(), keeps: false),
        2 => new LocalOutput(Console.OpenStandardError(), keeps: false),
        _ => new LocalOutput(new FileStream(path, FileMode.Open, FileAccess.Write, FileShare.ReadWrite, 0), keeps: false),
    };

    public IOutputStream OpenEnd(string path) =>
        new LocalOutput(new FileStream(path, FileMode.Append, FileAccess.Write, FileShare.Read, 0), keeps: true);

    public void RequireWritable(string path) => new FileStream(path, FileMode.Open, FileAccess.Write, FileShare.ReadWrite, 0).Dispose();

    public void Rename(string from, string to)
    {
        if (Directory.Exists(from)) Directory.Move(from, to);
        else File.Move(from, to, overwrite: true);
    }

    public void Exchange(string one, string other)
    {
        if (NativeFiles.Exchange(one, other)) return;
        string aside = one + ".old";
        Directory.Move(other, aside);
        try
        {
            Directory.Move(one, other);
        }
        catch
        {
            Directory.Move(aside, other);
            throw;
        }
        Directory.Move(aside, one);
    }

    public void DeleteFile(string path) => File.Delete(path);

    public void CreateFolder(string path, UnixFileMode? mode)
    {
        Directory.CreateDirectory(path);
        if (mode is { } m && !OperatingSystem.IsWindows()) File.SetUnixFileMode(path, m);
    }

    public void DeleteFolder(string path) => Directory.Delete(path);

    public IReadOnlyList<string> List(string folder) => [.. Directory.EnumerateFileSystemEntries(folder).Select(p => Path.GetFileName(p)!)];

    public void FlushFolder(string folder) => NativeFiles.FlushFolder(folder);

    static UnixFileMode? ModeOf(string path) => OperatingSystem.IsWindows() ? null : File.GetUnixFileMode(path);

    /// <summary>A stream; only files have something to be put on a disk.</summary>
    sealed class LocalOutput(Stream stream, bool keeps) : IOutputStream
    {
        public void Write(ReadOnlySpan<byte> bytes) => stream.Write(bytes);

        public void Flush()
        {
            if (keeps && stream is FileStream file) file.Flush(flushToDisk: true);
            else stream.Flush();
        }

        public void Dispose() => stream.Dispose();
    }
}
