using System.Buffers.Binary;
using System.Collections.Concurrent;
using System.IO.Hashing;
using System.Text;
using Descent.Data;
using Descent.Data.Caching;

namespace Descent.Fuzz;

/// <summary>
/// Caches beside a text: an input is the part of a cache that damage or malice may change, bound to the key of the text at hand, since a
/// cache of another key is refused at once.
/// </summary>
/// <remarks>
/// The first byte says what the rest is, by its bits: 1 sparse rows (a table otherwise); 2 a header as it lies behind the key, with its
/// length before it, and the bytes from 4096 on, of which the sums of blocks are left as they are; 4 a whole file as it is. Without 2
/// and 4: the header behind the sections with its length before it, and the sections each with its length; every checksum is then made
/// right, so that mutation reaches what the checksums guard.
/// </remarks>
static class Caches
{
    static readonly ConcurrentDictionary<string, CacheText> texts = new(StringComparer.Ordinal);

    public static void Run(byte[] input, string file)
    {
        int mode = input.Length > 0 ? input[0] : 0;
        bool sparse = (mode & 1) != 0;
        CacheText text = texts.GetOrAdd(file + (sparse ? ".svm" : ".csv"), path => new CacheText(path, sparse));
        ReadOnlySpan<byte> rest = input.AsSpan(Math.Min(1, input.Length));
        File.WriteAllBytes(text.Cache, (mode & 4) != 0 ? rest.ToArray() : (mode & 2) != 0 ? Bound(rest, text.Key) : Sealed(rest, text.Key));
        List<string> notes = [];
        text.Read(new CacheSpec(), notes);
        if (!notes.Any(n => n.Contains("read from the cache", StringComparison.Ordinal)))
            throw new DataException($"the text was read: {string.Join(' ', notes)}");
    }

    /// <summary>A cache in the three forms of an input: in pieces, as it lies, and whole, of a text that is not there.</summary>
    public static (byte[] InPieces, byte[] AsItIs, byte[] OfElsewhere) Inputs(byte[] cache, bool sparse)
    {
        int header = BitConverter.ToInt32(cache, 12), mode = sparse ? 1 : 0;
        using BinaryReader r = new(new MemoryStream(cache, CacheFile.HeadLength, header), Encoding.UTF8);
        (_, _) = (r.ReadString(), r.ReadString());
        byte[] behindKey = cache[(CacheFile.HeadLength + (int)r.BaseStream.Position)..(CacheFile.HeadLength + header)];
        byte[] pieces = InPieces(cache, r), elsewhere = [9, .. "elsewhere"u8];
        return ([(byte)mode, .. pieces],
            [(byte)(mode | 2), .. BitConverter.GetBytes(behindKey.Length), .. behindKey, .. cache[CacheFile.Alignment..]],
            [(byte)(mode | 4), .. Sealed(pieces, [.. elsewhere, .. elsewhere])]);
    }

    // Behind the key stand the places of the sections, then what is said of them.
    static byte[] InPieces(byte[] cache, BinaryReader r)
    {
        List<byte[]> sections = [];
        for (int left = r.ReadInt32(); left > 0; left--)
        {
            (long offset, long bytes) = (r.ReadInt64(), r.ReadInt64());
            sections.Add(cache.AsSpan((int)offset, (int)bytes).ToArray());
            if (bytes > 0) r.ReadInt64();
        }
        byte[] rest = r.ReadBytes(cache.Length);
        return [.. sections.Prepend(rest).SelectMany(s => (byte[])[.. BitConverter.GetBytes(s.Length), .. s])];
    }

    static byte[] Sealed(ReadOnlySpan<byte> input, byte[] key)
    {
        byte[] rest = Piece(ref input);
        List<byte[]> sections = [];
        while (input.Length > 0) sections.Add(Piece(ref input));
        byte[] first = Header(key, sections, rest, 0);
        byte[] header = Header(key, sections, rest, CacheFile.HeadLength + first.Length);
        using MemoryStream all = new();
        all.Write(Head(header));
        all.Write(header);
        foreach (byte[] s in sections)
        {
            all.Write(new byte[Aligned(all.Length) - all.Length]);
            all.Write(s);
        }
        return all.ToArray();
    }

    static byte[] Bound(ReadOnlySpan<byte> input, byte[] key)
    {
        byte[] header = [.. key, .. Piece(ref input)], all = [.. Head(header), .. header];
        return input.Length == 0 ? all : [.. all, .. new byte[Aligned(all.Length) - all.Length], .. input];
    }

    static byte[] Header(byte[] key, List<byte[]> sections, byte[] rest, long at)
    {
        using MemoryStream to = new();
        using BinaryWriter w = new(to);
        w.Write(key);
        w.Write(sections.Count);
        foreach (byte[] s in sections)
        {
            w.Write(Aligned(at));
            w.Write((long)s.Length);
            if (s.Length > 0) w.Write(XxHash3.HashToUInt64(s, 0));
            at = Aligned(at) + s.Length;
        }
        w.Write(rest);
        return to.ToArray();
    }

    static byte[] Head(byte[] header) => [.. CacheFile.Magic, .. BitConverter.GetBytes(CacheFile.Version),
        .. BitConverter.GetBytes(header.Length), .. BitConverter.GetBytes(XxHash3.HashToUInt64(header, CacheFile.Version))];

    static long Aligned(long at) => (at + CacheFile.Alignment - 1) / CacheFile.Alignment * CacheFile.Alignment;

    static byte[] Piece(ref ReadOnlySpan<byte> from)
    {
        int length = from.Length < 4 ? 0 : BinaryPrimitives.ReadInt32LittleEndian(from);
        from = from[Math.Min(4, from.Length)..];
        byte[] piece = from[..Math.Clamp(length, 0, from.Length)].ToArray();
        from = from[piece.Length..];
        return piece;
    }
}
