using System.Buffers.Binary;
using System.Text;

namespace Descent.Runs;

/// <summary>
/// The whole state of a run between two steps: of the method, its samples and averages, of the loop, its trace and its clock, of certifier
/// and monitor. Put back into a run of the same problem with the same options it goes on with the same bits as if it had not been
/// interrupted, on any number of threads and with any vector width.
/// </summary>
/// <remarks>Pieces have names; each is a run of numbers. Memory: that of the method's state and the trace.</remarks>
public sealed class RunState
{
    const int Limit = 1 << 20;
    readonly Dictionary<string, (int Size, byte[] Bytes)> pieces = new(StringComparer.Ordinal);

    /// <summary>Number of named pieces.</summary>
    public int Count => pieces.Count;

    /// <summary>Steps taken when the state was kept.</summary>
    public long Step { get; internal set; }

    internal void Add(string name, int size, ReadOnlySpan<byte> bytes)
    {
        if (!pieces.TryAdd(name, (size, bytes.ToArray()))) throw new InvalidOperationException($"Two pieces of state are called '{name}'.");
    }

    /// <exception cref="FormatException">There is no such piece, or it is of another size.</exception>
    internal ReadOnlySpan<byte> Take(string name, int size, long bytes)
    {
        if (!pieces.TryGetValue(name, out (int Size, byte[] Bytes) piece))
            throw new FormatException($"It holds no '{name}', which the method keeps.");
        if (piece.Size != size || piece.Bytes.LongLength != bytes)
            throw new FormatException($"It holds {piece.Bytes.Length} bytes of '{name}', and the method keeps {bytes}.");
        return piece.Bytes;
    }

    /// <summary>The state as bytes: steps, then every piece as the length of its name, the name in UTF-8, the size of an element, the
    /// number of bytes, and these; integers little-endian.</summary>
    public byte[] ToBytes()
    {
        using MemoryStream to = new();
        using BinaryWriter w = new(to, Encoding.UTF8);
        w.Write(Step);
        w.Write(pieces.Count);
        foreach ((string name, (int size, byte[] bytes)) in pieces.OrderBy(p => p.Key, StringComparer.Ordinal))
        {
            byte[] called = Encoding.UTF8.GetBytes(name);
            w.Write(called.Length);
            w.Write(called);
            w.Write(size);
            w.Write(bytes.Length);
            w.Write(bytes);
        }
        w.Flush();
        return to.ToArray();
    }

    /// <summary>Reads what <see cref="ToBytes"/> wrote; memory at most that of the bytes, twice.</summary>
    /// <exception cref="FormatException">The bytes are no state: a length does not fit, a name comes twice, or something follows the
    /// end.</exception>
    public static RunState FromBytes(ReadOnlySpan<byte> bytes)
    {
        RunState state = new() { Step = Long(ref bytes) };
        int count = Length(ref bytes, Limit);
        for (int i = 0; i < count; i++)
        {
            string name = Encoding.UTF8.GetString(Part(ref bytes, Length(ref bytes, Limit)));
            int size = Length(ref bytes, Limit);
            ReadOnlySpan<byte> content = Part(ref bytes, Length(ref bytes, int.MaxValue));
            if (!state.pieces.TryAdd(name, (size, content.ToArray()))) throw new FormatException($"'{name}' comes twice.");
        }
        if (bytes.Length > 0 || state.Step < 0) throw new FormatException($"{bytes.Length} bytes follow the end.");
        return state;
    }

    static long Long(ref ReadOnlySpan<byte> bytes) => BinaryPrimitives.ReadInt64LittleEndian(Part(ref bytes, sizeof(long)));

    static int Length(ref ReadOnlySpan<byte> bytes, int most)
    {
        int length = BinaryPrimitives.ReadInt32LittleEndian(Part(ref bytes, sizeof(int)));
        return length >= 0 && length <= most ? length : throw new FormatException($"A length is {length}; expected 0 … {most}.");
    }

    static ReadOnlySpan<byte> Part(ref ReadOnlySpan<byte> bytes, int length)
    {
        if (length > bytes.Length) throw new FormatException($"It ends {length - bytes.Length} bytes early.");
        ReadOnlySpan<byte> part = bytes[..length];
        bytes = bytes[length..];
        return part;
    }
}
