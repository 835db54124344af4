using System.IO.Hashing;
using System.Runtime.CompilerServices;
using System.Text;
using Descent.Data.Files;

namespace Descent.Data.Caching;

/// <summary>
/// A cache that was opened: a header with the key and what is not rows, and sections of elements that are used where they lie.
/// </summary>
/// <remarks>
/// The file: eight bytes of magic, version, length of the header, its XXH3; the header; sections, each at a multiple of 4096 bytes, in
/// blocks of one mebibyte whose XXH3 the header holds. Every block is checked when the cache is opened: one pass at the speed of memory.
/// Numbers are little-endian; where they are not, there are no caches.
/// </remarks>
sealed class CacheFile
{
    /// <summary>Grows when the form of the file or what a reader makes of text changes.</summary>
    public const int Version = 3;

    public const int Block = 1 << 20, Alignment = 4096, HeadLength = 24;
    const int LongestHeader = 1 << 28;
    readonly MappedFile file;
    readonly List<(long Offset, long Bytes)> sections = [];

    CacheFile(MappedFile file, BinaryReader header)
    {
        this.file = file;
        Header = header;
    }

    public static ReadOnlySpan<byte> Magic => "DESCENTC"u8;

    /// <summary>What follows the key in the header.</summary>
    public BinaryReader Header { get; }

    /// <summary>Bytes of the file.</summary>
    public long Length => file.Length;

    /// <summary>Opens a cache.</summary>
    /// <param name="key">What it has to be of.</param>
    /// <param name="why">Why there is none to be used; empty where there is no file.</param>
    public static CacheFile? Open(CacheKey key, out string why)
    {
        why = "";
        if (!BitConverter.IsLittleEndian) return null;
        try
        {
            if (MappedFile.OpenRead(key.Path) is not { } file) return null;
            if (HeaderOf(file) is not { } header)
            {
                why = "is damaged (its head)";
                return null;
            }
            if (header.ReadString() != key.Options || header.ReadString() != key.Source)
            {
                why = "is stale (the data has changed)";
                return null;
            }
            CacheFile cache = new(file, header);
            why = cache.Fault();
            return why.Length == 0 ? cache : null;
        }
        catch (Exception e) when (IsDamage(e) || e is UnauthorizedAccessException)
        {
            why = $"cannot be used ({e.Message.TrimEnd('.')})";
            return null;
        }
    }

    /// <summary>Whether an exception is what content that makes no sense leads to.</summary>
    public static bool IsDamage(Exception e) =>
        e is IOException or ArgumentException or FormatException or OverflowException or InvalidDataException or DecoderFallbackException;

    /// <summary>Elements of a section.</summary>
    /// <exception cref="InvalidDataException">There is no such section.</exception>
    public Slab<T> Section<T>(int number)
        where T : unmanaged
    {
        if ((uint)number >= (uint)sections.Count) throw new InvalidDataException($"there is no section {number}");
        (long offset, long bytes) = sections[number];
        return file.Slab<T>(offset, bytes / Unsafe.SizeOf<T>());
    }

    static BinaryReader? HeaderOf(MappedFile file)
    {
        if (file.Length < HeadLength) return null;
        ReadOnlySpan<byte> head = file.Slab<byte>(0, HeadLength).Span(0, HeadLength);
        int version = BitConverter.ToInt32(head[8..]), length = BitConverter.ToInt32(head[12..]);
        if (!head[..8].SequenceEqual(Magic) || version != Version || length is < 0 or > LongestHeader || length > file.Length - HeadLength)
            return null;
        ReadOnlySpan<byte> header = file.Slab<byte>(HeadLength, length).Span(0, length);
        return XxHash3.HashToUInt64(header, Version) == BitConverter.ToUInt64(head[16..])
            ? new BinaryReader(new MemoryStream(header.ToArray(), writable: false), new UTF8Encoding(false, true)) : null;
    }

    // The sections and their checksums, from the header; what is wrong, or nothing.
    string Fault()
    {
        int count = Header.ReadInt32();
        long end = 0;
        for (int s = 0; s < count; s++)
        {
            (long offset, long bytes) = (Header.ReadInt64(), Header.ReadInt64());
            if (offset < end || offset % Alignment != 0 || bytes < 0 || bytes > file.Length - offset) return $"is damaged (section {s})";
            end = offset + bytes;
            sections.Add((offset, bytes));
            Slab<byte> all = file.Slab<byte>(offset, bytes);
            for (long at = 0; at < bytes; at += Block)
                if (XxHash3.HashToUInt64(all.Span(at, (int)Math.Min(Block, bytes - at)), at) != Header.ReadUInt64())
                    return $"is damaged (block {at / Block} of section {s})";
        }
        return end == file.Length || count == 0 ? "" : "is damaged (bytes behind its end)";
    }
}
