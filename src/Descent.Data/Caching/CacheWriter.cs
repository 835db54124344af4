using System.IO.Hashing;
using System.Runtime.InteropServices;
using System.Text;
using Descent.Data.Files;

namespace Descent.Data.Caching;

/// <summary>Collects what a cache holds and writes it as <see cref="FileWriter"/> writes every file: beside, then renamed.</summary>
sealed class CacheWriter
{
    readonly List<(long Bytes, Action<Action<ReadOnlyMemory<byte>>> Pieces)> sections = [];
    readonly MemoryStream rest = new();

    public CacheWriter() => Header = new BinaryWriter(rest, new UTF8Encoding(false, true));

    /// <summary>What is not rows, in the order in which it is read.</summary>
    public BinaryWriter Header { get; }

    /// <summary>Adds a section and returns its number.</summary>
    public int Add<T>(Slab<T> elements, long count)
        where T : unmanaged
    {
        int size = System.Runtime.CompilerServices.Unsafe.SizeOf<T>(), part = CacheFile.Block / size;
        byte[] piece = new byte[CacheFile.Block];
        sections.Add((count * size, take =>
        {
            for (long at = 0; at < count; at += part)
            {
                ReadOnlySpan<byte> bytes = MemoryMarshal.AsBytes(elements.Span(at, (int)Math.Min(part, count - at)));
                bytes.CopyTo(piece);
                take(piece.AsMemory(0, bytes.Length));
            }
        }
        ));
        return sections.Count - 1;
    }

    /// <summary>Writes the cache.</summary>
    /// <exception cref="IOException">It cannot be written; what was there is there still.</exception>
    public void Write(IFileSystem files, CacheKey key)
    {
        Header.Flush();
        byte[] header = HeaderOf(key);
        FileWriter.Write(files, key.Path, o =>
        {
            byte[] head = [.. CacheFile.Magic, .. BitConverter.GetBytes(CacheFile.Version), .. BitConverter.GetBytes(header.Length),
                .. BitConverter.GetBytes(XxHash3.HashToUInt64(header, CacheFile.Version))];
            o.Write(head);
            o.Write(header);
            long at = head.Length + header.Length;
            foreach (var (bytes, pieces) in sections)
            {
                o.Write(new byte[Aligned(at) - at]);
                pieces(p => o.Write(p.Span));
                at = Aligned(at) + bytes;
            }
        });
    }

    static long Aligned(long at) => (at + CacheFile.Alignment - 1) / CacheFile.Alignment * CacheFile.Alignment;

    // The length of the header does not depend on what it says of places: it is made twice, the second time with the right ones.
    byte[] HeaderOf(CacheKey key)
    {
        ulong[][] sums = [.. sections.Select(s => SumsOf(s.Pieces))];
        byte[] first = HeaderOf(key, sums, 0);
        return HeaderOf(key, sums, CacheFile.HeadLength + first.Length);
    }

    byte[] HeaderOf(CacheKey key, ulong[][] sums, long at)
    {
        using MemoryStream all = new();
        using BinaryWriter w = new(all, new UTF8Encoding(false, true));
        w.Write(key.Options);
        w.Write(key.Source);
        w.Write(sections.Count);
        for (int s = 0; s < sections.Count; s++)
        {
            w.Write(Aligned(at));
            w.Write(sections[s].Bytes);
            foreach (ulong sum in sums[s]) w.Write(sum);
            at = Aligned(at) + sections[s].Bytes;
        }
        w.Write(rest.GetBuffer(), 0, (int)rest.Length);
        w.Flush();
        return all.ToArray();
    }

    static ulong[] SumsOf(Action<Action<ReadOnlyMemory<byte>>> pieces)
    {
        List<ulong> sums = [];
        long at = 0;
        pieces(p =>
        {
            sums.Add(XxHash3.HashToUInt64(p.Span, at));
            at += p.Length;
        });
        return [.. sums];
    }
}
