using System.Buffers.Binary;
using System.Text.Json;

namespace Descent.Data;

/// <summary>The header of a safetensors file, checked against the file: every number in it may be anybody's.</summary>
static class SafetensorsHeader
{
    // The form's own limit; a header of this program has some hundred bytes.
    const long LongestHeader = 100_000_000;

    static readonly JsonDocumentOptions Strict = new() { AllowDuplicateProperties = false, MaxDepth = 8 };

    /// <summary>One tensor: its shape and its bytes, counted from the first value.</summary>
    public readonly record struct Entry(string Name, int[] Shape, long Begin, long End);

    public static (IReadOnlyList<Entry> Entries, ReadOnlyMemory<byte> Values) Read(ReadOnlyMemory<byte> file, string name)
    {
        if (file.Length < 10)
            throw new DataException($"{name}: is not a safetensors file; it has {file.Length} bytes, and the shortest has ten.");
        ulong length = BinaryPrimitives.ReadUInt64LittleEndian(file.Span);
        if (length < 2 || length > (ulong)Math.Min(LongestHeader, file.Length - 8))
            throw new DataException($"{name}: is not a safetensors file; its header is said to have {length} bytes, the file has "
                + $"{file.Length}.");
        ReadOnlyMemory<byte> values = file[(8 + (int)length)..];
        List<Entry> entries;
        try
        {
            using JsonDocument json = JsonDocument.Parse(file.Slice(8, (int)length), Strict);
            entries = [.. json.RootElement.EnumerateObject().Where(p => p.Name != "__metadata__").Select(p => Tensor(p, name))];
        }
        catch (Exception e) when (e is JsonException or KeyNotFoundException or InvalidOperationException or FormatException)
        {
            throw new DataException($"{name}: the header is not that of a safetensors file ({e.Message.TrimEnd('.')}).", e);
        }
        RequireOneAfterAnother(entries, values.Length, name);
        return (entries, values);
    }

    static Entry Tensor(JsonProperty p, string name)
    {
        string? type = p.Value.GetProperty("dtype").GetString();
        if (type != "F32") throw new DataException($"{name}, tensor '{p.Name}': the type is {type ?? "null"}; only F32 is read.");
        int[] shape = [.. p.Value.GetProperty("shape").EnumerateArray().Select(s => s.GetInt32())];
        long[] place = [.. p.Value.GetProperty("data_offsets").EnumerateArray().Select(s => s.GetInt64())];
        if (place.Length != 2)
            throw new DataException($"{name}, tensor '{p.Name}': data_offsets has {place.Length} numbers; expected the first byte and "
                + $"the one behind the last.");
        // Int128: a product of two lengths and four cannot overflow it, and it is cut off before the next factor.
        Int128 bytes = 4;
        foreach (int s in shape)
        {
            if (s < 0) throw new DataException($"{name}, tensor '{p.Name}': the shape holds {s}; expected lengths ≥ 0.");
            bytes = Int128.Min(bytes * s, long.MaxValue);
        }
        if (place[0] < 0 || place[1] < place[0] || (Int128)place[1] - place[0] != bytes)
            throw new DataException($"{name}, tensor '{p.Name}': its place {place[0]} … {place[1]} does not fit its shape "
                + $"{(shape.Length == 0 ? "of one value" : string.Join("×", shape))}.");
        return new Entry(p.Name, shape, place[0], place[1]);
    }

    // Tensors fill the file in some order, without gaps: so none overlap and nothing is left over.
    static void RequireOneAfterAnother(List<Entry> entries, int length, string name)
    {
        long at = 0;
        foreach (Entry e in entries.OrderBy(e => e.Begin).ThenBy(e => e.End))
        {
            if (e.End > length)
                throw new DataException($"{name}, tensor '{e.Name}': its place {e.Begin} … {e.End} does not fit the file, which holds "
                    + $"{length} bytes of values.");
            if (e.Begin != at)
                throw new DataException($"{name}, tensor '{e.Name}': begins at byte {e.Begin}; the tensors before it end at {at}. "
                    + $"Tensors lie one after another, without gaps and overlaps.");
            at = e.End;
        }
        if (at != length) throw new DataException($"{name}: the tensors end at byte {at}, but the file holds {length} bytes of values.");
    }
}
