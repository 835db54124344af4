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

    // Numbers of the fields of a page's head, of the heads of its two kinds within, and of the fields of these.
    const int Unpacked = 2, Packed = 3, Page = 5, Dictionary = 7, PageOfVersion2 = 8;

    const int Values = 1, Encoding = 2, EncodingOfVersion2 = 4, Definitions = 5, Repetitions = 6, IsPacked = 7;

    /// <returns>Whether a page has its values, not only its levels, as runs of one value (RLE).</returns>
    /// <exception cref="InvalidDataException">The pages do not hold the values of the column.</exception>
    public static bool Require(Stream file, ColumnMetaData column, long rows)
    {
        if (column.NumValues != rows) throw new InvalidDataException($"a column has {column.NumValues} values for {rows} rows");
        long from = column.DictionaryPageOffset is > 0 and long d && d < column.DataPageOffset ? d : column.DataPageOffset;
        if (from < 0 || column.TotalCompressedSize < 0 || column.TotalCompressedSize > file.Length - from)
            throw new InvalidDataException($"a column lies in {column.TotalCompressedSize} bytes from byte {from} of {file.Length}");
        long end = from + column.TotalCompressedSize, found = 0;
        file.Position = from;
        // Not disposed of, since the file goes on to be read.
        BufferedStream bytes = new(file, 256);
        bool runs = false;
        while (found < rows)
        {
            long at = bytes.Position;
            if (at >= end) throw new InvalidDataException($"the pages of a column hold {found} values, and it has {rows}");
            PageHead page = Head(bytes);
            if (page.Packed < 0 || page.Packed > end - bytes.Position || page.Unpacked < 0
                || page.Unpacked > Least + (PerByte * page.Packed))
                throw new InvalidDataException($"a page promises {page.Unpacked} bytes in {page.Packed}");
            // No entry takes less than a byte.
            if (page.Entries < 0 || page.Entries > page.Unpacked)
                throw new InvalidDataException($"a dictionary promises {page.Entries} values in {page.Unpacked} bytes");
            if (page.Values < 0) throw new InvalidDataException($"a page has {page.Values} values");
            found += page.Values;
            runs |= page.Encoding == (long)Parquet.Meta.Encoding.RLE;
            long next = bytes.Position + page.Packed;
            if (column.Codec == CompressionCodec.SNAPPY) RequireSnappy(bytes, page);
            bytes.Position = next;
        }
        return found <= rows ? runs : throw new InvalidDataException($"the pages of a column hold {found} values, and it has {rows}");
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

    // What Snappy packed begins with its length, for which room is made before it is unpacked.
    static void RequireSnappy(Stream bytes, PageHead page)
    {
        if (page.IsPlain || page.Levels < 0 || page.Packed <= page.Levels) return;
        bytes.Position += page.Levels;
        if (new ThriftReader(bytes).Unsigned() is var length && length != (ulong)(page.Unpacked - page.Levels))
            throw new InvalidDataException($"a page promises {length} bytes, and its head {page.Unpacked - page.Levels}");
    }

    static PageHead Head(Stream bytes)
    {
        PageHead page = new();
        new ThriftReader(bytes).Structure(ParquetShapes.Page, (owner, field, value) =>
        {
            if ((owner, field) == (0, Unpacked)) page.Unpacked = value;
            if ((owner, field) == (0, Packed)) page.Packed = value;
            if ((owner, field) == (Dictionary, Values)) page.Entries = value;
            if (owner is Page or PageOfVersion2 && field == Values) page.Values = value;
            if ((owner, field) is (Page, Encoding) or (PageOfVersion2, EncodingOfVersion2)) page.Encoding = value;
            if (owner == PageOfVersion2 && field is (Definitions or Repetitions)) page.Levels += value;
            if ((owner, field) == (PageOfVersion2, IsPacked)) page.IsPlain = value == 0;
        });
        return page;
    }

    // Levels lie before what is packed in pages of version 2, and within it in others.
    sealed class PageHead
    {
        public long Unpacked = -1, Packed = -1, Values, Entries, Levels, Encoding = -1;
        public bool IsPlain;
    }
}
