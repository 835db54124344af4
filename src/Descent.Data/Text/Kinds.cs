namespace Descent.Data.Text;

/// <summary>Files that are known by their first bytes and are not read here.</summary>
static class Kinds
{
    /// <summary>What an NPY file begins with.</summary>
    public static ReadOnlySpan<byte> Npy => [0x93, (byte)'N', (byte)'U', (byte)'M', (byte)'P', (byte)'Y'];

    /// <summary>Whether a file that begins so holds arrays of numpy: an NPY file, or a zip archive whose first entry is one.</summary>
    public static bool IsNumpy(ReadOnlySpan<byte> head) => head.StartsWith(Npy) || IsNpz(head);

    /// <summary>Whether it is such an archive.</summary>
    public static bool IsNpz(ReadOnlySpan<byte> head)
    {
        if (head.Length < 30 || !head.StartsWith("PK\u0003\u0004"u8)) return false;
        int length = head[26] | (head[27] << 8);
        return length <= head.Length - 30 && head.Slice(30, length).EndsWith(".npy"u8);
    }

    public static void RequireKnown(ReadOnlySpan<byte> head, string name)
    {
        (string Kind, string Remedy)? found =
            head.StartsWith("PK\u0003\u0004"u8) ? ("a zip archive (a spreadsheet is one, too)", "Unpack it, or save the sheet as CSV")
            : head.StartsWith("PAR1"u8) ? ("a Parquet file", "Read it by name with Descent.Data.Parquet, or save it as CSV")
            : head.StartsWith("ARROW1"u8) || head.StartsWith(ArrowStream) ? ("an Arrow file",
                "Read it by name with Descent.Data.Arrow, or save it as CSV")
            : head.StartsWith("FEA1"u8) ? ("a Feather file of version 1", "Save it as version 2, or as CSV")
            : head.StartsWith("SQLite format 3\0"u8) ? ("an SQLite database", "Query it")
            : head.StartsWith("BZh"u8) && head.Length > 9 && head[3] is >= (byte)'1' and <= (byte)'9' && head[4] == 0x31 && head[5] == 0x41
                ? ("compressed with bzip2", "Unpack it first, or compress it with gzip or zstd")
            : head.StartsWith(Xz) ? ("compressed with xz", "Unpack it first, or compress it with gzip or zstd")
            : head.StartsWith(Hdf5) ? ("an HDF5 file", "Save its table as CSV")
            : head.StartsWith(Utf32) ? ("UTF-32 text", "Convert it, for example with iconv -f UTF-32 -t UTF-8")
            : null;
        if (found is { } f)
            throw new DataException($"{name}: is {f.Kind}; expected CSV, TSV, LIBSVM, IDX or NPY, plain, .gz, .zst or .br. {f.Remedy}.");
    }

    static ReadOnlySpan<byte> Xz => [0xFD, (byte)'7', (byte)'z', (byte)'X', (byte)'Z', 0];

    static ReadOnlySpan<byte> ArrowStream => [0xFF, 0xFF, 0xFF, 0xFF];

    static ReadOnlySpan<byte> Hdf5 => [0x89, (byte)'H', (byte)'D', (byte)'F'];

    static ReadOnlySpan<byte> Utf32 => [0xFF, 0xFE, 0, 0];
}
