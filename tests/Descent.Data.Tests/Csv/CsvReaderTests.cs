using System.Text;

namespace Descent.Data.Tests.Csv;

public class CsvReaderTests
{
    static Table Read(string text, CsvOptions? options = null)
    {
        using TempFile file = new(text);
        return CsvReader.Read([file.Path], options);
    }

    [Fact]
    public void Numbers_text_and_quotes_are_read()
    {
        Table t = Read("\"a\",b,c\r\n1, 2.5 ,x\r\n-3e2,\"4\",\"y, \"\"z\"\"\"\r\n");
        Assert.Equal([1, -300], t.Columns[0].Numbers.ToArray());
        Assert.Equal([2.5, 4], t.Columns[1].Numbers.ToArray());
        Assert.Equal(["x", "y, \"z\""], t.Columns[2].Levels);
    }

    [Theory]
    [InlineData("a;b\n1;2\n", ';')]
    [InlineData("a\tb\n1\t2\n", '\t')]
    [InlineData("a|b\n1|2\n", '|')]
    [InlineData("a b\n1  2\n", ' ')]
    public void The_separator_is_found(string text, char separator)
    {
        Table t = Read(text);
        Assert.Equal(separator, t.Separator);
        Assert.Equal(2, t.Columns[1].Numbers[0]);
    }

    [Fact]
    public void Names_in_single_quotes_are_names() => Assert.Equal(["popul", "PID"], Read("'popul'\t'PID'\n1\t2\n").AllNames);

    [Fact]
    public void A_file_without_a_header_gets_numbered_columns()
    {
        Table t = Read("1,2\n3,4\n");
        Assert.False(t.HasHeader);
        Assert.Equal(["c1", "c2"], t.AllNames);
        Assert.Equal(2, t.RowCount);
    }

    [Fact]
    public void A_line_of_counts_is_not_a_row()
    {
        Table t = Read("2,3,red,blue\n1,2,3,0\n4,5,6,1\n");
        Assert.Equal(["x1", "x2", "x3", "class"], t.AllNames);
        Assert.Equal(2, t.RowCount);
    }

    [Fact]
    public void A_byte_order_mark_and_a_missing_last_line_feed_do_no_harm()
    {
        using TempFile file = new([.. Encoding.UTF8.Preamble, .. "a,b\n1,2"u8]);
        Table t = CsvReader.Read([file.Path]);
        Assert.Equal(["a", "b"], t.AllNames);
        Assert.Equal(1, t.RowCount);
    }

    [Fact]
    public void Quoted_line_feeds_belong_to_the_field()
    {
        Table t = Read("a,b\n\"x\ny\",1\nz,2\n");
        Assert.Equal(["x\ny", "z"], t.Columns[0].Levels);
        Assert.Equal(2, t.RowCount);
    }

    [Fact]
    public void Missing_values_follow_the_policy()
    {
        const string Text = "a,b\n1,2\nNA,4\n5,6\n";
        DataException e = Assert.Throws<DataException>(() => Read(Text));
        Assert.Contains("line 3, column 'a': the value is missing ('NA'). Leave such rows out with `Missing = skip`", e.Message,
            StringComparison.Ordinal);
        Assert.Equal((2, 1),
            (Read(Text, new CsvOptions { Missing = MissingPolicy.Skip }).RowCount,
             Read(Text, new CsvOptions { Missing = MissingPolicy.Skip }).Skipped));
        Assert.Equal([1, 3, 5], Read(Text, new CsvOptions { Missing = MissingPolicy.Mean }).Columns[0].Numbers.ToArray());
    }

    [Fact]
    public void A_text_in_a_numeric_column_names_file_line_and_column()
    {
        StringBuilder text = new("age,b\n");
        for (int i = 0; i < 2000; i++) text.Append(i).Append(",1\n");
        text.Append("n.a.,2\n");
        DataException e = Assert.Throws<DataException>(() => Read(text.ToString()));
        Assert.EndsWith("line 2002, column 'age': found 'n.a.', expected a number. Skip such rows with `OnBadRow = skip`, "
            + "say `MissingWords = n.a.` if it means a missing value, or read the column as text with `Categorical = age`.", e.Message,
            StringComparison.Ordinal);
        Table t = Read(text.ToString(), new CsvOptions { SkipBadRows = true });
        Assert.Equal((2000, 1), (t.RowCount, t.Skipped));
    }

    [Fact]
    public void Rows_of_another_width_are_named()
    {
        DataException e = Assert.Throws<DataException>(() => Read("a,b\n1,2\n1,2,3\n"));
        Assert.Contains("line 3: found 3 fields, expected 2 as in the header.", e.Message, StringComparison.Ordinal);
        Assert.Contains("line 2: found 1 field, expected 2", Assert.Throws<DataException>(() => Read("a,b\n1\n")).Message,
            StringComparison.Ordinal);
    }

    [Fact]
    public void Rows_that_straddle_buffers_are_whole()
    {
        // The buffer holds a mebibyte; this file is three.
        StringBuilder text = new("a,b,c\n");
        for (int i = 0; i < 150_000; i++) text.Append(i).Append(",\"t").Append(i % 7).Append("\",").Append(i * 0.5).Append('\n');
        Table t = Read(text.ToString());
        Assert.Equal(150_000, t.RowCount);
        for (int i = 0; i < t.RowCount; i++) Assert.Equal(i * 0.5, t.Columns[2].Numbers[i]);
        Assert.Equal(7, t.Columns[1].Levels.Count);
    }

    [Fact]
    public void Gzip_reads_like_plain_text()
    {
        using TempFile file = new(TempFile.Gzip("a,b\n1,2\n"u8.ToArray()));
        Assert.Equal(1, CsvReader.Read([file.Path]).RowCount);
    }
}
