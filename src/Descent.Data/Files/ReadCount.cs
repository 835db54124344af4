namespace Descent.Data.Files;

/// <summary>Bytes that were read from a file by all who read it, or parts of it, in this process.</summary>
sealed class ReadCount
{
    long bytes;

    /// <summary>How many.</summary>
    public long Bytes => Volatile.Read(ref bytes);

    /// <summary>So many more.</summary>
    public void Add(long more) => Interlocked.Add(ref bytes, more);
}
