using System.Buffers.Binary;
using System.Runtime.InteropServices;
using Apache.Arrow;
using Apache.Arrow.Types;

namespace Descent.Data;

/// <summary>
/// What has to hold of an array before one of its cells is looked at. The library takes lengths and offsets on trust, and reads memory that
/// is not its own where they are wrong; so every buffer is measured first, and every offset is looked at once.
/// </summary>
static class ArrowChecks
{
    /// <exception cref="InvalidDataException">The array is damaged.</exception>
    public static void Require(ArrayData data, int rows)
    {
        if (data.Length != rows || data.Offset != 0) throw Damage($"{data.Length} cells from {data.Offset} for {rows} rows");
        Require(data);
    }

    static void Require(ArrayData data)
    {
        if (data.Length < 0 || data.Offset < 0) throw Damage($"{data.Length} cells from {data.Offset}");
        long cells = (long)data.Offset + data.Length;
        // Without a map of missing cells none is missing.
        if (data.DataType.TypeId != ArrowTypeId.Null && data.Buffers[0].Length > 0) Room(data, 0, (cells + 7) / 8);
        switch (data.DataType)
        {
            case StringType:
                Offsets(data, cells, MemoryMarshal.Cast<byte, int>(Room(data, 1, cells == 0 ? 0 : (cells + 1) * sizeof(int))));
                break;
            case LargeStringType:
                LargeOffsets(data, cells, MemoryMarshal.Cast<byte, long>(Room(data, 1, cells == 0 ? 0 : (cells + 1) * sizeof(long))));
                break;
            case StringViewType:
                Views(data, Room(data, 1, cells * 16));
                break;
            case DictionaryType type:
                if (data.Dictionary is not { } levels) throw Damage("a dictionary that is not there");
                Fixed(data, cells, type.IndexType);
                Require(levels);
                break;
            case FixedWidthType type:
                Fixed(data, cells, type);
                break;
        }
    }

    static void Fixed(ArrayData data, long cells, IArrowType type) => Room(data, 1, ((cells * ((FixedWidthType)type).BitWidth) + 7) / 8);

    static ReadOnlySpan<byte> Room(ArrayData data, int buffer, long bytes)
    {
        if (buffer >= data.Buffers.Length || data.Buffers[buffer].Length < bytes)
            throw Damage($"{(buffer < data.Buffers.Length ? data.Buffers[buffer].Length : 0)} bytes where {bytes} are needed");
        return data.Buffers[buffer].Span[..(int)bytes];
    }

    static void Offsets(ArrayData data, long cells, ReadOnlySpan<int> offsets)
    {
        for (int i = 0; i < cells; i++)
            if (offsets[i] < 0 || offsets[i + 1] < offsets[i]) throw Damage($"a text from byte {offsets[i]} to {offsets[i + 1]}");
        if (cells > 0) Room(data, 2, offsets[^1]);
    }

    static void LargeOffsets(ArrayData data, long cells, ReadOnlySpan<long> offsets)
    {
        for (int i = 0; i < cells; i++)
            if (offsets[i] < 0 || offsets[i + 1] < offsets[i]) throw Damage($"a text from byte {offsets[i]} to {offsets[i + 1]}");
        if (cells > 0) Room(data, 2, offsets[^1]);
    }

    // Sixteen bytes a cell: a length, then the text itself, or four bytes of it, the number of a buffer and a place there.
    static void Views(ArrayData data, ReadOnlySpan<byte> views)
    {
        for (; views.Length > 0; views = views[16..])
        {
            int length = BinaryPrimitives.ReadInt32LittleEndian(views);
            if (length is >= 0 and <= 12) continue;
            int buffer = BinaryPrimitives.ReadInt32LittleEndian(views[8..]), from = BinaryPrimitives.ReadInt32LittleEndian(views[12..]);
            if (length < 0 || buffer < 0 || from < 0) throw Damage($"a text of {length} bytes from {from}");
            Room(data, (int)Math.Min(int.MaxValue, 2L + buffer), (long)from + length);
        }
    }

    static InvalidDataException Damage(string found) => new($"it has {found}");
}
