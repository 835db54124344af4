using System.Buffers.Binary;
using Descent.Data.Text;

namespace Descent.Data;

/// <summary>
/// Reads arrays of numbers as numpy saves them: NPY of versions 1 to 3, with floating-point numbers, whole numbers or truth values (0 and
/// 1), either order of bytes, either order of dimensions. Numbers are widened to double as numpy's <c>astype(float)</c> does.
/// </summary>
public static class NpyReader
{
    /// <summary>Reads a whole file, plain or compressed.</summary>
    /// <exception cref="DataException">The header is wrong, the values are cut off or followed by others, or one is not finite.</exception>
    public static NpyArray Read(string path) => Read(DataSource.Open(path));

    /// <summary>Reads an opened input to its end and closes it.</summary>
    /// <exception cref="DataException">As for a path.</exception>
    public static NpyArray Read(DataSource source)
    {
        ArgumentNullException.ThrowIfNull(source);
        using DataSource input = source;
        return Read(input.Stream, input.Name, input.Path);
    }

    /// <summary>Reads one array that a stream holds and nothing else.</summary>
    internal static NpyArray Read(Stream stream, string name, string path)
    {
        NpyHeader head = NpyHeader.Read(stream, name, path);
        long bytes = (long)head.Count * head.Size;
        if (bytes > Array.MaxLength)
            throw new DataException($"{name}: the NPY header promises {head.Sizes} values of {head.Size} bytes, more than are read here at "
                + "once. Save single precision, or fewer rows.");
        Files.MemoryLimit.Require((Int128)head.Count * sizeof(double), $"{name}: an array of {head.Sizes}");
        byte[] raw = ByteSource.Body(stream, bytes, path, got => $"{name}: ends after {got} bytes of values; the header ({head.Sizes} of "
            + $"{head.Type}) promises {bytes}. The file is cut off.");
        if (ByteSource.Fill(stream, new byte[1], path) > 0)
            throw new DataException($"{name}: holds more bytes than the {bytes} that the header ({head.Sizes} of {head.Type}) promises. Is "
                + "the header damaged?");
        double[] values = new double[head.Count];
        for (int i = 0; i < values.Length; i++) values[i] = Number(raw.AsSpan(i * head.Size, head.Size), head);
        if (head.IsFortran) values = RowMajor(values, head.Shape);
        RequireFinite(values, head.Shape, name);
        return new NpyArray(head.Shape, values, head.Type);
    }

    static double Number(ReadOnlySpan<byte> b, NpyHeader head) => (head.Kind, head.Size, head.IsBigEndian) switch
    {
        ('f', 8, false) => BinaryPrimitives.ReadDoubleLittleEndian(b),
        ('f', 8, true) => BinaryPrimitives.ReadDoubleBigEndian(b),
        ('f', 4, false) => BinaryPrimitives.ReadSingleLittleEndian(b),
        ('f', 4, true) => BinaryPrimitives.ReadSingleBigEndian(b),
        ('f', _, false) => (double)BinaryPrimitives.ReadHalfLittleEndian(b),
        ('f', _, true) => (double)BinaryPrimitives.ReadHalfBigEndian(b),
        ('i', 8, false) => BinaryPrimitives.ReadInt64LittleEndian(b),
        ('i', 8, true) => BinaryPrimitives.ReadInt64BigEndian(b),
        ('i', 4, false) => BinaryPrimitives.ReadInt32LittleEndian(b),
        ('i', 4, true) => BinaryPrimitives.ReadInt32BigEndian(b),
        ('i', 2, false) => BinaryPrimitives.ReadInt16LittleEndian(b),
        ('i', 2, true) => BinaryPrimitives.ReadInt16BigEndian(b),
        ('i', _, _) => (sbyte)b[0],
        ('u', 8, false) => BinaryPrimitives.ReadUInt64LittleEndian(b),
        ('u', 8, true) => BinaryPrimitives.ReadUInt64BigEndian(b),
        ('u', 4, false) => BinaryPrimitives.ReadUInt32LittleEndian(b),
        ('u', 4, true) => BinaryPrimitives.ReadUInt32BigEndian(b),
        ('u', 2, false) => BinaryPrimitives.ReadUInt16LittleEndian(b),
        ('u', 2, true) => BinaryPrimitives.ReadUInt16BigEndian(b),
        ('u', _, _) => b[0],
        _ => b[0] == 0 ? 0 : 1,
    };

    // The first index runs quickest in the file, and slowest in what is made of it.
    static double[] RowMajor(double[] values, int[] shape)
    {
        double[] turned = new double[values.Length];
        int[] index = new int[shape.Length], strides = new int[shape.Length];
        strides[^1] = 1;
        for (int k = shape.Length - 2; k >= 0; k--) strides[k] = strides[k + 1] * shape[k + 1];
        int to = 0;
        foreach (double x in values)
        {
            turned[to] = x;
            for (int k = 0; k < shape.Length; k++)
            {
                to += strides[k];
                if (++index[k] < shape[k]) break;
                to -= strides[k] * shape[k];
                index[k] = 0;
            }
        }
        return turned;
    }

    static void RequireFinite(double[] values, int[] shape, string name)
    {
        int width = values.Length / shape[0];
        for (int i = 0; i < values.Length; i++)
            if (!double.IsFinite(values[i]))
                throw new DataException($"{name}: value {(i % width) + 1} of example {(i / width) + 1} is "
                    + $"{(double.IsNaN(values[i]) ? "NaN" : "infinite")}; expected finite numbers.");
    }
}
