using System.Buffers.Binary;
using Descent.Data.Text;

namespace Descent.Data;

/// <summary>Reads IDX files (the format of MNIST): two zero bytes, a type byte, the number of dimensions, their lengths, the values; big-endian.</summary>
public static class IdxReader
{
    /// <summary>Reads a whole file.</summary>
    /// <exception cref="DataException">The header is wrong or the values are cut off.</exception>
    public static IdxArray Read(string path)
    {
        string name = ByteSource.NameOf(path);
        using Stream stream = ByteSource.Open(path);
        byte[] head = new byte[4];
        if (Fill(stream, head, path) < 4 || head[0] != 0 || head[1] != 0)
            throw new DataException($"{name}: does not begin like an IDX file (two zero bytes, a type, a number of dimensions).");
        int size = head[2] switch
        {
            0x08 or 0x09 => 1,
            0x0B => 2,
            0x0C or 0x0D => 4,
            0x0E => 8,
            _ => throw new DataException($"{name}: the IDX type byte is 0x{head[2]:X2}; expected 08, 09, 0B, 0C, 0D or 0E."),
        };
        if (head[3] is 0 or > 8) throw new DataException($"{name}: the IDX header names {head[3]} dimensions; expected 1 to 8.");
        int[] shape = new int[head[3]];
        byte[] length = new byte[4];
        long total = 1;
        for (int i = 0; i < shape.Length; i++)
        {
            if (Fill(stream, length, path) < 4) throw new DataException($"{name}: ends inside the IDX header.");
            shape[i] = BinaryPrimitives.ReadInt32BigEndian(length);
            if (shape[i] < 0) throw new DataException($"{name}: dimension {i + 1} of the IDX header is {shape[i]}; expected a length ≥ 0.");
            total *= Math.Max(1, shape[i]);
            if (total * size > Array.MaxLength) throw new DataException($"{name}: the IDX header promises {total} values, more than fit in memory here.");
        }
        if (shape[0] == 0) throw new DataException($"{name}: the IDX file holds no examples.");
        byte[] raw = Body(stream, total * size, path);
        if (raw.Length < total * size) throw new DataException($"{name}: ends after {raw.Length} bytes of values; the header ({string.Join("×", shape)}) promises {total * size}. The file is cut off.");
        Files.MemoryLimit.Require((Int128)total * sizeof(double), $"{name}: an array of {string.Join("×", shape)}");
        return new IdxArray(shape, Decode(raw, head[2], (int)total), head[2] == 0x08);
    }

    // Grows with what the file holds, so that a header cannot promise memory away.
    static byte[] Body(Stream stream, long promised, string path)
    {
        byte[] raw = new byte[Math.Min(promised, 1 << 20)];
        for (int got = 0; ;)
        {
            got += Fill(stream, raw.AsSpan(got), path);
            if (got < raw.Length || got == promised) return got == raw.Length ? raw : raw[..got];
            Array.Resize(ref raw, (int)Math.Min(promised, 2L * raw.Length));
        }
    }

    static double[] Decode(byte[] raw, byte type, int count)
    {
        double[] values = new double[count];
        for (int i = 0; i < count; i++)
        {
            values[i] = type switch
            {
                0x08 => raw[i],
                0x09 => (sbyte)raw[i],
                0x0B => BinaryPrimitives.ReadInt16BigEndian(raw.AsSpan(2 * i)),
                0x0C => BinaryPrimitives.ReadInt32BigEndian(raw.AsSpan(4 * i)),
                0x0D => BinaryPrimitives.ReadSingleBigEndian(raw.AsSpan(4 * i)),
                _ => BinaryPrimitives.ReadDoubleBigEndian(raw.AsSpan(8 * i)),
            };
        }
        return values;
    }

    static int Fill(Stream stream, Span<byte> buffer, string path)
    {
        int total = 0;
        while (total < buffer.Length)
        {
            int got = ByteSource.Read(stream, buffer[total..], path);
            if (got == 0) break;
            total += got;
        }
        return total;
    }
}
