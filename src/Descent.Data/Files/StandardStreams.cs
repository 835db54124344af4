namespace Descent.Data.Files;

/// <summary>The process's own standard streams, whatever these were redirected to.</summary>
static class StandardStreams
{
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

    /// <summary>
    /// Puts the null device where a standard stream was closed by whoever started the process: the next file that is opened would take its number, and what is printed would be written into that file.
    /// </summary>
    /// <returns>Whether standard output was closed.</returns>
    public static bool OccupyClosed()
    {
        try
        {
            bool closed = !NativeFiles.IsOpen(1);
            // The lowest free number is taken; the loop ends when all three are.
            for (int k = 0; k < 3; k++)
                if (!NativeFiles.IsOpen(k)) _ = NativeFiles.OpenNull();
            return closed;
        }
        catch (Exception e) when (e is DllNotFoundException or EntryPointNotFoundException)
        {
            return false;
        }
    }
}
