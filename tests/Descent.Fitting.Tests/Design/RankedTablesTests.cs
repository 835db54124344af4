using System.Globalization;
using System.IO.Compression;
using Descent.Data;
using Descent.Fitting.Design;
using Descent.Numerics;

namespace Descent.Fitting.Tests.Design;

/// <summary>Tables read by ranks (threads of one process here) against the same tables read whole.</summary>
public sealed class RankedTablesTests : IDisposable
{
    readonly string folder = Directory.CreateTempSubdirectory("descent").FullName;

    public void Dispose() => Directory.Delete(folder, true);

    // Lines of many lengths, so that ranges end in the middle of them; the last one without a line feed.
    static string Rows(int rows, string head = "a,b,y\n", char separator = ',', Func<int, string>? last = null) =>
        head + string.Join('\n', Enumerable.Range(0, rows).Select(i => string.Join(separator,
            ((i * 7919 % 1000) / 8.0).ToString(CultureInfo.InvariantCulture), i, last?.Invoke(i) ?? $"{i % 2}")));

    [Theory]
    [InlineData(1, 500)]
    [InlineData(2, 500)]
    [InlineData(3, 501)]
    [InlineData(7, 100)]
    public void Parts_make_the_table_of_the_whole(int ranks, int rows) => Compare(ranks, Rows(rows), true);

    [Fact]
    public void Names_comments_byte_order_marks_and_tabs_are_those_of_the_beginning()
    {
        Compare(3, "\uFEFF" + Rows(300), true);
        Compare(3, "# made by hand\n" + Rows(300, "p\tq\tr\n", '\t'), true);
        Compare(3, Rows(300, ""), true);
        Compare(3, Rows(300).Replace("\n", "\r\n", StringComparison.Ordinal) + "\r\n\r\n", true);
    }

    [Fact]
    public void Missing_values_that_are_kept_stay_and_are_counted() =>
        Compare(3, Rows(300, last: i => i % 50 == 7 ? "NA" : "1"), true, new CsvOptions { Missing = MissingPolicy.Keep });

    [Fact]
    public void Columns_that_are_not_asked_for_may_hold_texts() => Compare(3, Rows(300, last: i => $"word{i}"), true,
        new CsvOptions { Wanted = names => names[0] != "y" });

    // Levels are numbered in the order of the rows, whoever meets them; a column in which words and numbers stand is the whole's affair.
    [Fact]
    public void Texts_have_the_levels_of_the_whole_in_its_order()
    {
        Compare(4, Rows(300, last: i => i < 100 ? "late" : i < 200 ? "Übel" : $"w{300 - i}"), true);
        Compare(4, Rows(300, last: i => i % 9 == 4 ? "NA" : $"w{i * 7 % 31}"), true, new CsvOptions { Missing = MissingPolicy.Keep });
        Compare(4, Rows(300, last: i => i == 250 ? "17" : "word"), false);
        Compare(4, Rows(300), true, new CsvOptions { TextColumns = ["y"] }, levels: 2);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    [InlineData(8)]
    public void Several_files_are_cut_as_one_and_packed_ones_are_not_cut(int ranks)
    {
        string[] paths = [Write("a.csv", Rows(100, last: i => $"w{i}")), Pack("b.csv.gz", Rows(150, last: i => $"\"w\n{i % 40}\"")),
            Write("c.csv", Rows(60, last: i => "v")), Write("d.csv", Rows(70, last: i => $"w{i + 60}"))];
        Compare(ranks, paths, true, new CsvOptions(), 0);
    }

    [Fact]
    public void A_file_of_other_columns_is_found_by_who_reads_it()
    {
        string[] paths = [Write("a.csv", Rows(100)), Write("b.csv", Rows(100, "a,c,y\n"))];
        LocalRanks.Run(3, group =>
        {
            DataSource[] sources = DataSource.OpenAll(paths);
            Assert.Null(RankedTables.Read(group, sources, new CsvOptions()));
            foreach (DataSource s in sources) s.Dispose();
        });
    }

    [Fact]
    public void Quotes_that_are_closed_before_a_range_ends_are_in_nobodys_way() =>
        Compare(3, Rows(300, last: i => $"\"w, {i % 40}\""), true);

    // A quoted field that holds rows: whoever begins in it reads them as rows, and whoever saw the quote begin does not see it end. A
    // single quote is a letter where it is not closed in its line.
    [Theory]
    [InlineData('"', false)]
    [InlineData('\'', true)]
    public void Who_ends_in_an_open_quote_says_so(char quote, bool inParts)
    {
        string rows = string.Concat(Enumerable.Range(0, 200).Select(i => $"1,2,{i}\n"));
        Compare(4, $"a,b,y\n{rows}1,2,{quote}\n{rows}1,2,3{quote}\n{rows}", inParts, new CsvOptions { Wanted = n => n[0] != "y" });
    }

    // Lines before the header have as many cells as rows: who begins among them would take them for some.
    [Fact]
    public void No_part_begins_before_the_first_row() => Compare(4,
        string.Concat(Enumerable.Range(0, 40).Select(i => $"# line {i}, of words\n")) + "a,b\n" + string.Concat(
            Enumerable.Range(0, 30).Select(i => $"u{i % 3},v{i % 4}\n")), false);

    [Theory]
    [InlineData("0,1,word\n")]
    [InlineData("\n")]
    [InlineData("1,2\n")]
    [InlineData("1,2,NA\n")]
    public void What_has_anything_to_say_of_lines_is_read_as_a_whole(string line)
    {
        string[] lines = Rows(300).Split('\n');
        Compare(3, string.Concat(lines.Select((l, i) => i == 200 ? line : l + "\n")), false,
            new CsvOptions { SkipBadRows = true, Missing = MissingPolicy.Skip });
    }

    // The halves have 127 bytes each, and the first ends in a blank line: neither part has rows on both sides of it.
    [Fact]
    public void A_blank_line_before_a_cut_stands_between_rows()
    {
        string rows = string.Concat(Enumerable.Repeat("1,2,3\n", 20));
        Compare(2, $"a,b,y\n{rows}\n{rows}1,2,33\n", false);
    }

    [Fact]
    public void A_column_that_is_empty_at_first_is_none_of_parts() =>
        Compare(3, Rows(4000, last: i => i < 3000 ? "" : "5"), false, new CsvOptions { Missing = MissingPolicy.Keep });

    [Fact]
    public void No_rank_reads_more_than_its_range_and_the_beginning()
    {
        string path = Path.Combine(folder, "a.csv");
        File.WriteAllText(path, Rows(400_000));
        long length = new FileInfo(path).Length;
        long[] read = new long[3];
        FitSpec spec = new(new DataSpec([path]) { Target = "y" }, new ModelSpec()) { Threads = 1 };
        LocalRanks.Run(3, group => read[group.Rank] = DataLoader.Load(spec with { Ranks = group }).BytesRead!.Value.Read);
        Assert.All(read, r => Assert.InRange(r, length / 3, (length / 3) + (1 << 20) + (3 << 16)));
    }

    void Compare(int ranks, string text, bool inParts, CsvOptions? options = null, int levels = 0) =>
        Compare(ranks, [Write("a.csv", text)], inParts, options ?? new CsvOptions(), levels);

    static void Compare(int ranks, string[] paths, bool inParts, CsvOptions options, int levels)
    {
        Table whole = CsvReader.Read(paths, options);
        if (levels > 0) Assert.Equal(levels, whole.Columns[^1].Levels.Count);
        int shared = 0;
        LocalRanks.Run(ranks, group =>
        {
            DataSource[] sources = DataSource.OpenAll(paths);
            Table? read = RankedTables.Read(group, sources, options);
            foreach (DataSource s in sources) s.Dispose();
            if (read is null) return;
            Interlocked.Increment(ref shared);
            Assert.Equal((whole.RowCount, whole.Bytes, whole.Separator, whole.HasHeader, whole.LinesBefore, whole.Source, whole.Skipped),
                (read.RowCount, read.Bytes, read.Separator, read.HasHeader, read.LinesBefore, read.Source, read.Skipped));
            Assert.Equal(whole.AllNames, read.AllNames);
            Assert.Equal(whole.Notes, read.Notes);
            Assert.Equal(whole.Columns.Select(c => (c.Name, c.IsText, c.Missing)), read.Columns.Select(c => (c.Name, c.IsText, c.Missing)));
            foreach (var (a, b) in whole.Columns.Zip(read.Columns))
            {
                Assert.Equal(a.Numbers.ToArray(), b.Numbers.ToArray());
                Assert.Equal(a.Codes.ToArray(), b.Codes.ToArray());
                Assert.Equal(a.Levels, b.Levels);
            }
        });
        Assert.Equal(inParts ? ranks : 0, shared);
    }

    string Write(string name, string text)
    {
        string path = Path.Combine(folder, name);
        File.WriteAllText(path, text);
        return path;
    }

    string Pack(string name, string text)
    {
        string path = Path.Combine(folder, name);
        using GZipStream packed = new(File.Create(path), CompressionLevel.Fastest);
        packed.Write(System.Text.Encoding.UTF8.GetBytes(text));
        return path;
    }
}
