namespace Descent.Data.Text;

/// <summary>Compressed text: gzip and Zstandard are known by their first bytes, Brotli, which has no such bytes, by its name.</summary>
static class Compression
{
    /// <summary>How many bytes tell.</summary>
    public const int LooksAt = 4;

    /// <summary>The text of a file, unpacked where it is packed.</summary>
    /// <param name="head">Its first bytes.</param>
    /// <param name="whole">All of its bytes, the first included.</param>
    /// <param name="path">Its name.</param>
    public static Stream Unpack(ReadOnlySpan<byte> head, Stream whole, string path) => NameOf(head, path) switch
    {
        "gzip" => new GzipMembers(whole),
        "zstd" => new ZstdFrames(whole),
        "Brotli" => new BrotliText(whole),
        _ => whole,
    };

    static string NameOf(ReadOnlySpan<byte> head, string path) => head switch
    {
        [0x1F, 0x8B, ..] => "gzip",
        [0x28, 0xB5, 0x2F, 0xFD, ..] => "zstd",
        _ => path.EndsWith(".br", StringComparison.OrdinalIgnoreCase) ? "Brotli" : "",
    };
}
