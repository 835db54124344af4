using System.Globalization;
using System.Text;

namespace Descent.Data.Tests.Libsvm;

/// <summary>Rows, messages and counts do not depend on how many threads read.</summary>
public class ThreadTests
{
    // Some four chunks of a mebibyte; every 1009th row is bad.
    static string Text(bool bad)
    {
        StringBuilder text = new();
        for (int i = 1; text.Length < 4_200_000; i++)
        {
            text.Append(i % 2).Append(' ').Append(i).Append(':').Append((i * 0.37).ToString("R", CultureInfo.InvariantCulture));
            if (bad && i % 1009 == 0) text.Append(" 7;5");
            text.Append('\n');
        }
        return text.ToString();
    }

    // Lines without a row, and rows that are left out, count as lines of the chunks before.
    [Theory]
    [InlineData(1)]
    [InlineData(3)]
    public void A_bad_row_behind_many_chunks_has_its_own_line(int threads)
    {
        int lines = 0;
        StringBuilder text = new();
        while (text.Length < 2_500_000) text.Append(lines++ % 3 == 0 ? "# a remark\n" : "1 3:0.25 77:1\n");
        text.Append("1 3:x\n");
        using TempFile file = new(text.ToString());
        LibsvmOptions options = new() { Threads = threads };
        Assert.Contains($"line {lines + 1}, character 3", Assert.Throws<DataException>(
            () => LibsvmReader.Read<double>([DataSource.Open(file.Path)], options)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Threads_change_nothing()
    {
        using TempFile file = new(Text(bad: true));
        SparseData<double>[] read = [.. ((int[])[1, 2, 3, 8]).Select(t =>
            LibsvmReader.Read<double>([DataSource.Open(file.Path)], new LibsvmOptions { SkipBadRows = true, Threads = t }))];
        Assert.Contains("line 1009, character ", read[0].FirstSkip, StringComparison.Ordinal);
        foreach (SparseData<double> other in read[1..])
        {
            Assert.Equal(read[0].Labels, other.Labels);
            Assert.Equal((read[0].Skipped, read[0].FirstSkip, read[0].Rows.Entries), (other.Skipped, other.FirstSkip, other.Rows.Entries));
            for (int i = 0; i < other.Rows.Count; i++)
            {
                Assert.Equal(read[0].Rows.IndicesOf(i).ToArray(), other.Rows.IndicesOf(i).ToArray());
                Assert.Equal(read[0].Rows.ValuesOf(i).ToArray(), other.Rows.ValuesOf(i).ToArray());
            }
        }
    }

    [Theory]
    [InlineData(1)]
    [InlineData(4)]
    public void The_first_bad_line_is_named(int threads)
    {
        string text = Text(bad: false);
        int line = text.AsSpan(0, 3_000_000).Count('\n') + 1;
        int at = text.LastIndexOf('\n', 3_000_000) + 1;
        using TempFile file = new(text[..at] + "x 1:1\n" + text[at..] + "y 1:1\n");
        string said = Assert.Throws<DataException>(() =>
            LibsvmReader.Read<double>([DataSource.Open(file.Path)], new LibsvmOptions { Threads = threads })).Message;
        Assert.Contains($"line {line}, character 1: found 'x'", said, StringComparison.Ordinal);
    }
}
