using System.IO.Compression;
using System.Text;

namespace Descent.Data.Tests.Sources;

/// <summary>An input is opened once, whole, and in the encoding that it is written in.</summary>
public class SourceTests
{
    const string Text = "x,grün\n1,weiß\n2,grün\n3,weiß\n";

    static Table Read(byte[] bytes, CsvOptions? options = null)
    {
        using TempFile file = new(bytes);
        return CsvReader.Read([file.Path], options);
    }

    static byte[] Long(int rows) =>
        Encoding.UTF8.GetBytes("a,b\n" + string.Concat(Enumerable.Range(0, rows).Select(i => $"{i},{i * 31 % 977}\n")));

    [Fact]
    public void Encodings_give_the_same_table()
    {
        byte[][] files =
        [
            Encoding.UTF8.GetBytes(Text),
            [.. Encoding.UTF8.Preamble, .. Encoding.UTF8.GetBytes(Text)],
            [.. Encoding.Unicode.Preamble, .. Encoding.Unicode.GetBytes(Text)],
            [.. Encoding.BigEndianUnicode.Preamble, .. Encoding.BigEndianUnicode.GetBytes(Text)],
            TempFile.Gzip([.. Encoding.Unicode.Preamble, .. Encoding.Unicode.GetBytes(Text)]),
        ];
        foreach (byte[] file in files)
        {
            Table t = Read(file);
            Assert.Equal(["x", "grün"], t.AllNames);
            Assert.Equal(["weiß", "grün"], t.Columns[1].Levels);
        }
        Assert.Equal(["weiß", "grün"], Read(Encoding.Latin1.GetBytes(Text), new CsvOptions { Encoding = "latin1" }).Columns[1].Levels);
    }

    [Fact]
    public void Text_of_another_encoding_is_refused_with_its_place()
    {
        Assert.Contains("line 1, field 2 of the header: the bytes are not UTF-8 text. Say `Encoding = latin1`",
            Assert.Throws<DataException>(() => Read(Encoding.Latin1.GetBytes(Text))).Message, StringComparison.Ordinal);
        Assert.Contains("line 3, column 'g': the bytes are not UTF-8",
            Assert.Throws<DataException>(() => Read(Encoding.Latin1.GetBytes("x,g\n1,a\n2,ü\n"))).Message, StringComparison.Ordinal);
        Assert.Contains("no UTF-16 text",
            Assert.Throws<DataException>(() => Read([.. Encoding.Unicode.Preamble, .. Encoding.Unicode.GetBytes(Text), 0x00, 0xD8, 0x41]))
                .Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("\n")]
    [InlineData("\r\n")]
    [InlineData("\r")]
    public void Lines_may_end_in_any_of_three_ways(string end)
    {
        Table t = Read(Encoding.UTF8.GetBytes(string.Join(end, "x,y", "1,2", "3,4", "5,6") + end));
        Assert.Equal([1, 3, 5], t.Columns[0].Numbers.ToArray());
        using TempFile svm = new(string.Join(end, "1 1:2", "-1 1:3", "1 2:5"));
        Assert.Equal(DataFormat.Libsvm, FormatDetector.Detect(svm.Path));
        Assert.Equal([1, -1, 1], LibsvmReader.Read<double>([svm.Path]).Labels);
    }

    [Theory]
    [InlineData("x,y\n1,2\r13,4\n5,6\n", "line 2: found a carriage return inside the line")]
    [InlineData("x,y\n1,2\n3\r,4\n5,6\n", "line 3: found a carriage return inside the line")]
    [InlineData("x\r,y\n1,2\n", "line 1: found a carriage return inside the line")]
    [InlineData("x,y\n1,2\r\r\n3,4\n", "line 2: found a carriage return inside the line")]
    public void A_stray_carriage_return_is_refused_with_its_place(string text, string message)
    {
        Assert.Contains(message, Assert.Throws<DataException>(() => Read(Encoding.UTF8.GetBytes(text))).Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("1 1:2\n-1 1:3\r1 1:5\n")]
    [InlineData("1 1:2\n-1 1:3 # note\r1 1:5\n")]
    public void A_stray_carriage_return_hides_no_example(string text)
    {
        using TempFile file = new(text);
        Assert.Contains("line 2, character", Assert.Throws<DataException>(() => LibsvmReader.Read<double>([file.Path])).Message,
            StringComparison.Ordinal);
    }

    [Fact]
    public void Gzip_is_read_strictly()
    {
        byte[] text = Long(60_000), whole = TempFile.Gzip(text);
        Assert.Equal(60_000, Read(whole).RowCount);
        foreach (int cut in new[] { 1, 4, 8, 9, 20, whole.Length / 2, whole.Length - 12 })
            Assert.Contains("damaged or cut off", Assert.Throws<DataException>(() => Read(whole[..^cut])).Message,
                StringComparison.Ordinal);
        Assert.Contains("no gzip data follow", Assert.Throws<DataException>(() => Read([.. whole, .. "x"u8])).Message,
            StringComparison.Ordinal);
        Assert.Contains("damaged", Assert.Throws<DataException>(() => Read([.. whole, 0x1F, 0x8B])).Message, StringComparison.Ordinal);
        Assert.Equal(60_000, Read([.. whole, .. new byte[5000]]).RowCount);
        byte[] wrong = [.. whole];
        wrong[^6] ^= 1;
        Assert.Contains("damaged", Assert.Throws<DataException>(() => Read(wrong)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Gzip_files_put_together_are_one_text()
    {
        byte[] text = Long(20_000);
        List<byte> all = [];
        // Members of every length, empty ones among them, as block-wise compressors write.
        for (int at = 0, size = 0; at < text.Length; at += size, size = (size + 911) % 7000)
            all.AddRange(TempFile.Gzip(text[at..Math.Min(text.Length, at + size)]));
        all.AddRange(TempFile.Gzip([]));
        Table t = Read([.. all]);
        Assert.Equal(20_000, t.RowCount);
        Assert.Equal(Enumerable.Range(0, 20_000).Select(i => (double)(i * 31 % 977)), t.Columns[1].Numbers.ToArray());
    }

    [Fact]
    public void A_gzip_header_with_all_its_parts_is_read()
    {
        byte[] plain = TempFile.Gzip("a,b\n1,2\n"u8.ToArray());
        byte[] full = [0x1F, 0x8B, 8, 4 | 8 | 16 | 2, 0, 0, 0, 0, 0, 3, 3, 0, 1, 2, 3, .. "name\0"u8, .. "comment\0"u8, 9, 9,
            .. plain[10..]];
        Assert.Equal(1, Read(full).RowCount);
    }

    // Its bytes come once and in pieces: what told the format is still there for the reader.
    [Fact]
    public void A_pipe_is_read_from_its_first_byte()
    {
        if (OperatingSystem.IsWindows()) return;
        string fifo = Path.Combine(Directory.CreateTempSubdirectory("descent").FullName, "fifo");
        using (System.Diagnostics.Process make = System.Diagnostics.Process.Start("mkfifo", fifo)) make.WaitForExit();
        byte[] text = Long(50_000);
        Thread writer = new(() =>
        {
            using FileStream target = new(fifo, FileMode.Open, FileAccess.Write);
            for (int at = 0; at < text.Length; at += 3001) target.Write(text, at, Math.Min(3001, text.Length - at));
        });
        writer.Start();
        using DataSource source = DataSource.Open(fifo);
        Assert.Equal(DataFormat.Csv, FormatDetector.Detect(source));
        Table t = CsvReader.Read([source]);
        writer.Join();
        Assert.Equal((50_000, 0.0), (t.RowCount, t.Columns[0].Numbers[0]));
        Directory.Delete(Path.GetDirectoryName(fifo)!, true);
    }

    [Fact]
    public void A_file_that_shrinks_while_it_is_read_is_an_error()
    {
        using TempFile file = new(Long(300_000));
        using DataSource source = DataSource.Open(file.Path);
        using (FileStream other = new(file.Path, FileMode.Open, FileAccess.Write, FileShare.ReadWrite)) other.SetLength(1_000_000);
        Assert.Contains("was shortened while it was read", Assert.Throws<DataException>(() => CsvReader.Read([source])).Message,
            StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("PK\u0003\u0004rest", "zip archive")]
    [InlineData("PAR1rest", "Parquet")]
    public void Files_of_other_kinds_are_named(string text, string kind)
    {
        using TempFile file = new(text);
        Assert.Contains(kind, Assert.Throws<DataException>(() => DataSource.Open(file.Path)).Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("1 |f a:0.5 b\n-1 |f a:1 c\n", true)]
    [InlineData("1 1.0 'tag|ns price:.5 |other x\n", true)]
    [InlineData("|f a:1 b:2\n|f a:3\n", true)]
    [InlineData("0.5 1 PFF/20091028|T PFF |f t1:-0.02 t5:-0.1\n0.7 1 WIP|T WIP |f t1:-1\n", true)]
    [InlineData("a|b|c\n1|2|3\n", false)]
    [InlineData("a | b | c\n1 | 2 | 3\n", false)]
    public void Vowpal_Wabbit_text_is_not_taken_for_a_table(string text, bool is_)
    {
        using TempFile file = new(text);
        Assert.Equal(is_ ? DataFormat.Vw : DataFormat.Csv, FormatDetector.Detect(file.Path));
    }

    [Theory]
    [InlineData("0\n1 1:2\n0 1:1\n", DataFormat.Libsvm)]
    [InlineData("# note\n\n-1\n+1\n1 qid:3 1:2\n", DataFormat.Libsvm)]
    [InlineData("\uFEFF1 1:2\n", DataFormat.Libsvm)]
    [InlineData("1:2 3:4\n2:1\n", DataFormat.Libsvm)]
    [InlineData("1 1:2#c\n", DataFormat.Libsvm)]
    [InlineData("1,2 3:4 5:6\n", DataFormat.Libsvm)]
    [InlineData("0\n1\n0\n", DataFormat.Csv)]
    [InlineData("12:30,5\n12:45,6\n", DataFormat.Csv)]
    [InlineData("x\n1\n2\n", DataFormat.Csv)]
    public void Sparse_text_is_told_by_its_first_line_with_an_entry(string text, DataFormat format)
    {
        using TempFile file = new(text);
        Assert.Equal(format, FormatDetector.Detect(file.Path));
    }
}
