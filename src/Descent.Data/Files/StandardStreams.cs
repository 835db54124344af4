namespace Descent.Data.Files;

/// <summary>The process's own standard streams, whatever these were redirected to.</summary>
static class StandardStreams
{
    static readonly bool[] Usable = [true, true, true];

    /// <summary>1 for standard output, 2 for the error stream, null for every other path.</summary>
    public static int? Output(string path) => path switch
    {
        "-" or "/dev/stdout" or "/dev/fd/1" or "/proc/self/fd/1" => 1,
        "/dev/stderr" or "/dev/fd/2" or "/proc/self/fd/2" => 2,
        _ => null,
    };

    /// <summary>Whether a path is an open file of a process by its number, as a shell hands over <c>&gt;(command)</c>.</summary>
    public static bool IsDescriptor(string path)
    {
        if (Output(path) is not null) return true;
        string[] parts = path.Split('/');
        return parts is ["", "dev", "fd", _] or ["", "proc", _, "fd", _];
    }

    /// <summary>Whether a standard stream (0, 1, 2) was open when the process began, as far as <see cref="Settle"/> could tell.</summary>
    public static bool IsUsable(int number) => Usable[number];

    /// <summary>Standard input.</summary>
    /// <exception cref="DataException">It was closed by whoever started the process.</exception>
    public static Stream OpenInput() => Usable[0] ? Console.OpenStandardInput()
        : throw new DataException("standard input is closed, so there is nothing to read. Name a file, or redirect one: descent … - < "
        + "FILE.");

    /// <summary>
    /// Finds out which standard streams were closed by whoever started the process. Their numbers go to the next files that are opened:
    /// what is printed would be written into those, and what is read would
    /// come from them. Free numbers get the null device; some the runtime took for itself before the program began, and those must not be
    /// used at all.
    /// </summary>
    public static void Settle()
    {
        if (OperatingSystem.IsWindows()) return;
        try
        {
            for (int k = 0; k < 3; k++) Usable[k] = NativeFiles.Access(k) is { } a && (k == 0 ? a.Reads : a.Writes) && !IsOwnPipe(k);
            // The lowest free number is taken each time.
            for (int k = 0; k < 3; k++)
                if (NativeFiles.Access(k) is null) _ = NativeFiles.OpenNull();
        }
        catch (Exception e) when (e is DllNotFoundException or EntryPointNotFoundException or IOException or UnauthorizedAccessException)
        {
            // Another C library, or no /proc: the streams are taken to be open, as on every other day.
        }
    }

    // A pipe whose other end this very process holds was made by its runtime: nobody else reads or writes it.
    static bool IsOwnPipe(int number)
    {
        const string Folder = "/proc/self/fd";
        if (!OperatingSystem.IsLinux() || !Directory.Exists(Folder) || LinkOf(Path.Combine(Folder, $"{number}")) is not { } link)
            return false;
        if (link.StartsWith("anon_inode:", StringComparison.Ordinal)) return true;
        if (!link.StartsWith("pipe:", StringComparison.Ordinal)) return false;
        bool writes = NativeFiles.Access(number) is { Writes: true };
        return Directory.EnumerateFileSystemEntries(Folder)
            .Any(f => int.TryParse(Path.GetFileName(f), out int other) && other > 2 && LinkOf(f) == link
            && NativeFiles.Access(other) is { } a && a.Writes != writes);
    }

    static string? LinkOf(string path) => Path.GetFileName(new FileInfo(path).LinkTarget);
}
