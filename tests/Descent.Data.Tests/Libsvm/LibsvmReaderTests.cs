using System.Globalization;
using System.Text;

namespace Descent.Data.Tests.Libsvm;

public class LibsvmReaderTests
{
    static SparseData<double> Read(string text, bool skip = false, int columns = 0)
    {
        using TempFile file = new(text);
        return LibsvmReader.Read<double>([file.Path], columns, skip);
    }

    [Fact]
    public void Rows_labels_comments_and_query_ids_are_read()
    {
        SparseData<double> d = Read("+1 1:0.5 3:-2e1 # note\n\n-1 qid:4 2:1\n0\n");
        Assert.Equal([1, -1, 0], d.Labels);
        Assert.Equal((3, 3, 3L), (d.Rows.Count, d.Rows.Columns, d.Rows.Entries));
        Assert.Equal([0, 2], d.Rows.IndicesOf(0).ToArray());
        Assert.Equal([0.5, -20], d.Rows.ValuesOf(0).ToArray());
        Assert.False(d.ZeroBased);
    }

    [Fact]
    public void A_column_zero_means_numbers_from_zero() => Assert.True(Read("1 0:1 2:3\n").ZeroBased);

    [Fact]
    public void Columns_that_a_model_has_not_seen_are_dropped()
    {
        SparseData<double> d = Read("1 1:1 5:2\n1 6:1\n1 2:4\n", columns: 3);
        Assert.Equal((3, 2L), (d.Rows.Columns, d.Rows.Entries));
        Assert.Equal([4], d.Rows.ValuesOf(2).ToArray());
    }

    [Theory]
    [InlineData("1 1:2\nx 1:2\n", "line 2, character 1: found 'x', expected a label")]
    [InlineData("1 1:2 3\n", "line 1, character 7: found '3', expected index:value")]
    [InlineData("1 1:2 3:\n", "line 1, character 7: found '3:', expected index:value with a finite number")]
    [InlineData("1 3:2 2:1\n", "expected ascending column numbers; 2 follows 3")]
    [InlineData("1 4294967296:1\n", "expected a column number of at most")]
    [InlineData("1 1:nan\n", "expected index:value with a finite number")]
    [InlineData("1 -1:1\n", "found '-1:1', expected index:value")]
    [InlineData("", "no rows")]
    public void Bad_rows_are_named(string text, string message) =>
        Assert.Contains(message, Assert.Throws<DataException>(() => Read(text)).Message, StringComparison.Ordinal);

    [Fact]
    public void Bad_rows_can_be_left_out()
    {
        SparseData<double> d = Read("1 1:2\n1 1:x\n-1 2:3\n", skip: true);
        Assert.Equal((2, 1), (d.Rows.Count, d.Skipped));
        Assert.Equal([3], d.Rows.ValuesOf(1).ToArray());
    }

    [Fact]
    public void A_naive_reader_finds_the_same()
    {
        Draws draws = new(4);
        StringBuilder text = new();
        for (int i = 0; i < 30_000; i++)
        {
            text.Append(draws.NextIndex(2) == 0 ? "-1" : "+1");
            int j = 0;
            for (int k = draws.NextIndex(12); k > 0; k--)
            {
                j += 1 + draws.NextIndex(50);
                text.Append(' ').Append(j).Append(':')
                    .Append(draws.NextNormal().ToString(k % 2 == 0 ? "R" : "0.######", CultureInfo.InvariantCulture));
            }
            text.Append('\n');
        }
        SparseData<double> d = Read(text.ToString());
        string[] lines = text.ToString().Split('\n', StringSplitOptions.RemoveEmptyEntries);
        Assert.Equal(lines.Length, d.Rows.Count);
        for (int i = 0; i < lines.Length; i++)
        {
            string[] parts = lines[i].Split(' ');
            Assert.Equal(double.Parse(parts[0], CultureInfo.InvariantCulture), d.Labels[i]);
            Assert.Equal(parts.Skip(1).Select(p => int.Parse(p.Split(':')[0], CultureInfo.InvariantCulture) - 1),
                d.Rows.IndicesOf(i).ToArray());
            Assert.Equal(parts.Skip(1).Select(p => double.Parse(p.Split(':')[1], CultureInfo.InvariantCulture)),
                d.Rows.ValuesOf(i).ToArray());
        }
    }

    // Every length of every part, around those that are read at once, with the blanks, signs and ends that occur;
    // bit by bit what double.Parse finds.
    [Fact]
    public void Entries_of_all_lengths_have_the_bits_of_the_platform()
    {
        Draws draws = new(9);
        string Digits(int count) => string.Concat(Enumerable.Range(0, count).Select(_ => (char)('0' + draws.NextIndex(10))));
        StringBuilder text = new();
        List<(int Index, string Value)[]> expected = [];
        for (int i = 0; i < 4000; i++)
        {
            List<(int, string)> row = [];
            int index = 0;
            text.Append(i % 2 == 0 ? "1" : "-0.5");
            for (int k = draws.NextIndex(8); k > 0; k--)
            {
                index += 1 + draws.NextIndex((int)Math.Pow(10, 1 + draws.NextIndex(7)));
                string sign = draws.NextIndex(3) == 0 ? "-" : draws.NextIndex(9) == 0 ? "+" : "", whole = Digits(1 + draws.NextIndex(9)),
                    places = Digits(draws.NextIndex(11));
                string value = sign + whole + (places.Length > 0 ? "." + places : draws.NextIndex(5) == 0 ? "." : "")
                    + (draws.NextIndex(8) == 0 ? $"e{draws.NextIndex(9) - 4}" : "");
                row.Add((index, value));
                text.Append(draws.NextIndex(12) switch { 0 => "  ", 1 => "\t", _ => " " }).Append(index).Append(':').Append(value);
            }
            expected.Add([.. row]);
            text.Append(draws.NextIndex(6) switch { 0 => " \n", 1 => "\r\n", 2 => " # 5:1\n", _ => "\n" });
        }
        using TempFile file = new(text.ToString());
        SparseData<double> d = LibsvmReader.Read<double>([file.Path]);
        SparseData<float> single = LibsvmReader.Read<float>([file.Path]);
        for (int i = 0; i < expected.Count; i++)
        {
            Assert.Equal(expected[i].Select(e => e.Index - 1), d.Rows.IndicesOf(i).ToArray());
            double[] values = [.. expected[i].Select(e => double.Parse(e.Value, CultureInfo.InvariantCulture))];
            Assert.Equal(values.Select(BitConverter.DoubleToInt64Bits),
                d.Rows.ValuesOf(i).ToArray().Select(BitConverter.DoubleToInt64Bits));
            Assert.Equal(values.Select(v => (float)v), single.Rows.ValuesOf(i).ToArray());
        }
    }

    // What looks like an entry at first sight.
    [Theory]
    [InlineData("1 1-2:3", "found '1-2:3'")]
    [InlineData("1 2:1-3", "found '2:1-3'")]
    [InlineData("1 2:--3", "found '2:--3'")]
    [InlineData("1 2:-", "found '2:-'")]
    [InlineData("1 2:3.4.5", "found '2:3.4.5'")]
    [InlineData("1 2:3.-4", "found '2:3.-4'")]
    [InlineData("1 2;3", "found '2;3'")]
    [InlineData("1 :3", "found ':3'")]
    [InlineData("1 2:.", "found '2:.'")]
    [InlineData("1 2:3:4", "found '2:3:4'")]
    [InlineData("1 1:1 1:2", "1 follows 1")]
    [InlineData("1 99999999:1 999999999:1", "expected a column number of at most")]
    public void Entries_that_are_none_are_named(string row, string message)
    {
        // Alone and behind good ones; at the end of the file and before another row.
        foreach (string text in new[] { row, row + "\n", "1 1:0.5 2:0.25\n" + row + "\n1 3:1\n" })
            Assert.Contains(message, Assert.Throws<DataException>(() => Read(text)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Numbers_of_columns_start_where_the_file_says()
    {
        Assert.Equal([0, 4], Read("1 0:1 4:2\n").Rows.IndicesOf(0).ToArray());
        Assert.Equal([1, 4], Read("1 1:1 4:2\n-1 0:3\n").Rows.IndicesOf(0).ToArray());
        using TempFile file = new("1 1:1 4:2\n");
        Assert.Equal([1, 4], LibsvmReader.Read<double>([file.Path], zeroBased: true).Rows.IndicesOf(0).ToArray());
        using TempFile zero = new("1 0:1 4:2\n");
        Assert.Contains("column number 0 found",
            Assert.Throws<DataException>(() => LibsvmReader.Read<double>([zero.Path], zeroBased: false)).Message, StringComparison.Ordinal);
    }
}
