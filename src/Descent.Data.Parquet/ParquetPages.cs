using System.Buffers.Binary;
using Parquet.Meta;

namespace Descent.Data;

/// <summary>
/// Looks through the heads of the pages of a column before the library does, which makes room for as many bytes as a page is said to have,
/// and looks on for values that a file does not hold.
/// </summary>
static class ParquetPages
{
    // Unpacked, long runs of one value may be a thousand times as long as they are packed.
    const long Least = 48L << 20, PerByte = 1100;

    // Numbers of the fields of a page's head, of the heads of its two kinds within, and of the number of values in each of these.
    const int Unpacked = 2, Packed = 3, Page = 5, Dictionary = 7, PageOfVersion2 = 8, Values = 1;

    /// <exception cref="InvalidDataException">The pages do not hold the values of the column.</exception>
    public static void Require(Stream file, ColumnMetaData column, long rows)
    {
        if (column.NumValues != rows) throw new InvalidDataException($"a column has {column.NumValues} values for {rows} rows");
        long from = column.DictionaryPageOffset is > 0 and long d && d < column.DataPageOffset ? d : column.DataPageOffset;
        if (from < 0 || column.TotalCompressedSize < 0 || column.TotalCompressedSize > file.Length - from)
            throw new InvalidDataException($"a column lies in {column.TotalCompressedSize} bytes from byte {from} of {file.Length}");
        long end = from + column.TotalCompressedSize, found = 0;
        file.Position = from;
        // Not disposed of, since the file goes on to be read.
        BufferedStream bytes = new(file, 256);
        while (found < rows)
        {
            long at = bytes.Position;
            if (at >= end) throw new InvalidDataException($"the pages of a column hold {found} values, and it has {rows}");
            (long unpacked, long packed, long values, long entries, bool isPlain) = Head(bytes);
            if (packed < 0 || packed > end - bytes.Position || unpacked < 0 || unpacked > Least + (PerByte * packed))
                throw new InvalidDataException($"a page promises {unpacked} bytes in {packed}");
            // No entry takes less than a byte.
            if (entries < 0 || entries > unpacked)
                throw new InvalidDataException($"a dictionary promises {entries} values in {unpacked} bytes");
            if (values < 0) throw new InvalidDataException($"a page has {values} values");
            found += values;
            long next = bytes.Position + packed;
            if (isPlain && packed > 0 && column.Codec == CompressionCodec.SNAPPY && Length(bytes) is var own && own != unpacked)
                throw new InvalidDataException($"a page promises {unpacked} bytes, and what is packed in it {own}");
            bytes.Position = next;
        }
        if (found > rows) throw new InvalidDataException($"the pages of a column hold {found} values, and it has {rows}");
    }

    /// <summary>Looks through the footer, whose lists have as many elements as they say.</summary>
    /// <exception cref="InvalidDataException">It makes no sense.</exception>
    public static void RequireFooter(Stream file)
    {
        const int Tail = 8;
        byte[] tail = new byte[Tail];
        file.Position = Math.Max(0, file.Length - Tail);
        int got = file.ReadAtLeast(tail, Tail, throwOnEndOfStream: false), length = BinaryPrimitives.ReadInt32LittleEndian(tail);
        if (got < Tail || length < 0 || length > file.Length - Tail)
            throw new InvalidDataException($"its footer promises {length} bytes, and the file has {file.Length}");
        byte[] footer = new byte[length];
        file.Position = file.Length - Tail - length;
        file.ReadExactly(footer);
        new ThriftReader(new MemoryStream(footer)).Structure(ParquetShapes.Footer, (_, _, _) => { });
        file.Position = 0;
    }

    // What Snappy says of the bytes that it packed: a whole number in sevens of bits, the lowest first.
    static long Length(Stream bytes)
    {
        long length = 0;
        for (int shift = 0; shift < 35; shift += 7)
        {
            int b = bytes.ReadByte();
            if (b < 0) return -1;
            length |= (long)(b & 127) << shift;
            if (b < 128) return length;
        }
        return -1;
    }

    // Pages of version 2 keep the levels before what is packed.
    static (long Unpacked, long Packed, long Values, long Entries, bool IsPlain) Head(Stream bytes)
    {
        (long unpacked, long packed, long values, long entries, bool plain) = (-1, -1, 0, 0, true);
        new ThriftReader(bytes).Structure(ParquetShapes.Page, (owner, field, value) =>
        {
            if ((owner, field) == (0, Unpacked)) unpacked = value;
            if ((owner, field) == (0, Packed)) packed = value;
            if (owner is Page or PageOfVersion2 && field == Values) values = value;
            if ((owner, field) == (Dictionary, Values)) entries = value;
            if (owner == PageOfVersion2) plain = false;
        });
        return (unpacked, packed, values, entries, plain);
    }
}
