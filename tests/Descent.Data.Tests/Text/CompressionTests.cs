using System.IO.Compression;
using System.Text;

namespace Descent.Data.Tests.Text;

/// <summary>Packed text is the same text; what is cut, damaged or followed by something else is an error, never fewer rows.</summary>
public sealed class CompressionTests : IDisposable
{
    // `printf '1 1:0.5 3:2\n-1 2:7\n' | zstd -19 --check`, zstd 1.5.4.
    const string Zstd = "28b52ffd04689900003120313a302e3520333a320a2d3120323a370a92b1bf7b";

    readonly string folder = Directory.CreateTempSubdirectory().FullName;

    public void Dispose() => Directory.Delete(folder, true);

    static byte[] Text { get; } =
        Encoding.UTF8.GetBytes(string.Concat(Enumerable.Range(1, 3000).Select(i => $"{(i % 3 == 0 ? 1 : -1)} {i}:{i * 0.25} 5000:1\n")));

    static byte[] Brotli(byte[] text)
    {
        using MemoryStream target = new();
        using (BrotliStream packed = new(target, CompressionLevel.Optimal)) packed.Write(text);
        return target.ToArray();
    }

    static byte[] Packed(byte[] text)
    {
        using ZstdSharp.Compressor zstd = new();
        zstd.SetParameter(ZstdSharp.Unsafe.ZSTD_cParameter.ZSTD_c_checksumFlag, 1);
        return zstd.Wrap(text).ToArray();
    }

    SparseData<double> Read(byte[] bytes, string ending)
    {
        string path = Path.Combine(folder, "rows" + ending);
        File.WriteAllBytes(path, bytes);
        return LibsvmReader.Read<double>([path]);
    }

    [Theory]
    [InlineData(".gz")]
    [InlineData(".zst")]
    [InlineData(".br")]
    public void Packed_rows_are_the_rows(string ending)
    {
        SparseData<double> plain = Read(Text, ".svm"), packed = Read(Pack(Text, ending), ".svm" + ending);
        Assert.Equal(plain.Labels, packed.Labels);
        Assert.Equal(plain.Rows.Entries, packed.Rows.Entries);
        for (int i = 0; i < plain.Rows.Count; i++) Assert.Equal(plain.Rows.ValuesOf(i).ToArray(), packed.Rows.ValuesOf(i).ToArray());
    }

    [Theory]
    [InlineData(".gz")]
    [InlineData(".zst")]
    [InlineData(".br")]
    public void What_is_cut_or_followed_by_something_is_refused(string ending)
    {
        byte[] whole = Pack(Text, ending);
        foreach (int length in (int[])[whole.Length - 1, whole.Length - 5, whole.Length / 2, 12])
            Assert.Contains("damaged or cut off", Assert.Throws<DataException>(() => Read(whole[..length], ending)).Message,
                StringComparison.Ordinal);
        Assert.Contains("damaged or cut off", Assert.Throws<DataException>(() => Read([.. whole, .. "more text"u8], ending)).Message,
            StringComparison.Ordinal);
    }

    [Fact]
    public void Frames_in_a_row_are_one_text() =>
        Assert.Equal(6000, Read([.. Packed(Text), .. Packed(Text)], ".zst").Labels.Length);

    [Fact]
    public void A_changed_byte_does_not_pass_a_checksum()
    {
        byte[] whole = Packed(Text);
        for (int at = 8; at < whole.Length; at += 97)
        {
            byte[] changed = [.. whole];
            changed[at] ^= 0x10;
            Assert.Throws<DataException>(() => Read(changed, ".zst"));
        }
    }

    [Fact]
    public void What_the_zstd_tool_writes_is_read()
    {
        SparseData<double> data = Read(Convert.FromHexString(Zstd), ".zst");
        Assert.Equal([1, -1], data.Labels);
        Assert.Equal([0.5, 2], data.Rows.ValuesOf(0).ToArray());
        Assert.Equal([7], data.Rows.ValuesOf(1).ToArray());
    }

    static byte[] Pack(byte[] text, string ending) => ending switch
    {
        ".gz" => TempFile.Gzip(text),
        ".zst" => Packed(text),
        _ => Brotli(text),
    };
}
