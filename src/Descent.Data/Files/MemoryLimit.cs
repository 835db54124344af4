namespace Descent.Data.Files;

/// <summary>
/// How much memory may be taken. A large array is asked for here before it is made, so that what does not fit is refused with a sentence.
/// </summary>
static class MemoryLimit
{
    /// <summary>What the program takes beside its heap.</summary>
    public const long Program = 64L << 20;

    /// <summary>Bytes that may be taken; the memory of the machine (or of its container) unless the user named less.</summary>
    public static long Bytes { get; private set; } = GC.GetGCMemoryInfo().TotalAvailableMemoryBytes;

    /// <summary>Whether the user named it.</summary>
    public static bool IsNamed { get; private set; }

    /// <summary>What to add to a message about memory.</summary>
    public static string Remark => IsNamed ? $" of {Size(Bytes)} (`MemoryLimit`)" : "";

    /// <summary>Sets the limit, for what is asked for here and for everything else that is allocated from now on.</summary>
    public static void Set(long bytes)
    {
        (Bytes, IsNamed) = (bytes, true);
        // Also a limit of the heap: what nobody asked for here ends as OutOfMemoryException, which has its own sentence.
        // Less than was allowed: the program and its libraries are memory, too, and so are pages of mapped files.
        AppContext.SetData("GCHeapHardLimit", (ulong)Math.Max(bytes - Program - (bytes / 8), bytes / 3 * 2));
        try
        {
            GC.RefreshMemoryLimit();
        }
        catch (InvalidOperationException)
        {
            // Less than the heap holds already; the requests below still are refused.
        }
    }

    /// <summary>Refuses what does not fit.</summary>
    /// <exception cref="DataException">It does not fit; the sentence says how much is needed and allowed.</exception>
    public static void Require(Int128 bytes, string what)
    {
        // What is taken counts against a limit that was named; collected first, for garbage is not taken.
        Int128 taken = IsNamed && bytes + GC.GetTotalMemory(false) > Bytes ? GC.GetTotalMemory(true) : 0;
        if (bytes + taken <= Bytes) return;
        string allowed = IsNamed ? $"`MemoryLimit` allows {Size(Bytes)}" : $"there are {Size(Bytes)}";
        string used = taken > Bytes / 10 ? $", of which {Size((double)taken)} are taken" : "";
        throw new DataException($"{what} needs {Size((double)bytes)}; {allowed}{used}. Use fewer rows or features, or more memory.");
    }

    /// <summary>A number of bytes in words.</summary>
    public static string Size(double bytes)
    {
        string[] units = ["B", "KiB", "MiB", "GiB", "TiB", "PiB"];
        int k = 0;
        for (; bytes >= 1024 && k + 1 < units.Length; k++) bytes /= 1024;
        return string.Create(System.Globalization.CultureInfo.InvariantCulture, $"{bytes:0.#} {units[k]}");
    }
}
