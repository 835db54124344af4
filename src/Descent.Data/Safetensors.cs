using System.Buffers.Binary;
using System.Runtime.InteropServices;
using System.Text;
using System.Text.Json;

namespace Descent.Data;

/// <summary>
/// Named single-precision tensors in one file, in the safetensors form: eight bytes with the length of a JSON header (little-endian), the header with type, shape and place of each tensor, the
/// values. Other programs read these files, and this reads theirs when their tensors are F32.
/// </summary>
public static class Safetensors
{
    /// <summary>Writes tensors in order, beside the file first, and then puts it in its place.</summary>
    public static void Write(string path, IReadOnlyList<(string Name, int[] Shape, float[] Values)> tensors)
    {
        ArgumentNullException.ThrowIfNull(tensors);
        using MemoryStream head = new();
        using (Utf8JsonWriter w = new(head))
        {
            w.WriteStartObject();
            long offset = 0;
            foreach (var (name, shape, values) in tensors)
            {
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
        string part = path + ".part";
        using (FileStream file = File.Create(part))
        {
            // Padded with blanks to a multiple of eight, so that values are aligned.
            byte[] header = [.. head.ToArray(), .. Encoding.ASCII.GetBytes(new string(' ', (int)((8 - (head.Length % 8)) % 8)))];
            Span<byte> length = stackalloc byte[8];
            BinaryPrimitives.WriteInt64LittleEndian(length, header.Length);
            file.Write(length);
            file.Write(header);
            foreach (var (_, _, values) in tensors) file.Write(Bytes(values));
        }
        File.Move(part, path, true);
    }

    /// <summary>Reads every tensor.</summary>
    /// <exception cref="DataException">The file is not there, is cut short, or holds another type; the message says which.</exception>
    public static IReadOnlyDictionary<string, (int[] Shape, float[] Values)> Read(string path)
    {
        if (!File.Exists(path)) throw new DataException($"{path}: no such file. Expected the weights that belong to the model, in safetensors form.");
        byte[] all = File.ReadAllBytes(path);
        long header = all.Length >= 8 ? BinaryPrimitives.ReadInt64LittleEndian(all) : -1;
        if (header < 2 || header > all.Length - 8) throw new DataException($"{path}: is not a safetensors file; its header is said to have {header} bytes, the file has {all.Length}.");
        Dictionary<string, (int[], float[])> tensors = [];
        try
        {
            using JsonDocument json = JsonDocument.Parse(all.AsMemory(8, (int)header));
            foreach (JsonProperty p in json.RootElement.EnumerateObject())
            {
                if (p.Name == "__metadata__") continue;
                string type = p.Value.GetProperty("dtype").GetString()!;
                if (type != "F32") throw new DataException($"{path}, tensor '{p.Name}': the type is {type}; only F32 is read.");
                int[] shape = [.. p.Value.GetProperty("shape").EnumerateArray().Select(s => s.GetInt32())];
                long[] offsets = [.. p.Value.GetProperty("data_offsets").EnumerateArray().Select(s => s.GetInt64())];
                long length = shape.Aggregate(1L, (a, b) => a * b), begin = 8 + header + offsets[0];
                if (offsets.Length != 2 || offsets[1] - offsets[0] != 4 * length || offsets[0] < 0 || begin + (4 * length) > all.Length)
                    throw new DataException($"{path}, tensor '{p.Name}': its place {offsets[0]} … {offsets[^1]} does not fit its shape or the file, which has {all.Length} bytes.");
                float[] values = new float[length];
                for (int i = 0; i < values.Length; i++) values[i] = BinaryPrimitives.ReadSingleLittleEndian(all.AsSpan((int)begin + (4 * i)));
                tensors[p.Name] = (shape, values);
            }
        }
        catch (Exception e) when (e is JsonException or KeyNotFoundException or InvalidOperationException or FormatException)
        {
            throw new DataException($"{path}: the header is not that of a safetensors file ({e.Message.TrimEnd('.')}).", e);
        }
        return tensors;
    }

    static byte[] Bytes(float[] values)
    {
        if (BitConverter.IsLittleEndian) return MemoryMarshal.AsBytes<float>(values).ToArray();
        byte[] bytes = new byte[4 * values.Length];
        for (int i = 0; i < values.Length; i++) BinaryPrimitives.WriteSingleLittleEndian(bytes.AsSpan(4 * i), values[i]);
        return bytes;
    }
}
