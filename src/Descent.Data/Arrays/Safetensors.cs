using System.Buffers.Binary;
using System.Runtime.InteropServices;
using System.Text;
using System.Text.Json;
using Descent.Data.Files;

namespace Descent.Data;

/// <summary>
/// Named single-precision tensors in one file, in the safetensors form: eight bytes with the length of a JSON header (little-endian), the
/// header with type, shape and place of each tensor, the values. Other programs read these files, and this reads theirs when their tensors
/// are F32.
/// </summary>
public static class Safetensors
{
    /// <summary>Writes tensors in order. At every moment the old file or the new one is there whole.</summary>
    /// <exception cref="ArgumentException">A shape and its values differ in length, or a name stands twice.</exception>
    /// <exception cref="IOException">The file cannot be written; the message names it.</exception>
    public static void Write(string path, IReadOnlyList<(string Name, int[] Shape, float[] Values)> tensors)
    {
        ArgumentNullException.ThrowIfNull(tensors);
        FileWriter.Write(LocalFileSystem.Instance, path, ToBytes(tensors));
    }

    /// <summary>Reads every tensor. Memory: twice the file.</summary>
    /// <exception cref="DataException">The file is not there, is cut short, holds another type, or its header promises what the file does
    /// not hold; the message says which.</exception>
    public static IReadOnlyDictionary<string, (int[] Shape, float[] Values)> Read(string path) =>
        Parse(InputFile.ReadAll(path, "the weights that belong to the model, in safetensors form"), path);

    /// <summary>The tensors of a file that was read; its name is for messages.</summary>
    internal static Dictionary<string, (int[] Shape, float[] Values)> Parse(ReadOnlyMemory<byte> file, string name)
    {
        Dictionary<string, (int[], float[])> tensors = new(StringComparer.Ordinal);
        (IReadOnlyList<SafetensorsHeader.Entry> entries, ReadOnlyMemory<byte> values) = SafetensorsHeader.Read(file, name);
        foreach (SafetensorsHeader.Entry e in entries)
            tensors[e.Name] = (e.Shape, Floats(values.Span.Slice((int)e.Begin, (int)(e.End - e.Begin))));
        return tensors;
    }

    /// <summary>The file as bytes.</summary>
    internal static byte[] ToBytes(IReadOnlyList<(string Name, int[] Shape, float[] Values)> tensors)
    {
        byte[] header = Header(tensors);
        byte[] all = new byte[8 + header.Length + tensors.Sum(t => 4L * t.Values.Length)];
        BinaryPrimitives.WriteInt64LittleEndian(all, header.Length);
        header.CopyTo(all, 8);
        int at = 8 + header.Length;
        foreach (var (_, _, values) in tensors)
        {
            Put(values, all.AsSpan(at));
            at += 4 * values.Length;
        }
        return all;
    }

    static byte[] Header(IReadOnlyList<(string Name, int[] Shape, float[] Values)> tensors)
    {
        HashSet<string> names = new(StringComparer.Ordinal);
        using MemoryStream head = new();
        using (Utf8JsonWriter w = new(head))
        {
            w.WriteStartObject();
            long offset = 0;
            foreach (var (name, shape, values) in tensors)
            {
                if (!names.Add(name)) throw new ArgumentException($"The tensor '{name}' stands twice.");
                if (shape.Aggregate(1L, (a, b) => checked(a * b)) != values.Length)
                    throw new ArgumentException($"The tensor '{name}' of shape {string.Join("×", shape)} has {values.Length} values.");
                w.WriteStartObject(name);
                w.WriteString("dtype", "F32");
                w.WriteStartArray("shape");
                foreach (int s in shape) w.WriteNumberValue(s);
                w.WriteEndArray();
                w.WriteStartArray("data_offsets");
                w.WriteNumberValue(offset);
                w.WriteNumberValue(offset += 4L * values.Length);
                w.WriteEndArray();
                w.WriteEndObject();
            }
            w.WriteEndObject();
        }
        // Padded with blanks to a multiple of eight, so that values are aligned.
        return [.. head.ToArray(), .. Encoding.ASCII.GetBytes(new string(' ', (int)((8 - (head.Length % 8)) % 8)))];
    }

    static float[] Floats(ReadOnlySpan<byte> bytes)
    {
        float[] values = new float[bytes.Length / 4];
        if (BitConverter.IsLittleEndian) bytes.CopyTo(MemoryMarshal.AsBytes(values.AsSpan()));
        else
            for (int i = 0; i < values.Length; i++) values[i] = BinaryPrimitives.ReadSingleLittleEndian(bytes[(4 * i)..]);
        return values;
    }

    static void Put(float[] values, Span<byte> bytes)
    {
        for (int i = 0; i < values.Length; i++) BinaryPrimitives.WriteSingleLittleEndian(bytes[(4 * i)..], values[i]);
    }
}
