using System.Buffers.Binary;
using Descent.Data.Text;

namespace Descent.Data;

/// <summary>
/// Reads IDX files (the format of MNIST): two zero bytes, a type byte, the number of dimensions, their lengths, the values; big-endian.
/// </summary>
public static class IdxReader
{
    /// <summary>Reads a whole file.</summary>
    /// <exception cref="DataException">The header is wrong or the values are cut off.</exception>
    public static IdxArray Read(string path) => Read(DataSource.Open(path));

    /// <summary>Reads an opened input to its end and closes it.</summary>
    /// <exception cref="DataException">The header is wrong, the values are cut off or followed by others, or one is not finite.</exception>
    public static IdxArray Read(DataSource source)
    {
        ArgumentNullException.ThrowIfNull(source);
        using DataSource input = source;
        string name = source.Name, path = source.Path;
        Stream stream = source.Stream;
        byte[] head = new byte[4];
        if (ByteSource.Fill(stream, head, path) < 4 || head[0] != 0 || head[1] != 0)
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
            if (ByteSource.Fill(stream, length, path) < 4) throw new DataException($"{name}: ends inside the IDX header.");
            shape[i] = BinaryPrimitives.ReadInt32BigEndian(length);
            if (shape[i] < 0) throw new DataException($"{name}: dimension {i + 1} of the IDX header is {shape[i]}; expected a length ≥ 0.");
            total *= Math.Max(1, shape[i]);
            if (total * size > Array.MaxLength)
                throw new DataException($"{name}: the IDX header promises {total} values, more than fit in memory here.");
        }
        if (shape.Contains(0))
            throw new DataException($"{name}: a dimension in the IDX header ({string.Join("×", shape)}) is 0, so the file holds no "
                + $"values.");
        byte[] raw = ByteSource.Body(stream, total * size, path,
            got => $"{name}: ends after {got} bytes of values; the header ({string.Join("×", shape)}) promises {total * size}. The "
            + $"file is cut off.");
        if (ByteSource.Fill(stream, length.AsSpan(0, 1), path) > 0)
            throw new DataException($"{name}: holds more bytes than the {total * size} values' bytes that the header "
                + $"({string.Join("×", shape)}) promises. Is the header damaged?");
        Files.MemoryLimit.Require((Int128)total * sizeof(double), $"{name}: an array of {string.Join("×", shape)}");
        double[] values = Decode(raw, head[2], (int)total);
        for (int i = 0; i < values.Length; i++)
            if (!double.IsFinite(values[i]))
                throw new DataException($"{name}: value {i % (values.Length / shape[0]) + 1} of example "
                    + $"{(i / (values.Length / shape[0])) + 1} is {(double.IsNaN(values[i]) ? "NaN" : "infinite")}; expected finite "
                    + $"numbers.");
        return new IdxArray(shape, values, head[2] == 0x08);
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
}
