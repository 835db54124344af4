namespace Descent.Data.Tests.Arrays;

public class IdxReaderTests
{
    [Fact]
    public void Bytes_and_floats_are_read_big_endian()
    {
        using TempFile bytes = new([0, 0, 8, 2, 0, 0, 0, 2, 0, 0, 0, 2, 1, 2, 3, 255]),
            floats = new([0, 0, 0x0D, 1, 0, 0, 0, 1, 0x3F, 0x80, 0, 0]);
        Assert.Equal([1, 2, 3, 255], IdxReader.Read(bytes.Path).Values);
        Assert.Equal([1], IdxReader.Read(floats.Path).Values);
    }

    [Theory]
    [InlineData(new byte[] { 0, 0, 8, 1, 0, 0, 0, 5, 1, 2 }, "ends after 2 bytes of values; the header (5) promises 5")]
    [InlineData(new byte[] { 0, 0, 7, 1, 0, 0, 0, 5 }, "the IDX type byte is 0x07")]
    [InlineData(new byte[] { 0, 0, 8, 2, 0, 0, 0, 5 }, "ends inside the IDX header")]
    [InlineData(new byte[] { 0, 0, 8, 1, 0xFF, 0, 0, 5 }, "expected a length ≥ 0")]
    [InlineData(new byte[] { 0, 0, 8, 1, 0x7F, 0xFF, 0xFF, 0, 1, 2, 3 },
        "ends after 3 bytes of values; the header (2147483392) promises 2147483392")]
    [InlineData(new byte[] { 0, 0, 8, 1, 0, 0, 0, 1, 1, 2 }, "holds more bytes than")]
    [InlineData(new byte[] { 0, 0, 8, 2, 0, 0, 0, 1, 0, 0, 0, 0 }, "is 0, so the file holds no values")]
    [InlineData(new byte[] { 0, 0, 0x0D, 1, 0, 0, 0, 2, 0x3F, 0x80, 0, 0, 0x7F, 0x80, 0, 0 }, "value 1 of example 2 is infinite")]
    [InlineData(new byte[] { 0, 0, 0x0D, 2, 0, 0, 0, 1, 0, 0, 0, 2, 0x3F, 0x80, 0, 0, 0x7F, 0xC0, 0, 0 }, "value 2 of example 1 is NaN")]
    [InlineData(new byte[] { 1, 2, 3, 4 }, "does not begin like an IDX file")]
    public void Damage_is_named(byte[] content, string message)
    {
        using TempFile file = new(content);
        Assert.Contains(message, Assert.Throws<DataException>(() => IdxReader.Read(file.Path)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Formats_are_told_by_content()
    {
        using TempFile idx = new([0, 0, 8, 1, 0, 0, 0, 1, 7]), csv = new("a,b\n1,2\n"), svm = new("-1 3:0.5 7:1\n"),
            zipped = new(TempFile.Gzip("1 1:2\n"u8.ToArray()));
        Assert.Equal([DataFormat.Idx, DataFormat.Csv, DataFormat.Libsvm, DataFormat.Libsvm],
            new[] { idx, csv, svm, zipped }.Select(f => FormatDetector.Detect(f.Path)));
    }
}
